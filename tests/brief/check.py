#!/usr/bin/env python3
"""Opens the brief in headless Chromium and holds it against the results file.

    check.py PROMISE NUZUH SOURCE_DIR MODULES

Exit 77, skipped, where Chromium, node or the packages of package.json are missing.
"""
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr

promise, nuzuh, source, modules = sys.argv[1:]
here = pathlib.Path(__file__).parent
scenarios = pathlib.Path(source) / "scenarios"
folder = pathlib.Path(tempfile.mkdtemp())
chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

for name, there in [("Chromium", chromium), ("node", shutil.which("node")),
                    ("npm packages", (pathlib.Path(modules) / "node_modules" / "playwright-core").exists())]:
    if not there:
        print(f"skipped: {name} not found; scripts/setup.sh installs it")
        sys.exit(77)


def results(scenario, *options):
    target = folder / "run.h5"
    subprocess.run([nuzuh, "--quiet", "run", scenario, "-o", target, *options], check=True, stdout=subprocess.DEVNULL)
    return target


def page_of(target, *options):
    page = target.with_suffix(".html")
    subprocess.run([nuzuh, "--quiet", "brief", target, "-o", page, *options], check=True)
    assert page.stat().st_size < 2_000_000, f"{page.stat().st_size} bytes"
    return page


def campaign():
    return results(scenarios / "idlib-2019.yaml", "--members", "10", "--until", "2019-09-15")


def toy(*options):
    return results(scenarios / "toy.yaml", *options)


def look(what, page):
    done = subprocess.run(["node", here / "browser.mjs", what, page, modules], capture_output=True, text=True,
                          env={**os.environ, "CHROMIUM": chromium}, timeout=240)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def persons(value):
    """As the page rounds: two digits, three if the first is a 1."""
    if value < 10:
        return "0" if value < 1 else "fewer than 10"
    power = math.floor(math.log10(value))
    lead = math.floor(value / 10 ** power)
    unit = 10 ** max(0, power - (2 if lead == 1 else 1))
    return f"{math.floor(value / unit + 0.5) * unit:,.0f}"


def in_tens(value):
    return 0 if value < 10 else 10 * math.floor(value / 10 + 0.5)


def quantile(values, q):
    return float(np.quantile(np.asarray(values, dtype=float), q))


# --- promises --------------------------------------------------------------------------------------------


def numbers_are_those_of_the_file():
    target = campaign()
    seen = look("numbers", page_of(target))
    assert seen["heard"] == [] and seen["asked"] == [], seen
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        fled = run.total_people_displaced.isel(time=-1)
        assert seen["keyFigures"]["people_displaced"] == persons(round(quantile(fled, 0.5)))
        band = f"between {persons(quantile(fled, 0.05))} and {persons(quantile(fled, 0.95))} in 9 of 10 runs"
        assert band in seen["headline"], (band, seen["headline"])
        assert seen["keyFigures"]["movements"] == persons(quantile(run.total_movements.isel(time=-1), 0.5))
        worst = run.total_without_shelter.max("time")
        assert seen["keyFigures"]["without_shelter"] == persons(quantile(worst, 0.5))
        ids = list(run.place_id.values.astype(str))
        assert len(seen["arrivals"]) == 8
        for place, words in seen["arrivals"].items():
            came = run.arrivals.isel(place=ids.index(place)).sum("time")
            assert words == f"{persons(in_tens(quantile(came, 0.5)))} in all", (place, words)
        for place, cells in seen["sites"].items():
            i = ids.index(place)
            assert cells[1] == f"{float(run.capacity[i]):,.0f}", (place, cells)
            assert cells[3].startswith(day_in_words(run, run.first_day_full_quantile.sel(quantile=0.5, level=1)[i])), (place, cells)
            assert cells[5] == f"{percent(float(run.chance_full.sel(level=1)[-1, i]))} of runs", (place, cells)
            stay = in_tens(quantile(run.displaced.isel(time=-1, place=i), 0.5))
            assert cells[-2].startswith(persons(stay)), (place, cells, stay)
        record = int(np.flatnonzero(days_of(run) == seen["map"]["day"])[0])
        for name, words in seen["map"]["totals"].items():
            median = quantile(run[f"total_{name}"].isel(time=record), 0.5)
            assert words.startswith(persons(round(median)) + " "), (name, words, median)


def day_in_words(run, day):
    if np.isnan(float(day)):
        return ""  # in fewer than half of the runs: other words
    return f"{(np.datetime64(run.attrs['time_coverage_start']) + int(day)).item():%-d %b}"


def percent(share):
    return "under 1 %" if 0 < share < 0.01 else "over 99 %" if 0.99 < share < 1 else f"{math.floor(100 * share + 0.5)} %"


def days_of(run):
    start = np.datetime64(run.attrs["time_coverage_start"])
    return np.array([f"{(start + int(day)).item():%-d %B %Y}" for day in run.time.values])


def the_map_follows_slider_and_keyboard():
    target = campaign()
    seen = look("keyboard", page_of(target))
    assert seen["focused"] == "slider" and seen["heard"] == [], seen
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        days = days_of(run)
        stay = run.displaced_mean.values
        largest = max(in_tens(value) for value in stay.flat)
        for key, record in [("Home", 0), ("ArrowRight", 1), ("End", len(days) - 1)]:
            assert seen[key]["day"] == days[record], (key, seen[key]["day"])
            radii = [22 * math.sqrt(in_tens(value) / largest) for value in stay[record]]
            assert np.allclose(seen[key]["radii"], radii, atol=0.01), key
    assert seen["Home"]["radii"] != seen["End"]["radii"]
    assert "displaced people" in seen["place"]


