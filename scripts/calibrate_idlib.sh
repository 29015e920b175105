#!/usr/bin/env bash
# The campaign's posterior, scenarios/northwest-syria/posterior.csv, and how well its bands hold figures that were left
# out: calibrated anew without each month in turn, then run, and the figures of that month looked up in the run's own
# band. About 20 minutes on two cores.
#
#     scripts/calibrate_idlib.sh               the posterior of all figures to 30 November 2019
#     scripts/calibrate_idlib.sh left-out      the table of months left out, in results/left-out
#     scripts/calibrate_idlib.sh foresight     calibrated on what had ended by a day, held against what ended later
set -euo pipefail
cd "$(dirname "$0")/.."
nuzuh=${NUZUH:-build/release/app/nuzuh}
scenario=scenarios/idlib-2019.yaml

# Calibrates with the options given and runs the campaign with that posterior, all under a name.
calibrate_and_run() {
    "$nuzuh" -q calibrate "$scenario" "${@:2}" -o "$folder/$1.csv" --force >/dev/null
    cat > "$folder/$1.yaml" <<END
extends: $PWD/$scenario
replaces: [parameters.posterior]
parameters: {posterior: [table: $1.csv]}
END
    "$nuzuh" -q run "$folder/$1.yaml" -o "$folder/$1.h5" --force >/dev/null
}

mkdir -p results
case "${1:-}" in
    "")
        "$nuzuh" calibrate "$scenario" --until 2019-11-30 -o results/posterior.csv --force
        exec mv results/posterior.csv scenarios/northwest-syria/posterior.csv
        ;;
    left-out)
        folder=results/left-out
        mkdir -p "$folder"
        for month in 2019-05 2019-06 2019-07 2019-08 2019-09 2019-10 2019-11; do
            calibrate_and_run "$month" --until 2019-11-30 --leave-out "$month"
        done
        ;;
    foresight)
        folder=results/foresight
        mkdir -p "$folder"
        for day in 2019-05-16 2019-05-31 2019-06-30 2019-07-30 2019-08-31 2019-09-30 2019-10-31; do
            calibrate_and_run "$day" --until "$day"
        done
        ;;
    *)
        echo "calibrate_idlib.sh: there is nothing called '$1': left-out or foresight" >&2
        exit 2
        ;;
esac
"${PYTHON:-/usr/bin/python3}" scripts/figures_in_bands.py "$scenario" "$folder"/*.h5
