#!/usr/bin/env bash
# GDAL 3.6.2 (Debian gdal-bin 3.6.2+dfsg-1+b2): an .osm file whose ways stand before their nodes.
#
# A query of Overpass with `out body; >; out skel;` answers in that order.
#
# Expected   the ways, or an error: of the same elements, nodes first, all ways are read.
# Seen       up to 75,000 ways all are read. Of 75,001 the last one is read, of 80,000 the last 5,000: whole lots of
#            75,000 are missing. The exit code is 0, and nothing is said.
#
# What works on the roads of a district so loses nearly all of a country's. `osmium sort` puts nodes first.
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

elements() { # nodes|ways COUNT: so many ways, one behind the other, or their nodes
    awk -v kind="$1" -v count="$2" -v tag='<tag k="highway" v="track"/>' 'BEGIN {
        if (kind == "nodes")
            for (i = 0; i <= count; ++i)
                printf "<node id=\"%d\" lat=\"%.3f\" lon=\"%.3f\"/>\n", i + 1, 36 + i % 100 / 1000, 37 + i / 100000
        else
            for (i = 1; i <= count; ++i)
                printf "<way id=\"%d\"><nd ref=\"%d\"/><nd ref=\"%d\"/>%s</way>\n", i, i, i + 1, tag
    }'
}

ways_read() { # COUNT FIRST SECOND: how many ways are read from a file of so many
    { echo '<osm version="0.6">'; elements "$2" "$1"; elements "$3" "$1"; echo '</osm>'; } > roads.osm
    gdal ogr2ogr -q -f CSV roads.csv roads.osm lines 2> said || { echo "ogr2ogr failed" >&2; exit 1; }
    [ ! -s said ] || { cat said >&2; exit 1; }
    tail -n +2 roads.csv | wc -l
    rm -f roads.csv
}

check() { # COUNT FIRST SECOND READ
    read=$(ways_read "$1" "$2" "$3")
    echo "$1 ways, $2 before $3: $read are read"
    [ "$read" -eq "$4" ] || { echo "not as seen: $4" >&2; exit 1; }
}
check 80000 nodes ways 80000
check 75000 ways nodes 75000
check 75001 ways nodes 1
check 80000 ways nodes 5000
