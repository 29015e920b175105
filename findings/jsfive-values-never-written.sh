#!/usr/bin/env bash
# jsfive 0.4.2 (npm), beside h5wasm 0.10.3 (npm): HDF5 numbers of which a part was never written. The file is made by h5py
# 3.7.0 (Debian python3-h5py 3.7.0-8).
#
# The format gives such numbers the fill value of their dataset: a series that is written week by week has it in the weeks to
# come, and a netCDF dimension without a variable has it throughout.
#
# Expected   fill values: -9999 or not a number here, as h5py and h5wasm give them.
# Seen       `undefined` for every number of a chunk that was not written, which makes a sum not a number, JSON null, and a
#            maximum not a number; and no numbers at all, a list of length 0 beside a shape of 3, where no chunk was
#            written. Nothing is said.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-h5py=3.7.0-8 python3-h5py-serial=3.7.0-8 libhdf5-103-1=1.10.8+repack1-1 \
    libhdf5-hl-100=1.10.8+repack1-1 libaec0 libsz2 zlib1g python3-numpy libblas3 liblapack3 libgfortran5 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
lib=$folder/root/usr/lib/x86_64-linux-gnu
PYTHONPATH=$folder/root/usr/lib/python3/dist-packages \
LD_LIBRARY_PATH=$lib:$lib/blas:$lib/lapack:$folder/root/lib/x86_64-linux-gnu /usr/bin/python3 - <<'PY'
import h5py
import numpy

assert h5py.__version__ == "3.7.0"
with h5py.File("weeks.h5", "w") as file:
    arrivals = file.create_dataset("arrivals", (4, 2), "f4", chunks=(1, 2), fillvalue=numpy.nan)
    arrivals[0] = [120, 80]
    counted = file.create_dataset("counted", (4,), "i4", chunks=(2,), fillvalue=-9999)
    counted[:2] = [200, 310]
    file.create_dataset("place", (3,), "i4", fillvalue=-9999)
    file.create_dataset("to_come", (3,), "f4", chunks=(3,), fillvalue=numpy.nan)
with h5py.File("weeks.h5") as file:
    assert list(file["counted"]) == [200, 310, -9999, -9999] and list(file["place"]) == [-9999] * 3
    assert numpy.isnan(file["arrivals"][1:]).all() and numpy.isnan(file["to_come"][:]).all()
PY
npm init -y >/dev/null
npm install --silent jsfive@0.4.2 h5wasm@0.10.3
cat > read.mjs <<'JS'
import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { File } from "jsfive";
import h5wasm from "h5wasm/node";

await h5wasm.ready;
const right = new h5wasm.File("weeks.h5", "r");
const list = (file, name) => Array.from(file.get(name).value);
assert.deepEqual(list(right, "counted"), [200, 310, -9999, -9999]);
assert.deepEqual(list(right, "place"), [-9999, -9999, -9999]);
assert.deepEqual(list(right, "to_come"), [NaN, NaN, NaN]);
assert.deepEqual(list(right, "arrivals"), [120, 80, NaN, NaN, NaN, NaN, NaN, NaN]);

const bytes = readFileSync("weeks.h5");
const seen = new File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), "weeks.h5");
const none = undefined;
assert.deepEqual(list(seen, "counted"), [200, 310, none, none]);
assert.deepEqual(list(seen, "place"), [none, none, none]);
assert.deepEqual(list(seen, "arrivals"), [120, 80, none, none, none, none, none, none]);
assert.deepEqual(seen.get("to_come").shape, [3]);
assert.deepEqual(list(seen, "to_come"), []);
assert.ok(Number.isNaN(list(seen, "counted").reduce((sum, n) => sum + n)));
assert.equal(JSON.stringify(list(seen, "counted")), "[200,310,null,null]");
console.log("seen as described: jsfive 0.4.2 gives undefined, or no numbers, where nothing was written");
JS
node read.mjs
