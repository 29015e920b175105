#!/usr/bin/env bash
# HDF5 1.10.8 (Debian hdf5-tools 1.10.8+repack1-1; the files are written by h5py 3.7.0-8): h5diff of two results.
#
# Its help says of the exit code: 0 if no differences, 1 if differences found, 2 if error.
#
# Expected   datasets of different length differ, and so do whole numbers and floats, whatever they hold.
# Seen       they are "not comparable", which counts as no difference: the exit code is 0, and with `-q` nothing is
#            said. So it is for 365 days against 360, even of other numbers, for a table of fewer places, for int
#            against float, and for an attribute of another length. Another number, or a dataset that one file does not
#            have, is 1.
#
# A test that two runs agree passes where one of them ended early. `h5diff` without `-q` prints that some objects are
# not comparable, and its output has to be looked at beside the exit code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hdf5-tools=1.10.8+repack1-1 python3-h5py=3.7.0-8 python3-h5py-serial=3.7.0-8 \
    libhdf5-103-1=1.10.8+repack1-1 libhdf5-hl-100=1.10.8+repack1-1 libaec0 libsz2 zlib1g python3-numpy libblas3 \
    liblapack3 libgfortran5 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
lib=$folder/root/usr/lib/x86_64-linux-gnu
libraries=$lib:$lib/blas:$lib/lapack:$folder/root/lib/x86_64-linux-gnu
h5diff() { LD_LIBRARY_PATH=$libraries root/usr/bin/h5diff "$@"; }
h5diff --version | grep -q 'Version 1\.10\.8$' || { echo "not h5diff 1.10.8" >&2; exit 1; }

PYTHONPATH=$folder/root/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$libraries /usr/bin/python3 - <<'PY'
import h5py
import numpy

days = numpy.arange(365.0)
places = numpy.ones((365, 4))
attribute = numpy.array([2015, 2016])
files = {
    "result": (days, places, attribute),
    "same": (days, places, attribute),
    "as-float32": (days.astype("f4"), places, attribute),
    "other-number": (numpy.append(days[:-1], 0.0), places, attribute),
    "ended-early": (days[:360], places, attribute),
    "ended-early-other-numbers": (days[:360] + 1000, places, attribute),
    "fewer-places": (days, places[:, :3], attribute),
    "as-int": (days.astype("i4"), places, attribute),
    "attribute-of-one": (days, places, attribute[:1]),
    "without-places": (days, None, attribute),
}
for name, (persons, by_place, years) in files.items():
    with h5py.File(f"{name}.h5", "w") as file:
        file["persons"] = persons
        file["persons"].attrs["years"] = years
        if by_place is not None:
            file["by_place"] = by_place
PY

check() { # FILE CODE
    code=0
    h5diff -q result.h5 "$1.h5" > said 2>&1 || code=$?
    [ ! -s said ] || { cat said >&2; exit 1; }
    echo "h5diff -q result.h5 $1.h5: exit code $code"
    [ "$code" -eq "$2" ] || { echo "not as seen: $2" >&2; exit 1; }
}
check same 0
check as-float32 0
check other-number 1
check without-places 1
for other in ended-early ended-early-other-numbers fewer-places as-int attribute-of-one; do
    check "$other" 0
    h5diff result.h5 "$other.h5" > said
    grep -q 'Some objects are not comparable' said || { echo "not as seen" >&2; exit 1; }
done
