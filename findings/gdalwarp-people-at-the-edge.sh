#!/usr/bin/env bash
# GDAL 3.6.2 (Debian gdal-bin 3.6.2+dfsg-1+b2): a grid of people put onto larger or smaller cells by `gdalwarp -r sum`.
#
# Expected   the people of the grid: "sum: compute the weighted sum of all non-NODATA contributing pixels".
# Seen       1,360 people are 1,360 with cells of 0.2 or 0.05 degrees, into which the width of 0.4 degrees goes, and 1,263.6 with cells
#            of 0.13 or 0.03: a number of cells is made that lies as near as whole cells come, here short of the edge, and who
#            lives in the strip beyond is lost. The exit code is 0, and nothing is said.
# Way out    `-te` with ends that hold the whole grid, or `-tap`, which takes them outwards; then add up both grids.
#
# The strip is up to half a cell wide along the east and the south, which often is a coast with towns.
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
cat > people.asc <<'ASC'
ncols 4
nrows 4
xllcorner 36
yllcorner 33
cellsize 0.1
NODATA_value -9999
10 20 30 40
50 60 70 80
90 100 110 120
130 140 150 160
ASC
gdal gdal_translate -q -ot Float64 -a_srs EPSG:4326 people.asc people.tif

people() { # CELL [OPTION]...
    rm -f other.tif
    gdal gdalwarp -q -r sum -tr "$1" "$1" "${@:2}" people.tif other.tif
    gdal gdal_translate -q -of XYZ other.tif /vsistdout/ | awk '$3 != -9999 { sum += $3 } END { print sum }'
}
check() { # SEEN CELL [OPTION]...
    local sum
    sum=$(people "${@:2}" 2> said)
    [ ! -s said ] || { cat said >&2; exit 1; }
    echo "cells of ${*:2}: $sum people"
    [ "$sum" = "$1" ] || { echo "not as seen: $1" >&2; exit 1; }
}
check 1360 0.2
check 1360 0.05
check 1263.6 0.13
check 1263.6 0.03
check 1360 0.13 -tap
