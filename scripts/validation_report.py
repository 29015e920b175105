#!/usr/bin/env python3
"""Puts the scores of a validation into one table, and draws each case.

    validation_report.py RESULTS

Reads the tables that validate.sh leaves in RESULTS; writes validation.md, a picture of all and one a case.
"""
import csv
import math
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

# Okabe and Ito's palette: told apart with every common kind of colour blindness.
VERMILLION, BLUE, GREEN, INK, GREY = "#D55E00", "#0072B2", "#009E73", "#222222", "#8A8A8A"
WITHHELD, GIVEN = "capacities withheld", "capacities as given"
PLAIN_RULES = ("persistence", "recent_split")
RUN = "this run"
COLUMNS = 4


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def scores(path):
    """Scores averaged over camps, by form and model."""
    return {(r["form"], r["model"]): r for r in rows_of(path) if r["place"] == "mean over camps"}


def pair(row):
    return f"{float(row['ard']):.3f} / {float(row['ard_rescaled']):.3f}" if row else "–"


def mean_pair(rows):
    if not rows or not all(rows):
        return "–"
    return " / ".join(f"{np.mean([float(r[k]) for r in rows]):.3f}" for k in ("ard", "ard_rescaled"))


def ard_table(results, cases):
    baselines = ["persistence of shares", "gravity", "gravity with size", "fill to capacity", "equal shares"]
    text = []
    for form in (WITHHELD, GIVEN):
        head = ["", "hazard_choice", "mean of its ensemble", "flee3", *baselines]
        text += [f"ARD plain / rescaled, {form}", "", "| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
        columns = {name: [] for name in head[1:]}
        for case in cases:
            expected = scores(results / f"{case}.expected.csv")
            columns["hazard_choice"].append(expected.get((form, RUN)))
            columns["mean of its ensemble"].append(scores(results / f"{case}.ensemble.csv").get((form, RUN)))
            columns["flee3"].append(scores(results / f"{case}.flee3.csv").get((form, RUN)))
            for name in baselines:
                columns[name].append(expected.get((form, name)))
            text.append("| " + " | ".join([case, *(pair(c[-1]) for c in columns.values())]) + " |")
        text += ["| " + " | ".join(["mean", *(mean_pair(c) for c in columns.values())]) + " |", ""]
    return text


def other_scores(results, cases):
    text = ["Other scores of the ensemble of hazard_choice, mean over camps and days", "",
            "| | MASE | CRPS | WIS | WIS log | in 50 % | in 90 % | correlation |", "| --- " * 8 + "|"]
    for form in (WITHHELD, GIVEN):
        for case in cases:
            row = scores(results / f"{case}.ensemble.csv")[(form, RUN)]
            forms = {"mase": ".1f", "crps": ",.0f", "wis": ",.0f", "wis_log": ".2f", "covered_50": ".0%",
                     "covered_90": ".0%", "correlation": ".2f"}
            cells = [format(float(row[key]), form_) if row[key] else "–" for key, form_ in forms.items()]
            text.append("| " + " | ".join([f"{case}, {form}", *cells]) + " |")
    return text + [""]


def relative_scores(rows, column):
    """WIS (log) relative to the better plain rule, 14, 28 and 56 days ahead."""
    relative = []
    for ahead in ("14", "28", "56"):
        chosen = [r for r in rows if r["days_ahead"] == ahead]
        own = sum(float(r[column]) for r in chosen)
        plain = min(sum(float(r[f"{rule}_wis_log"]) for r in chosen) for rule in PLAIN_RULES)
        relative.append(own / plain if plain > 0 else math.nan)
    return relative


def weekly_coverage(rows, prefix):
    weekly = [r for r in rows if int(r["days_ahead"]) % 7 == 0]
    return np.mean([float(r[f"{prefix}q05"]) <= float(r["counted"]) <= float(r[f"{prefix}q95"]) for r in weekly])


def forecast_cells(rows):
    cells = [str(sum(int(r["days_ahead"]) % 7 == 0 for r in rows))]
    for prefix in ("", "pool_"):
        cells.append(" / ".join("–" if math.isnan(x) else f"{x:.2f}" for x in relative_scores(rows, f"{prefix}wis_log")))
    return " | ".join([*cells, ", ".join(f"{weekly_coverage(rows, prefix):.0%}" for prefix in ("", "pool_"))])


def forecast_scores(results, cases):
    text = ["Rolling-origin forecasts", "",
            "| | forecasts, weekly | model's WIS log over the better plain rule's, 14 / 28 / 56 days ahead | the pool's | in 90 % |",
            "| --- " * 5 + "|"]
    for form in (WITHHELD, GIVEN):
        by_case = {case: [r for r in rows_of(results / f"{case}.forecasts.csv") if r["form"] == form]
                   for case in cases}
        by_case["all"] = [row for rows in by_case.values() for row in rows]
        text += [f"| {case}, {form} | {forecast_cells(rows)} |" for case, rows in by_case.items() if rows]
    return text + [""]


class Series:
    """Dates and one column of a table of series."""

    def __init__(self, path):
        self.rows = rows_of(path)

    def of(self, form, place, column):
        chosen = [r for r in self.rows if r["form"] == form and r["place"] == place]
        days = np.array([r["date"] for r in chosen], dtype="datetime64[D]")
        return days, np.array([float(r[column]) for r in chosen])


def draw_place(axis, place, expected, ensemble, flee):
    highest = 0
    for form, colour in ((WITHHELD, BLUE), (GIVEN, VERMILLION)):
        days, low = ensemble.of(form, place, "q05")
        high = ensemble.of(form, place, "q95")[1]
        axis.fill_between(days, low, high, color=colour, alpha=0.15, lw=0, label=f"90 % of runs, {form}")
        line, = axis.plot(*expected.of(form, place, "mean"), color=colour, lw=1.5, label=f"hazard_choice, {form}")
        highest = max(highest, line.get_ydata().max(), high.max() if form == GIVEN else 0)
    flee_line, = axis.plot(*flee.of(WITHHELD, place, "mean"), color=GREEN, lw=1.2, ls="--",
                           label=f"flee3, {WITHHELD}")
    counted, = axis.plot(*expected.of(WITHHELD, place, "counted"), color=INK, lw=1.2, label="registered")
    highest = max(highest, flee_line.get_ydata().max(), counted.get_ydata().max(), 1)
    axis.set_ylim(0, 1.15 * highest)
    axis.set_title(place.replace("_", " "), loc="left", fontsize=10, fontweight="bold")
    axis.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    axis.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=2, maxticks=5))
    axis.xaxis.set_major_formatter(mdates.ConciseDateFormatter(axis.xaxis.get_major_locator(), show_offset=False))
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=8, labelbottom=True)


