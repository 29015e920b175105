#!/usr/bin/env python3
"""Draws the toy scenario with scripts/plot_run.py: it must work without border and without reported figures.

    check_picture.py SOURCE_DIR NUZUH
"""
import pathlib
import subprocess
import sys
import tempfile

import readme

source, nuzuh = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    results = pathlib.Path(folder) / "toy.h5"
    readme.run_toy(source, nuzuh, results)
    subprocess.run([sys.executable, pathlib.Path(source) / "scripts" / "plot_run.py", results], check=True)
    picture = results.with_suffix(".png").read_bytes()
    assert picture.startswith(b"\x89PNG"), "no PNG"
    width, height = (int.from_bytes(picture[i:i + 4], "big") for i in (16, 20))
    assert (width, height) == (1600, 1000), f"{width} x {height}"
