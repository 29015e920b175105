#!/usr/bin/env bash
# shapefile 0.6.6 and shpjs 6.1.0 (npm), with GDAL's ogr2ogr (Debian gdal-bin 3.6.2): a shapefile with a date that is not there.
#
# Expected   null, as GDAL reads its own file back. OCHA's administrative units have a column
#            valid_to, which is empty for the units in force.
# Seen       30 November 1899. GDAL writes eight zeros for a date that is null, and both readers make of them year 0, month -1
#            and day 0, which JavaScript takes for the day before 1 December 1899. Nothing is said.
#
# Who keeps the units that are not out of date keeps none.
set -euo pipefail
command -v ogr2ogr >/dev/null || { echo "needs gdal-bin" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > units.geojson <<'JSON'
{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"unit": "old", "people": 5, "valid_to": "2019-12-31"},
  "geometry": {"type": "Point", "coordinates": [36, 35]}},
 {"type": "Feature", "properties": {"unit": "new", "people": null, "valid_to": null},
  "geometry": {"type": "Point", "coordinates": [37, 35]}}]}
JSON
ogr2ogr -f "ESRI Shapefile" units.shp units.geojson
grep -qa '00000000' units.dbf
npm init -y >/dev/null
npm install --silent shapefile@0.6.6 shpjs@6.1.0
back=$(ogr2ogr -f CSV /vsistdout/ units.shp | tail -1)
echo "GDAL: ${back%$'\r'}"
[ "${back%$'\r'}" = "new,," ]
cat > read.mjs <<'JS'
import fs from "fs";
import { open } from "shapefile";
import { parseDbf } from "shpjs";

const rows = {};
rows.shapefile = [];
const source = await open("units.shp", "units.dbf");
for (let next = await source.read(); !next.done; next = await source.read()) rows.shapefile.push(next.value.properties);
rows.shpjs = parseDbf(fs.readFileSync("units.dbf"));
for (const [name, [old, unit]] of Object.entries(rows)) {
    const day = unit.valid_to && `${unit.valid_to.getFullYear()}-${unit.valid_to.getMonth() + 1}-${unit.valid_to.getDate()}`;
    console.log(`${name}: people ${unit.people}, valid to ${day}`);
    if (unit.people > 0 || old.valid_to.toISOString().slice(0, 10) !== "2019-12-31") throw new Error("not as seen");
    if (day !== "1899-11-30") throw new Error("not as seen");
}
JS
TZ=UTC node read.mjs
