#!/usr/bin/env bash
# epimodels 0.4.0 (Debian python3-epimodels 0.4.0-1): its difference equations in closed populations, without births.
#
# Expected   the compartments of a model add up to the population every day, as its differential equations do; parameters that are
#            given by name count by name.
# Seen       of 10,000 people 2,569 are counted twice in SEIpR and 303 in SIpRpS, and 143 are missing in SIRS, on the worst day; SIR and
#            SEIR keep their 10,000. SEQIAHR takes its eleven parameters in the order in which the dictionary holds them, whatever
#            they are called: 9,923 fall ill, and nobody with the same parameters by alphabet. Nothing is said.
# Way out    the models of epimodels.continuous, and parameters in the order of the model's own `parameters`; add up the compartments.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get install -s -qq --no-install-recommends python3-epimodels=0.4.0-1 | awk '$1 == "Inst" {print $2}' > missing
[ ! -s missing ] || xargs apt-get download -qq 2>/dev/null < missing
for package in *.deb; do [ ! -e "$package" ] || dpkg-deb -x "$package" root; done
libraries=$folder/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries:$libraries/blas:$libraries/lapack PYTHONPATH=$folder/root/usr/lib/python3/dist-packages
cat > add_up.py <<'PY'
from epimodels.continuous import models as continuous
from epimodels.discrete import models as discrete

PEOPLE, DAYS = 10_000, [0, 200]
rates = {"beta": 0.5, "gamma": 0.1, "r": 0.1, "e": 0.2, "b": 0, "p": 0.3, "w": 0.02, "delta": 0.5, "alpha": 0}

def furthest(model, *start):
    """How far the sum of the compartments departs from the population."""
    model(list(start), DAYS, PEOPLE, dict(rates))
    total = sum(model.traces[name] for name in model.state_variables)
    return round(float(max(total - PEOPLE, key=abs)))

seen = {
    "SIR": furthest(discrete.SIR(), 9_990, 10, 0),
    "SEIR": furthest(discrete.SEIR(), 9_990, 0, 10, 0),
    "SIRS": furthest(discrete.SIRS(), 9_990, 10, 0),
    "SIpRpS": furthest(discrete.SIpRpS(), 9_990, 10, 0),
    "SEIpR": furthest(discrete.SEIpR(), 9_990, 0, 10, 0),
}
print(seen)
assert seen == {"SIR": 0, "SEIR": 0, "SIRS": -143, "SIpRpS": 303, "SEIpR": 2569}
whole = continuous.SEIR()
whole([9_990, 0, 10, 0], DAYS, PEOPLE, {"beta": 0.5, "gamma": 0.1, "epsilon": 0.2})
print("SEIR by differential equations", round(float(max(abs(sum(whole.traces[name] for name in "SEIR") - PEOPLE)))))

named = {"chi": 0, "phi": 0.01, "beta": 0.00005, "rho": 0.1, "delta": 0.1, "gamma": 0.1, "alpha": 0.2, "mu": 0.02, "p": 0.5,
         "q": 300, "r": 10}

def ever_ill(parameters):
    model = discrete.SEQIAHR()
    model([9_990, 0, 10, 0, 0, 0, 0, 0], DAYS, PEOPLE, parameters)
    return round(float(9_990 - model.traces["S"][-1]))

orders = [ever_ill(named), ever_ill(dict(sorted(named.items())))]
print("ever ill, parameters in the model's order and by alphabet", orders)
assert orders == [9923, 0]
PY
/usr/bin/python3 add_up.py
