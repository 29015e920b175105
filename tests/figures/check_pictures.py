#!/usr/bin/env python3
"""Draws every figure from the command line, of a campaign and of the smallest run: a picture of its size, not blank.

    check_pictures.py py|R SCRIPTS FOLDER
"""
import pathlib
import subprocess
import sys

import matplotlib.image
import numpy as np

language, scripts, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
launcher = [sys.executable] if language == "py" else []
sizes = {"totals": (600, 1000), "arrivals": (600, 1000), "origins": (800, 1100), "map": (1000, 900)}


def drawn(script, *arguments):
    picture = folder / f"{language}.png"
    picture.unlink(missing_ok=True)
    output = ["-o", picture] if language == "py" else [picture]
    subprocess.run([*launcher, scripts / f"{script}.{language}", *arguments, *output], check=True)
    return matplotlib.image.imread(picture)[:, :, :3]


def inked(pixels):
    return float(np.mean(pixels.min(axis=2) < 0.9))


for run, figure in [*[(run, figure) for run in ("a", "toy") for figure in sizes], ("tens", "arrivals"), ("a-totals", "arrivals"),
                    ("a-totals", "map")]:
    options = ["--figure", figure] if language == "py" else [figure]
    pixels = drawn("plot_run", folder / f"{run}.h5", *options)
    assert pixels.shape[:2] == sizes[figure], (figure, pixels.shape)
    quarters = [inked(half) for band in np.array_split(pixels, 2) for half in np.array_split(band, 2, axis=1)]
    assert min(quarters) > 0 and 0.01 < inked(pixels) < 0.7, (run, figure, quarters)
pixels = drawn("plot_compare", folder / "a.h5", folder / "b.h5")
assert pixels.shape[:2] == (650, 1300) and 0.01 < inked(pixels) < 0.7, (pixels.shape, inked(pixels))
missing = subprocess.run([*launcher, scripts / f"plot_run.{language}"], capture_output=True, text=True)
assert missing.returncode == 2 and "usage" in missing.stderr, missing
