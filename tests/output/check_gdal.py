#!/usr/bin/env python3
"""check_gdal.py FILE: GDAL's netCDF and multidimensional HDF5 drivers know axes, units and values."""
import json
import shutil
import subprocess
import sys

import expected

if not shutil.which("gdalmdiminfo"):
    print("skipped: no GDAL")
    sys.exit(expected.SKIPPED)
path = sys.argv[1]
tree = json.loads(subprocess.run(["gdalmdiminfo", "-detailed", "-array", "/displaced", path], check=True,
                                 capture_output=True, text=True).stdout)
assert [(axis["name"], axis["size"]) for axis in tree["dimensions"]] == [("member", 3), ("time", 5), ("place", 4)]
assert tree["unit"] == "persons"
expected.check_displaced(tree["values"], "gdalmdiminfo")

info = json.loads(subprocess.run(["gdalinfo", "-json", f"NETCDF:{path}:strikes"], check=True,
                                 capture_output=True, text=True).stdout)
assert info["size"] == [expected.PLACES, expected.TIMES]
assert info["metadata"][""]["strikes#units"] == "strikes/day"
listed = subprocess.run(["gdalinfo", path], check=True, capture_output=True, text=True).stdout
assert "displaced" in listed

# Rows keep their order however an array is opened: on the netCDF driver, on that of HDF5, as multidimensional array.
gdal = expected.module("osgeo.gdal").gdal
numpy = expected.module("numpy")
gdal.UseExceptions()
gdal.PushErrorHandler("CPLQuietErrorHandler")
netcdf = expected.module("netCDF4").Dataset(path)
checked = 0
for group, prefix in [(netcdf, ""), *[(netcdf[name], f"/{name}/") for name in netcdf.groups]]:
    for name, variable in group.variables.items():
        if variable.dtype is str or variable.ndim < 2:
            continue
        held = numpy.ma.filled(variable[:].astype(float), numpy.nan)
        for driver in (f"NETCDF:{path}:{prefix}{name}", f"HDF5:{path}:/{prefix or '/'}{name}"):
            read = gdal.Open(driver).ReadAsArray().reshape(held.shape)
            assert numpy.allclose(read, held, equal_nan=True), driver
            checked += 1
assert checked > 100, checked
