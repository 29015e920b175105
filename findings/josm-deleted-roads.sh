#!/usr/bin/env bash
# Roads that were deleted in JOSM, in a file that it saved: GDAL 3.6.2, osmium-tool 1.15.0 (libosmium 2.19.0), osmctools 0.9
# (Debian), osmtogeojson 2.2.12 and osm-read 0.7.0 (npm).
#
# JOSM saves what was loaded and deleted since with action='delete' and visible='true', until it is uploaded
# (https://wiki.openstreetmap.org/wiki/JOSM_file_format).
#
# Expected   what is deleted is not there: a road that somebody took out because a bridge is down is not driven.
# Seen       GDAL, osmium, osmtogeojson and osm-read give the deleted road like any other, and say nothing; osmium writes it on without the
#            mark. osmconvert alone leaves it out.
# Way out    osmconvert, or in JOSM "Purge" in place of "Delete".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install gdal-bin=3.6.2+dfsg-1+b2 osmium-tool=1.15.0-1 osmctools=0.9-4 \
    2>/dev/null | awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' |
    grep -Ev '^(libc6|libgcc-s1|gcc-12-base|dpkg|tar|debconf|fonts-.*|.*python3.*|media-types)=' > packages
mkdir packed
(cd packed && xargs apt-get download -qq < ../packages 2>/dev/null)
for package in packed/*.deb; do dpkg-deb -x "$package" root; done
lib=root/usr/lib/x86_64-linux-gnu
export GDAL_DATA=$folder/root/usr/share/gdal GDAL_DRIVER_PATH=disable PROJ_LIB=$folder/root/usr/share/proj
libraries=$folder/root/lib/x86_64-linux-gnu:$folder/root/usr/lib:$folder/$lib:$folder/$lib/blas:$folder/$lib/lapack
tool() { LD_LIBRARY_PATH=$libraries "root/usr/bin/$1" "${@:2}"; }
npm init -y >/dev/null
npm install --silent osmtogeojson@2.2.12 osm-read@0.7.0 @xmldom/xmldom@0.8.10

cat > roads.osm <<'XML'
<?xml version='1.0' encoding='UTF-8'?>
<osm version='0.6' generator='JOSM'>
  <node id='1' version='1' visible='true' lat='36.0' lon='37.0'/>
  <node id='2' version='1' visible='true' lat='36.0' lon='37.1'/>
  <node id='3' version='1' visible='true' lat='36.0' lon='37.2'/>
  <way id='10' version='1' visible='true'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way>
  <way id='11' version='1' action='delete' visible='true'><nd ref='2'/><nd ref='3'/><tag k='highway' v='primary'/></way>
</osm>
XML
cat > read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { DOMParser } = require("@xmldom/xmldom");
const text = readFileSync("roads.osm", "utf8");
const ways = require("osmtogeojson")(new DOMParser().parseFromString(text, "text/xml")).features.map((way) => way.id.replace("way/", ""));
console.log("osmtogeojson", ...ways);
const read = [];
require("osm-read").parse({
  filePath: "roads.osm", format: "xml", node() {}, way: (way) => read.push(way.id),
  endDocument: () => console.log("osm-read", ...read), error: (error) => { throw error; },
});
JS
{
    echo gdal "$(tool ogr2ogr -q -f CSV /vsistdout/ roads.osm lines -select osm_id | tail -n +2 | tr -d '"' | sort | paste -sd' ')"
    echo osmium "$(tool osmium cat roads.osm -f opl | sed -n 's/^w\([0-9]*\) .*/\1/p' | paste -sd' ')"
    echo osmconvert "$(tool osmconvert roads.osm | sed -n 's/.*<way id="\([0-9]*\)".*/\1/p' | paste -sd' ')"
    node read.cjs
} > seen
cat seen
diff seen - <<'TEXT' || { echo "not as seen" >&2; exit 1; }
gdal 10 11
osmium 10 11
osmconvert 10
osmtogeojson 10 11
osm-read 10 11
TEXT
tool osmium cat roads.osm -f osm -o again.osm
[ "$(grep -c '<way' again.osm)" = 2 ] || { echo "osmium wrote other ways" >&2; exit 1; }
if grep -q delete again.osm; then echo "osmium keeps the mark" >&2; exit 1; fi
