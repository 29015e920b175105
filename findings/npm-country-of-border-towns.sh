#!/usr/bin/env bash
# which-country 1.0.0 and country-reverse-geocoding 0.2.2 (npm): the country in which coordinates lie, of towns near a border or coast.
#
# Expected   the country, or nothing where the outlines are too coarse to tell: both take coordinates of towns, not of pixels.
# Seen       both hold outlines that are kilometres off, and say nothing of it. Atmeh, whose camps are the largest of northwest Syria,
#            and Kobani lie in Turkey, Akçakale in Syria, Gisenyi (Rwanda) in the DR Congo, Medyka (Poland) in Ukraine; Gaza, Tyre,
#            Odesa, Cox's Bazar and Malé lie in no country. South Sudan is SDS in the second, which ISO 3166 does not know (SSD).
#            @rapideditor/country-coder 5.4.0, whose outlines follow OpenStreetMap's borders, is right in all of them.
#
# Who sorts sites into "displaced within" and "refugees abroad" by one of the first two moves the camps on a border across it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent which-country@1.0.0 country-reverse-geocoding@0.2.2 @rapideditor/country-coder@5.4.0
cat > towns.mjs <<'JS'
import { createRequire } from "module";
import { iso1A3Code } from "@rapideditor/country-coder";
const require = createRequire(import.meta.url);
const whichCountry = require("which-country");
const coarse = require("country-reverse-geocoding").country_reverse_geocoding();

// Longitude, latitude, country by ISO 3166; then what the first and the second say, if that is another.
const towns = [
    ["Azaz", 37.0447, 36.5864, "SYR"], ["Idlib", 36.6333, 35.9333, "SYR"], ["Juba", 31.58, 4.85, "SSD", "SSD", "SDS"],
    ["Atmeh", 36.6872, 36.3139, "SYR", "TUR", "TUR"], ["Kobani", 38.3519, 36.8911, "SYR", "TUR", "TUR"],
    ["Akçakale", 38.9475, 36.7111, "TUR", "SYR", "SYR"], ["Gisenyi", 29.2564, -1.7028, "RWA", "COD", "COD"],
    ["Medyka", 22.93, 49.8, "POL", "UKR", "UKR"], ["Gaza", 34.45, 31.5, "PSE", null, null],
    ["Tyre", 35.1939, 33.2704, "LBN", null, null], ["Odesa", 30.7233, 46.4825, "UKR", null, null],
    ["Cox's Bazar", 91.976, 21.4272, "BGD", null, null], ["Malé", 73.5, 4.175, "MDV", null, null],
];
for (const [name, lon, lat, country, first = country, second = country] of towns) {
    const found = [whichCountry([lon, lat]), coarse.get_country(lat, lon)?.code ?? null, iso1A3Code([lon, lat])];
    console.log(`${name} (${country}): which-country ${found[0]}, country-reverse-geocoding ${found[1]}, country-coder ${found[2]}`);
    if (String(found) !== String([first, second, country])) throw new Error(`not as seen: ${[first, second, country]}`);
}
JS
node towns.mjs
