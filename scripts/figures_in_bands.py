#!/usr/bin/env python3
"""How many reported figures lie in a run's own band of simulated values, without the figures' own uncertainty.

figures_in_bands.py FILE.h5 ...: of a file called YYYY-MM.h5 only figures that end in that month are counted, and those
later than November of a month left out are not. Of files called YYYY-MM-DD.h5, calibrated on what had ended by that day,
those that end later, by how much later; movements beside the plain rule that the rate of the last two figures by then
goes on, with a band as judged for plain forecasts of registrations (log-normal, 0.3 a fortnight ahead).

A number counts as held if it lies in the 90 % band itself; a bound such as "over" if the band meets where it may lie.
"""
import datetime
import re
import sys
from pathlib import Path

import numpy as np
import xarray

HORIZONS = (14, 28, 56, 1000)  # days: up to each
SPREAD_A_FORTNIGHT, Z90 = 0.3, 1.645


def read(name):
    figures = xarray.open_dataset(name, group="reported", engine="netcdf4")
    about = figures["bound"].values.astype(str) == "about"
    return {"name": figures.name.values.astype(str),
            "last": np.array(figures.last_day.values.astype(str), "datetime64[D]"),
            "first": figures.first_day.values.astype(str),
            "quantity": figures.quantity.values.astype(str), "persons": figures.persons.values,
            "least": np.where(about, figures.persons, figures.reported_low),
            "most": np.where(about, figures.persons, figures.reported_high),
            "low": figures.simulated_low.values, "high": figures.simulated_high.values}


def held(figures, low, high):
    """Whether bands hold each figure: booleans [figure]."""
    return (high >= figures["least"]) & (low <= figures["most"])


def print_held(name, figures, counted):
    inside = held(figures, figures["low"], figures["high"]) & counted
    width = np.median((figures["high"] / figures["low"].clip(1))[counted])
    missed = ", ".join(figures["name"][counted & ~inside])
    print(f"{name}: {inside.sum()} of {counted.sum()} held, median width x {width:.2f}" + (f"; not: {missed}" if missed else ""))
    return np.array([inside.sum(), counted.sum()])


def recent_rate(figures, day, cumulative):
    """Lows and highs of movements if the rate of the last two figures by a day goes on; NaN where there are not two."""
    known = np.flatnonzero(cumulative & (figures["last"] <= day))
    known = known[np.argsort(figures["last"][known], kind="stable")][-2:]
    if len(known) < 2:
        return np.full((2, len(cumulative)), np.nan)
    (then, now), (before, last) = figures["last"][known], figures["persons"][known]
    days = (figures["last"] - now).astype(float)
    said = last + max(0.0, last - before) / max(1.0, float((now - then).astype(int))) * days
    spread = SPREAD_A_FORTNIGHT * np.sqrt(np.maximum(days, 1) / 14)
    return np.array([said * np.exp(-Z90 * spread), said * np.exp(Z90 * spread)])


def foresight(files):
    """Figures that end after each file's day, by days ahead."""
    count = {(what, ahead): np.zeros(2, int) for what in ("all", "movements", "recent rate") for ahead in HORIZONS}
    widths = {what: [] for what in ("movements", "recent rate")}
    for name in files:
        figures, day = read(name), np.datetime64(datetime.date.fromisoformat(name.stem))
        later = figures["last"] > day
        print_held(name.stem, figures, later)
        cumulative = (figures["quantity"] == "movements") & np.char.startswith(figures["name"], "movements to")
        plain = recent_rate(figures, day, cumulative)
        days = (figures["last"] - day).astype(int)
        for i in np.flatnonzero(later):
            ahead = next(h for h in HORIZONS if days[i] <= h)
            count["all", ahead] += held(figures, figures["low"], figures["high"])[i], 1
            if not cumulative[i] or not np.isfinite(plain[0, i]):
                continue
            count["movements", ahead] += held(figures, figures["low"], figures["high"])[i], 1
            count["recent rate", ahead] += held(figures, *plain)[i], 1
            widths["movements"].append(figures["high"][i] / figures["low"][i])
            widths["recent rate"].append(plain[1, i] / plain[0, i])
    for what in ("all", "movements", "recent rate"):
        print(what + ": " + ", ".join(f"{inside} of {all_} " + (f"up to {ahead} days ahead" if ahead < 1000 else "later")
                                      for (which, ahead), (inside, all_) in count.items() if which == what)
              + (f"; median width x {np.median(widths[what]):.2f}" if widths.get(what) else ""))


def main():
    files = [Path(name) for name in sys.argv[1:] if name.endswith(".h5")]
    if files and all(re.fullmatch(r"\d{4}-\d\d-\d\d", name.stem) for name in files):
        foresight(files)
        return
    total = np.zeros(2, int)
    for name in files:
        figures = read(name)
        in_month = np.char.startswith(figures["last"].astype(str), name.stem)
        total += print_held(name.stem, figures, in_month if in_month.any() else np.ones(len(in_month), bool))
    print(f"all: {total[0]} of {total[1]}")


if __name__ == "__main__":
    main()
