#!/usr/bin/python3
"""Draws a run: how many fled and by when, where they arrived, and from where to where.

    plot_run.py RESULTS.h5 [-o PICTURE.png]

Reads nothing but the results file.
"""
import argparse
import pathlib

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

# Okabe and Ito's palette: told apart with every common kind of colour blindness.
VERMILLION, BLUE, GREEN, INK, GREY = "#D55E00", "#0072B2", "#009E73", "#222222", "#8A8A8A"
HALO = [effects.withStroke(linewidth=2.6, foreground="white")]

# Quantity, colour, marker, name on the curve.
CURVES = [
    ("movements", VERMILLION, "o", "movements"),
    ("people_displaced", BLUE, "D", "people\ndisplaced"),
]
RECEIVING_PLACES = 8
FLOWS_ON_MAP = 140
FLOWS_IN_FRAME = 60  # the map is framed around these; smaller ones may leave it


def style():
    plt.rcParams.update({
        "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.labelcolor": INK,
        "axes.edgecolor": GREY, "axes.linewidth": 0.8, "xtick.color": INK, "ytick.color": INK,
        "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left",
        "axes.titlesize": 12, "axes.titleweight": "bold", "axes.titlepad": 10,
        "grid.color": "#E4E4E4", "grid.linewidth": 0.8, "axes.axisbelow": True,
    })


def thousands(value, _=None):
    return f"{value:,.0f}"


def rounded(persons):
    """Persons to two digits: a model's third digit says nothing."""
    if persons < 100:
        return f"{persons:.0f}"
    unit = 10 ** (int(np.floor(np.log10(persons))) - 1)
    return thousands(round(persons / unit) * unit)


def read_group(path, name):
    try:
        with xr.open_dataset(path, group=name, engine="netcdf4") as group:
            return group.load()
    except OSError:
        return None


def date_axis(ax, most_ticks):
    locator = mdates.AutoDateLocator(minticks=2, maxticks=most_ticks, interval_multiples=True)
    ax.xaxis.set_major_locator(locator)
    formats = ["%Y", "%b", "%-d %b", "%H:%M", "%H:%M", "%S"]
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(
        locator, formats=formats, zero_formats=["", "%b", "%b", "%-d %b", "", ""], show_offset=False))


# --- how many fled ---------------------------------------------------------------------------------------


def totals_since_start(figures, start):
    """The reported figures that count everywhere and from the start of the run, give or take a week."""
    first = np.array([np.datetime64(start if day in ("", "-") else day) for day in figures["from"].values])
    everywhere = np.isin(figures["place_or_area"].values.astype(str), ["all", "", "-"])
    return figures.isel(figure=everywhere & (np.abs(first - start) <= np.timedelta64(7, "D")))


def draw_band(ax, run, quantity, colour, name):
    low, lower, median, upper, high = run[f"total_{quantity}_quantile"].values
    time = run.time.values
    ax.fill_between(time, low, high, color=colour, alpha=0.15, linewidth=0)
    ax.fill_between(time, lower, upper, color=colour, alpha=0.25, linewidth=0)
    ax.plot(time, median, color=colour, linewidth=2)
    ax.annotate(f"{name}\n{rounded(median[-1])}", (time[-1], median[-1]), xytext=(6, 0),
                textcoords="offset points", color=colour, weight="bold", va="center", annotation_clip=False)


def draw_figures(ax, figures, quantity, colour, marker):
    chosen = figures.isel(figure=figures["quantity"].values.astype(str) == quantity)
    for i in range(chosen.sizes["figure"]):
        one = chosen.isel(figure=i)
        persons, day = float(one.persons), np.datetime64(str(one["to"].item()))
        error = [[max(0, persons - float(one.reported_low))], [max(0, float(one.reported_high) - persons)]]
        ax.errorbar(day, persons, yerr=error, fmt=marker, markersize=6, color=colour, ecolor=colour,
                    elinewidth=1, markerfacecolor=colour if one.fitted else "white", markeredgewidth=1.4,
                    path_effects=HALO, zorder=5)


