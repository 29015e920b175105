#!/usr/bin/env python3
"""check_ncdump.py FILE: ncdump's header names every dataset, axis and unit, and its numbers are the numbers."""
import re
import shutil
import subprocess
import sys

import expected

if not shutil.which("ncdump"):
    print("skipped: no ncdump")
    sys.exit(expected.SKIPPED)
header = subprocess.run(["ncdump", "-h", sys.argv[1]], check=True, capture_output=True, text=True).stdout
for line in ("member = 3 ;", "time = 5 ;", "place = 4 ;", "float displaced(member, time, place) ;",
             'displaced:units = "persons" ;', 'time:units = "days since 2019-04-29" ;',
             "string place_name_ar(place) ;", 'place_name:cf_role = "timeseries_id" ;',
             'routes:cf_role = "mesh_topology" ;', 'wgs84:EPSG_code = "EPSG:4326" ;',
             ':Conventions = "CF-1.10 UGRID-1.0 ACDD-1.3" ;', "group: reported {", "int8 inside(figure) ;"):
    line = line.replace("int8", "byte")
    assert line in header, f"ncdump does not say: {line}"

data = subprocess.run(["ncdump", "-v", "displaced,place_name_ar", sys.argv[1]], check=True, capture_output=True,
                      text=True).stdout
numbers = re.search(r"^ displaced =\s([^;]*);", data, re.M).group(1)
values = iter(float(text) for text in numbers.split(","))
cube = [[[next(values) for _ in range(expected.PLACES)] for _ in range(expected.TIMES)]
        for _ in range(expected.MEMBERS)]
expected.check_displaced(cube, "ncdump")
assert all(name in data for name in expected.ARABIC)
