#!/usr/bin/env python3
"""check_xarray.py ENGINE FILE: xarray sees names, axes, units, dates and values, and means over members."""
import sys

import numpy as np

import expected

xr = expected.module("xarray")
engine, path = sys.argv[1:]
expected.module({"netcdf4": "netCDF4", "h5netcdf": "h5netcdf"}[engine])

ds = xr.open_dataset(path, engine=engine)
assert ds.displaced.dims == ("member", "time", "place"), ds.displaced.dims
assert ds.displaced_quantile.dims == ("quantile", "time", "place")
assert ds.arrivals_from.dims == ("member", "origin", "place")
assert ds.route_persons.dims == ("member", "time", "route")
assert ds.total_movements.dims == ("member", "time")
assert ds.edge_nodes.dims == ("route", "two")
expected.check_displaced(ds.displaced.values, engine)

assert [str(day)[:10] for day in ds.time.values] == [f"2019-{d}" for d in
                                                   ("04-29", "04-30", "05-01", "05-02", "05-03")]
assert ds.displaced.attrs["units"] == "persons"
assert ds.households_displaced.attrs["units"] == "households"
assert ds.displaced.attrs["cell_methods"] == "time: point"
assert ds.departures.attrs["cell_methods"] == "time: sum"
assert list(ds.place_name_ar.values) == expected.ARABIC
assert list(ds.place_pcode.values) == expected.PCODES
assert {"lat", "lon", "place"} <= set(ds.displaced.coords)
for variable in ds.variables.values():
    for name in variable.attrs.get("coordinates", variable.encoding.get("coordinates", "")).split():
        assert np.issubdtype(ds[name].dtype, np.number), name
assert ds.title == "Made up: أرقام" and ds.seed == 2019

capacity = ds.capacity.values
assert capacity[2] == 500 and all(value != value for value in capacity[[0, 1, 3]])

mean = ds.mean("member")
assert "member" not in mean.displaced.dims and "displaced" in mean
assert float(abs(mean.displaced - ds.displaced_mean).max()) == 0
quantiles = ds.displaced.quantile(ds["quantile"].values, "member")
assert float(abs(quantiles.values - ds.displaced_quantile.values).max()) < 1e-3

assert float(ds.displaced.sel(place="place_2").isel(member=1, time=3)) == expected.displaced(1, 3, 2)
assert list(ds.place.values) == list(ds.place_id.values)
assert ds.arrivals_from.sel(place="place_3").dims == ("member", "origin")
assert ds.route_persons.sel(member=0).dims == ("time", "route")

reported = xr.open_dataset(path, engine=engine, group="reported").load()
assert list(reported.inside.values) == [1, 0] and list(reported.fitted.values) == [1, 0]
assert list(reported.name.values) == ["left معرة النعمان", "kept back"]
histories = xr.open_dataset(path, engine=engine, group="histories").load()
assert histories.times_displaced.dims == ("member", "origin", "history_bin")
traces = xr.open_dataset(path, engine=engine, group="traces").load()
assert list(traces.run.values) == [0, 0, 1, 1, 2, 2]
provenance = xr.open_dataset(path, engine=engine, group="provenance")
assert len(provenance.attrs["scenario"]) > 65536, "a long scenario is kept whole"
