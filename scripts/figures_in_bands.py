#!/usr/bin/env python3
"""How many reported figures lie in a run's own band of simulated values, without the figures' own uncertainty.

figures_in_bands.py FILE.h5 ...: of a file called YYYY-MM.h5 only figures that end in that month are counted, and those
later than November of a month left out are not.

A number counts as held if it lies in the 90 % band itself; a bound such as "over" if the band meets where it may lie.
"""
import sys
from pathlib import Path

import numpy as np
import xarray


def held(figures):
    """Whether the band holds each figure: booleans [figure]."""
    about = figures["bound"].values.astype(str) == "about"
    low = np.where(about, figures.persons, figures.reported_low)
    high = np.where(about, figures.persons, figures.reported_high)
    return (figures.simulated_high.values >= low) & (figures.simulated_low.values <= high)


def main():
    all_held = all_figures = 0
    for name in map(Path, sys.argv[1:]):
        if name.suffix != ".h5":
            continue
        figures = xarray.open_dataset(name, group="reported", engine="netcdf4")
        in_month = [day.startswith(name.stem) for day in figures.last_day.values.astype(str)]
        counted = np.array(in_month) if any(in_month) else np.ones(len(in_month), bool)
        held_there = held(figures) & counted
        all_held += held_there.sum()
        all_figures += counted.sum()
        width = np.median((figures.simulated_high / figures.simulated_low.clip(1)).values[counted])
        missed = [str(name) for name in figures.name.values[counted & ~held_there]]
        print(f"{name.stem}: {held_there.sum()} of {counted.sum()} held, median width x {width:.2f}"
              + (f"; not: {', '.join(missed)}" if missed else ""))
    print(f"all: {all_held} of {all_figures}")


if __name__ == "__main__":
    main()
