"""What the figures share: colours that everyone tells apart, numbers as a model may give them, axes of days."""
from __future__ import annotations

import functools

import matplotlib.dates as mdates
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

# Okabe and Ito's palette: told apart with every common kind of colour blindness.
VERMILLION, BLUE, GREEN, INK, GREY = "#D55E00", "#0072B2", "#009E73", "#222222", "#8A8A8A"
HALO = [effects.withStroke(linewidth=2.6, foreground="white")]


STYLE = {
    "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.labelcolor": INK,
    "axes.edgecolor": GREY, "axes.linewidth": 0.8, "xtick.color": INK, "ytick.color": INK,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left",
    "axes.titlesize": 12, "axes.titleweight": "bold", "axes.titlepad": 10,
    "grid.color": "#E4E4E4", "grid.linewidth": 0.8, "axes.axisbelow": True,
}


def styled(draw):
    """Has a function draw its figure in this style, and leaves others of the program as they are."""
    @functools.wraps(draw)
    def drawn(*words, **options):
        with plt.rc_context(STYLE):
            figure = draw(*words, **options)
            figure.draw_without_rendering()  # ticks are made when they are first drawn
            return figure
    return drawn


def thousands(value, _=None):
    return f"{value:,.0f}"


def rounded(persons, low=None, high=None):
    """Persons with the digits that their band supports: the unit is the largest power of ten that is at most a fifth of
    it, and never finer than three digits of the largest number."""
    ends = [abs(value) for value in (persons, low, high) if value is not None]
    units = [1, max(ends) > 100 and power_of_ten(max(ends)) / 100]
    if low is not None and high - low > 5:
        units.append(power_of_ten((high - low) / 5))
    unit = min(max(units), power_of_ten(max(1, abs(persons))))
    return thousands(round(persons / unit) * unit)


def power_of_ten(value):
    return 10.0 ** np.floor(np.log10(value) + 1e-12)


def require_scenario(run):
    """Raises ValueError for the results of a study."""
    if "design" in run.attrs:
        raise ValueError(f"{run.encoding.get('source', 'the dataset')} holds a study of many settings, not one scenario that "
                         "could be drawn; plot.grid() and scripts/plot_grid.py and plot_sensitivity.py draw studies")


def fit(text, right=0.985):
    """Makes a line at the head of a figure as small as its width needs, down to 60 %, then breaks it in two."""
    figure = text.figure
    room = (right - text.get_position()[0]) * figure.bbox.width
    width = text.get_window_extent(figure.canvas.get_renderer()).width
    if width <= room:
        return text
    text.set_size(text.get_size() * max(0.6, room / width))
    if room / width < 0.6:
        words = text.get_text().split()
        half = next(k for k in range(1, len(words) + 1) if 2 * len(" ".join(words[:k])) >= len(text.get_text()))
        text.set_text(" ".join(words[:half]) + "\n" + " ".join(words[half:]))
        width = text.get_window_extent(figure.canvas.get_renderer()).width
        text.set_size(text.get_size() * min(1, room / width))
    return text


def name_ends(ax, day, ends, lines=3):
    """Writes names at the right ends of curves, apart from each other: (height, words, colour) each."""
    bottom, top = ax.get_ylim()
    points = ax.get_position().height * ax.figure.get_figheight() * 72
    apart = (top - bottom) * 13.5 * lines / points
    heights = [height for height, _, _ in ends]
    if len(ends) == 2 and abs(heights[0] - heights[1]) < apart:
        middle, up = np.mean(heights), apart / 2 if heights[0] >= heights[1] else -apart / 2
        heights = [middle + up, middle - up]
    for height, (_, words, colour) in zip(heights, ends):
        ax.annotate(words, (day, height), xytext=(6, 0), textcoords="offset points", color=colour, weight="bold",
                    va="center", annotation_clip=False)


def read_group(path: str, name: str) -> xr.Dataset | None:
    try:
        with xr.open_dataset(path, group=name, engine="netcdf4") as group:
            old = {"from": "first_day", "to": "last_day"}  # names of reported figures up to format 1.1
            return group.load().rename({name: new for name, new in old.items() if name in group})
    except OSError:
        return None


def in_one_frame(run, border):
    """The run and the border in longitudes that go on past 180 where places lie on both sides of that meridian."""
    lon = np.sort(run.lon.values)
    gaps = np.diff(lon, append=lon[0] + 360)
    widest = np.argmax(gaps)
    start = lon[widest] + gaps[widest] / 2 - (360 if widest == len(lon) - 1 else 0)  # no place lies near it

    def shifted(data):
        return data.assign({name: data[name].copy(data=np.where(data[name] < start, data[name] + 360, data[name]))
                            for name in ("lon", "origin_lon") if name in data})
    return shifted(run), None if border is None else shifted(border)


def date_axis(ax, most_ticks):
    locator = mdates.AutoDateLocator(minticks=2, maxticks=most_ticks, interval_multiples=True)
    ax.xaxis.set_major_locator(locator)
    formats = ["%Y", "%b", "%-d %b", "%H:%M", "%H:%M", "%S"]
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(
        locator, formats=formats, zero_formats=["", "%b", "%b", "%-d %b", "", ""], show_offset=False))
