"""Figures of a run: how many fled and by when, where they arrived, and from where to where."""
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.colors import PowerNorm
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .drawing import (BLUE, GREEN, GREY, HALO, INK, VERMILLION, date_axis, fit, in_one_frame, name_ends, read_group,
                      require_scenario, rounded, styled, thousands)
from .flow_map import draw_map, flows_between, of_homes

# Quantity, colour, marker, name on the curve.
CURVES = [
    ("movements", VERMILLION, "o", "movements"),
    ("people_displaced", BLUE, "D", "people\ndisplaced"),
]
RECEIVING_PLACES = 8
MATRIX_PLACES = 14  # homes and receiving places told apart in the table; the others are added up


# --- how many fled ---------------------------------------------------------------------------------------


def totals_since_start(figures, start):
    """The reported figures that count everywhere and from the start of the run, give or take a week."""
    first = np.array([np.datetime64(start if day in ("", "-") else day) for day in figures["first_day"].values])
    everywhere = np.isin(figures["place_or_area"].values.astype(str), ["all", "", "-"])
    return figures.isel(figure=everywhere & (np.abs(first - start) <= np.timedelta64(7, "D")))


def draw_band(ax, run, quantity, colour, name):
    low, lower, median, upper, high = run[f"total_{quantity}_quantile"].values
    time = run.time.values
    ax.fill_between(time, low, high, color=colour, alpha=0.15, linewidth=0)
    ax.fill_between(time, lower, upper, color=colour, alpha=0.25, linewidth=0)
    ax.plot(time, median, color=colour, linewidth=2)
    return median[-1], f"{name}\n{rounded(median[-1], low[-1], high[-1])}", colour


def draw_figures(ax, figures, quantity, colour, marker):
    chosen = figures.isel(figure=figures["quantity"].values.astype(str) == quantity)
    for i in range(chosen.sizes["figure"]):
        one = chosen.isel(figure=i)
        persons, day = float(one.persons), np.datetime64(str(one["last_day"].item()))
        error = [[max(0, persons - float(one.reported_low))], [max(0, float(one.reported_high) - persons)]]
        ax.errorbar(day, persons, yerr=error, fmt=marker, markersize=6, color=colour, ecolor=colour,
                    elinewidth=1, markerfacecolor=colour if one.fitted else "white", markeredgewidth=1.4,
                    path_effects=HALO, zorder=5)


def draw_totals(ax, run, figures):
    ends = []
    for quantity, colour, marker, name in CURVES:
        ends.append(draw_band(ax, run, quantity, colour, name))
        if figures is not None:
            draw_figures(ax, figures, quantity, colour, marker)
    ax.set_title("How many fled since the start")
    ax.set_ylabel("persons")
    ax.yaxis.set_major_formatter(FuncFormatter(thousands))
    ax.set_ylim(bottom=0)
    ax.set_xlim(run.time.values[0], run.time.values[-1])
    name_ends(ax, run.time.values[-1], ends)
    ax.grid(axis="y")
    date_axis(ax, 10)
    keys = []
    if run.sizes["member"] > 1:
        keys += [plt.Rectangle((0, 0), 1, 1, color=GREY, alpha=0.55, linewidth=0, label="half of all runs"),
                 plt.Rectangle((0, 0), 1, 1, color=GREY, alpha=0.25, linewidth=0, label="nine in ten runs")]
    if figures is not None:
        keys += [Line2D([], [], color=colour, marker=marker, linestyle="",
                        label=f"{quantity.replace('_', ' ')} as reported, with its uncertainty")
                 for quantity, colour, marker, _ in CURVES if (figures["quantity"].values.astype(str) == quantity).any()]
        if not figures.fitted.values.all():
            keys.append(Line2D([], [], color=GREY, marker="o", linestyle="", markerfacecolor="white",
                               markeredgewidth=1.4, label="hollow: no parameter was set by it"))
    ax.legend(handles=keys, loc="upper left", frameon=False, fontsize=9)


# --- where they arrived ----------------------------------------------------------------------------------


def records_of(flow):
    """Days from the first record to each, between two, and as few records as make a week."""
    time = (flow.time.values - flow.time.values[0]) / np.timedelta64(1, "D")
    every = time[1] if len(time) > 1 else 1
    return time, every, int(np.ceil(7 / every))


