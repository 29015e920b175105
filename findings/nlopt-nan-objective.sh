#!/usr/bin/env bash
# NLopt 2.7.1 (Debian python3-nlopt 2.7.1-5): a first point at which the objective is not a number.
#
# Expected   the best point that was evaluated, or an error.
# Seen       Nelder-Mead, Sbplx, CRS2 and ISRES end with a code of success, the start as optimum and a value of NaN,
#            though they evaluated better points: Nelder-Mead and Sbplx one of value 0.18, CRS2 one below 0.03, ISRES
#            one below 0.01.
#            BOBYQA raises RoundoffLimited and hands out no point at all. COBYLA, PRAXIS, DIRECT_L and ESCH find
#            the optimum.
#
# A calibration whose first simulation fails would so be told that its start is the optimum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-nlopt=2.7.1-5 libnlopt0=2.7.1-5 libnlopt-cxx0=2.7.1-5 python3-numpy libblas3 \
    liblapack3 libgfortran5 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
lib=$folder/root/usr/lib/x86_64-linux-gnu
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$lib:$lib/blas:$lib/lapack
/usr/bin/python3 - <<'PY'
import math

import nlopt
import numpy

assert nlopt.__version__ == "2.7.1", nlopt.__version__


def minimise(algorithm):
    """Of (x - 0.3)^2 + (y - 0.3)^2, not a number left of x = -0.2, where the search starts."""
    seen = []

    def objective(x, gradient):
        value = math.nan if x[0] < -0.2 else float(numpy.sum((x - 0.3) ** 2))
        if not math.isnan(value):
            seen.append(value)
        return value

    nlopt.srand(1)
    optimiser = nlopt.opt(algorithm, 2)
    optimiser.set_min_objective(objective)
    optimiser.set_lower_bounds([-1, -1])
    optimiser.set_upper_bounds([1, 1])
    optimiser.set_maxeval(200)
    try:
        point = optimiser.optimize([-0.5, 0.0])
    except nlopt.RoundoffLimited:
        return "RoundoffLimited", None, None, min(seen)
    return optimiser.last_optimize_result(), optimiser.last_optimum_value(), list(point), min(seen)


for name in ("LN_NELDERMEAD", "LN_SBPLX", "GN_CRS2_LM", "GN_ISRES"):
    code, value, point, best = minimise(getattr(nlopt, name))
    print(f"{name:14} code {code}, value {value}, at {point}; the best value that it evaluated is {best:.3g}")
    assert code > 0 and math.isnan(value) and point == [-0.5, 0.0] and best < 0.2, name
code, value, point, best = minimise(nlopt.LN_BOBYQA)
print(f"{'LN_BOBYQA':14} {code}; the best value that it evaluated is {best:.3g}")
assert code == "RoundoffLimited" and best < 0.2
for name in ("LN_COBYLA", "LN_PRAXIS", "GN_DIRECT_L", "GN_ESCH"):
    code, value, point, best = minimise(getattr(nlopt, name))
    print(f"{name:14} code {code}, value {value:.3g}")
    assert value < 0.05 and value == best, name
PY
