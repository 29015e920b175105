#!/bin/sh
# make_runs.sh NUZUH SOURCE_DIR FOLDER: seven weeks of the campaign, the same with fewer who leave, and what changes.
set -eu
nuzuh=$1 scenarios=$2/scenarios folder=$3
mkdir -p "$folder"
weeks() {
    "$nuzuh" --quiet run "$scenarios/idlib-2019.yaml" --members 8 --until 2019-06-18 --force "$@"
}
weeks -o "$folder/a.h5"
weeks -o "$folder/b.h5" --set behaviour.leave.h_max=0.2
"$nuzuh" --quiet compare "$folder/a.h5" "$folder/b.h5" -o "$folder/change.csv" --force
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/toy.h5" --members 1 --force
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/tens.h5" --members 4 --force --set "output.every=10 days"
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/without_homes.h5" --members 4 --force --set engine.track_origin=false
