#!/usr/bin/env bash
# Builds nuzuh, simulates northwest Syria from April to December 2019, and draws the result.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh run
cmake --preset release
cmake --build --preset release

mkdir -p results
build/release/app/nuzuh run scenarios/idlib-2019.yaml -o results/idlib-2019.h5 --force
build/release/app/nuzuh brief results/idlib-2019.h5 --force
"${PYTHON:-/usr/bin/python3}" scripts/plot_run.py results/idlib-2019.h5

cat <<'DONE'

Results   results/idlib-2019.h5    (open with xarray, R, Octave, QGIS; see output/README.md)
Page      results/idlib-2019.html  (opens in any browser without a network, prints on two pages)
Picture   results/idlib-2019.png
Program   build/release/app/nuzuh  (try: build/release/app/nuzuh --help)
DONE
