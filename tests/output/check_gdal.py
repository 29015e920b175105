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
