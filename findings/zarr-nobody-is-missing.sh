#!/usr/bin/env bash
# Zarr 2.13.6 with xarray 2023.01 (Debian python3-zarr 2.13.6+ds-1, python3-xarray 2023.01.0-1.1): whole numbers in a Zarr
# array made by `create_dataset(data=...)`, opened by xarray.
#
# Expected   the array's fill value, 0, is what chunks that were never written hold; a written 0 is a 0.
# Seen       xarray takes the fill value of the array's format for the mark of missing values, as if it were the attribute
#            `_FillValue`: every place with nobody is NaN, counts become decimals, the mean over places is that of places
#            with people. Nothing is said.
# Way out    `fill_value=None` when the array is made, or `mask_and_scale=False` when it is opened.
set -euo pipefail
/usr/bin/python3 -c 'import numpy, pandas' || { echo "needs python3-numpy and python3-pandas" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-zarr=2.13.6+ds-1 python3-asciitree python3-fasteners python3-numcodecs \
    python3-xarray=2023.01.0-1.1 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done

cat > open.py <<'PY'
import warnings
import numpy, xarray, zarr
assert zarr.__version__.startswith("2.13.6"), zarr.__version__

def made(name, **options):
    group = zarr.open_group(name, mode="w")
    group.create_dataset("people", data=numpy.array([0, 850, 1150, 0], "int32"), **options).attrs["_ARRAY_DIMENSIONS"] = ["place"]
    zarr.consolidate_metadata(name)
    return name

warnings.simplefilter("error")
seen = xarray.open_zarr(made("as-it-is.zarr")).people
print("as it is:", seen.values, seen.dtype, "mean", float(seen.mean()))
assert seen.dtype == "float64" and numpy.isnan(seen.values).tolist() == [True, False, False, True] and float(seen.mean()) == 1000
for people in (xarray.open_zarr(made("without.zarr", fill_value=None)).people,
               xarray.open_zarr("as-it-is.zarr", mask_and_scale=False).people):
    assert people.dtype == "int32" and people.values.tolist() == [0, 850, 1150, 0] and float(people.mean()) == 500
print("without a fill value, or not masked:", people.values, people.dtype)
PY
PYTHONPATH=$folder/root/usr/lib/python3/dist-packages /usr/bin/python3 open.py