def draw(results, case):
    expected, ensemble, flee = (Series(results / f"{case}.{run}.series.csv")
                                for run in ("expected", "ensemble", "flee3"))
    places = list(dict.fromkeys(r["place"] for r in expected.rows))
    columns = min(COLUMNS, len(places))
    height = math.ceil(len(places) / columns)
    figure, axes = plt.subplots(height, columns, figsize=(3.25 * columns, 2.4 * height + 1.2), squeeze=False)
    for axis, place in zip(axes.flat, places):
        draw_place(axis, place, expected, ensemble, flee)
    for axis in list(axes.flat)[len(places):]:
        axis.axis("off")
    figure.suptitle(f"{case}: people in camps, simulated and registered", x=0.01, ha="left", fontweight="bold")
    figure.legend(*axes.flat[0].get_legend_handles_labels(), loc="lower center", ncols=3, frameon=False, fontsize=9)
    figure.tight_layout(rect=(0, 0.55 / figure.get_figheight(), 1, 1))
    figure.savefig(results / f"{case}.png", dpi=110)
    plt.close(figure)


def ard_of(results, run, model, form, case):
    row = scores(results / f"{case}.{run}.csv").get((form, model))
    return float(row["ard"]) if row else math.nan


def draw_overview(results, cases):
    """ARD of both rule sets and of gravity, and forecasts against plain rules, a row a case."""
    figure, axes = plt.subplots(1, 3, figsize=(11, 0.42 * len(cases) + 1.6), sharey=True)
    rows = np.arange(len(cases))[::-1]
    for axis, form in zip(axes, (WITHHELD, GIVEN)):
        for run, model, label, colour, marker in (("expected", RUN, "hazard_choice", BLUE, "o"),
                                                  ("flee3", RUN, "flee3", GREEN, "s"),
                                                  ("expected", "gravity", "gravity, distance only", GREY, "x")):
            found = [ard_of(results, run, model, form, case) for case in cases]
            axis.plot(found, rows, marker, color=colour, ms=7, label=label)
        axis.set_title(f"ARD, {form}", loc="left", fontsize=10, fontweight="bold")
        axis.set_xlim(left=0)
    for row, case in zip(rows, cases):
        table = [r for r in rows_of(results / f"{case}.forecasts.csv") if r["form"] == WITHHELD]
        for column, marker, label in (("wis_log", "o", "hazard_choice"), ("pool_wis_log", "D", "pool with plain rules")):
            axes[2].plot(relative_scores(table, column)[1], row, marker, color=BLUE, ms=7, label=label,
                         markerfacecolor="white" if marker == "D" else BLUE)
    axes[2].axvline(1, color=INK, lw=1, ls=":")
    axes[2].set_title("Forecasts 28 days ahead, score\nrelative to the better plain rule", loc="left", fontsize=10,
                      fontweight="bold")
    axes[2].set_xlim(left=0)
    axes[0].set_yticks(rows, cases)
    axes[0].set_ylim(-0.6, len(cases) - 0.4)
    for axis in axes:
        axis.spines[["top", "right", "left"]].set_visible(False)
        axis.tick_params(axis="y", length=0)
        axis.grid(axis="y", color=GREY, alpha=0.3, lw=0.7)
    labels = {label: handle for axis in axes for handle, label in zip(*axis.get_legend_handles_labels())}
    figure.legend(labels.values(), labels, loc="lower center", ncols=4, frameon=False, fontsize=9)
    figure.tight_layout(rect=(0, 0.42 / figure.get_figheight(), 1, 1))
    figure.savefig(results / "validation.png", dpi=110)
    plt.close(figure)


def main():
    results = pathlib.Path(sys.argv[1])
    cases = sorted(p.name.removesuffix(".expected.csv") for p in results.glob("*.expected.csv"))
    text = [*ard_table(results, cases), *other_scores(results, cases), *forecast_scores(results, cases)]
    (results / "validation.md").write_text("\n".join(text))
    draw_overview(results, cases)
    for case in cases:
        draw(results, case)
    print("\n".join(text))


if __name__ == "__main__":
    main()
