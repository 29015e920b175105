#!/usr/bin/env python3
"""Holds what the Python figures draw against the results file and against the table of `nuzuh compare`.

    check_figures.py SCRIPTS FOLDER
"""
import csv
import pathlib
import sys

import numpy as np
import xarray as xr
from matplotlib.collections import LineCollection

scripts, folder = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, scripts)
import from_package  # noqa: F401
from figures import change as plot_compare
from figures import forecast as plot_forecast
from figures import run as plot_run
from figures.drawing import in_one_frame, rounded
from figures.flow_map import FLOWS_ON_MAP, flows_between

a = xr.open_dataset(folder / "a.h5", engine="netcdf4")
b = xr.open_dataset(folder / "b.h5", engine="netcdf4")


def close(drawn, held):
    np.testing.assert_allclose(drawn, held, rtol=1e-6, atol=0.01)


def of_members(values, axis):
    return np.quantile(np.asarray(values, dtype=float), [0.05, 0.25, 0.5, 0.75, 0.95], axis=axis)


def totals():
    ax = plot_run.picture(folder / "a.h5", "totals").axes[0]
    medians = [line for line in ax.lines if len(line.get_ydata()) == a.sizes["time"]]
    for line, quantity in zip(medians, ["movements", "people_displaced"], strict=True):
        close(line.get_ydata(), of_members(a[f"total_{quantity}"], 0)[2])
    points = {int(line.get_ydata()[0]) for line in ax.lines if len(line.get_ydata()) == 1}
    # OCHA's series of movements since 1 May; arrivals in sub-districts do not belong here.
    assert points == {150000, 179600, 201000, 270000, 310000, 327536}, points


def arrivals():
    axes = [ax for ax in plot_run.picture(folder / "a.h5", "arrivals").axes if ax.get_visible()]
    names = list(a.place_name.values)
    assert len(axes) == 8
    for ax in axes:
        came = a.arrivals.values[:, :, names.index(ax.get_title(loc="left"))].astype(float)
        weeks = came[:, :49].reshape(8, 7, 7).sum(axis=2) / 1000  # 51 days: two are left over
        close(ax.lines[0].get_ydata()[:7], of_members(weeks, 0)[2])
        assert ax.texts[0].get_text() == f"{rounded(came.mean(axis=0).sum())} in all"


def longer_records():
    with xr.open_dataset(folder / "tens.h5", engine="netcdf4") as run:
        sums, edges, days = plot_run.weekly(run.arrivals)
        assert days == 10 and edges[0] == np.datetime64("2024-03-01") and edges[1] == np.datetime64("2024-03-11")
        close(sums.values, run.arrivals.values[:, :sums.sizes["week"]].transpose(0, 1, 2))


def totals_alone():
    """Of a run that kept totals alone of its members: the same map and change; weeks as means, or as bands where they are records."""
    with xr.open_dataset(folder / "a-totals.h5", engine="netcdf4") as run:
        assert "arrivals" not in run
        close(flows_between(run), flows_between(a))
        with xr.open_dataset(folder / "b-totals.h5", engine="netcdf4") as other:
            for mine, whole in zip(plot_compare.change_by_place(run, other), plot_compare.change_by_place(a, b), strict=True):
                assert np.array_equal(mine, whole)
        bands, edges, days = plot_run.weekly_bands(run, [5, 7])
        assert len(bands) == 1 and days == 7
        close(bands[0, :7], a.arrivals_mean.values[:49, [5, 7]].reshape(7, 7, 2).sum(axis=1) / 1000)
    axes = [ax for ax in plot_run.picture(folder / "a-totals.h5", "arrivals").axes if ax.get_visible()]
    assert len(axes) == 8 and all(not ax.collections and len(ax.lines) == 1 for ax in axes), "a line, and no band"
    assert any("output.members: totals" in text.get_text() for text in axes[0].texts)
    assert any(ax.collections for ax in plot_run.picture(folder / "a.h5", "arrivals").axes)
    with xr.open_dataset(folder / "weekly-totals.h5", engine="netcdf4") as run:
        bands, edges, days = plot_run.weekly_bands(run, [5, 7])
        weeks = a.arrivals.values[:, :49, [5, 7]].astype(float).reshape(8, 7, 7, 2).sum(axis=2) / 1000
        close(bands[:, :7], of_members(weeks, 0))


