#!/usr/bin/env bash
# GDAL 3.6.2 (Debian gdal-bin 3.6.2+dfsg-1+b2): rows of a GeoPackage from a day on.
#
# ogrinfo and ogr2ogr write a date as 2015/02/20, and `-where` takes one written so.
#
# Expected   `-where "day >= '2015/02/15'"` picks the same rows of the same table whatever the file's format.
# Seen       of GeoJSON, shapefile and FlatGeobuf the days from 15 February on. Of the GeoPackage only those of a later
#            year, and below that day all of 2015, December too: there the dates are compared as text, with hyphens.
#            An equals sign finds nothing. The exit code is 0, and nothing is said. With '2015-02-15' all four agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install gdal-bin=3.6.2+dfsg-1+b2 2>/dev/null |
    awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' |
    grep -Ev '^(libc6|libgcc-s1|gcc-12-base|dpkg|tar|debconf|fonts-.*|.*python3.*|media-types)=' > packages
mkdir packed
(cd packed && xargs apt-get download -qq < ../packages 2>/dev/null)
for package in packed/*.deb; do dpkg-deb -x "$package" root; done
lib=root/usr/lib/x86_64-linux-gnu
export GDAL_DATA=$folder/root/usr/share/gdal GDAL_DRIVER_PATH=disable PROJ_LIB=$folder/root/usr/share/proj
libraries=$folder/root/lib/x86_64-linux-gnu:$folder/root/usr/lib:$folder/$lib:$folder/$lib/blas:$folder/$lib/lapack
gdal() { LD_LIBRARY_PATH=$libraries "root/usr/bin/$1" "${@:2}"; }
gdal ogr2ogr --version | grep -q '^GDAL 3\.6\.2,' || { echo "not GDAL 3.6.2" >&2; exit 1; }

cat > table.csv <<'CSV'
day,lon,lat
2015-01-03,37,36
2015-02-20,37,36
2015-03-01,37,36
2015-12-01,37,36
2016-01-01,37,36
CSV
for format in geojson shp fgb gpkg; do
    gdal ogr2ogr -q "table.$format" table.csv -a_srs EPSG:4326 -oo AUTODETECT_TYPE=YES -oo X_POSSIBLE_NAMES=lon \
        -oo Y_POSSIBLE_NAMES=lat
done

check() { # CONDITION DAYS DAYS_OF_GPKG
    for format in geojson shp fgb gpkg; do
        days=$(gdal ogr2ogr -f CSV /vsistdout/ "table.$format" -select day -where "$1" 2> said |
            awk 'NR > 1 { printf "%s%s", separator, $1; separator = " " }')
        [ ! -s said ] || { cat said >&2; exit 1; }
        printf "%-20s %-8s %s\n" "$1" "$format" "$days"
        expected=$2
        [ "$format" != gpkg ] || expected=$3
        [ "$days" = "$expected" ] || { echo "not as seen: $expected" >&2; exit 1; }
    done
}
check "day >= '2015/02/15'" "2015/02/20 2015/03/01 2015/12/01 2016/01/01" "2016/01/01"
check "day < '2015/02/15'" "2015/01/03" "2015/01/03 2015/02/20 2015/03/01 2015/12/01"
check "day = '2015/03/01'" "2015/03/01" ""
check "day >= '2015-02-15'" "2015/02/20 2015/03/01 2015/12/01 2016/01/01" "2015/02/20 2015/03/01 2015/12/01 2016/01/01"
