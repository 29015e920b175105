#!/usr/bin/env python3
"""check_netcdf4.py FILE: netCDF-C reads the file in order, and can append to a copy of it."""
import pathlib
import shutil
import sys
import tempfile

import expected

netCDF4 = expected.module("netCDF4")
with netCDF4.Dataset(sys.argv[1]) as file:
    assert list(file.dimensions) == ["member", "time", "place", "origin", "route", "quantile", "level",
                                     "band", "need", "group", "two", "unknown"]
    assert [len(d) for d in file.dimensions.values()] == [3, 5, 4, 4, 3, 5, 3, 6, 4, 2, 2, 2]
    names = list(file.variables)
    assert names.index("time") < names.index("strikes") < names.index("displaced") < names.index("arrivals_from")
    assert file["displaced"].dimensions == ("member", "time", "place")
    assert file["displaced"].chunking() == [1, expected.TIMES, expected.PLACES]
    filters = file["displaced"].filters()
    assert filters["zlib"] and filters["shuffle"] and filters["complevel"] == 1
    assert list(file["place_name_ar"][:]) == expected.ARABIC
    assert file["time"].units == "days since 2019-04-29" and file["time"].calendar == "standard"
    assert "_FillValue" not in file["displaced"].ncattrs() and "_FillValue" in file["capacity"].ncattrs()
    expected.check_displaced(file["displaced"][:], "netCDF4")
    assert set(file.groups) == {"provenance", "reported", "planning", "histories", "traces"}

with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder) / "copy.nc"
    shutil.copy(sys.argv[1], copy)
    with netCDF4.Dataset(copy, "a") as file:
        file.history = "appended"
        file["displaced"].comment = "mine"
        file.createVariable("mine", "f4", ("time", "place"))[:] = 1
    with netCDF4.Dataset(copy) as file:
        assert file["mine"][:].sum() == expected.TIMES * expected.PLACES
        expected.check_displaced(file["displaced"][:], "after appending")