def play_runs_and_stops_and_keeps_still_if_asked():
    seen = look("play", page_of(campaign()))
    for preference, one in seen.items():
        assert one["heard"] == [] and one["running"] == "true" and one["pressed"] == "false", one
        assert int(one["stopped"]) > 0 and one["later"] == one["stopped"], one
        assert (one["animated"] == 0) == (preference == "reduce"), (preference, one)


def axe_finds_nothing():
    found = look("axe", page_of(campaign()))
    assert found == [], "\n".join(found)


def it_prints_on_two_pages():
    for scenario in sorted(scenarios.glob("*.yaml")):
        page = page_of(results(scenario, "--members", "4", "--force"), "--force")
        assert look("print", page) == {"pages": 2}, scenario


def a_telephone_needs_no_sideways_scrolling():
    for target in (campaign(),):
        width = look("phone", page_of(target))
        assert width["used"] <= width["room"], width


def nothing_foreign_may_act_or_be_fetched():
    seen = look("policy", page_of(toy()))
    assert not seen["intruder"] and seen["blocked"] == ["connect-src", "img-src", "script-src-elem"], seen


def arabic_names_run_from_right_to_left():
    names = look("numbers", page_of(campaign()))["arabic"]
    assert names and all(one == ["ar", "rtl", "rtl"] for one in names), names


def what_changes_is_said_pair_by_pair():
    target = toy("--members", "30")
    other = folder / "other.h5"
    subprocess.run([nuzuh, "--quiet", "run", scenarios / "toy.yaml", "-o", other, "--members", "30", "--set",
                    "bombardment.0.strikes_per_day=10"], check=True, stdout=subprocess.DEVNULL)
    page = folder / "change.html"
    subprocess.run([nuzuh, "--quiet", "brief", target, "--against", other, "-o", page], check=True)
    seen = look("numbers", page)
    assert seen["heard"] == [] and "comparison-section" in seen["sections"], seen
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as here, \
            xr.open_dataset(other, engine="netcdf4", decode_times=False) as there:
        last = [run.total_movements.isel(time=-1).values.astype(float) for run in (there, here)]
        change = round(quantile(last[1] - last[0], 0.5))
        sign = "+" if change > 0 else "\u2212"
        row = seen["changes"]["total_movements"]
        assert persons(quantile(last[0], 0.5)) in row and sign + persons(abs(change)) in row, (row, change)
    assert "person-days at risk" in seen["comparison"] and "9 of 10 pairs" in seen["comparison"], seen["comparison"]
    assert look("axe", page) == []
    done = subprocess.run([nuzuh, "brief", target, "--against", campaign_days(), "-o", folder / "no.html"],
                          capture_output=True, text=True)
    assert done.returncode == 2 and "compared" in done.stderr and not (folder / "no.html").exists(), done


def campaign_days():
    target = folder / "campaign.h5"
    subprocess.run([nuzuh, "--quiet", "run", scenarios / "idlib-2019.yaml", "-o", target, "--members", "2", "--until",
                    "2019-05-10"], check=True, stdout=subprocess.DEVNULL)
    return target


def every_kind_of_run_has_its_page():
    for options, words, bands in [((), "50 runs", 4), (("--members", "1"), "one run", 0),
                                  (("--mode", "expected"), "expected values", 0),
                                  (("--engine", "agents", "--members", "3"), "3 runs", 4),
                                  (("--members", "4", "--set", "output.every=10 days"), "4 runs", 4),
                                  (("--members", "4", "--set", "engine.track_origin=false"), "4 runs", 4),
                                  (("--members", "2", "--until", "2024-03-01"), "2 runs", 4)]:
        seen = look("numbers", page_of(toy(*options, "--force") if (folder / "run.h5").exists() else toy(*options)))
        (folder / "run.html").unlink()
        assert seen["heard"] == [] and words in seen["kind"] and seen["bands"] == bands, (options, seen)
        assert "reported-section" not in seen["sections"], "the toy has no reported figures"


def two_hundred_places_fit():
    names = [f"p{i:03d}" for i in range(200)]
    places = "\n".join(f"    - {{place: {name}, name: \"Place & <b> {i}\", type: town, lat: {-4 + i // 20 * 0.1:.2f}, "
                       f"lon: {29 + i % 20 * 0.1:.2f}, population: {1000 + 100 * i}, capacity: 2000}}"
                       for i, name in enumerate(names))
    routes = "\n".join(f"    - {{route: r{i}, from: {a}, to: {b}, km: 12}}" for i, (a, b) in enumerate(zip(names, names[1:])))
    text = (f"title: \"Elsewhere </script> {{{{data}}}}\"\nperiod: {{from: 2024-01-01, to: 2024-12-31}}\nnetwork:\n  places:\n{places}\n"
            f"  routes:\n{routes}\ngroups: [{{name: all of them, share: 1}}]\nbombardment:\n"
            f"  - {{place: p050, from: 2024-02-01, to: 2024-04-01, strikes_per_day: 40}}\n"
            f"  - {{place: p120, from: 2024-06-01, to: 2024-08-01, strikes_per_day: 60}}\n")
    (folder / "large.yaml").write_text(text, encoding="utf-8")
    page = page_of(results(folder / "large.yaml", "--members", "2"))
    seen = look("numbers", page)
    assert seen["heard"] == [] and len(seen["map"]["radii"]) == 200, seen["heard"]
    width = look("phone", page)
    assert width["used"] <= width["room"], width
    assert look("print", page) == {"pages": 2}


try:
    globals()[promise]()
finally:
    shutil.rmtree(folder)
