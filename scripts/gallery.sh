#!/usr/bin/env bash
# Draws the pictures of scripts/gallery anew, from real runs: gallery.sh [NUZUH]
set -euo pipefail
cd "$(dirname "$0")/.."
nuzuh=$(realpath "${1:-build/release/app/nuzuh}")
gallery=scripts/gallery
python="${PYTHON:-/usr/bin/python3}"
runs=$(mktemp -d)
trap 'rm -r "$runs"' EXIT

for scenario in idlib-2019 truce-holds; do
    "$nuzuh" --quiet run "scenarios/$scenario.yaml" -o "$runs/$scenario.h5" >/dev/null
done
"$python" scripts/plot_run.py "$runs/idlib-2019.h5" -o "$gallery/idlib-2019.png"
for figure in totals arrivals origins map; do
    "$python" scripts/plot_run.py "$runs/idlib-2019.h5" --figure "$figure" -o "$gallery/$figure.png"
    scripts/plot_run.R "$runs/idlib-2019.h5" "$figure" "$gallery/$figure-r.png"
done
"$python" scripts/plot_compare.py "$runs/idlib-2019.h5" "$runs/truce-holds.h5" -o "$gallery/change.png"
scripts/plot_compare.R "$runs/idlib-2019.h5" "$runs/truce-holds.h5" "$gallery/change-r.png"
"$nuzuh" --quiet forecast scenarios/idlib-2019.yaml --every 7 --ahead 7,14,28,56,112,240 -o "$runs/forecasts.csv" >/dev/null
"$python" scripts/plot_forecast.py "$runs/forecasts.csv" -o "$gallery/forecast.png"
if "$python" -c "import qgis.core" 2>/dev/null; then
    "$nuzuh" --quiet export "$runs/idlib-2019.h5" --to geojson -o "$runs/map" >/dev/null
    "$python" scripts/qgis/draw_map.py "$runs/map" "$gallery/qgis.png"
fi

# A palette of 128 colours is enough for all of them, and a third of the size.
"$python" - "$gallery"/*.png <<'PALETTE'
import sys
from PIL import Image
for path in sys.argv[1:]:
    picture = Image.open(path)
    if picture.mode != "P":  # has its palette already
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
PALETTE
