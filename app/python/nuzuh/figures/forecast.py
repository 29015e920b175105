"""What was said of reported figures: a panel for each origin, with the last figure that was known (filled), those that were published
later (hollow, with where they may lie), the band of the pool (half and nine tenths) and that of the recent rate (dashed, nine tenths)."""
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .drawing import BLUE, GREY, INK, VERMILLION, date_axis, fit, styled, thousands

MOST_PANELS = 6
WORDS = {"people_displaced": "people displaced", "displaced": "displaced people present", "abroad": "people abroad"}


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


@styled
def figure(table, series=None):
    """What was said of reported figures, from some of its origins.

    table   what nuzuh.forecast gives of a scenario without registrations
    series  which; None: the one with most figures
    """
    if table.empty or "pool_q50" not in table or "series" not in table:
        raise ValueError("the table holds no forecast of reported figures")
    names = table.groupby("series").published.count().sort_values(ascending=False, kind="stable").index
    series = series or names[0]
    if series not in set(names):
        raise ValueError(f"there is no series {series}: {', '.join(names)}")
    table = table[table.series == series]
    origins = chosen_origins(table)
    columns = min(3, len(origins))
    lines = -(-len(origins) // columns)
    fig, axes = plt.subplots(lines, columns, figsize=(max(7.5, 4.2 * columns + 0.6), 3.1 * lines + 1.1), sharex=True, sharey=True, squeeze=False)
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
    fig.subplots_adjust(left=0.09 if columns > 1 else 0.11, right=0.985, top=1 - 0.8 / fig.get_figheight(),
                        bottom=0.55 / fig.get_figheight(), hspace=0.3, wspace=0.08)
    fit(fig.text(0.01, 1 - 0.3 / fig.get_figheight(),
                 f"What could have been said of {WORDS.get(series, series.replace('_', ' '))}: the pool's median, half and nine tenths; dashed: the recent rate",
                 fontsize=12.5, weight="bold", va="center"))
    fit(fig.text(0.01, 0.14 / fig.get_figheight(), "Filled: the last figure published by the day (line). Hollow: figures published later, with where they may lie.",
                 fontsize=9, color=GREY, va="center"))
    return fig


def picture(path, series=None):
    """The same of the table's file."""
    table = pd.read_csv(path)
    for name in {"origin", "day", "last_known_day", "published"} & set(table.columns):
        table[name] = pd.to_datetime(table[name])
    return figure(table, series)
