#!/usr/bin/env bash
# Runs every case of Flee 3 in a folder with both rule sets, scores the runs, forecasts from the past of each, and
# writes a table of all and a picture of each.
#
#     scripts/validate.sh CASES [RESULTS]      CASES: a checkout of FabFlee's conflict data, or a folder like it
#
# CASES may be left out where NUZUH_FLEE_CASES names the folder that holds `cases`; RESULTS is results/validation
# where it is left out. NUZUH names the program, MEMBERS how many runs the ensemble of hazard_choice has; its
# expected run and one run of flee3, everyone simulated, are scored too.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
cases="${1:-${NUZUH_FLEE_CASES:+$NUZUH_FLEE_CASES/cases}}"
if [ -z "$cases" ]; then
    echo "give the folder of cases: $0 CASES, or set NUZUH_FLEE_CASES" >&2
    exit 2
fi
results="${2:-$here/results/validation}"
nuzuh="${NUZUH:-$here/build/release/app/nuzuh}"
members="${MEMBERS:-200}"
mkdir -p "$results"

# Scores one case with the options given, under a name.
score() {
    "$nuzuh" -q score "$folder" "${@:2}" --force -o "$results/$name.$1.csv" \
        --series "$results/$name.$1.series.csv" > "$results/$name.$1.txt"
}

found=0
failed=()
for folder in "$cases"/*/; do
    [ -d "$folder/input_csv" ] || continue
    found=1
    name="$(basename "$folder")"
    echo "== $name"
    hazard_choice=(--set behaviour.rules=hazard_choice --set engine.kind=compartments)
    score flee3 --set behaviour.rules=flee3 --set engine.kind=agents --set engine.members=1 &&
        score ensemble --fixed "${hazard_choice[@]}" --set engine.members="$members" &&
        "$nuzuh" -q forecast "$folder" "${hazard_choice[@]}" --force -o "$results/$name.forecasts.csv" \
            > "$results/$name.forecasts.txt" &&
        score expected "${hazard_choice[@]}" --set engine.mode=expected --set engine.members=1 ||
        failed+=("$name")
done
if [ "$found" = 0 ]; then
    echo "no case in $cases: a case is a folder that holds input_csv and source_data" >&2
    exit 2
fi
"${PYTHON:-/usr/bin/python3}" "$here/scripts/validation_report.py" "$results"
if [ "${#failed[@]}" -gt 0 ]; then
    echo "not scored: ${failed[*]}" >&2
    exit 1
fi
