#!/usr/bin/env bash
# Runs every case of Flee 3 in a folder with both rule sets, scores the runs, forecasts from the past of each, and
# writes a table of all and a picture of each.
#
#     scripts/validate.sh CASES [RESULTS]      CASES: a checkout of FabFlee's conflict data, or a folder like it
#
# CASES defaults to $NUZUH_FLEE_CASES/cases, RESULTS to results/validation. NUZUH names the program.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
cases="${1:-${NUZUH_FLEE_CASES:-$here/../shared/flee}/cases}"
results="${2:-$here/results/validation}"
nuzuh="${NUZUH:-$here/build/release/app/nuzuh}"
members="${MEMBERS:-50}"
mkdir -p "$results"

found=0
for folder in "$cases"/*/; do
    [ -d "$folder/input_csv" ] || continue
    found=1
    name="$(basename "$folder")"
    echo "== $name"
    "$nuzuh" -q score "$folder" --set behaviour.rules=hazard_choice --set engine.kind=compartments \
        --set engine.members="$members" --force -o "$results/$name.hazard_choice.csv" \
        --series "$results/$name.hazard_choice.series.csv" > "$results/$name.hazard_choice.txt"
    "$nuzuh" -q score "$folder" --set behaviour.rules=flee3 --set engine.kind=agents --set engine.members=1 \
        --set flee3.hasten="${HASTEN:-10}" --force -o "$results/$name.flee3.csv" \
        --series "$results/$name.flee3.series.csv" > "$results/$name.flee3.txt"
    "$nuzuh" -q forecast "$folder" --set behaviour.rules=hazard_choice --set engine.kind=compartments --force \
        -o "$results/$name.forecasts.csv" > "$results/$name.forecasts.txt"
done
if [ "$found" = 0 ]; then
    echo "no case in $cases: a case is a folder that holds input_csv and source_data" >&2
    exit 2
fi
"$here/scripts/validation_report.py" "$results"
