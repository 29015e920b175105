"""Which parameters matter. Of a Saltelli design: how much of each output's variance a parameter explains, alone and with others. Of a
Morris design: how much an output moves over the range of a parameter, and how much that depends on the others."""
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from .drawing import BLUE, GREY, HALO, INK, VERMILLION, fit, rounded, styled


def short(axis):
    """The last words of a key: `behaviour.leave.h_max` is `leave.h_max`."""
    return ".".join(axis.split(".")[-2:])


def wide(table, output):
    """[axis, index] of one output, each a row of value, low and high."""
    rows = table[table.output == output]
    return rows.pivot(index="axis", columns="index", values=["value", "low", "high"])


def by_weight(table, index):
    """Axes, the one that matters most over all outputs last."""
    rows = table[table["index"] == index]
    largest = rows.groupby("output").value.transform("max").replace(0, np.nan)
    return (rows.value / largest).groupby(rows.axis).mean().sort_values().index


def whiskers(ax, rows, index, at, colour):
    low, value, high = (rows[part][index].values for part in ("low", "value", "high"))
    ax.hlines(at, low, high, color=colour, linewidth=1.2)
    ax.plot(value, at, "o", color=colour, markersize=3.5, path_effects=HALO)


def name_axes(ax, rows, first_column):
    ax.set_yticks(range(len(rows)), [short(axis) for axis in rows.index] if first_column else [])
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.grid(axis="x")


def draw_sobol(ax, rows):
    at = np.arange(len(rows))
    for index, colour, shift, name in (("first", VERMILLION, 0.19, "alone (first order)"),
                                       ("total", BLUE, -0.19, "with others (total)")):
        ax.barh(at + shift, rows["value"][index].clip(lower=0), height=0.36, color=colour, alpha=0.35, label=name)
        whiskers(ax, rows, index, at + shift, colour)
    ax.set_xlim(min(0, 1.05 * rows["low"].min().min()), max(0.05, 1.05 * rows["high"].max().max()))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def draw_morris(ax, rows, unit):
    at = np.arange(len(rows))
    raises = (rows["value"]["mu"] >= 0).values
    for chosen, colour, name in ((raises, VERMILLION, "raises it"), (~raises, BLUE, "lowers it")):
        some = rows[chosen]
        ax.barh(at[chosen], some["value"]["mu_star"], height=0.6, color=colour, alpha=0.35, label=name)
        whiskers(ax, some, "mu_star", at[chosen], colour)
    ax.plot(rows["value"]["sigma"], at, "D", color=INK, markersize=4, markerfacecolor="none",
            label="spread (σ)")
    ax.set_xlim(left=0)
    ax.set_xlabel(unit)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: rounded(value)))


def draw_given_data(ax, rows):
    at = np.arange(len(rows))
    trend = rows["value"]["rank_correlation"]
    for chosen, colour, name in ((trend >= 0, VERMILLION, "raises it"), (trend < 0, BLUE, "lowers it"),
                                 (trend.isna(), GREY, "words")):
        chosen = chosen.values
        if not chosen.any():
            continue
        some = rows[chosen]
        ax.barh(at[chosen], some["value"]["pawn"], height=0.6, color=colour, alpha=0.35, label=name)
        whiskers(ax, some, "pawn", at[chosen], colour)
    ax.plot(rows["value"]["pawn_by_chance"], at, "|", color=INK, markersize=14, label="by chance")
    ax.set_xlim(0, 1)


# Of each kind of table: the index by which axes are sorted, and what the picture shows.
KINDS = {"total": "Share of the variance that a parameter explains, with 95 % intervals",
         "mu_star": "What the whole range of a parameter does to an output (μ*, with 95 % intervals)",
         "pawn": "How far a parameter moves the distribution of an output (PAWN, with 95 % intervals)"}


@styled
def figure(table, outputs=6):
    """Which parameters matter.

    table    what `nuzuh sensitivity -o` wrote, as a DataFrame
    outputs  how many are drawn, from the first
    """
    outputs = list(dict.fromkeys(table.output))[:outputs]
    kind = next((kind for kind in KINDS if (table["index"] == kind).any()), None)
    if kind is None:
        raise ValueError("the table holds no index that is drawn: " + ", ".join(KINDS))
    order = by_weight(table, kind)
    columns = 2 if len(outputs) in (2, 4) else min(3, len(outputs))
    rows = -(-len(outputs) // columns)
    size = (4.1 * columns + 1.6, rows * (0.9 + 0.3 * len(order)) + 0.5)
    fig, axes = plt.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    for i, ax in enumerate(axes.flat):
        if i >= len(outputs):
            ax.set_visible(False)
            continue
        panel = wide(table, outputs[i]).reindex(order)
        if kind == "total":
            draw_sobol(ax, panel)
        elif kind == "pawn":
            draw_given_data(ax, panel)
        else:
            draw_morris(ax, panel, table[table.output == outputs[i]].unit.iloc[0])
        name_axes(ax, panel, i % columns == 0)
        ax.set_title(outputs[i], fontsize=11)
    axes[0, 0].legend(loc="lower right", frameon=False)  # the weakest axes leave room there
    fit(fig.suptitle(KINDS[kind], x=0.01, ha="left", weight="bold", color=INK))
    return fig


def picture(path, outputs=6):
    """The same of the table's file."""
    return figure(pd.read_csv(path), outputs)
