#!/usr/bin/env python3
"""Draws what `nuzuh forecast` said of reported figures, from some of its origins.

    plot_forecast.py FORECASTS.csv [-o PICTURE.png] [--series NAME]

A panel for each origin: the last figure that was known (filled), those that were published later (hollow, with where they
may lie), the band of the pool (half and nine tenths) and that of the recent rate (dashed, nine tenths).
"""
import argparse
import pathlib

from from_package import drawn
from figures.forecast import picture


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forecasts", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path)
    parser.add_argument("--series", help="which series; default: the one with most figures")
    options = parser.parse_args()
    target = options.output or options.forecasts.with_suffix(".png")
    drawn(picture, options.forecasts, options.series).savefig(target, dpi=150)
    print(f"written: {target}")


if __name__ == "__main__":
    main()