def weekly(flow):
    """Sums of a flow [member, time, ...] over weeks, or as few records as make one; their edges and days."""
    time, every, records = records_of(flow)
    of_record = xr.DataArray(np.arange(len(time)) // records, dims="time", name="week")
    sums = flow.groupby(of_record).sum("time")
    is_whole = len(time) % records == 0 and time[-1] == (len(time) - 1) * every
    sums = sums if is_whole or sums.sizes["week"] == 1 else sums.isel(week=slice(None, -1))
    days = records * every
    edges = np.arange(sums.sizes["week"] + 1) * np.timedelta64(round(24 * days), "h")
    return sums, flow.time.values[0] - np.timedelta64(round(24 * (every - 1)), "h") + edges, days


def weekly_bands(run, order):
    """Thousands who arrive by week at some places [5 quantiles, week, place]; edges and days of the weeks. Where the run kept
    no series of members and weeks are several records there are no quantiles, and the one row is the mean."""
    if "arrivals" in run:
        sums, *weeks = weekly(run.arrivals.isel(place=order))
        bands = sums.quantile([0.05, 0.25, 0.5, 0.75, 0.95], dim="member")
    else:
        is_record = records_of(run.arrivals_mean)[2] == 1
        bands, *weeks = weekly((run.arrivals_quantile if is_record else run.arrivals_mean.expand_dims("quantile"))
                               .isel(place=order))
    bands = bands.transpose("quantile", "week", "place").values / 1000
    return np.concatenate([bands, bands[:, -1:]], axis=1), *weeks  # the last step ends where its week ends


def draw_arrivals(fig, spec, run):
    total = run.arrivals_mean.astype(float).sum("time").values
    order = np.argsort(-total)[:min(RECEIVING_PLACES, max(1, np.count_nonzero(total)))]
    bands, edges, days = weekly_bands(run, order)
    has_bands = len(bands) > 1
    columns = RECEIVING_PLACES // 2
    grid = spec.subgridspec(-(-len(order) // columns), columns, hspace=0.55, wspace=0.12)
    axes = grid.subplots(sharex=True, sharey=True, squeeze=False)
    for panel, (ax, i) in enumerate(zip(axes.flat, order)):
        if has_bands:
            low, lower, _, upper, high = bands[:, :, panel]
            ax.fill_between(edges, low, high, step="post", color=GREEN, alpha=0.18, linewidth=0)
            ax.fill_between(edges, lower, upper, step="post", color=GREEN, alpha=0.35, linewidth=0)
        ax.step(edges, bands[len(bands) // 2, :, panel], where="post", color=GREEN, linewidth=1.6)
        ax.set_title(f"{run.place_name.values[i]}", fontsize=10, pad=3)
        ax.text(0.98, 0.97, f"{rounded(total[i])} in all", transform=ax.transAxes, ha="right", va="top",
                fontsize=8.5, color=GREY, path_effects=HALO)
        ax.grid(axis="y")
        ax.set_ylim(0, 1.18 * max(bands.max(), 1e-3))  # the words in the corner stand above every peak
        ax.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        date_axis(ax, 5)
        ax.tick_params(labelsize=8.5)
    for ax in axes[:, 0]:
        ax.set_ylabel("thousand\na week" if days == 7 else f"thousand\nin {days:g} days", fontsize=9)
    for ax in axes.flat[len(order):]:
        ax.set_visible(False)
    above = {"xy": (0, 1), "xycoords": "axes fraction", "textcoords": "offset points"}
    axes[0, 0].annotate("Where they arrived", xytext=(0, 24), size=12, weight="bold", **above)
    if not has_bands:
        axes[0, 0].annotate("mean of the runs, of which totals alone were kept (output.members: totals)", xytext=(155, 25), size=8.5,
                            color=GREY, **above)


# --- from where to where ---------------------------------------------------------------------------------


def with_others(flows, axis):
    """The largest rows or columns, the largest first, then the sum of the others; and which they are."""
    order = np.argsort(-flows.sum(axis=1 - axis), kind="stable")
    order = order[flows.sum(axis=1 - axis)[order] > 0]
    shown, rest = order[:MATRIX_PLACES], order[MATRIX_PLACES:]
    table = np.take(flows, shown, axis)
    if len(rest):
        table = np.concatenate([table, np.take(flows, rest, axis).sum(axis, keepdims=True)], axis)
    return table, shown, len(rest)


def origin_table(run):
    """Persons from home to place, mean over members, with the names of rows and columns."""
    table, homes, other_homes = with_others(flows_between(run), 0)
    table, places, other_places = with_others(table, 1)
    names = run.place_name.values
    return (table, [*of_homes(run, "name")[homes], *([f"{other_homes} other homes"] if other_homes else [])],
            [*names[places], *([f"{other_places} other places"] if other_places else [])])


def draw_origins(ax, run):
    table, homes, places = origin_table(run)
    if table.size == 0:
        raise ValueError("nobody arrived away from home, or the run does not tell homes apart (kind: pooled)")
    named = table[:MATRIX_PLACES, :MATRIX_PLACES]  # sums of others would outshine them
    shades = np.full(table.shape, np.nan)
    shades[:MATRIX_PLACES, :MATRIX_PLACES] = named
    ax.set_facecolor("#F2F2F2")
    ax.imshow(shades, cmap="Blues", norm=PowerNorm(0.5, 0, named.max()), aspect="auto")
    for (row, column), persons in np.ndenumerate(table):
        if persons >= 1:
            ax.text(column, row, rounded(persons), ha="center", va="center", fontsize=8,
                    color="white" if shades[row, column] > 0.38 * named.max() else INK)
    ax.set_xticks(range(len(places)), places, rotation=40, ha="left", rotation_mode="anchor")
    ax.set_yticks(range(len(homes)), homes)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlabel("People who arrived, by home (rows) and place (columns), over the whole run; mean over runs.",
                  color=GREY, fontsize=9, labelpad=8)
    for side in ax.spines.values():
        side.set_visible(False)


# --- the page --------------------------------------------------------------------------------------------


def subtitle(run, members):
    first, last = (str(np.datetime64(day, "D")) for day in run.time.values[[0, -1]])
    runs = "one run" if members == 1 else f"{members} runs"
    bands = run.attrs.get("bands", "").split(".")[0].split(";")[0]
    held = f" {bands}." if members > 1 and bands else ""
    return f"Simulated {first} to {last}, {runs}.{held} Not a count, not a forecast."


def head_of(fig, run, left, top):
    title, small = (19, 10.5) if fig.get_figwidth() > 12 else (15, 9)
    fit(fig.text(left, top, run.attrs.get("title", ""), size=title, weight="bold", va="center"))
    fit(fig.text(left, top - 0.33 / fig.get_figheight(), subtitle(run, run.sizes["member"]), size=small, color=GREY,
                 va="center"))


def draw_page(run, figures, border, backdrop):
    fig = plt.figure(figsize=(16, 10), dpi=100, facecolor="white")
    columns = fig.add_gridspec(1, 2, width_ratios=[1, 0.86], left=0.07, right=0.985, top=0.86, bottom=0.075,
                               wspace=0.2)
    rows = columns[0].subgridspec(2, 1, height_ratios=[1.12, 1], hspace=0.36)
    draw_totals(fig.add_subplot(rows[0]), run, figures)
    draw_arrivals(fig, rows[1], run)
    draw_map(fig.add_subplot(columns[1]), run, border, backdrop)
    head_of(fig, run, 0.07, 0.95)
    return fig


# Size in inches, and left, right, bottom, top of the room for the figure.
FIGURES = {"totals": ((10, 6), (0.11, 0.87, 0.07, 0.8)), "arrivals": ((10, 6), (0.08, 0.97, 0.07, 0.75)),
           "origins": ((11, 8), (0.16, 0.93, 0.07, 0.73)), "map": ((9, 10), (0.04, 0.97, 0.08, 0.87))}


def draw_figure(name, run, figures, border, backdrop):
    size, (left, right, bottom, top) = FIGURES[name]
    fig = plt.figure(figsize=size, dpi=100, facecolor="white")
    room = fig.add_gridspec(1, 1, left=left, right=right, bottom=bottom, top=top)[0]
    if name == "arrivals":
        draw_arrivals(fig, room, run)
    elif name == "totals":
        draw_totals(fig.add_subplot(room), run, figures)
    elif name == "origins":
        draw_origins(fig.add_subplot(room), run)
    else:
        draw_map(fig.add_subplot(room), run, border, backdrop)
    head_of(fig, run, 0.04 if name == "origins" else left, 1 - 0.4 / size[1])
    return fig


@styled
def figure(run, name=None, *, reported=None, border=None, backdrop=None):
    """A figure of a run, or the page of three.

    run       dataset of a results file
    name      "totals", "arrivals", "origins" or "map"; None: all but the table of origins on one page
    reported, border  its groups of these names, or None
    backdrop  file of areas to draw below the map, in any form that geopandas reads
    """
    require_scenario(run)
    if reported is not None:
        reported = totals_since_start(reported, run.time.values[0].astype("datetime64[D]"))
    run, border = in_one_frame(run, border)
    about = run, reported, border, backdrop
    return draw_figure(name, *about) if name else draw_page(*about)


def picture(path, name=None, backdrop=None):
    """The same of a results file."""
    with xr.open_dataset(path, engine="netcdf4") as run:
        return figure(run, name, reported=read_group(path, "reported"), border=read_group(path, "border"),
                      backdrop=backdrop)
