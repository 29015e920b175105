#!/bin/sh
# Installs what package-lock.json pins into the folder given; exit 77 where that cannot be done here.
set -u
here=$(cd "$(dirname "$0")" && pwd)
command -v npm >/dev/null || { echo "npm is not installed"; exit 77; }
mkdir -p "$1" && cd "$1" || exit 1
cmp -s "$here/package-lock.json" node_modules/used-lock.json && exit 0
cp "$here/package.json" "$here/package-lock.json" . || exit 1
npm ci --ignore-scripts --no-audit --no-fund --silent || { echo "npm cannot reach its registry"; exit 77; }
cp package-lock.json node_modules/used-lock.json
