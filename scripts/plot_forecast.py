#!/usr/bin/env python3
"""Draws what `nuzuh forecast` said of reported figures, from some of its origins.

    plot_forecast.py FORECASTS.csv [-o PICTURE.png] [--series NAME]

A panel for each origin: the last figure that was known (filled), those that were published later (hollow, with where they
may lie), the band of the pool (half and nine tenths) and that of the recent rate (dashed, nine tenths).
"""
import argparse
import pathlib

import from_package  # noqa: F401  (first: it says how matplotlib draws)
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from figures.drawing import BLUE, GREY, INK, VERMILLION, date_axis, fit, style, thousands

MOST_PANELS = 6
WORDS = {"people_displaced": "people displaced", "displaced": "displaced people present", "abroad": "people abroad"}


def read(path):
    table = pd.read_csv(path, parse_dates=["origin", "day", "last_known_day", "published"])
    if table.empty:
        raise SystemExit(f"{path} holds no forecast")
    return table


def chosen_origins(table):
    """Origins with figures still to come, evenly apart; the last one where there are none."""
    origins = sorted(table.loc[table.published.notna(), "origin"].unique())
    if not len(origins):
        return [table.origin.max()]
    count = min(MOST_PANELS, len(origins))
    return [origins[round(k * (len(origins) - 1) / max(1, count - 1))] for k in range(count)]


def draw(ax, rows, came):
    rows = rows.sort_values("day")
    first = rows.iloc[0]
    ax.fill_between(rows.day, rows.pool_q05, rows.pool_q95, color=BLUE, alpha=0.18, linewidth=0)
    ax.fill_between(rows.day, rows.pool_q25, rows.pool_q75, color=BLUE, alpha=0.3, linewidth=0)
    ax.plot([first.last_known_day, first.day], [first.last_known, first.pool_q50], color=BLUE, linewidth=1, linestyle=":")
    ax.plot(rows.day, rows.pool_q50, color=BLUE, linewidth=2)
    for end in ("plain_q05", "plain_q95"):
        ax.plot(rows.day, rows[end], color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    ax.axvline(first.origin, color=GREY, linewidth=0.8)
    ax.plot([first.last_known_day], [first.last_known], "o", color=INK, markersize=6)
    for one in came.itertuples():
        ax.plot([one.day, one.day], [one.reported_low, one.reported_high], color=VERMILLION, linewidth=1.4)
        ax.plot([one.day], [(one.reported_low * one.reported_high) ** 0.5], "o", color=VERMILLION, markerfacecolor="white", markersize=6)
    ax.set_title(f"from {first.origin:%-d %B}", fontsize=10.5)
    ax.yaxis.set_major_formatter(FuncFormatter(thousands))
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.grid(axis="y")


def picture(path, series=None):
    table = read(path)
    names = table.groupby("series").published.count().sort_values(ascending=False, kind="stable").index
    series = series or names[0]
    if series not in set(names):
        raise SystemExit(f"there is no series {series}: {', '.join(names)}")
    table = table[table.series == series]
    style()
    origins = chosen_origins(table)
    columns = min(3, len(origins))
    lines = -(-len(origins) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(max(7.5, 4.2 * columns + 0.6), 3.1 * lines + 1.1), sharex=True, sharey=True, squeeze=False)
    shown = table[table.origin.isin(origins)]
    for ax, origin in zip(axes.flat, origins):
        rows = shown[shown.origin == origin]
        draw(ax, rows, rows[rows.published.notna()])
    for ax in list(axes.flat)[len(origins):]:
        ax.set_visible(False)
    figures = shown.loc[shown.published.notna(), "reported_high"]
    top = max([shown.pool_q95.max(), shown.last_known.max(), *([figures.max()] if len(figures) else [])])
    axes[0, 0].set_ylim(0, 1.12 * top)  # the recent rate's band may leave it
    for ax in axes[-1]:
        date_axis(ax, 5)
    figure.subplots_adjust(left=0.09 if columns > 1 else 0.11, right=0.985, top=1 - 0.8 / figure.get_figheight(),
                           bottom=0.55 / figure.get_figheight(), hspace=0.3, wspace=0.08)
    fit(figure.text(0.01, 1 - 0.3 / figure.get_figheight(),
                    f"What could have been said of {WORDS.get(series, series.replace('_', ' '))}: the pool's median, half and nine tenths; dashed: the recent rate",
                    fontsize=12.5, weight="bold", va="center"))
    fit(figure.text(0.01, 0.14 / figure.get_figheight(), "Filled: the last figure published by the day (line). Hollow: figures published later, with where they may lie.",
                    fontsize=9, color=GREY, va="center"))
    return figure


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forecasts", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path)
    parser.add_argument("--series", help="which series; default: the one with most figures")
    options = parser.parse_args()
    target = options.output or options.forecasts.with_suffix(".png")
    picture(options.forecasts, options.series).savefig(target, dpi=150)
    print(f"written: {target}")
