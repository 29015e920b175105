"""What changes between two scenarios, member by member: runs of one number meet the same chance in both."""
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .drawing import (BLUE, GREEN, GREY, INK, VERMILLION, date_axis, fit, name_ends, require_scenario, rounded, styled,
                      thousands)

# Quantity, colour, name on the curve.
CURVES = [("people_displaced", BLUE, "people\ndisplaced"), ("without_shelter", VERMILLION, "without\nshelter")]
SHARES = [0.05, 0.25, 0.5, 0.75, 0.95]
PLACES = 16


def refuse_unpaired(a, b):
    """Pairs need the same chance: one seed, one number of runs, the same days."""
    same = (a.attrs["seed"] == b.attrs["seed"] and np.array_equal(a.member, b.member)
            and np.array_equal(a.time, b.time))
    if not same:
        raise ValueError("the two files differ in seed, members or days: their members do not make pairs")
    if not set(a.place_id.values) & set(b.place_id.values):
        raise ValueError("the two files have no place in common")


def tells_all_places(run):
    """Whether a run tells of every place that it simulated, and not of some (output.places)."""
    return run.attrs.get("places_simulated", run.sizes["place"]) == run.sizes["place"]


def arrivals(run):
    """Arrivals over the run [member, place], by the place's identifier."""
    over_run = run.arrivals.astype(float).sum("time") if "arrivals" in run else run.arrivals_over_run.astype(float)
    return over_run.assign_coords(place=run.place_id.values)


def change_by_day(a, b, quantity):
    """Quantiles over pairs of B less A [quantile, time], persons."""
    difference = b[f"total_{quantity}"].astype(float) - a[f"total_{quantity}"].astype(float)
    return difference.quantile(SHARES, "member").values


def change_by_place(a, b):
    """Quantiles over pairs of the change in arrivals [quantile, place], names, and the places that change most, by
    change. At a place that one run does not have, nobody arrives in that run; where one tells of some places only, those of
    both are compared."""
    join = "outer" if all(tells_all_places(run) for run in (a, b)) else "inner"
    a_arrivals, b_arrivals = xr.align(arrivals(a), arrivals(b), join=join, fill_value=0)
    change = (b_arrivals - a_arrivals).quantile(SHARES, "member").values
    name = {i: n for run in (b, a) for i, n in zip(run.place_id.values, run.place_name.values)}
    names = np.array([name[i] for i in a_arrivals.place.values])
    order = np.argsort(-np.abs(change[2]), kind="stable")[:PLACES]
    order = order[np.abs(change[2][order]) >= 0.5]
    return change, names, order[np.argsort(change[2][order], kind="stable")]


def signed(value, write=thousands):
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return sign + write(abs(value)) if abs(value) >= 0.5 else "0"


def draw_days(ax, a, b):
    ends = []
    for quantity, colour, name in CURVES:
        low, lower, median, upper, high = change_by_day(a, b, quantity)
        ax.fill_between(a.time, low, high, color=colour, alpha=0.15, linewidth=0)
        ax.fill_between(a.time, lower, upper, color=colour, alpha=0.3, linewidth=0)
        ax.plot(a.time, median, color=colour, linewidth=2)
        words = signed(median[-1], lambda value: rounded(value, low[-1], high[-1]))
        ends.append((median[-1], f"{name}\n{words}", colour))
    name_ends(ax, a.time.values[-1], ends)
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set_title("Change in people, by day")
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    ax.set_xlim(a.time.values[0], a.time.values[-1])
    ax.grid(axis="y")
    date_axis(ax, 6)


def draw_places(ax, a, b):
    (low, lower, median, upper, high), names, order = change_by_place(a, b)
    at = np.arange(len(order))
    ax.hlines(at, low[order], high[order], color=GREEN, alpha=0.35, linewidth=3)
    ax.hlines(at, lower[order], upper[order], color=GREEN, alpha=0.6, linewidth=6)
    ax.plot(median[order], at, "o", color=GREEN, markeredgecolor="white", markersize=7)
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.set_yticks(at, names[order])
    ax.set_ylim(PLACES - 0.4, -0.6)
    ax.set_title("Change in arrivals, by place")
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)


@styled
def figure(a, b):
    """B less A, datasets of two results files: people by day, and arrivals by place over the whole run, with median, half
    and nine tenths of the pairs."""
    for run in (a, b):
        require_scenario(run)
    refuse_unpaired(a, b)
    fig = plt.figure(figsize=(13, 6.5), dpi=100, facecolor="white")
    room = {"left": 0.075, "right": 0.97, "top": 0.79, "bottom": 0.08, "wspace": 0.48}
    days, places = fig.subplots(1, 2, width_ratios=[1.15, 1], gridspec_kw=room)
    draw_days(days, a, b)
    draw_places(places, a, b)
    fit(fig.text(0.02, 0.945, b.attrs["title"], size=15, weight="bold", va="center", color=INK))
    fit(fig.text(0.02, 0.885, f"less: {a.attrs['title']}. {a.sizes['member']} pairs of runs that meet the same chance: "
                 "median, half of them, nine in ten.", size=9, color=GREY, va="center"))
    return fig


def picture(path_a, path_b):
    """The same of two results files."""
    with xr.open_dataset(path_a, engine="netcdf4") as a, xr.open_dataset(path_b, engine="netcdf4") as b:
        return figure(a, b)
