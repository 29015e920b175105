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


def look(what, page, *more):
    done = subprocess.run(["node", here / "browser.mjs", what, page, modules, *more], capture_output=True, text=True,
                          env={**os.environ, "CHROMIUM": chromium}, timeout=240)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def power_of_ten(value):
    return 10 ** math.floor(math.log10(value) + 1e-12)


def unit_of(*numbers):
    """As the page rounds: a fifth of the band or less, and no finer than three digits of the largest number."""
    largest, band = max(abs(number) for number in numbers), max(numbers) - min(numbers)
    return max(1, power_of_ten(largest) / 100 if largest > 100 else 1, power_of_ten(band / 5) if band > 5 else 1)


def persons(value, unit=None):
    if value < 10:
        return "0" if value < 1 else "fewer than 10"
    own = min(unit or unit_of(value), power_of_ten(value))
    return f"{math.floor(value / own + 0.5) * own:,.0f}"


def five(values, rounding=round):
    return [rounding(quantile(values, q)) for q in (0.05, 0.25, 0.5, 0.75, 0.95)]


def band_unit(values, rounding=round):
    numbers = five(values, rounding)
    return unit_of(numbers[0], numbers[2], numbers[4])


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
        unit = band_unit(fled)
        assert seen["keyFigures"]["people_displaced"] == persons(round(quantile(fled, 0.5)), unit)
        band = f"between {persons(quantile(fled, 0.05), unit)} and {persons(quantile(fled, 0.95), unit)} in 9 of 10 runs"
        assert band in seen["headline"], (band, seen["headline"])
        moved = run.total_movements.isel(time=-1)
        assert seen["keyFigures"]["movements"] == persons(round(quantile(moved, 0.5)), band_unit(moved))
        worst = run.total_without_shelter.max("time")
        assert seen["keyFigures"]["without_shelter"] == persons(round(quantile(worst, 0.5)), band_unit(worst))
        ids = list(run.place_id.values.astype(str))
        assert len(seen["arrivals"]) == 8
        for place, words in seen["arrivals"].items():
            came = run.arrivals.isel(place=ids.index(place)).sum("time")
            middle = in_tens(quantile(came, 0.5))
            assert words == f"{persons(middle, band_unit(came, in_tens))} in all", (place, words)
        for place, cells in seen["sites"].items():
            i = ids.index(place)
            assert cells[1] == f"{float(run.capacity[i]):,.0f}", (place, cells)
            assert cells[3].startswith(day_in_words(run, run.first_day_full_quantile.sel(quantile=0.5, level=1)[i])), (place, cells)
            assert cells[5] == f"{percent(float(run.chance_full.sel(level=1)[-1, i]))} of runs", (place, cells)
            staying = run.displaced.isel(time=-1, place=i)
            stay = persons(in_tens(quantile(staying, 0.5)), band_unit(staying, in_tens))
            assert cells[-2].startswith(stay), (place, cells, stay)
        record = int(np.flatnonzero(days_of(run) == seen["map"]["day"])[0])
        for name, words in seen["map"]["totals"].items():
            values = run[f"total_{name}"].isel(time=record)
            assert words.startswith(persons(round(quantile(values, 0.5)), band_unit(values)) + " "), (name, words)


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
    width = look("phone", page_of(campaign()))
    assert width["used"] <= width["room"], width
    cut = [table for table in width["tables"] if table["inside"] > table["room"] + 1]
    assert len(cut) >= 3 and all("more to the right" in table["sign"] for table in cut), width["tables"]
    assert not any(table["sign"] for table in width["tables"] if table["inside"] <= table["room"] + 1), width["tables"]


def any_place_and_sub_district_has_a_sheet():
    target = campaign()
    page = page_of(target)
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        ids = list(run.place_id.values.astype(str))
        ends = np.arange(6, run.sizes["time"], 7)

        def middles(series):
            return [in_tens(quantile(series.isel(time=t), 0.5)) for t in ends]
        for place in ("atmeh", "kfar_nabl" if "kfar_nabl" in ids else ids[3], ids[-1]):
            i = ids.index(place)
            seen = look("sheet", page, str(run.place_name.values[i]))
            assert seen["heard"] == [] and seen["charts"] == 3, seen
            stays = middles(run.displaced.isel(place=i))
            peak = stays.index(max(stays))
            unit = band_unit(run.displaced.isel(place=i, time=ends[peak]), in_tens)
            assert f"{persons(stays[peak], unit)} displaced people stay there" in seen["words"], (place, seen["words"], stays[peak])
            assert len(seen["needs"]) == 5 and any("Tents" in row for row in seen["needs"]) and any("tonnes a day" in row for row in seen["needs"]), seen
        code = str(run.place_adm3_pcode.values[ids.index("atmeh")])
        members = [k for k, other in enumerate(run.place_adm3_pcode.values) if str(other) == code]
        seen = look("sheet", page, code)
        stays = middles(run.displaced.isel(place=members).sum("place"))
        peak = stays.index(max(stays))
        unit = band_unit(run.displaced.isel(place=members, time=ends[peak]).sum("place"), in_tens)
        assert len(members) > 1 and f"{persons(stays[peak], unit)} displaced people stay there" in seen["words"], seen


def nothing_foreign_may_act_or_be_fetched():
    seen = look("policy", page_of(toy()))
    assert not seen["intruder"] and seen["blocked"] == ["connect-src", "img-src", "script-src-elem"], seen


def arabic_names_run_from_right_to_left():
    names = look("numbers", page_of(campaign()))["arabic"]
    assert names and all(one == ["ar", "rtl", "rtl"] for one in names), names


def why_people_came_is_told_week_by_week():
    """Shares of the file's means by cause, in whole percent that add up to 100, for all days and for a week chosen by keyboard."""
    target = toy("--members", "9", "--set", "output.causes=true")
    names = {"strikes": "Strikes", "base_rate": "No event: the base rate of leaving", "moving_on": "Moved on, though they had shelter",
             "no_shelter": "Moved on for want of shelter"}
    seen = look("why", page_of(target), "West")
    assert seen["heard"] == [] and seen["shown"], seen
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        west = list(run.place_id.values.astype(str)).index("west")

        for what, days in [("all", slice(None)), ("week", slice(7, 14))]:
            came = {name: in_tens(run[f"arrivals_by_{cause}_mean"].values[days, west].astype(float).sum()) for cause, name in names.items()}
            came = {name: count for name, count in came.items() if count > 0}
            rows = seen[what]["rows"]
            assert {row[0] for row in rows} == set(came), (what, rows, came)
            shares = [int(row[1].removesuffix(" %")) if "under" not in row[1] else 0 for row in rows]
            assert sum(shares) == 100 and seen[what]["bars"] == shares, rows
            for row, share in zip(rows, shares):
                assert abs(share - 100 * came[row[0]] / sum(came.values())) < 1 and row[2] == persons(came[row[0]]), (row, came)
            assert persons(sum(came.values())) in seen[what]["words"], seen[what]["words"]
    assert seen["all"]["days"] == "The whole period" and seen["week"]["days"] == "8 March 2024 to 14 March 2024", seen["week"]["days"]
    assert look("why", page_of(toy("--members", "2", "--force"), "--force"), "West") == {"heard": [], "shown": False}, "a file that does not tell causes"


