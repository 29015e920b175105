#!/usr/bin/env bash
# Builds the R package and has `R CMD check` look at it: check.sh PROJECT NUZUH
set -euo pipefail
command -v R >/dev/null || { echo "skipped: R is not installed"; exit 77; }
Rscript -e 'quit(status = !requireNamespace("ncdf4", quietly = TRUE))' || { echo "skipped: ncdf4 is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
R CMD build "$1/app/R" >build.txt 2>&1 || { cat build.txt; exit 1; }
export NUZUH_PROGRAM=$2 NUZUH_SCENARIO=$1/scenarios/toy.yaml _R_CHECK_SYSTEM_CLOCK_=0 _R_CHECK_FORCE_SUGGESTS_=false LC_ALL=C.UTF-8
R CMD check --no-manual nuzuh_*.tar.gz >check.txt 2>&1 || { cat check.txt; cat nuzuh.Rcheck/tests/*.fail 2>/dev/null; exit 1; }
grep -q '^Status: OK' check.txt || { cat check.txt; exit 1; }
