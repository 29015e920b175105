#!/usr/bin/env bash
# The campaign's posterior, scenarios/northwest-syria/posterior.csv, and how well its bands hold figures that were left
# out: calibrated anew without each month in turn, then run, and the figures of that month looked up in the run's own
# band. About 20 minutes on two cores.
#
#     scripts/calibrate_idlib.sh               the posterior of all figures to 30 November 2019
#     scripts/calibrate_idlib.sh left-out      the table of months left out, in results/left-out
set -euo pipefail
cd "$(dirname "$0")/.."
nuzuh=${NUZUH:-build/release/app/nuzuh}
scenario=scenarios/idlib-2019.yaml

if [ "${1:-}" != left-out ]; then
    mkdir -p results
    "$nuzuh" calibrate "$scenario" --until 2019-11-30 -o results/posterior.csv --force
    exec mv results/posterior.csv scenarios/northwest-syria/posterior.csv
fi

folder=results/left-out
mkdir -p "$folder"
for month in 2019-05 2019-06 2019-07 2019-08 2019-09 2019-10 2019-11; do
    "$nuzuh" -q calibrate "$scenario" --until 2019-11-30 --leave-out "$month" -o "$folder/$month.csv" --force >/dev/null
    cat > "$folder/$month.yaml" <<END
extends: $PWD/$scenario
replaces: [parameters.posterior]
parameters: {posterior: [table: $month.csv]}
END
    "$nuzuh" -q run "$folder/$month.yaml" -o "$folder/$month.h5" --force >/dev/null
done
"${PYTHON:-/usr/bin/python3}" scripts/figures_in_bands.py "$scenario" "$folder"/*.h5
