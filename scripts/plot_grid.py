#!/usr/bin/env python3
"""Draws a study of two axes: what each output comes to, and what the second axis changes, run by run.

    plot_grid.py STUDY.h5 [-o PICTURE.png] [--of OUTPUT ...]

For a study of design grid whose replicates share their random numbers. Outputs: totals, at their peak or, if they only
rise, at the end.
"""
import argparse
import pathlib

from from_package import drawn
from figures.grid import OUTPUTS, picture


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", type=pathlib.Path, help="what nuzuh sweep wrote")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture; default: beside the study")
    parser.add_argument("--of", nargs="+", default=OUTPUTS, help="totals that it kept")
    options = parser.parse_args()
    target = options.output or options.study.with_suffix(".png")
    drawn(picture, options.study, options.of).savefig(target, dpi=150)
    print(target)


if __name__ == "__main__":
    main()
