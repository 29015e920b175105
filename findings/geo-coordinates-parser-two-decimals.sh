#!/usr/bin/env bash
# geo-coordinates-parser 1.7.4 (npm), beside coordinate-parser 1.0.7 and parse-dms 0.0.5 (npm): coordinates in degrees with one or
# two decimals, as lists of sites round them.
#
# Expected   "36.20, 37.16" is 36.20 degrees north and 37.16 east, Aleppo, as "36.200, 37.160" is.
# Seen       36.333333 and 37.266667: what stands behind the point is taken for minutes, so that the place moves 18 km.
#            "-18.13, 178.44" goes to another island, and "36.5, 37.5" to 36.083333 and 37.083333, 60 km away. With three
#            decimals degrees are read as they are, so that of one list some rows are right and some are not, and nothing is said;
#            where minutes would be 60 or more (36.75) it is an error. coordinate-parser and parse-dms read all of them as degrees.
# Why        its README says of "24.56S 26.48E" that it is read so, and nothing of plain numbers.
# Way out    read numbers as numbers, and hand it only what has signs of degrees or minutes; or look at `originalFormat`, DM here.
set -euo pipefail
command -v npm >/dev/null || { echo "needs npm" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent geo-coordinates-parser@1.7.4 coordinate-parser@1.0.7 parse-dms@0.0.5

cat > read.mjs <<'JS'
import assert from "node:assert";
import { convert } from "geo-coordinates-parser";
import Coordinates from "coordinate-parser";
import parse from "parse-dms";

const parsed = (text) => { const { lat, lon } = (parse.default ?? parse)(text); return [lat, lon]; };
for (const [text, degrees, seen] of [
    ["36.20, 37.16", [36.2, 37.16], [36.333333, 37.266667]],
    ["36.5, 37.5", [36.5, 37.5], [36.083333, 37.083333]],
    ["-18.13, 178.44", [-18.13, 178.44], [-18.216667, 178.733333]],
    ["36.200, 37.160", [36.2, 37.16], [36.2, 37.16]],
    ["36.2048, 37.1613", [36.2048, 37.1613], [36.2048, 37.1613]],
]) {
    const { decimalLatitude, decimalLongitude, originalFormat } = convert(text, 6);
    console.log(text, "->", decimalLatitude, decimalLongitude, originalFormat);
    assert.deepEqual([decimalLatitude, decimalLongitude], seen);
    const other = new Coordinates(text);
    assert.deepEqual([other.getLatitude(), other.getLongitude()], degrees);
    assert.deepEqual(parsed(text), degrees);
}
assert.throws(() => convert("36.75, 37.16", 6), /invalid coordinates format/);
JS
node read.mjs