def origins():
    table, homes, places = plot_run.origin_table(a)
    flows = a.arrivals_from.values.astype(float).mean(axis=0)
    np.fill_diagonal(flows, 0)
    close(table.sum(), flows.sum())
    names = list(a.place_name.values)
    for row, home in enumerate(homes[:-1]):
        for column, place in enumerate(places[:-1]):
            close(table[row, column], flows[names.index(home), names.index(place)])
    drawn = plot_run.picture(folder / "a.h5", "origins").axes[0].texts
    assert [text.get_text() for text in drawn] == [rounded(persons) for persons in table.flat if persons >= 1]


def flow_map():
    ax = plot_run.picture(folder / "a.h5", "map").axes[0]
    between = flows_between(a)
    largest = np.sort(between, axis=None)[::-1][:FLOWS_ON_MAP]
    bows = [bow for bow in ax.collections if isinstance(bow, LineCollection) and len(bow.get_segments()) == 39]
    widths = sorted((float(bow.get_linewidth()[0]) for bow in bows), reverse=True)
    close(widths, np.maximum(0.35, 8 * largest / largest[0]))
    shown = f"{100 * largest.sum() / between.sum():.0f} % of all"
    assert any(shown in text.get_text() for text in ax.texts), shown


def a_run_without_homes():
    note = [text.get_text() for text in plot_run.picture(folder / "without_homes.h5", "map").axes[0].texts]
    assert "The run does not tell homes apart: no flows." in note, note
    try:
        plot_run.picture(folder / "without_homes.h5", "origins")
    except ValueError as refusal:
        assert "pooled" in str(refusal)
    else:
        raise AssertionError("a table of origins was drawn from a run without them")


def a_backdrop():
    try:
        import geopandas
        from shapely.geometry import box
    except ImportError:
        print("without geopandas: no backdrop")
        return
    area = geopandas.GeoDataFrame(geometry=[box(36, 35, 37, 36.5)], crs="EPSG:4326").to_crs("EPSG:32637")
    area.to_file(folder / "area.geojson", driver="GeoJSON")
    plain, over = (plot_run.picture(folder / "a.h5", "map", backdrop).axes[0]
                   for backdrop in (None, folder / "area.geojson"))
    assert len(over.collections) == len(plain.collections) + 1
    assert over.get_xlim() == plain.get_xlim() and over.get_ylim() == plain.get_ylim()