def draw_totals(ax, run, figures):
    for quantity, colour, marker, name in CURVES:
        draw_band(ax, run, quantity, colour, name)
        if figures is not None:
            draw_figures(ax, figures, quantity, colour, marker)
    ax.set_title("How many fled since the start")
    ax.set_ylabel("persons")
    ax.yaxis.set_major_formatter(FuncFormatter(thousands))
    ax.set_ylim(bottom=0)
    ax.set_xlim(run.time.values[0], run.time.values[-1])
    ax.grid(axis="y")
    date_axis(ax, 10)
    keys = []
    if run.sizes["member"] > 1:
        keys += [plt.Rectangle((0, 0), 1, 1, color=GREY, alpha=0.55, linewidth=0, label="half of all runs"),
                 plt.Rectangle((0, 0), 1, 1, color=GREY, alpha=0.25, linewidth=0, label="nine in ten runs")]
    if figures is not None:
        keys += [Line2D([], [], color=GREY, marker="o", linestyle="", label="reported, used to set parameters"),
                 Line2D([], [], color=GREY, marker="o", linestyle="", markerfacecolor="white",
                        label="reported, kept back")]
    ax.legend(handles=keys, loc="upper left", frameon=False, fontsize=9)


# --- where they arrived ----------------------------------------------------------------------------------


