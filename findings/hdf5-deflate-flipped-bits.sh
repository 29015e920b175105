#!/usr/bin/env bash
# HDF5 1.10.8 (Debian libhdf5-103-1 1.10.8+repack1-1, read through h5py 3.7.0-8): one flipped bit in a deflated chunk.
#
# Expected   deflate carries a checksum (Adler-32), so a damaged chunk is an error.
# Seen       of the single bits of a chunk of 300 floats behind shuffle and deflate, 2 of 3,416 give other numbers
#            without an error. With the filter fletcher32 behind deflate every one is an error.
#
# Files that are copied about need a checksum of their own, or fletcher32.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-h5py=3.7.0-8 python3-h5py-serial=3.7.0-8 libhdf5-103-1=1.10.8+repack1-1 \
    libhdf5-hl-100=1.10.8+repack1-1 libaec0 libsz2 zlib1g python3-numpy libblas3 liblapack3 libgfortran5 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
lib=$folder/root/usr/lib/x86_64-linux-gnu
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages
export LD_LIBRARY_PATH=$lib:$lib/blas:$lib/lapack:$folder/root/lib/x86_64-linux-gnu
/usr/bin/python3 - <<'PY'
import io

import h5py
import numpy

assert h5py.version.hdf5_version == "1.10.8" and h5py.__version__ == "3.7.0"


def flip_each_bit(data, fletcher32):
    """How many single flipped bits of the only chunk are an error, and how many give other numbers."""
    file = io.BytesIO()
    with h5py.File(file, "w") as f:
        f.create_dataset("d", data=data, chunks=data.shape, compression="gzip", shuffle=True, fletcher32=fletcher32)
        chunk = f["d"].id.get_chunk_info(0)
    errors = other = 0
    for bit in range(chunk.size * 8):
        damaged = bytearray(file.getvalue())
        damaged[chunk.byte_offset + bit // 8] ^= 1 << bit % 8
        try:
            with h5py.File(io.BytesIO(bytes(damaged)), "r") as f:
                other += not numpy.array_equal(f["d"][:], data)
        except OSError:
            errors += 1
    return chunk.size * 8, errors, other


generator = numpy.random.default_rng(1)
generator.poisson(20, 400)
floats = generator.poisson(3000, 300).astype("f4")
for fletcher32 in (False, True):
    bits, errors, other = flip_each_bit(floats, fletcher32)
    print(f"shuffle, deflate{', fletcher32' * fletcher32}: of {bits} bits {errors} are an error, {other} give other numbers")
    assert (other > 0) != fletcher32
    assert not fletcher32 or errors == bits
PY
