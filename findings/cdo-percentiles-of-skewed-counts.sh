#!/usr/bin/env bash
# CDO 2.1.1 (Debian cdo 2.1.1-1+deb12u1): percentiles over time of counts of which one is large, as arrivals by day are.
#
# Expected   the median of 1, 2, ..., 59 and 100,000 persons is 30 or 31, and so `runpctl` over all sixty days gives it.
# Seen       `timpctl` and `yearpctl` give 504.4: persons are sorted into 101 bins between the least and the most, here a thousand
#            wide, and the percentile is placed within the bin. Up to 50 days the same operators are exact (25 of 50 days), so that a
#            command that was right for a month is wrong for a season. The exit code is 0, and nothing is said.
#
# Its help says that histograms are used, and not how far off they are: of a place where few come on most days and very many on
# one, every percentile but the highest is about half a bin or more.
# Way out    CDO_PCTL_NBINS=10001 or more, or the quantiles of another program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install cdo=2.1.1-1+deb12u1 \
    netcdf-bin=1:4.9.0-3+b1 2>/dev/null |
    awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' |
    grep -Ev '^(libc6|libgcc-s1|gcc-12-base|dpkg|tar|debconf|fonts-.*|.*python3.*|media-types)=' > packages
mkdir packed
(cd packed && xargs apt-get download -qq < ../packages 2>/dev/null)
for package in packed/*.deb; do dpkg-deb -x "$package" root; done
lib=$folder/root/usr/lib/x86_64-linux-gnu
run() { LD_LIBRARY_PATH=$folder/root/lib/x86_64-linux-gnu:$lib:$lib/blas:$lib/lapack "root/usr/bin/$1" "${@:2}"; }
run cdo --version 2>&1 | grep -q 'version 2\.1\.1 ' || { echo "not CDO 2.1.1" >&2; exit 1; }

days() { # NUMBER: 1 to NUMBER - 1 persons on as many days, and 100,000 on the last
    local persons
    persons="$(seq -s , 1 $(($1 - 1))), 100000"
    cat > "$1.cdl" <<CDL
netcdf days {
dimensions: time = UNLIMITED ; lat = 1 ; lon = 1 ;
variables:
  double time(time) ; time:units = "days since 2019-01-01" ; time:calendar = "standard" ;
  double lat(lat) ; lat:units = "degrees_north" ;
  double lon(lon) ; lon:units = "degrees_east" ;
  double persons(time, lat, lon) ;
data: time = $(seq -s , 0 $(($1 - 1))) ; lat = 36 ; lon = 36 ; persons = $persons ;
}
CDL
    run ncgen -3 -o "$1.nc" "$1.cdl"
}
percentile() { # OPERATOR,P DAYS
    local kind=${1%%pctl*}
    run cdo -s outputf,%.1f,1 "-$1" "$2.nc" "-${kind}min" "$2.nc" "-${kind}max" "$2.nc"
}
check() { # SEEN WORDS...
    local got
    got=$("${@:2}" 2> said)
    [ ! -s said ] || { cat said >&2; exit 1; }
    echo "${*:2}: $got"
    [ "$got" = "$1" ] || { echo "not as seen: $1" >&2; exit 1; }
}
days 50
days 60
check 25.0 percentile timpctl,50 50
check 504.4 percentile timpctl,50 60
check 504.4 percentile yearpctl,50 60
check 30.0 run cdo -s outputf,%.1f,1 -runpctl,50,60 60.nc
export CDO_PCTL_NBINS=10001
check 30.0 percentile timpctl,50 60
