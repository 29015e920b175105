#!/usr/bin/env python3
"""Draws which parameters matter, from the table that `nuzuh sensitivity` writes.

    plot_sensitivity.py TABLE.csv [-o PICTURE.png] [--outputs N]

Of a Saltelli design: how much of each output's variance a parameter explains, alone and with others. Of a Morris
design: how much an output moves over the range of a parameter, and how much that depends on the others.
"""
import argparse
import pathlib

from from_package import drawn
from figures.sensitivity import picture


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path, help="what nuzuh sensitivity -o wrote")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture; default: beside the table")
    parser.add_argument("--outputs", type=int, default=6, help="outputs drawn, from the first (default 6)")
    options = parser.parse_args()
    target = options.output or options.table.with_suffix(".png")
    drawn(picture, options.table, options.outputs).savefig(target, dpi=150)
    print(target)


if __name__ == "__main__":
    main()
