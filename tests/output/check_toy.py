#!/usr/bin/env python3
"""check_toy.py FILE: in a real run the datasets agree with one another."""
import sys

import expected

np = expected.module("numpy")
xr = expected.module("xarray")
ds = xr.open_dataset(sys.argv[1])


def same(left, right, what):
    gap = float(np.abs(np.asarray(left, dtype=float) - np.asarray(right, dtype=float)).max())
    assert gap <= 0.01, f"{what}: differ by {gap} persons"


same(ds.arrivals_from.sum("origin"), ds.arrivals.sum("time"), "arrivals by home add up to arrivals")
same(ds.displaced_from_final.sum("origin"), ds.displaced.isel(time=-1), "displaced by home add up to displaced")
same(ds.displaced_from_mean.sum("origin"), ds.displaced_mean, "mean displaced by home add up to the mean")
same(ds.displaced.astype(float).mean("member"), ds.displaced_mean, "the mean is the mean")
same(ds.departures.sum("place").cumsum("time"), ds.total_movements, "departures add up to movements")
same(ds.first_departures.sum("place").cumsum("time"), ds.total_people_displaced,
     "first departures add up to people displaced")
everyone = (ds.at_home + ds.displaced + ds.on_the_road + ds.waiting).sum("place")
same(everyone, np.broadcast_to(everyone.isel(time=0), everyone.T.shape).T, "nobody is lost or made")
assert float(ds.displaced.std("member").max()) > 0, "members differ"
assert len(ds.time) == 61 and str(ds.time.values[-1])[:10] == "2024-04-30"
