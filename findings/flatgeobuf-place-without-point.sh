#!/usr/bin/env bash
# GDAL 3.6.2 (Debian gdal-bin 3.6.2+dfsg-1+b2): a table to FlatGeobuf, with a row that has no place on the map.
#
# Expected   every row is written, as to GeoJSON and GeoPackage, or an error names the one that cannot be.
# Seen       the row without coordinates is missing: 110 persons of 150 are left. The others stand in another order, so
#            that columns put beside them by position go to other places. The exit code is 0, and nothing is said. With
#            `-lco SPATIAL_INDEX=NO` the order stays, and the row is missing all the same.
#
# Persons counted at "unknown" or abroad have no coordinates. By issue 7401 of GDAL later versions (from 3.6.4 on)
# raise an error; only 3.6.2 was tried.
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

cat > places.csv <<'CSV'
place,persons,lon,lat
Azaz,10,37.05,36.59
Homs,20,36.72,34.73
Idlib,30,36.63,35.93
unknown,40,,
Daraa,50,36.10,32.62
CSV

check() { # FORMAT PLACES [OPTION]...
    rm -f "places.$1"
    gdal ogr2ogr -q "places.$1" places.csv -a_srs EPSG:4326 -oo AUTODETECT_TYPE=YES -oo X_POSSIBLE_NAMES=lon \
        -oo Y_POSSIBLE_NAMES=lat "${@:3}" > said 2>&1 || { cat said >&2; exit 1; }
    [ ! -s said ] || { cat said >&2; exit 1; }
    places=$(gdal ogr2ogr -f CSV /vsistdout/ "places.$1" -select place,persons |
        awk -F , 'NR > 1 { gsub(/"/, ""); printf "%s%s %d", separator, $1, $2; separator = ", " }')
    echo "$1${3:+ ${*:3}}: $places"
    [ "$places" = "$2" ] || { echo "not as seen: $2" >&2; exit 1; }
}
check geojson "Azaz 10, Homs 20, Idlib 30, unknown 40, Daraa 50"
check gpkg "Azaz 10, Homs 20, Idlib 30, unknown 40, Daraa 50"
check fgb "Azaz 10, Idlib 30, Homs 20, Daraa 50"
check fgb "Azaz 10, Homs 20, Idlib 30, Daraa 50" -lco SPATIAL_INDEX=NO