# --- languages -------------------------------------------------------------------------------------------


def read_json(page, what):
    return json.loads(re.search(rf'<script type="application/json" id="{what}">(.*?)</script>', page, re.S).group(1))


def bracketed(wording):
    """Every literal part of a wording in brackets; its places stay outside of them."""
    if isinstance(wording, list):
        return [bracketed(one) for one in wording]
    if isinstance(wording, dict):
        return {name: bracketed(one) for name, one in wording.items()}
    return re.sub(r"(\{\w+\})|([^{}]+)", lambda part: part.group(1) or f"⟦{part.group(2)}⟧", wording)


def in_brackets(page, kind="brief"):
    """The page in a language that is English in brackets: its template is filled anew with what the page holds, but other words."""
    text = page.read_text(encoding="utf-8")
    folder_of_pages = pathlib.Path(source) / "output"
    template = "".join((folder_of_pages / part).read_text() for part in ("page/head.html", f"{kind}/page.html", "page/foot.html"))
    slots = re.split(r"\{\{([^}]+)\}\}", template)
    values = re.fullmatch("".join(re.escape(part) if k % 2 == 0 else "(.*?)" for k, part in enumerate(slots)), text, re.S).groups()
    words = read_json(text, "words")
    made = {key: wording if key in ("direction", "locale") else bracketed(wording) for key, wording in words.items()}
    made["english"] = {key: wording for key, wording in words.items() if key.startswith(("file.", "meaning."))}
    out = ""
    for k, part in enumerate(slots):
        value = values[k // 2] if k % 2 else part
        if part.startswith("word:") and k % 2:
            value = made[part[5:]]
        out += json.dumps(made).replace("<", "\\u003c") if k % 2 and part == "words" else "de" if k % 2 and part == "language" else value
    target = page.with_name("brackets.html")
    target.write_text(out, encoding="utf-8")
    return target


def of_the_scenario(data):
    """What a page shows as its scenario's author, or the program's build, wrote it."""
    about, a = data["about"], data["assumptions"]
    found = [about[name] for name in ("title", "summary", "source", "compiler", "nuzuh_format", "engine")]
    found += [*data["places"]["id"], *data["places"]["name"], *data["places"]["arabic"], *data["places"]["pcode"]]
    found += [group["name"] for group in a["groups"]] + [row["key"] for row in a["behaviour"]] + [row["id"] for row in data.get("comparison", {}).get("places", [])]
    found += [name for part in ("reported", "planning") for key in ("name", "source") for name in data.get(part, {}).get(key, [])]
    found += [re.sub(r",? ?https?:\S+", "", one) for one in data.get("reported", {}).get("source", [])] + data.get("reported", {}).get("place_or_area", [])
    found += [str(one.get(key, "")) for one in data["sheets"]["of"] for key in ("district", "pcode")] + data.get("levers", {}).get("areas", [])
    found += [data.get("comparison", {}).get("title", "")]
    stem = pathlib.Path(about["input_files"].split("\n")[0].split("  ")[1]).stem
    found += [f"{stem}-as-run.yaml", f"{stem}-changed.yaml"]
    found += [text for text in re.findall(r"fitted on (.*?)\.", about["bands"])] + re.findall(r"(\S+) \([+-][\d.]+\)", about["variance"])
    return sorted({one for one in found} | {one.replace("_", " ") for one in found if one}, key=len, reverse=True)


def left_of(texts, known):
    """What remains of texts without brackets and without what is known."""
    rest = []
    for text in texts:
        bare = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        for one in known:
            if one:
                bare = bare.replace(one, " ")
        if re.search(r"[^\W\d_]", bare):
            rest.append(text)
    return rest


def pages_of_every_kind():
    """Pages that together say nearly everything: a campaign with reported figures and fronts, two runs compared, expected values, a plan with all
    that planners ask, a country with quotas and shares of the variance, and a scenario with orders, a ceasefire and given departures."""
    for scenario, *options in [(scenarios / "idlib-2019.yaml", "--members", "32", "--until", "2019-06-15"), (scenarios / "toy.yaml", "--mode", "expected", "--fixed", "--set", "output.causes=true"),
                               (scenarios / "lebanon-2024.yaml", "--members", "2"), (told_to_leave(), "--members", "1", "--set", "output.causes=true")]:
        target = results(scenario, *options, "--force")
        yield target, page_of(target, "--force")
    a_new_camp = folder / "camp.yaml"
    a_new_camp.write_text(f"extends: {scenarios}/toy.yaml\ntitle: A camp more\nnetwork:\n"
                          "  places: [{place: camp, name: New camp, type: camp, lat: 36.04, lon: 36.85, capacity: 4000}]\n"
                          "  routes: [{route: east_camp, from: east, to: camp, km: 12, class: primary}]\n")
    other = folder / "other.h5"
    subprocess.run([nuzuh, "--quiet", "run", scenarios / "toy.yaml", "-o", other, "--members", "6"], check=True, stdout=subprocess.DEVNULL)
    target = results(a_new_camp, "--members", "6", "--force")
    yield target, page_of(target, "--force", "--against", other)


def told_to_leave():
    plan = folder / "told.yaml"
    plan.write_text(f"""extends: {scenarios}/toy.yaml
orders: [{{place: east, from: 2024-03-08}}]
ceasefires: [{{area: all, from: 2024-04-10}}]
access: [{{area: all, from: 2024-03-06, to: 2024-03-25, access: 0.5, source: what if}}]
behaviour: {{return: {{rate: 0.05, quiet_days: 5}}}}
planning:
  figures: [{{name: west overrun, quantity: arrivals, place: west, within: 14 days, persons: 300}}]
""")
    return plan


def no_english_is_left_on_a_page_of_another_language():
    (folder / "wrong.yaml").write_text("bombardment: [{aera: all, from: 2019-08-10, factor: 0.3}]\n")
    for target, page in pages_of_every_kind():
        data = read_json(page.read_text(encoding="utf-8"), "data")
        is_small = data["about"]["title"] == "A camp more"
        seen = look("texts", in_brackets(page), json.dumps({"waitFor": "band", "files": [str(folder / "wrong.yaml")]} if is_small else {"waitFor": "expected", "files": []}))
        assert seen["heard"] == [], seen["heard"]
        assert sum("⟦" in text for text in seen["texts"]) > 150, len(seen["texts"])
        left = left_of(seen["texts"], of_the_scenario(data))
        assert left == [], (target, left)
        sources = {row["source"] for row in data["assumptions"]["behaviour"]}
        led = [host or text for text, host in seen["english"] if host != "behaviour" or text not in sources]
        assert led == ["changed-words"] if is_small else set(led) <= {"changed-words"}, seen["english"]  # what is wrong, or doubtful, of a change


def study(design, *lines):
    """A study of the toy, run: a quota and a number of strikes, with what `lines` add."""
    target = folder / f"{design}.h5"
    (folder / f"{design}.yaml").write_text(f"""extends: {scenarios}/toy.yaml
title: Strikes and a quota
replaces: [crossings]
crossings: [{{place: gate, policy: quota, quota: 500}}]
engine: {{kind: pooled}}
axes:
  bombardment.0.strikes_per_day: {"[5, 20, 40]" if design == "grid" else "{from: 5, to: 40}"}
  crossings.0.quota: {"[50, 2000]" if design == "grid" else "{from: 50, to: 2000, scale: log}"}
design: {design}
{chr(10).join(lines)}
collect:
  - {{output: total_people_displaced}}
  - {{output: total_without_shelter}}
  - {{output: total_abroad, keep: quantiles}}
  - {{output: arrivals}}
""")
    subprocess.run([nuzuh, "--quiet", "sweep", folder / f"{design}.yaml", "-o", target], check=True, stdout=subprocess.DEVNULL)
    return target


def a_study_has_its_page():
    """Of a grid every combination is chosen exactly; of another design the nearest set; numbers are those of the file's sets."""
    target = study("grid", "replicates: 8")
    page = page_of(target)
    seen = look("study", page, json.dumps([["0", "2"], ["1", "0"], ["0", "0"]]))
    assert seen["heard"] == [] and seen["asked"] == [], seen
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        settings = {name: run[name].values[::8] for name in ("bombardment_0_strikes_per_day", "crossings_0_quota")}
        wanted = [(40, settings["crossings_0_quota"][0]), (40, 50), (5, 50)]
        for one, (strikes, quota) in zip(seen["seen"], wanted):
            s = int(np.flatnonzero((settings["bombardment_0_strikes_per_day"] == strikes) & (settings["crossings_0_quota"] == quota))[0])
            assert one["set"] == str(s) and "was not run" not in one["words"], (one, s)
            for name in ("total_people_displaced", "total_without_shelter"):
                ends = run[name].values[8 * s:8 * s + 8, -1].astype(float)
                assert one["ends"][name][1].startswith(persons(round(quantile(ends, 0.5)), band_unit(ends))), (one, name, ends)
                most = max(round(quantile(run[name].values[8 * s:8 * s + 8, t], 0.5)) for t in range(run.sizes["time"]))
                assert one["ends"][name][2] == persons(most, band_unit(ends)), (one, name, most)
        assert seen["rows"] == len(settings["crossings_0_quota"]) == 6 and seen["charts"] == ["total_people_displaced", "total_without_shelter", "total_abroad"], seen
    assert "arrivals" in seen["notShown"] and seen["effects"] == 2, seen
    found = look("axe", page)
    assert found == [], "\n".join(found)
    width = look("phone", page)
    assert width["used"] <= width["room"], width

    target = study("latin_hypercube", "size: 20")
    seen = look("study", page_of(target), json.dumps([["0", "19"], ["1", "0"]]))
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        assert [one["set"] for one in seen["seen"]] == [str(int(run.bombardment_0_strikes_per_day.argmax())), str(int(run.crossings_0_quota.argmin()))], seen
    assert seen["heard"] == [] and seen["rows"] == 20, seen


def a_study_says_what_was_not_done_or_kept():
    (folder / "refused.yaml").write_text(f"""extends: {scenarios}/toy.yaml
title: Dates
axes: {{bombardment.0.from: [2024-03-05, 2024-05-20], groups.everyone.immobile_share: [0.1, 0.5]}}
design: grid
replicates: 2
collect: [{{output: total_people_displaced}}]
""")
    target = folder / "refused.h5"
    subprocess.run([nuzuh, "--quiet", "sweep", folder / "refused.yaml", "-o", target], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = look("study", page_of(target), json.dumps([["0", "1"]]))
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        done = [int(s) for s, status in zip(run.set.values, run.status.values) if status == 0]
    assert 0 < len(done) < 8 and int(seen["seen"][0]["set"]) in done, (seen["seen"], done)
    assert "was not run" in seen["seen"][0]["words"], seen["seen"]
    assert seen["heard"] == [] and f"Runs not done: {8 - len(done)} of 8" in seen["headline"] and "ends on 2024-03-14" in seen["reasons"], seen

    for name, collect in [("bands", "{output: total_movements, keep: quantiles}"), ("places", "{output: arrivals}")]:
        (folder / f"{name}.yaml").write_text(f"""extends: {scenarios}/toy.yaml
title: {name}
axes: {{bombardment.0.strikes_per_day: [5, 20]}}
design: grid
collect: [{collect}]
""")
        subprocess.run([nuzuh, "--quiet", "sweep", folder / f"{name}.yaml", "-o", folder / f"{name}.h5"], check=True, stdout=subprocess.DEVNULL)
    seen = look("study", page_of(folder / "bands.h5"), "[]")
    assert seen["heard"] == [] and seen["charts"] == ["total_movements"] and seen["rows"] == 2 and seen["effects"] == 0, seen
    done = subprocess.run([nuzuh, "brief", folder / "places.h5"], capture_output=True, text=True)
    assert done.returncode == 2 and "keeps no total" in done.stderr and not (folder / "places.html").exists(), done


def the_page_of_a_study_speaks_each_language():
    target = study("grid", "replicates: 2")
    page = page_of(target)
    data = read_json(page.read_text(encoding="utf-8"), "data")
    seen = look("texts", in_brackets(page, "sweep"), json.dumps({"waitFor": "expected", "files": []}))
    about = data["about"]
    known = [about[name] for name in ("title", "summary", "source", "compiler", "nuzuh_format", "engine", "mode", "design")] + [axis["key"] for axis in data["axes"]] + data["others"]
    left = left_of(seen["texts"], sorted(known, key=len, reverse=True))
    assert seen["heard"] == [] and left == [] and len(seen["texts"]) > 60, (seen["heard"], left)
    for language in ("fr", "ar"):
        other = folder / f"{language}.html"
        subprocess.run([nuzuh, "--quiet", "brief", target, "--language", language, "-o", other], check=True)
        assert look("axe", other) == [], language


def french_pages_hold_the_same_numbers():
    holds_the_same_numbers("fr", "ltr")


def arabic_pages_hold_the_same_numbers():
    holds_the_same_numbers("ar", "rtl")
    names = look("texts", folder / "ar.html", json.dumps({"waitFor": "expected", "files": []}))
    assert names["direction"] == "rtl" and any("سراقب" in text for text in names["texts"]), "places have their Arabic names"


def a_wrong_language_is_told_the_nearest():
    target = toy("--members", "2")
    done = subprocess.run([nuzuh, "brief", target, "--language", "ra", "-o", folder / "no.html"], capture_output=True, text=True)
    assert done.returncode == 2 and "did you mean 'ar'" in done.stderr and not (folder / "no.html").exists(), done


def holds_the_same_numbers(language, direction):
    target = results(scenarios / "idlib-2019.yaml", "--members", "4", "--until", "2019-06-15")
    english = look("numbers", page_of(target))
    digits = lambda text: re.findall(r"\d+", re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3})", "", text))  # noqa: E731
    page = folder / f"{language}.html"
    subprocess.run([nuzuh, "--quiet", "brief", target, "--language", language, "-o", page], check=True)
    seen = look("numbers", page)
    assert seen["heard"] == [] and seen["asked"] == [], seen["heard"]
    assert sorted(digits(seen["headline"])) == sorted(digits(english["headline"])), (seen["headline"], english["headline"])
    for part in ("keyFigures", "arrivals"):
        assert {key: digits(text) for key, text in seen[part].items()} == {key: digits(text) for key, text in english[part].items()}, (language, part)
    assert seen["map"]["radii"] == english["map"]["radii"] and seen["map"]["at"] == english["map"]["at"], language
    found = look("axe", page)
    assert found == [], "\n".join(found)
    assert look("print", page) == {"pages": 2}, language
    width = look("phone", page)
    assert width["used"] <= width["room"], (language, width)
    assert f'<html lang="{language}" dir="{direction}">' in page.read_text(encoding="utf-8")


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
        difference = sign + persons(abs(change), band_unit(last[1] - last[0]))
        assert persons(round(quantile(last[0], 0.5))) in row and difference in row, (row, difference)
    assert "person-days at risk" in seen["comparison"] and "9 of 10 pairs" in seen["comparison"], seen["comparison"]
    found = look("axe", page)
    assert found == [], "\n".join(found)
    done = subprocess.run([nuzuh, "brief", target, "--against", campaign_days(), "-o", folder / "no.html"],
                          capture_output=True, text=True)
    assert done.returncode == 2 and "compared" in done.stderr and not (folder / "no.html").exists(), done


def a_new_camp_is_held_against_its_base():
    (folder / "camp.yaml").write_text(
        f"extends: {scenarios}/toy.yaml\ntitle: A camp more\nnetwork:\n"
        "  places: [{place: camp, name: New camp, type: camp, lat: 36.04, lon: 36.85, capacity: 4000}]\n"
        "  routes: [{route: east_camp, from: east, to: camp, km: 12, class: primary}]\n")
    base, camp = folder / "base.h5", folder / "camp.h5"
    for scenario, target in [(scenarios / "toy.yaml", base), (folder / "camp.yaml", camp)]:
        subprocess.run([nuzuh, "--quiet", "run", scenario, "-o", target, "--members", "8"], check=True, stdout=subprocess.DEVNULL)
    for here, there, words in [(camp, base, "Only this scenario has this place: camp"),
                               (base, camp, "Only the other scenario has this place: camp")]:
        seen = look("numbers", page_of(here, "--against", there))
        assert seen["heard"] == [] and words in seen["notes"], seen
        row = seen["diverted"]["camp"]
        assert ("only there" in row) == (here == base) and ("\u2212" if here == base else "+") in row, row


def the_worst_day_is_told_in_persons():
    shut = folder / "shut.yaml"
    shut.write_text(f"extends: {scenarios}/toy.yaml\nreplaces: [crossings]\naccess:\n"
                    "  - {area: all, from: 2024-03-06, to: 2024-03-25, access: 0.2, source: what if}\n")
    target, other = results(shut, "--members", "8"), folder / "other.h5"
    subprocess.run([nuzuh, "--quiet", "run", scenarios / "toy.yaml", "-o", other, "--members", "8"], check=True, stdout=subprocess.DEVNULL)
    row = look("numbers", page_of(target, "--against", other))["changes"]["most_total_could_not_leave"]
    with xr.open_dataset(target, engine="netcdf4") as run:
        worst = quantile(run.total_could_not_leave.max("time"), 0.5)
        assert run.total_could_not_leave.attrs["units"] == "person-days"
        assert persons(worst) in row and "persons" in row and "worst day" in row, (row, worst)


def what_planners_ask_is_answered():
    """A figure of a place and window, its warning, three single runs, the pieces of movements and the worst day: by the file."""
    plan = folder / "plan.yaml"
    plan.write_text(f"""extends: {scenarios}/toy.yaml
access: [{{area: all, from: 2024-03-06, to: 2024-03-25, access: 0.5, source: what if}}]
behaviour: {{return: {{rate: 0.05, quiet_days: 5}}}}
planning:
  figures:
    - {{name: west overrun, quantity: arrivals, place: west, within: 14 days, persons: 3000}}
    - {{name: in vain, quantity: arrivals, place: west, within: 7 days, persons: 100000, trigger: 0.01}}
""")
    target = results(plan, "--members", "12")
    seen = look("numbers", page_of(target))
    assert seen["heard"] == [], seen
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        daily = run.arrivals.sel(place="west").values.astype(float)
        window = np.stack([daily[:, max(0, t - 13):t + 1].sum(axis=1) for t in range(daily.shape[1])], axis=1)
        passed = np.array([np.argmax(row > 3000) if (row > 3000).any() else np.inf for row in window])
        warned = np.array([np.argmax(row > 1500) if (row > 1500).any() else np.inf for row in window])
        assert 0 < np.isfinite(passed).sum(), window.max(axis=1)
        first, second = seen["planning"]
        assert first[1] == "arrivals within 14 days, West" and first[3] == f"{percent(np.isfinite(passed).mean())} of runs", first
        lead = (passed - warned)[np.isfinite(passed)]
        assert first[5].startswith(f"{round(quantile(lead, 0.5))} day"), (first, lead)
        most = window.max(axis=1)
        assert first[6].startswith(persons(in_tens(quantile(most, 0.5)), band_unit(most, in_tens))), (first, most)
        assert second[3] == "0 % of runs" and second[5].startswith("in vain in "), second
        order = np.lexsort((run.total_movements[:, -1], run.total_people_displaced[:, -1]))
        members = [int(order[round(q * 11)]) for q in (0.05, 0.5, 0.95)]
        assert list(run.case_member.values[[0, 2, 4]]) == members, (run.case_member.values, members)
        fled = [persons(round(float(run.total_people_displaced[m, -1]))) for m in members]
        assert seen["cases"]["people_displaced"][1:] == fled, (seen["cases"], fled)
        np.testing.assert_allclose(run.total_people_displaced + run.total_moved_on, run.total_movements, rtol=1e-6)
        stuck = run.total_could_not_leave.max("time")
        assert f"{persons(round(quantile(stuck, 0.5)), band_unit(stuck))} people want to leave and cannot" in seen["danger"], (seen["danger"], stuck.values)
    assert "first flight" in seen["pieces"] and "return" in seen["pieces"], seen["pieces"]


def places_about_the_date_line_lie_together():
    isles = folder / "isles.yaml"
    isles.write_text(
        "title: Isles\nperiod: {from: 2024-03-01, to: 2024-03-31}\nnetwork:\n  places:\n"
        "    - {place: w, name: West isle, type: town, lat: -17.0, lon: 179.6, population: 20000}\n"
        "    - {place: e, name: East isle, type: town, lat: -17.1, lon: -179.7, population: 1000}\n"
        "  routes: [{route: we, from: w, to: e, km: 80, class: primary}]\n"
        "groups: [{name: everyone, share: 1}]\n"
        "bombardment: [{place: w, from: 2024-03-05, to: 2024-03-14, strikes_per_day: 20}]\n")
    seen = look("numbers", page_of(results(isles, "--members", "4")))
    (west, _), (east, _) = seen["map"]["at"]
    assert seen["heard"] == [] and 0 < west < east and seen["map"]["scale"] <= 20, seen["map"]


def in_engine(*questions):
    """What the engine of the page answers under node."""
    done = subprocess.run(["node", here / "engine.mjs", source], input=json.dumps(questions), capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def expected_run(scenario, *options):
    return results(scenario, "--engine", "pooled", "--mode", "expected", "--force", *options)


def text_of(target):
    with xr.open_dataset(target, group="provenance", engine="netcdf4") as provenance:
        return provenance.attrs["scenario"]


def alike(here, there, what):
    """Equal to 1e-9 of the number; of numbers that are nothing beside a person, to a millionth of one."""
    np.testing.assert_allclose(np.asarray(here, dtype=float), np.asarray(there, dtype=float), rtol=1e-9, atol=1e-6, err_msg=str(what))


def same_as_program(answer, target):
    assert "wrong" not in answer, answer
    fields = 0
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        assert answer["places"] == list(run.place_id.values.astype(str))
        for name, members in answer["totals"].items():
            alike(members[0], run[name].isel(member=0), name)
        for name, values in answer["byPlace"].items():
            if name in run:
                alike(np.reshape(values[0], (answer["records"], -1)), run[name].isel(member=0), name)
                fields += 1
        at_risk = sum(float(run[name].isel(member=0).isel(band=slice(1, None)).sum(dtype="float64"))
                      for name in ("person_days_at_home_by_danger", "person_days_displaced_by_danger"))
        np.testing.assert_allclose(answer["atRisk"][0], at_risk, rtol=1e-9)
    assert len(answer["totals"]) >= 14 and fields >= 10, (len(answer["totals"]), fields)


def the_engine_of_pages_gives_what_the_program_gives():
    for scenario in sorted(scenarios.glob("*.yaml")):
        target = expected_run(scenario)
        same_as_program(in_engine({"scenario": text_of(target), "whatIf": ""})[0], target)


def the_engine_of_pages_says_what_is_wrong():
    text = text_of(expected_run(scenarios / "toy.yaml"))
    wrong, gone, fine = in_engine(
        {"scenario": text, "whatIf": "crossings: [{place: gate, policy: closd}]\n"},
        {"scenario": text, "whatIf": "bombardment: [{place: nowhere, from: 2024-03-05, strikes_per_day: 1}]\n"},
        {"scenario": text, "whatIf": "crossings: [{place: gate, policy: closed}]\n"})
    assert "did you mean 'closed'" in wrong["wrong"] and "what-if:1:" in wrong["wrong"], wrong
    assert "nowhere" in gone["wrong"] and "totals" in fine and "wrong" not in fine, (gone, fine)


def members_of_pages_are_those_of_the_program():
    """Which chance and what unknowns a member meets are the same, and so are all its draws: whole households."""
    target = results(scenarios / "idlib-2019-august.yaml", "--engine", "pooled", "--members", "8", "--force")
    made = in_engine({"scenario": text_of(target), "whatIf": "", "members": 8})[0]
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        there = run.total_movements.values.astype(float)
        assert there[:, -1].std() > 0.05 * there[:, -1].mean(), there
        np.testing.assert_allclose(made["totals"]["total_movements"], there, rtol=1e-6)
        for name, values in made["byPlace"].items():
            np.testing.assert_allclose(np.reshape(values, run[name].shape), run[name], rtol=1e-5, atol=1e-3, err_msg=name)


# Levers moved on the page of August 2019, and the what-if that each of them is.
LEVERS = {
    "strikes everywhere": ([["strikes-factor", 50]], "bombardment: [{area: all, from: 2019-08-05, factor: 0.5}]"),
    "strikes in an area": ([["strikes-area", "maarat_jarjanaz"], ["strikes-from", 10], ["strikes-factor", 200]],
                           "bombardment: [{area: maarat_jarjanaz, from: 2019-08-15, factor: 2}]"),
    "a truce": ([["truce-from", 17]], """bombardment: [{area: all, from: 2019-08-22, strikes_per_day: 0}]
ceasefires: [{area: all, from: 2019-08-22}]
fronts:
  - {place: khan_shaykhun, assault_to: 2019-08-21, falls: ~}
  - {place: latamneh, assault_to: 2019-08-21, falls: ~}
  - {place: kafr_zita, assault_to: 2019-08-21, falls: ~}
  - {place: morek, assault_to: 2019-08-21, falls: ~}
  - {place: khwain, assault_from: ~, falls: ~}
  - {place: zarzoor, assault_from: ~, falls: ~}
  - {place: tamanah, assault_from: ~, falls: ~}"""),
    "a front": ([["front", "khan_shaykhun"], ["front-days", 6]], "fronts: [{place: khan_shaykhun, assault_from: 2019-08-17, falls: 2019-08-28}]"),
    "a crossing": ([["crossing", "bab_al_hawa"], ["crossing-policy", "quota"], ["crossing-quota", 1500], ["crossing-from", 15]],
                   "crossings: [{place: bab_al_hawa, from: 2019-08-20, policy: quota, quota: 1500}]"),
    "a road": ([["route", "R007"], ["route-from", 3]], "routes: [{route: R007, from: 2019-08-08, status: closed}]"),
    "room": ([["camp", "atmeh"], ["camp-room", 50]], None),
    "a new camp": ([["new-camp", "sarmada"], ["new-camp-room", 40000], ["new-camp-from", 10]], None),
}


def outcomes_of(target):
    with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
        found = {name: float(run[name].isel(member=0, time=-1)) for name in run if name.startswith("total_") and "member" in run[name].dims}
        found["most_total_without_shelter"] = float(run.total_without_shelter.isel(member=0).max())
        found["person_days_at_risk"] = sum(float(run[name].isel(member=0).isel(band=slice(1, None)).sum(dtype="float64"))
                                           for name in ("person_days_at_home_by_danger", "person_days_displaced_by_danger"))
        arrivals = run.arrivals.isel(member=0).sum("time", dtype="float64")
        return found, dict(zip(run.place_id.values.astype(str), arrivals.values))


def same_as_page(one, target, what):
    found, arrivals = outcomes_of(target)
    assert len(one["outcomes"]) >= 5 and "person_days_at_risk" in one["outcomes"], one
    for name, (value, *_) in one["outcomes"].items():
        np.testing.assert_allclose(value, found[name], rtol=1e-9, err_msg=f"{what}: {name}")
    for place, value in one["moved"].items():
        np.testing.assert_allclose(value, arrivals[place], rtol=1e-6, err_msg=f"{what}: arrivals at {place}")  # the page's sum is a float


def levers_give_what_the_program_gives():
    august = scenarios / "idlib-2019-august.yaml"
    page = page_of(results(august, "--members", "4"))
    seen = look("levers", page, json.dumps({"waitFor": "expected", "moves": [moves for moves, _ in LEVERS.values()]}))
    assert seen["heard"] == [] and seen["asked"] == [], seen
    (folder / "idlib-2019-august-as-run.yaml").write_text(seen["scenario"])
    base = outcomes_of(expected_run(august))[0]
    for (what, (_, text)), one in zip(LEVERS.items(), seen["seen"]):
        (folder / "saved.yaml").write_text(one["file"])
        target = expected_run(folder / "saved.yaml")
        same_as_page(one, target, what)
        found = outcomes_of(target)[0]
        assert any(abs(found[name] - base[name]) > 1 for name in one["outcomes"]), f"{what} changes nothing"
        if text:
            (folder / "own.yaml").write_text(f"extends: {august}\ntitle: own\n{text}\n")
            same_as_page(one, expected_run(folder / "own.yaml"), f"{what}, written by hand")
        assert "people have been displaced by" in one["words"] and "below" in one["headline"], one
        assert "engine pooled" in one["note"] and "engine compartments" in one["note"], one["note"]
    with xr.open_dataset(expected_run(folder / "saved.yaml"), engine="netcdf4") as run:
        assert "what_if_camp" in run.place_id.values.astype(str)


def a_saved_what_if_is_opened_again():
    august = scenarios / "idlib-2019-august.yaml"
    page = page_of(results(august, "--members", "2"))
    every = [["truce-from", 30], *(move for what in ("strikes in an area", "a front", "a crossing", "a road", "room", "a new camp") for move in LEVERS[what][0])]
    made = look("levers", page, json.dumps({"waitFor": "expected", "moves": [every]}))["seen"][0]
    (folder / "again.yaml").write_text(made["file"])
    (folder / "foreign.yaml").write_text("extends: idlib-2019.yaml\nbombardment: [{area: all, from: 2019-08-10, factor: 0.3}]\n")
    (folder / "wrong.yaml").write_text("bombardment: [{aera: all, from: 2019-08-10, factor: 0.3}]\n")
    again, foreign, wrong, reset = look("levers", page, json.dumps({"waitFor": "expected", "moves": [str(folder / "again.yaml"), str(folder / "foreign.yaml"), str(folder / "wrong.yaml"), LEVERS["a truce"][0]]}))["seen"]
    assert again["file"] == made["file"] and again["outcomes"] == made["outcomes"] and again["opened"] == "", again
    assert again["levers"]["truce-from"] == "30" and again["levers"]["new-camp-room"] == "40000", again["levers"]
    assert "from a file" in foreign["opened"] and foreign["outcomes"]["total_movements"][0] < again["outcomes"]["total_movements"][0] * 2, foreign
    (folder / "own.yaml").write_text(f"extends: {august}\nbombardment: [{{area: all, from: 2019-08-10, factor: 0.3}}]\n")
    same_as_page(foreign, expected_run(folder / "own.yaml"), "a what-if by hand")
    assert "did you mean 'area'" in wrong["words"], wrong["words"]
    assert "people have been displaced" in reset["words"] and reset["opened"] == "", reset


def a_what_if_goes_from_one_language_to_another():
    target = toy("--members", "2")
    page, arabic = page_of(target), folder / "ar.html"
    subprocess.run([nuzuh, "--quiet", "brief", target, "--language", "ar", "-o", arabic], check=True)
    moves = [["strikes-factor", 50], ["truce-from", 30], ["new-camp", "west"], ["new-camp-room", 40000]]
    made = look("levers", page, json.dumps({"waitFor": "expected", "moves": [moves]}))["seen"][0]
    (folder / "saved.yaml").write_text(made["file"], encoding="utf-8")
    again = look("levers", arabic, json.dumps({"waitFor": "expected", "moves": [str(folder / "saved.yaml")]}))
    one = again["seen"][0]
    assert again["heard"] == [] and one["opened"] == "" and one["file"] == made["file"], again
    assert {name: row[0] for name, row in one["outcomes"].items()} == {name: row[0] for name, row in made["outcomes"].items()}, one


def levers_answer_by_keyboard():
    seen = look("leversByKeyboard", page_of(toy("--members", "4")))
    assert seen["heard"] == [] and seen["focused"] == "strikes-factor" and seen["says"] == "50 %", seen
    assert "people have been displaced" in seen["words"], seen


def the_page_with_a_change_is_that_of_its_what_if():
    """Headline, key figures, charts, map, full dates and needs, of expected values: as the program's page of the saved what-if tells them."""
    august = scenarios / "idlib-2019-august.yaml"
    page = page_of(results(august, "--members", "4")).rename(folder / "as-run.html")
    for what in ("strikes everywhere", "a truce", "room", "a new camp"):
        seen = look("changedPage", page, json.dumps(LEVERS[what][0]))
        (folder / "idlib-2019-august-as-run.yaml").write_text(seen["scenario"])
        (folder / "saved.yaml").write_text(seen["file"])
        there = look("wholePage", page_of(expected_run(folder / "saved.yaml"), "--force"))
        assert seen["heard"] == [] and there["heard"] == [], (seen["heard"], there["heard"])
        for part in ("keyFigures", "arrivals", "sites", "needs", "charts", "radii", "day", "title", "dayFigures", "largest"):
            assert seen["changed"][part] == there[part], (what, part, seen["changed"][part], there[part])
        assert seen["changed"]["headline"] == re.sub(r" The planning figure.*", "", there["headline"]), (what, seen["changed"]["headline"], there["headline"])
        assert seen["changed"]["keyFigures"] != seen["before"]["keyFigures"], what
        assert seen["back"] == seen["before"] and seen["again"] == seen["changed"] and seen["reset"] == seen["before"], what
        assert any("As it was run" in note for note in seen["stays"]) and seen["staysBefore"] == [], seen["stays"]


def a_band_of_levers_is_that_of_as_many_runs():
    """Once all runs are there, the page shows quantiles over them: those of the program, but for single households."""
    page = page_of(toy("--members", "4")).rename(folder / "as-run.html")
    one = look("levers", page, json.dumps({"waitFor": "band", "moves": [LEVERS["strikes everywhere"][0]], "whole": True}))["seen"][0]
    (folder / "toy-as-run.yaml").write_text(look("levers", page, json.dumps({"waitFor": "expected", "moves": []}))["scenario"])
    (folder / "saved.yaml").write_text(one["file"])
    there = look("wholePage", page_of(results(folder / "saved.yaml", "--engine", "pooled", "--members", "200", "--force"), "--force"))
    here = one["page"]
    number = lambda words: float(re.sub(r"[^0-9]", "", words) or 0)
    assert set(here["keyFigures"]) == set(there["keyFigures"]), (here, there)
    for name, words in there["keyFigures"].items():
        assert abs(number(here["keyFigures"][name]) - number(words)) <= 0.02 * number(words) + 1, (name, here["keyFigures"][name], words)
    assert [row[0] for row in here["needs"]] == [row[0] for row in there["needs"]] and set(here["sites"]) == set(there["sites"]), (here, there)
    assert "200" in here["kind"] and "200 of 200" in here["which"], (here["kind"], here["which"])


def every_lever_is_set_back_by_itself():
    page = page_of(results(scenarios / "idlib-2019-august.yaml", "--members", "2"))
    seen = look("leversReset", page, json.dumps({"moves": [["truce-from", 17], ["camp", "atmeh"], ["camp-room", 50]], "first": "truce", "then": "camps"}))
    assert seen["heard"] == [], seen["heard"]
    assert seen["idle"] == {"disabled": True, "others": True} and seen["moved"] == ["reset-truce", "reset-camps"], seen
    assert "ceasefires" not in seen["afterFirst"] and "atmeh" in seen["afterFirst"], seen["afterFirst"]
    assert seen["afterThen"] == seen["untouched"] and "Nothing is changed" in seen["words"], seen
    assert "network.places" in seen["ownName"] and "atmeh" in seen["ownName"], seen["ownName"]


def levers_may_be_left_out():
    target = toy("--members", "4")
    with_levers, page = page_of(target).stat().st_size, folder / "plain.html"
    subprocess.run([nuzuh, "--quiet", "brief", target, "-o", page, "--no-levers"], check=True)
    seen = look("numbers", page)
    assert seen["heard"] == [] and "levers-section" not in seen["sections"], seen["sections"]
    assert "wasm-unsafe-eval" not in page.read_text() and page.stat().st_size < with_levers - 200_000, page.stat().st_size


def bands_of_levers_are_of_pairs():
    page = page_of(toy("--members", "4"))
    one = look("levers", page, json.dumps({"waitFor": "band", "moves": [LEVERS["strikes everywhere"][0]]}))["seen"][0]
    (folder / "toy-as-run.yaml").write_text(look("levers", page, json.dumps({"waitFor": "expected", "moves": []}))["scenario"])
    (folder / "saved.yaml").write_text(one["file"])
    runs = []
    for scenario in (folder / "toy-as-run.yaml", folder / "saved.yaml"):
        target = results(scenario, "--engine", "pooled", "--members", "200", "--force")
        with xr.open_dataset(target, engine="netcdf4", decode_times=False) as run:
            runs.append(run.total_movements.isel(time=-1).values.astype(float))
    middle = quantile(runs[1] - runs[0], 0.5)
    shown = float(one["outcomes"]["total_movements"][4].split(" ")[0].replace("\u2212", "-").replace(",", ""))
    assert middle < 0 and abs(shown - middle) <= 0.02 * abs(middle) + band_unit(runs[1] - runs[0]) / 2, (shown, middle)


def the_page_of_the_campaign_is_small():
    page = page_of(results(scenarios / "idlib-2019.yaml", "--members", "2"))
    assert page.stat().st_size <= 1_800_000, page.stat().st_size


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
                                  (("--members", "4", "--engine", "pooled"), "4 runs", 4),
                                  (("--members", "4", "--set", "output.members=totals"), "4 runs", 4),
                                  (("--members", "2", "--until", "2024-03-01"), "2 runs", 4)]:
        seen = look("numbers", page_of(toy(*options, "--force") if (folder / "run.h5").exists() else toy(*options)))
        (folder / "run.html").unlink()
        assert seen["heard"] == [] and words in seen["kind"] and seen["bands"] == bands, (options, seen)
        assert "reported-section" not in seen["sections"], "the toy has no reported figures"


def totals_alone_are_told_as_far_as_they_go():
    """A run that kept totals alone of its members: all that a whole file says, but what takes sums of its series."""
    few = ("--members", "4", "--force")
    whole = look("numbers", page_of(toy(*few)))
    (folder / "run.html").unlink()
    page = page_of(toy(*few, "--set", "output.members=totals"))
    told = look("numbers", page)
    assert told["heard"] == [] and told["asked"] == [], told
    for part in ("headline", "keyFigures", "arrivals", "sites", "cases", "pieces", "danger", "sections", "bands", "map"):
        assert told[part] == whole[part], (part, told[part], whole[part])
    assert len(told["arrivals"]) > 0 and (whole["weekly"], told["weekly"], whole["series"]) == (1, 0, "")
    assert whole["panels"] == len(whole["arrivals"]) and told["panels"] == 0 and "output.members: totals" in told["series"], told
    sheet = look("sheet", page, "West")
    assert sheet["heard"] == [] and sheet["charts"] == 2 and "displaced people stay there" in sheet["words"], sheet
    (folder / "run.html").unlink()
    page = page_of(toy(*few, "--set", "output.members=totals", "--set", "output.every=7 days"))
    told = look("numbers", page)
    assert told["panels"] == len(told["arrivals"]) > 0 and look("sheet", page, "West")["charts"] == 3, told
    found = look("axe", page_of(folder / "run.h5", "--no-levers", "--force"))
    assert found == [], "\n".join(found)


def some_places_are_told_with_totals_of_everyone():
    """A file of two places of four: what is of everyone is as on the whole page, and a line says of which places it tells."""
    few = ("--members", "4", "--force")
    whole = look("numbers", page_of(toy(*few)))
    (folder / "run.html").unlink()
    page = page_of(toy(*few, "--set", "output.places=[west, gate]"))
    told = look("numbers", page)
    assert told["heard"] == [] and told["asked"] == [], told
    for part in ("headline", "keyFigures", "cases", "pieces", "danger", "bands"):
        assert told[part] == whole[part], (part, told[part], whole[part])
    assert (whole["weekly"], told["weekly"]) == (1, 0) and "output.places" in told["series"], told
    assert whole["somePlaces"] == "" and "tell of 2 of 4 places" in told["somePlaces"], told
    assert "levers-section" in whole["sections"] and "levers-section" not in told["sections"], told
    found = look("axe", page_of(folder / "run.h5", "--no-levers", "--force"))
    assert found == [], "\n".join(found)


def a_network_is_drawn_before_anything_is_run():
    """What is doubtful is said and marked; roads close and people are told to leave on their days; nothing is fetched."""
    toy_text = (scenarios / "toy.yaml").read_text()
    route = re.search(r"route: (\w+)", toy_text).group(1)
    first = re.search(r"from: (\d{4}-\d\d-\d\d)", toy_text).group(1)
    day = (np.datetime64(first) + 3).astype(str)
    told = re.search(r"place: (\w+)", toy_text).group(1)
    (folder / "planted.yaml").write_text(f"""extends: {scenarios}/toy.yaml
network:
  places: [{{place: lost, name: Lost, name_ar: ضائع, type: town, lat: 35.5, lon: 36.0, population: 700}}]
routes: [{{route: {route}, from: {day}, to: {day}, status: closed}}]
orders: [{{place: {told}, from: {day}, to: {day}}}]
""")
    page = folder / "network.html"
    subprocess.run([nuzuh, "--quiet", "check", folder / "planted.yaml", "--map", page], check=True)
    assert page.stat().st_size < 1_000_000
    seen = look("network", page, "3")
    assert seen["heard"] == [] and seen["asked"] == [], seen
    assert any("lost" in words and "planted.yaml:" in words for words in seen["findings"]), seen["findings"]
    assert seen["odd"] == 1 and seen["places"]["lost"][-1] == "no road leads here", seen
    assert seen["figures"]["roads closed"] == "1" and seen["figures"]["places told to leave"] == "1", seen["figures"]
    assert seen["before"]["roads closed"] == "0" and seen["closed"] == 1, seen
    assert "700 people live here" in seen["chosen"] and "ضائع" in seen["chosen"], seen["chosen"]
    found = look("axe", page)
    assert found == [], "\n".join(found)
    width = look("phone", page)
    assert width["used"] <= width["room"], width


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


def a_country_of_five_thousand_places_from_files_to_page():
    country = folder / "country"
    subprocess.run([sys.executable, here.parent / "bench" / "made_up_country.py", "5000", country], check=True)
    target = country / "run.h5"
    subprocess.run([nuzuh, "--quiet", "run", country / "scenario.yaml", "-o", target], check=True, stdout=subprocess.DEVNULL)
    given = [line.split(",") for line in (country / "places.csv").read_text(encoding="utf-8").splitlines()[1:]]
    struck = {line.split(",")[0] for line in (country / "strikes.csv").read_text(encoding="utf-8").splitlines()[1:]}
    run = xr.open_dataset(target, engine="netcdf4")
    member = run.isel(member=0)

    # Everyone is somewhere: households of one size are whole, so that a place has as many people as it was given but for a part of one.
    people = float(run.population.sum())
    assert abs(people - sum(float(row[5]) for row in given)) < 6 * len(given)
    somewhere = sum(member[name].sum("place") for name in ("at_home", "displaced", "waiting", "on_the_road"))
    assert np.allclose(somewhere, people, atol=16), (float(somewhere.min()), float(somewhere.max()), people)

    # Where nothing was ever in reach people leave at the rate h0 of those without any danger, where strikes fall everyone who can:
    # groups.immobile_share is 5 %. Noise of 0.4 by place over 1,246 places is 1 % of the first.
    left, lived = member.first_departures.sum("time").values, run.population.values
    quiet = run.exposure.max("time").values == 0
    h0, can_leave = 5e-5, 0.95
    share = left[quiet].sum() / lived[quiet].sum()
    assert quiet.sum() > 1000 and abs(share / (can_leave * -math.expm1(-h0 * run.sizes["time"])) - 1) < 0.06, (quiet.sum(), share)
    at = {name: i for i, name in enumerate(run.place_id.values)}
    towns = [at[name] for name in struck]
    share = left[towns].sum() / lived[towns].sum()
    assert len(towns) == 625 and 0.93 < share <= can_leave + 0.001, (len(towns), share)
    arrivals_from = member.arrivals_from.sum("origin").values
    assert np.allclose(arrivals_from, member.arrivals.sum("time").values, rtol=1e-4, atol=4)

    page = target.with_suffix(".html")
    subprocess.run([nuzuh, "--quiet", "brief", target, "-o", page], check=True)
    assert page.stat().st_size < 8_000_000, page.stat().st_size
    seen = look("country", page, "Place 4321")
    print("page", page.stat().st_size, "bytes,", seen["speed"])
    assert seen["heard"] == [] and seen["asked"] == [], seen["heard"]
    assert seen["speed"]["ready"] < 15_000, seen["speed"]
    assert persons(float(member.total_people_displaced[-1])) in seen["headline"], seen["headline"]
    assert len(seen["map"]["radii"]) < 1000 and seen["circles"] < 4000, (len(seen["map"]["radii"]), seen["circles"])
    assert seen["rows"] == 200 < seen["rowsAfter"] <= 400, (seen["rows"], seen["rowsAfter"])
    assert seen["placesFound"] == 1 and "Place 4321" in seen["place"], (seen["placesFound"], seen["place"])
    assert seen["sheetsFound"] == 1 and seen["sheetName"] == "Place 4321" and seen["charts"] == 3, seen

    again = country / "again.h5"
    subprocess.run([nuzuh, "--quiet", "run", country / "scenario.yaml", "-o", again, "--until", "2030-02-14"], check=True, stdout=subprocess.DEVNULL)
    same = xr.open_dataset(again, engine="netcdf4").isel(member=0)
    records = same.sizes["time"]
    assert np.array_equal(same.displaced.values, member.displaced.values[:records])  # what comes later does not change what was

    tables = country / "tables"
    subprocess.run([nuzuh, "--quiet", "export", again, "--to", "csv", "-o", tables], check=True)
    places = (tables / "places.csv").read_text(encoding="utf-8").splitlines()
    assert len(places) == 5002, len(places)  # names, hashtags


try:
    globals()[promise]()
finally:
    shutil.rmtree(folder)
