"""Studies of two axes. The second row subtracts, from every run, the run of the same replicate at the first value of the second
axis: chance that both have in common is gone. Points are medians over replicates, bars hold 90 % of them."""
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.ticker import FuncFormatter

from .drawing import BLUE, GREEN, GREY, HALO, VERMILLION, fit, styled, thousands

OUTPUTS = ("total_without_shelter", "total_abroad")
COLOURS = (BLUE, GREEN, VERMILLION, GREY)


def axes_of(study):
    return [name for name, variable in study.variables.items() if "varied_by" in variable.attrs]


def key_of(study, axis):
    """The setting that an axis varies."""
    return study[axis].attrs.get("setting", axis)


def peaks(study, output, axes):
    """[first axis, second axis, replicate] and the two axes' values."""
    values = study[output].max("time").values
    first, second = (np.unique(study[axis].values) for axis in axes)
    table = np.full((first.size, second.size, int(study.replicate.max()) + 1), np.nan)
    at = (np.searchsorted(first, study[axes[0]].values), np.searchsorted(second, study[axes[1]].values),
          study.replicate.values)
    table[at] = values
    return table, first, second


def draw_rows(ax, table, first, second):
    for i, value in enumerate(first):
        low, middle, high = np.nanquantile(table[i], (0.05, 0.5, 0.95), axis=-1)
        at = np.arange(second.size) + 0.12 * (i - (first.size - 1) / 2)
        colour = COLOURS[i % len(COLOURS)]
        ax.vlines(at, low, high, color=colour, linewidth=2, alpha=0.6)
        ax.plot(at, middle, "o-", color=colour, markersize=5, linewidth=1, path_effects=HALO, label=f"{value:g}")
    ax.set_xticks(range(second.size), [thousands(value) for value in second])
    ax.yaxis.set_major_formatter(FuncFormatter(thousands))
    ax.grid(axis="y")


@styled
def figure(study, outputs=OUTPUTS):
    """What each output of a study of two axes comes to, and what the second axis changes, run by run.

    study    dataset of a study of design grid whose replicates share their random numbers
    outputs  totals that it kept, drawn at their peak or, if they only rise, at the end
    """
    axes = axes_of(study)
    missing = [name for name in outputs if name not in study]
    if missing:
        raise ValueError(f"the study did not keep {', '.join(missing)}")
    if len(axes) != 2:
        raise ValueError(f"the study has {len(axes)} axes, two are needed")
    fig, panels = plt.subplots(2, len(outputs), figsize=(4.6 * len(outputs), 6.8), squeeze=False, sharex=True,
                                  layout="constrained")
    units = [study[axis].attrs.get("units", "") for axis in axes]
    for column, output in enumerate(outputs):
        table, first, second = peaks(study, output, axes)
        draw_rows(panels[0, column], table, first, second)
        draw_rows(panels[1, column], table - table[:, :1], first, second)
        panels[0, column].set_title(output)
        panels[0, column].set_ylim(bottom=0)
        panels[1, column].set_title(f"against {second[0]:g}, run by run", weight="normal")
        panels[1, column].set_xlabel(f"{key_of(study, axes[1])} ({units[1]})")
    panels[0, 0].set_ylabel("persons")
    panels[1, 0].set_ylabel("persons")
    panels[1, 0].legend(title=f"{key_of(study, axes[0])}\n({units[0]})", loc="best", frameon=False, alignment="left")
    replicates = int(study.replicate.max()) + 1
    lost = int((study.status != 0).sum())
    rests = f"{replicates} runs" + (f", without {lost} of {study.run.size} that could not be done" if lost else "")
    fit(fig.suptitle(f"{study.attrs.get('title', '')}: median and 90 % of {rests}", x=0.01, ha="left", weight="bold"))
    return fig


def picture(path, outputs=OUTPUTS):
    """The same of a study's results file."""
    with xr.open_dataset(path, engine="netcdf4") as study:
        return figure(study, outputs)
