#!/usr/bin/env bash
# GDAL 3.6.2 (Debian gdal-bin 3.6.2+dfsg-1+b2): GeoJSON of a shapefile in Latin letters that does not say so.
#
# A shapefile without .cpg, whose .dbf names no code page (byte 29 is 0), has its texts in letters that the reader must know.
# Many of humanitarian data are so.
#
# Expected   GeoJSON, which is UTF-8 (RFC 7946 by RFC 8259), with the bytes taken for some code page; or an error.
# Seen       the bytes of the shapefile as they are: a file that no reader of JSON takes. The exit code is 0 and nothing is said,
#            while the same to GeoPackage warns. With SHAPE_ENCODING=ISO-8859-1 the letters are right.
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

printf 'name,lon,lat\nSatéma,21,4\n' > places.csv
gdal ogr2ogr -q places.shp places.csv -a_srs EPSG:4326 -lco ENCODING=ISO-8859-1 -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat
rm places.cpg
printf '\0' | dd of=places.dbf bs=1 seek=29 conv=notrunc status=none

check() { # WHAT IS SEEN
    echo "$1: $2"
    [ "$2" = "$3" ] || { echo "not as seen: $3" >&2; exit 1; }
}
letters() { # FILE: é as one byte, as two, or gone
    if iconv -f UTF-8 -t UTF-8 "$1" > /dev/null 2>&1; then
        grep -q Satéma "$1" && echo UTF-8 || echo other
    else
        echo "not UTF-8"
    fi
}
gdal ogr2ogr -q -f GeoJSON plain.geojson places.shp 2> said
check "GeoJSON, exit code 0" "$(letters plain.geojson)" "not UTF-8"
check "what was said of it" "$(wc -c < said)" 0
gdal ogr2ogr -q -f GeoJSONSeq plain.geojsonl places.shp 2> said
check "GeoJSON by lines, exit code 0" "$(letters plain.geojsonl)" "not UTF-8"
gdal ogr2ogr -q -f GPKG plain.gpkg places.shp 2> said
check "warnings of GeoPackage" "$(grep -c 'not a valid UTF-8' said)" 1
gdal ogr2ogr -q --config SHAPE_ENCODING ISO-8859-1 -f GeoJSON told.geojson places.shp
check "GeoJSON, told the letters" "$(letters told.geojson)" UTF-8
