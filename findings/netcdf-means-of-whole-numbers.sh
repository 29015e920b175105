#!/usr/bin/env bash
# CDO 2.1.1 (Debian cdo 2.1.1-1+deb12u1) and NCO 5.1.4 (Debian nco 5.1.4-1+deb12u1): means and sums of whole numbers.
#
# Expected   the mean of 0 and 1 person is 0.5, or an error says that the variable's type cannot hold it.
# Seen       both keep the type. `cdo timmean` of int makes 0.5 a 1 and 2.5 a 3; of unsigned int a 0 and a 2; printed
#            without a file between, by `cdo outputf`, it is 0.5. `ncwa` rounds to even: 0 and 2.
#            `ncwa -y ttl` of 30000 and 30000 persons as short is -5536, of 2000000000 twice as int -294967296.
#            All exit with 0, and nothing is said. With `cdo -b F64`, or stored as double, the means are right.
#
# Deaths and arrivals by day are mostly 0 and 1: their mean is doubled by the one program and lost by the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install cdo=2.1.1-1+deb12u1 nco=5.1.4-1+deb12u1 \
    netcdf-bin=1:4.9.0-3+b1 2>/dev/null |
    awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' |
    grep -Ev '^(libc6|libgcc-s1|gcc-12-base|dpkg|tar|debconf|fonts-.*|.*python3.*|media-types)=' > packages
mkdir packed
(cd packed && xargs apt-get download -qq < ../packages 2>/dev/null)
for package in packed/*.deb; do dpkg-deb -x "$package" root; done
lib=$folder/root/usr/lib/x86_64-linux-gnu
libraries=$folder/root/lib/x86_64-linux-gnu:$folder/root/usr/lib/nco:$lib:$lib/blas:$lib/lapack
run() { LD_LIBRARY_PATH=$libraries "root/usr/bin/$1" "${@:2}"; }
run cdo --version 2>&1 | grep -q 'version 2\.1\.1 ' || { echo "not CDO 2.1.1" >&2; exit 1; }
run ncks --version 2>&1 | grep -q 'version 5\.1\.4$' || { echo "not NCO 5.1.4" >&2; exit 1; }

cat > table.cdl <<'CDL'
netcdf table {
dimensions:
    time = 2 ;
    lon = 2 ;
variables:
    int time(time) ;
        time:units = "days since 2015-01-01" ;
    double lon(lon) ;
        lon:units = "degrees_east" ;
    int as_int(time, lon) ;
    uint as_uint(time, lon) ;
    double as_double(time, lon) ;
    short large_short(time, lon) ;
    int large_int(time, lon) ;
data:
    time = 0, 1 ;
    lon = 36, 37 ;
    as_int = 0, 2, 1, 3 ;
    as_uint = 0, 2, 1, 3 ;
    as_double = 0, 2, 1, 3 ;
    large_short = 30000, 1, 30000, 1 ;
    large_int = 2000000000, 1, 2000000000, 1 ;
}
CDL
run ncgen -k nc4 -o table.nc table.cdl

quietly() {
    run "$@" > said 2>&1 || { cat said >&2; exit 1; }
    [ ! -s said ] || { cat said >&2; exit 1; }
}
check() { # PROGRAM VARIABLE NUMBERS: the numbers of the variable in result.nc
    numbers=$(run ncdump -v "$2" result.nc | tr -d '\n' | sed "s/.* $2 = *//; s/ ;.*//")
    echo "$1 of $2: $numbers"
    [ "$numbers" = "$3" ] || { echo "not as seen: $3" >&2; exit 1; }
}
for variable in as_int,1,3 as_uint,0,2 as_double,0.5,2.5; do
    IFS=, read -r name first second <<< "$variable"
    quietly cdo -s -O timmean -selname,"$name" table.nc result.nc
    check "cdo timmean" "$name" "$first, $second"
done
printed=$(run cdo -s outputf,'%5g',2 -timmean -selname,as_int table.nc)
echo "cdo outputf -timmean of as_int: $printed"
[ "$printed" = "  0.5  2.5" ] || { echo "not as seen" >&2; exit 1; }
quietly cdo -s -O -b F64 timmean -selname,as_int table.nc result.nc
check "cdo -b F64 timmean" as_int "0.5, 2.5"
quietly ncwa -O -a time table.nc result.nc
check "ncwa" as_int "0, 2"
check "ncwa" as_uint "0, 2"
check "ncwa" as_double "0.5, 2.5"
quietly ncwa -O -y ttl -a time table.nc result.nc
check "ncwa -y ttl" large_short "-5536, 2"
check "ncwa -y ttl" large_int "-294967296, 2"
