#!/usr/bin/env bash
# xarray 2023.01.0 (Debian python3-xarray 2023.01.0-1.1): `identical` and the types of numbers.
#
# Expected   what is identical, and not only equal, has the same type.
# Seen       whole numbers of 32 bits are identical to floats of 64, and assert_identical passes; only attributes and
#            names are compared beside values. A test that compares results so does not see that counts became floats.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-xarray=2023.01.0-1.1 2>/dev/null
dpkg-deb -x python3-xarray*.deb root
if ! /usr/bin/python3 -c 'import numpy, pandas, packaging' 2>/dev/null; then
    echo "needs python3-numpy, python3-pandas and python3-packaging" >&2
    exit 2
fi
PYTHONPATH=$folder/root/usr/lib/python3/dist-packages /usr/bin/python3 - <<'PY'
import numpy
import xarray

counts = xarray.Dataset({"persons": ("place", numpy.array([1, 2], dtype="int32"), {"units": "persons"})})
floats = counts.astype("float64", keep_attrs=True)
assert counts.persons.dtype != floats.persons.dtype
assert counts.identical(floats)
xarray.testing.assert_identical(counts, floats)
floats.persons.attrs["units"] = "households"
assert not counts.identical(floats)
print(counts.persons.dtype, "and", "float64", "are identical; another attribute is not")
PY
