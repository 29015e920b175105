#!/usr/bin/env python3
"""An emulator of a scenario, and what its parameters were, given what was counted: emulation_and_inference.py SCENARIO.yaml

1. A hundred expected runs over a prior, and a Gaussian process through them, tried on thirty runs that it has not seen.
2. Counts are made up by a run of which the parameters are known. Fifty thousand draws of the prior are pushed through the emulator
   and weighed by the likelihood of the counts: the posterior, which is asked whether it holds what they were made with.

Needs nuzuh, scipy and scikit-learn. The same pattern takes any sampler, and any scenario; see also `nuzuh calibrate`.
"""
import sys

import nuzuh
import numpy as np
import pandas as pd
from scipy.stats import norm, qmc
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, WhiteKernel

# Medians and spreads (standard deviation of the logarithm) of the prior.
PRIOR = {"behaviour.leave.h_max": (0.3, 0.5), "groups.everyone.threshold": (150.0, 0.5)}
COUNT_ERROR = 0.05  # of the counts, standard deviation of the logarithm
RECORDS = (10, 30, 60)  # when people were counted, as records of the run


def settings(z):
    """Points of the standard normal distribution [n, parameters] as settings."""
    columns = {key: median * np.exp(spread * z[:, k]) for k, (key, (median, spread)) in enumerate(PRIOR.items())}
    return pd.DataFrame(columns)


def counted(scenario, sets):
    """Logarithms of people displaced by the days of the counts [n, counts], in expected runs."""
    results = nuzuh.sweep(scenario, sets, collect=["total_people_displaced"])
    return np.log1p(results.total_people_displaced.values[:, RECORDS].astype(float))


def main(path):
    scenario = nuzuh.load(path, {"engine.kind": "pooled", "engine.mode": "expected"})
    rng = np.random.default_rng(1)
    points = norm.ppf(qmc.scale(qmc.LatinHypercube(len(PRIOR), seed=1).random(100), 0.001, 0.999))
    unseen = rng.standard_normal((30, len(PRIOR)))

    runs = counted(scenario, settings(points))
    emulators = [GaussianProcessRegressor(RBF(np.ones(len(PRIOR))) + WhiteKernel(1e-4, (1e-9, 0.1)), normalize_y=True, random_state=1).fit(points, y)
                 for y in runs.T]

    def emulated(z):
        means, errors = zip(*(one.predict(z, return_std=True) for one in emulators))
        return np.stack(means, axis=1), np.stack(errors, axis=1)

    there, said = counted(scenario, settings(unseen)), emulated(unseen)[0]
    explained = 1 - ((there - said) ** 2).sum(axis=0) / ((there - there.mean(axis=0)) ** 2).sum(axis=0)
    print("of the variance of runs that it has not seen, the emulator explains", np.round(explained, 3))

    truth = np.array([[0.8, -0.6]])
    counts = counted(scenario, settings(truth))[0] + rng.normal(0, COUNT_ERROR, len(RECORDS))
    draws = rng.standard_normal((50_000, len(PRIOR)))
    means, errors = emulated(draws)
    log_likelihood = norm.logpdf(counts, means, np.hypot(errors, COUNT_ERROR)).sum(axis=1)
    weights = np.exp(log_likelihood - log_likelihood.max())
    posterior = draws[rng.choice(len(draws), 5000, p=weights / weights.sum())]
    low, high = np.quantile(posterior, [0.05, 0.95], axis=0)
    for k, key in enumerate(PRIOR):
        ends = settings(np.stack([low, high]))[key]
        print(f"{key}: made with {settings(truth)[key][0]:.3g}, 90 % of the posterior {ends[0]:.3g} to {ends[1]:.3g}; "
              f"{(high - low)[k] / 3.29:.2f} of the prior's width")
    return explained, truth[0], low, high


if __name__ == "__main__":
    main(sys.argv[1])
