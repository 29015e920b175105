#!/usr/bin/env bash
# Makes d3.min.js anew from the versions that package-lock.json pins, the licences of its parts on top. Only needed
# after d3.js or the versions change: building nuzuh takes the file as it stands here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/{package.json,package-lock.json,d3.js} "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --silent
npx --no-install esbuild d3.js --bundle --minify --format=iife --global-name=d3 --target=es2020 --charset=utf8 \
    --legal-comments=none --metafile=parts.json --outfile=bundle.js

node > "$here/D3-LICENSE" <<'JS'
const fs = require("fs");
const parts = JSON.parse(fs.readFileSync("parts.json")).outputs["bundle.js"].inputs;
const packages = [...new Set(Object.keys(parts).map(name => name.match(/node_modules\/([^/]+)\//)?.[1]).filter(Boolean))].sort();
const byText = new Map();
for (const name of packages) {
    const text = fs.readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
    byText.set(text, [...(byText.get(text) ?? []), name]);
}
for (const [text, names] of byText) console.log(`${names.join(", ")}\n\n${text}\n`);
JS
{ echo "/*"; cat "$here/D3-LICENSE"; echo "*/"; cat bundle.js; } > "$here/d3.min.js"