def pairs():
    with open(folder / "change.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["pairs"] == "same chance"]
    names = [f"difference_{q}" for q in ("q05", "q25", "median", "q75", "q95")]
    of = {(row["quantity"], row["place"]): [float(row[name]) for name in names] for row in rows if not row["origin"]}
    for quantity in ("people_displaced", "without_shelter"):
        drawn = plot_compare.change_by_day(a, b, quantity)[:, -1]
        np.testing.assert_allclose(drawn, of[f"total_{quantity}", ""], rtol=1e-6, atol=0.06)
    change, names, order = plot_compare.change_by_place(a, b)
    assert list(names) == list(a.place_name.values)
    assert len(order) == plot_compare.PLACES
    for place in order:
        held = of["arrivals", str(a.place_id.values[place])]
        np.testing.assert_allclose(change[:, place], held, rtol=1e-6, atol=0.06)
    assert np.all(np.diff(change[2][order]) >= 0)
    try:
        plot_compare.picture(folder / "a.h5", folder / "toy.h5")
    except ValueError as refusal:
        assert "pairs" in str(refusal)
    else:
        raise AssertionError("runs that make no pairs were drawn")


def at_a_new_camp_nobody_was_before():
    with open(folder / "camp.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["quantity"] == "arrivals" and not row["origin"]]
    held = {row["name"]: row for row in rows}
    assert float(held["New camp"]["a_median"]) == 0 and float(held["New camp"]["b_median"]) > 0, held["New camp"]
    with xr.open_dataset(folder / "base.h5", engine="netcdf4") as base, \
            xr.open_dataset(folder / "camp.h5", engine="netcdf4") as camp:
        for first, second, sign in [(base, camp, 1), (camp, base, -1)]:
            change, names, order = plot_compare.change_by_place(first, second)
            assert "New camp" in names[order]
            for place in order:
                assert abs(sign * change[2][place] - float(held[names[place]]["difference_median"])) < 0.06
    plot_compare.picture(folder / "base.h5", folder / "camp.h5")


def isles_about_the_date_line_lie_together():
    ax = plot_run.picture(folder / "isles.h5", "map").axes[0]
    left, right = ax.get_xlim()
    assert right - left < 5 and left < 179.6 < 180.8 < right, (left, right)
    roads = [line for bow in ax.collections if isinstance(bow, LineCollection) for line in bow.get_segments()]
    assert max(np.ptp(line[:, 0]) for line in roads) < 2
    with xr.open_dataset(folder / "base.h5", engine="netcdf4") as run:
        close(in_one_frame(run, None)[0].lon.values, run.lon.values)  # elsewhere nothing is moved


def forecasts():
    """Two origins of which one has a figure to come: it alone is drawn, with the table's own numbers."""
    levels = ("q05", "q25", "q50", "q75", "q95")
    quantiles = ",".join(prefix + level for prefix in ("", "plain_", "pool_") for level in levels)
    (folder / "forecasts.csv").write_text("\n".join([
        f"origin,series,last_known_day,last_known,day,days_ahead,members_that_count,model_weight,{quantiles},published,reported_low,"
        "reported_high,wis_log,plain_wis_log,pool_wis_log",
        "2024-03-10,movements,2024-03-08,1000,2024-03-17,7,40,0.5,1,2,3,4,5,900,1000,1250,1500,1800,1100,1200,1300,1400,1500,"
        "2024-03-20,1200,1700,0.1,0.2,0.1",
        "2024-03-10,movements,2024-03-08,1000,2024-03-24,14,40,0.5,1,2,3,4,5,800,1000,1500,2000,2500,1200,1400,1600,1800,2000,,,,,,",
        "2024-03-20,movements,2024-03-17,1428,2024-03-27,7,40,0.5,1,2,3,4,5,1400,1500,1650,1800,2000,1500,1600,1700,1800,1900,,,,,,",
        "2024-03-20,abroad,2024-03-17,10,2024-03-27,7,40,0.5,1,2,3,4,5,10,11,12,13,14,11,12,13,14,15,,,,,,"]) + "\n")
    figure = plot_forecast.picture(folder / "forecasts.csv")
    (ax,) = [ax for ax in figure.axes if ax.get_visible()]
    assert "10 March" in ax.get_title(loc="left")
    drawn = [list(line.get_ydata()) for line in ax.lines]
    for held in ([1300, 1600], [900, 800], [1800, 2500], [1000], [1200, 1700], [(1200 * 1700) ** 0.5]):
        assert held in drawn, (held, drawn)
    assert plot_forecast.picture(folder / "forecasts.csv", "abroad").axes[0].get_title(loc="left") == "from 20 March"
    try:
        plot_forecast.picture(folder / "forecasts.csv", "arrivals")
        raise AssertionError("there is no such series")
    except ValueError as error:
        assert "abroad, movements" in str(error) or "movements, abroad" in str(error)


for check in (forecasts, totals, arrivals, longer_records, totals_alone, origins, flow_map, a_run_without_homes, a_backdrop, pairs,
              at_a_new_camp_nobody_was_before, isles_about_the_date_line_lie_together):
    check()
    print("holds:", check.__name__)
