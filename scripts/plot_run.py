#!/usr/bin/env python3
"""Draws a run: how many fled and by when, where they arrived, and from where to where.

    plot_run.py RESULTS.h5 [--figure totals|arrivals|origins|map] [-o PICTURE.png]

Reads nothing but the results file; without --figure, draws all but the table of origins on one page.
"""
import argparse
import pathlib

from from_package import drawn
from figures.run import FIGURES, picture


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--figure", choices=FIGURES, help="one figure alone; default: a page of three")
    parser.add_argument("--backdrop", type=pathlib.Path, metavar="FILE",
                        help="areas to draw below the map, in any form that geopandas reads")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="default: the results' name with .png")
    args = parser.parse_args()
    if not args.results.exists():
        parser.error(f"no file {args.results}")
    ending = f"-{args.figure}.png" if args.figure else ".png"
    fig = drawn(picture, args.results, args.figure, args.backdrop)
    fig.savefig(args.output or args.results.with_name(args.results.stem + ending))


if __name__ == "__main__":
    main()
