#!/usr/bin/python3
"""Puts the scores of a validation into one table, and draws each case.

    validation_report.py RESULTS

Reads the tables that validate.sh leaves in RESULTS; writes validation.md and a picture a case.
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
        head = ["", "hazard_choice", "flee3", *baselines]
        text += [f"ARD plain / rescaled, {form}", "", "| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
        columns = {name: [] for name in head[1:]}
        for case in cases:
            ours = scores(results / f"{case}.hazard_choice.csv")
            flee = scores(results / f"{case}.flee3.csv") if (results / f"{case}.flee3.csv").exists() else {}
            columns["hazard_choice"].append(ours.get((form, "this run")))
            columns["flee3"].append(flee.get((form, "this run")))
            for name in baselines:
                columns[name].append(ours.get((form, name)))
            text.append("| " + " | ".join([case, *(pair(c[-1]) for c in columns.values())]) + " |")
        text += ["| " + " | ".join(["mean", *(mean_pair(c) for c in columns.values())]) + " |", ""]
    return text


def other_scores(results, cases):
    text = ["Other scores of hazard_choice, mean over camps and days", "",
            "| | MASE | CRPS | WIS | WIS log | in 50 % | in 90 % | correlation |", "| --- " * 8 + "|"]
    for form in (WITHHELD, GIVEN):
        for case in cases:
            row = scores(results / f"{case}.hazard_choice.csv")[(form, "this run")]
            text.append(f"| {case}, {form} | {float(row['mase']):.1f} | {float(row['crps']):,.0f} | "
                        f"{float(row['wis']):,.0f} | {float(row['wis_log']):.2f} | {float(row['covered_50']):.0%} | "
                        f"{float(row['covered_90']):.0%} | {float(row['correlation']):.2f} |")
    return text + [""]


def forecast_scores(results, cases):
    text = ["Rolling-origin forecasts", "",
            "| | forecasts | WIS log, relative to persistence of shares, 14 / 28 / 56 days ahead | in 90 % |",
            "| --- " * 4 + "|"]
    for form in (WITHHELD, GIVEN):
        everything = []
        for case in [*cases, "all"]:
            rows = [r for r in rows_of(results / f"{case}.forecasts.csv") if r["form"] == form] if case != "all" \
                else everything
            everything += rows if case != "all" else []
            if not rows:
                continue
            relative = []
            for ahead in ("14", "28", "56"):
                chosen = [r for r in rows if r["days_ahead"] == ahead]
                own = sum(float(r["wis_log"]) for r in chosen)
                plain = sum(abs(math.log1p(float(r["persistence"])) - math.log1p(float(r["counted"]))) for r in chosen)
                relative.append(f"{own / plain:.2f}" if plain > 0 else "–")
            weekly = [r for r in rows if int(r["days_ahead"]) % 7 == 0]
            inside = np.mean([float(r["q05"]) <= float(r["counted"]) <= float(r["q95"]) for r in weekly])
            text.append(f"| {case}, {form} | {len(rows)} | {' / '.join(relative)} | {inside:.0%} |")
    return text + [""]


def draw(results, case):
    tables = {"hazard_choice": rows_of(results / f"{case}.hazard_choice.series.csv")}
    if (results / f"{case}.flee3.series.csv").exists():
        tables["flee3"] = rows_of(results / f"{case}.flee3.series.csv")
    places = list(dict.fromkeys(r["place"] for r in tables["hazard_choice"]))
    height = math.ceil((len(places) + 1) / COLUMNS)
    figure, axes = plt.subplots(height, COLUMNS, figsize=(13, 2.5 * height + 0.7), sharex=True, squeeze=False)

    def series(table, form, place, column):
        chosen = [r for r in tables[table] if r["form"] == form and r["place"] == place]
        return np.array([r["date"] for r in chosen], dtype="datetime64[D]"), np.array([float(r[column]) for r in chosen])

    for axis, place in zip(axes.flat, places):
        for form, colour in ((WITHHELD, BLUE), (GIVEN, VERMILLION)):
            days, low = series("hazard_choice", form, place, "q05")
            axis.fill_between(days, low, series("hazard_choice", form, place, "q95")[1], color=colour, alpha=0.15, lw=0)
            axis.plot(days, series("hazard_choice", form, place, "mean")[1], color=colour, lw=1.5, label=form)
        if "flee3" in tables:
            axis.plot(*series("flee3", WITHHELD, place, "mean"), color=GREEN, lw=1, ls="--",
                      label="flee3, capacities withheld")
        axis.plot(*series("hazard_choice", WITHHELD, place, "counted"), color=INK, lw=1.2, label="registered")
        axis.set_title(place.replace("_", " "), loc="left", fontsize=10, fontweight="bold")
        axis.set_ylim(bottom=0)
        axis.yaxis.set_major_locator(MaxNLocator(4))
        axis.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
        axis.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=5))
        axis.xaxis.set_major_formatter(mdates.ConciseDateFormatter(axis.xaxis.get_major_locator()))
        axis.spines[["top", "right"]].set_visible(False)
        axis.tick_params(labelsize=8, labelbottom=True)
    for axis in list(axes.flat)[len(places):]:
        axis.axis("off")
    list(axes.flat)[len(places)].legend(*axes.flat[0].get_legend_handles_labels(), loc="upper left", frameon=False,
                                        fontsize=9)
    figure.suptitle(f"{case}: people in camps, simulated and registered", x=0.01, ha="left", fontweight="bold")
    figure.tight_layout()
    figure.savefig(results / f"{case}.png", dpi=110)
    plt.close(figure)


def main():
    results = pathlib.Path(sys.argv[1])
    cases = sorted(p.name.removesuffix(".hazard_choice.csv") for p in results.glob("*.hazard_choice.csv"))
    text = [*ard_table(results, cases), *other_scores(results, cases), *forecast_scores(results, cases)]
    (results / "validation.md").write_text("\n".join(text))
    for case in cases:
        draw(results, case)
    print("\n".join(text))


if __name__ == "__main__":
    main()
