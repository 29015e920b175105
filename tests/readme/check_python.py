#!/usr/bin/env python3
"""Runs the README's Python on the results of the toy scenario, under the name that the README uses.

    check_python.py SOURCE_DIR NUZUH
"""
import os
import pathlib
import sys
import tempfile

import readme

source, nuzuh = sys.argv[1:]
blocks = [block for block in readme.fenced_blocks(readme.read(source), "python") if "results/idlib-2019.h5" in block]
assert blocks, "README.md shows no Python"
with tempfile.TemporaryDirectory() as folder:
    readme.run_toy(source, nuzuh, pathlib.Path(folder) / "results" / "idlib-2019.h5")
    os.chdir(folder)
    for block in blocks:
        names = {}
        *before, last = block.strip().splitlines()
        exec("\n".join(before), names)
        value = eval(last, names)
        print(value)
        assert len(value) == 4, "one value for each of the toy's places"
    names["run"].close()