def weekly(flow):
    """Sums over whole weeks of a flow [member, time, ...], and their edges; a last week cut short is left out."""
    days = (flow.time - flow.time[0]) / np.timedelta64(1, "D")
    sums = flow.groupby((days // 7).astype(int).rename("week")).sum("time")
    whole = days[-1] % 7 == 6
    sums = sums if whole or sums.sizes["week"] == 1 else sums.isel(week=slice(None, -1))
    return sums, flow.time.values[0] + np.arange(sums.sizes["week"] + 1) * np.timedelta64(7, "D")


def draw_arrivals(fig, spec, run):
    arrivals = run.arrivals
    total = arrivals.mean("member").sum("time").values
    order = np.argsort(-total)[:min(RECEIVING_PLACES, max(1, np.count_nonzero(total)))]
    sums, edges = weekly(arrivals.isel(place=order))
    bands = sums.quantile([0.05, 0.25, 0.5, 0.75, 0.95], dim="member").values / 1000
    bands = np.concatenate([bands, bands[:, -1:]], axis=1)  # the last step ends where its week ends
    columns = RECEIVING_PLACES // 2
    grid = spec.subgridspec(-(-len(order) // columns), columns, hspace=0.55, wspace=0.12)
    axes = grid.subplots(sharex=True, sharey=True, squeeze=False)
    for panel, (ax, i) in enumerate(zip(axes.flat, order)):
        low, lower, median, upper, high = bands[:, :, panel]
        ax.fill_between(edges, low, high, step="post", color=GREEN, alpha=0.18, linewidth=0)
        ax.fill_between(edges, lower, upper, step="post", color=GREEN, alpha=0.35, linewidth=0)
        ax.step(edges, median, where="post", color=GREEN, linewidth=1.6)
        ax.set_title(f"{run.place_name.values[i]}", fontsize=10, pad=3)
        ax.text(0.98, 0.97, f"{rounded(total[i])} in all", transform=ax.transAxes, ha="right", va="top",
                fontsize=8.5, color=GREY, path_effects=HALO)
        ax.grid(axis="y")
        ax.set_ylim(bottom=0)
        ax.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        date_axis(ax, 5)
        ax.tick_params(labelsize=8.5)
    for ax in axes[:, 0]:
        ax.set_ylabel("thousand\na week", fontsize=9)
    for ax in axes.flat[len(order):]:
        ax.set_visible(False)
    axes[0, 0].annotate("Where they arrived", (0, 1), xytext=(0, 24), xycoords="axes fraction",
                        textcoords="offset points", size=12, weight="bold")


# --- from where to where ---------------------------------------------------------------------------------


def arc(start, end, points=40):
    """A bow from start to end, bent to its right so that ways there and back lie apart."""
    start, end = np.array(start), np.array(end)
    across = np.array([end[1] - start[1], start[0] - end[0]])
    bend = (start + end) / 2 + 0.16 * across
    s = np.linspace(0, 1, points)[:, None]
    return (1 - s) ** 2 * start + 2 * s * (1 - s) * bend + s ** 2 * end


def blend(share):
    """From the colour of homes to the colour of receiving places, through a light grey."""
    home, middle, place = (np.array(to_rgb(c)) for c in (VERMILLION, "#B9A9B4", BLUE))
    if share < 0.5:
        return home + (middle - home) * 2 * share
    return middle + (place - middle) * (2 * share - 1)


def width_of(persons, widest):
    """Points; in proportion to persons, and never too thin to be seen."""
    return max(0.35, 8 * persons / widest)


def draw_flow(ax, start, end, width, order):
    curve = arc(start, end)
    pieces = np.stack([curve[:-1], curve[1:]], axis=1)
    shades = [blend(s) for s in np.linspace(0, 1, len(pieces))]
    ax.plot(*curve.T, color="white", linewidth=width + 1.2, solid_capstyle="butt", zorder=2 + 0.001 * order)
    ax.add_collection(LineCollection(pieces, colors=shades, linewidths=width, capstyle="round",
                                     zorder=2.0005 + 0.001 * order))


def largest_flows(run):
    """(home, place, persons), smallest of the largest first; mean over members."""
    flows = run.arrivals_from.mean("member").values.copy()
    np.fill_diagonal(flows, 0)
    chosen = np.argsort(-flows, axis=None)[:FLOWS_ON_MAP]
    pairs = [(i // flows.shape[1], i % flows.shape[1]) for i in chosen[::-1]]
    return [(home, place, flows[home, place]) for home, place in pairs if flows[home, place] > 0], flows.sum()


def label_places(ax, lon, lat, names, important):
    """Names beside their places, the most important first; those that find no free spot are left out."""
    fig = ax.figure
    fig.canvas.draw()
    renderer, frame = fig.canvas.get_renderer(), ax.get_window_extent()
    taken = [Bbox.from_bounds(x - 5, y - 5, 10, 10) for x, y in
             ax.transData.transform(np.column_stack([lon[important], lat[important]]))]
    spots = [(10, 0, "left", "center"), (-10, 0, "right", "center"), (0, 10, "center", "bottom"),
             (0, -10, "center", "top"), (8, 8, "left", "bottom"), (-8, 8, "right", "bottom"),
             (8, -8, "left", "top"), (-8, -8, "right", "top")]
    for i in important:
        for dx, dy, ha, va in spots:
            text = ax.annotate(names[i], (lon[i], lat[i]), xytext=(dx, dy), textcoords="offset points", ha=ha,
                               va=va, fontsize=9, path_effects=HALO, zorder=9)
            box = text.get_window_extent(renderer)
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def draw_border(ax, border):
    for part in np.unique(border.part):
        line = border.isel(border_point=border.part.values == part)
        ax.plot(line.lon, line.lat, color="#555555", linewidth=1.6, dashes=(5, 2), zorder=1.5)


def draw_roads(ax, run):
    ends = run.edge_nodes.values.astype(int)
    lines = np.stack([run.lon.values[ends], run.lat.values[ends]], axis=-1)
    ax.add_collection(LineCollection(lines, colors="#E2DFDA", linewidths=1.4, zorder=1))


def frame_map(ax, lon, lat):
    """Bounds around the places in play, in the shape of the room there is for the map."""
    ax.set_aspect(1 / np.cos(np.radians(lat.mean())), adjustable="datalim")
    pad_x, pad_y = 0.08 * np.ptp(lon) + 0.02, 0.06 * np.ptp(lat) + 0.02
    ax.set_xlim(lon.min() - pad_x, lon.max() + pad_x)
    ax.set_ylim(lat.min() - pad_y, lat.max() + pad_y)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ax.spines.values():
        side.set_visible(False)


def draw_map(ax, run, border):
    lon, lat, names = run.lon.values, run.lat.values, run.place_name.values
    flows, all_flows = largest_flows(run)
    left = run.first_departures.mean("member").sum("time").values
    came = run.arrivals.mean("member").sum("time").values
    in_play = np.unique([i for home, place, _ in flows[-FLOWS_IN_FRAME:] for i in (home, place)])
    frame_map(ax, lon[in_play], lat[in_play])
    draw_roads(ax, run)
    if border is not None:
        draw_border(ax, border)
    widest = max((persons for *_, persons in flows), default=1)
    for order, (home, place, persons) in enumerate(flows):
        draw_flow(ax, (lon[home], lat[home]), (lon[place], lat[place]), width_of(persons, widest), order)
    area = 420 / max(left.max(), came.max())
    ax.scatter(lon, lat, s=came * area, color=BLUE, alpha=0.75, edgecolor="white", linewidth=0.8, zorder=4)
    ax.scatter(lon, lat, s=left * area, color=VERMILLION, alpha=0.75, edgecolor="white", linewidth=0.8, zorder=4)
    fallen = run.fallen.isel(time=-1).values > 0
    ax.scatter(lon[fallen], lat[fallen], s=26, marker="x", color=INK, linewidth=1.4, zorder=5)
    label_places(ax, lon, lat, names, np.argsort(-(left + came))[:22])
    shown = sum(persons for *_, persons in flows) / all_flows if all_flows else 0
    ax.set_title("From home to refuge")
    add_map_key(ax, widest, shown, border)


def add_map_key(ax, widest, shown, border):
    unit = 10 ** int(np.floor(np.log10(widest)))
    keys = [
        Line2D([], [], marker="o", linestyle="", color=VERMILLION, alpha=0.75, markersize=9, label="left home"),
        Line2D([], [], marker="o", linestyle="", color=BLUE, alpha=0.75, markersize=9, label="arrived"),
        Line2D([], [], marker="x", linestyle="", color=INK, label="town fallen"),
        Line2D([], [], color="#B9A9B4", linewidth=width_of(unit, widest), label=f"{thousands(unit)} people"),
    ]
    if border is not None:
        keys.append(Line2D([], [], color="#555555", linewidth=1.6, dashes=(4, 2), label="border"))
    ax.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, -0.005), ncol=len(keys), frameon=False, fontsize=9,
              handlelength=1.8, columnspacing=1.6)
    ax.text(0.5, -0.05, f"Arrivals by home over the whole run; the flows drawn are {100 * shown:.0f} % of all.",
            transform=ax.transAxes, ha="center", va="top", fontsize=8.5, color=GREY)


# --- the page --------------------------------------------------------------------------------------------


def subtitle(run, members):
    first, last = (str(np.datetime64(day, "D")) for day in run.time.values[[0, -1]])
    runs = "one run" if members == 1 else f"{members} runs that differ by chance"
    return f"Simulated {first} to {last}, {runs}. A model's account, not a count and not a forecast."


def picture(path):
    style()
    with xr.open_dataset(path, engine="netcdf4") as run:
        figures = read_group(path, "reported")
        if figures is not None:
            figures = totals_since_start(figures, run.time.values[0].astype("datetime64[D]"))
        fig = plt.figure(figsize=(16, 10), dpi=100, facecolor="white")
        columns = fig.add_gridspec(1, 2, width_ratios=[1, 0.86], left=0.07, right=0.985, top=0.86, bottom=0.075,
                                   wspace=0.2)
        rows = columns[0].subgridspec(2, 1, height_ratios=[1.12, 1], hspace=0.36)
        draw_totals(fig.add_subplot(rows[0]), run, figures)
        draw_arrivals(fig, rows[1], run)
        draw_map(fig.add_subplot(columns[1]), run, read_group(path, "border"))
        fig.text(0.07, 0.95, run.attrs.get("title", ""), size=19, weight="bold", va="center")
        fig.text(0.07, 0.917, subtitle(run, run.sizes["member"]), size=10.5, color=GREY, va="center")
    return fig


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path, help="default: the results' name with .png")
    args = parser.parse_args()
    if not args.results.exists():
        parser.error(f"no file {args.results}")
    fig = picture(args.results)
    fig.savefig(args.output or args.results.with_suffix(".png"))


if __name__ == "__main__":
    main()
