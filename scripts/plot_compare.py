#!/usr/bin/env python3
"""Draws what changes between two scenarios, member by member: runs of one number meet the same chance in both.

    plot_compare.py A.h5 B.h5 [-o PICTURE.png]

B less A: people by day, and arrivals by place over the whole run, with median, half and nine tenths of the pairs.
"""
import argparse
import pathlib

from from_package import drawn
from figures.change import picture


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("a", type=pathlib.Path, help="results file")
    parser.add_argument("b", type=pathlib.Path, help="results file of another scenario with the same seed")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="default: B's name with -change.png")
    args = parser.parse_args()
    for path in (args.a, args.b):
        if not path.exists():
            parser.error(f"no file {path}")
    drawn(picture, args.a, args.b).savefig(args.output or args.b.with_name(args.b.stem + "-change.png"))


if __name__ == "__main__":
    main()
