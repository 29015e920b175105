"""What the figures share: colours that everyone tells apart, numbers as a model may give them, axes of days."""
import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

# Okabe and Ito's palette: told apart with every common kind of colour blindness.
VERMILLION, BLUE, GREEN, INK, GREY = "#D55E00", "#0072B2", "#009E73", "#222222", "#8A8A8A"
HALO = [effects.withStroke(linewidth=2.6, foreground="white")]


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
