#!/usr/bin/env bash
# geojson-path-finder 2.1.0 (npm): shortest ways over roads given as GeoJSON lines, where two roads of unlike length join the
# same two junctions, as a bypass and the old road do.
#
# Expected   the shorter of the two, whichever is listed first.
# Seen       the road that is listed first is on the way, and the other is as if it were not there: 189.6 km in place of
#            135.0 with the detour first. Nothing is said.
# Why        between junctions, chains of vertices are made one edge each; an edge between two junctions that is there
#            already is kept, and its length is not compared.
# Way out    a short spur on each of two such roads makes a junction of its own of it: both are kept then.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent geojson-path-finder@2.1.0

cat > ways.mjs <<'JS'
import { strict as assert } from "node:assert";
import module from "geojson-path-finder";
const PathFinder = module.default ?? module;
const point = (coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } });
const line = (coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } });
const kilometres = (lines, from, to) =>
  Math.round(10 * new PathFinder({ type: "FeatureCollection", features: lines.map(line) }).findPath(point(from), point(to)).weight) / 10;

const [west, a, b, east] = [[35.5, 36], [36, 36], [36.5, 36], [37, 36]];
const [north, south] = [[36.25, 36.4], [36.25, 36.01]];
const approaches = [[west, a], [b, east]], detour = [a, north, b], bypass = [a, south, b];
const spurs = [[north, [36.25, 36.41]], [south, [36.25, 36.0]]];

const seen = {
  "bypass first": kilometres([...approaches, bypass, detour], west, east),
  "detour first": kilometres([...approaches, detour, bypass], west, east),
  "detour first, from junction to junction": kilometres([...approaches, detour, bypass], a, b),
  "detour first, with spurs": kilometres([...approaches, detour, bypass, ...spurs], west, east),
};
console.log(seen);
assert.deepEqual(seen, {
  "bypass first": 135, "detour first": 189.6, "detour first, from junction to junction": 99.6,
  "detour first, with spurs": 135,
});
JS
node ways.mjs
