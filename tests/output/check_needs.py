#!/usr/bin/env python3
"""Needs follow from people where they are, under both rules: `hazard_choice` (the toy) and `flee3` (a case made here).

    check_needs.py NUZUH TOY
"""
import csv
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr

nuzuh, toy = sys.argv[1:]
CASE = {  # a town in conflict from the second day, a town on the way, a camp with 60 people and room for 40
    "input_csv/sim_period.csv": "StartDate,2020-01-01\nLength,12\n",
    "input_csv/locations.csv": "#name,region,country,lat,lon,location_type,conflict_date,population/capacity\n"
                               "Alpha,North,Home,1.5,30.5,conflict_zone,1,1000\nBeta,North,Home,1.6,30.6,town,0,500\n"
                               "Camp,East,Abroad,1.8,30.8,camp,0,40\n",
    "input_csv/routes.csv": "#name1,name2,distance,forced_redirection\nAlpha,Beta,10,\nBeta,Camp,20,\n",
    "input_csv/conflicts.csv": "#Day,Alpha\n0,0\n" + "".join(f"{day},1\n" for day in range(1, 12)),
    "input_csv/closures.csv": "#type,name1,name2,start,end\n",
    "source_data/data_layout.csv": "total,refugees.csv\nCamp,camp.csv\n",
    "source_data/refugees.csv": "2020-01-01,60\n2020-01-12,110\n",
    "source_data/camp.csv": "2020-01-01,60\n2020-01-12,110\n",
    "simsetting.yml": "log_levels: {agent: 0}\n",
}


def needs_follow_from_people(path, has_stock):
    """People displaced on the last day and those without shelter, means over members; and the number of records."""
    with xr.open_dataset(path, engine="netcdf4") as run:
        people = (run.displaced + run.waiting).where(run.place_type != "abroad", 0) + run.on_the_road
        people = people.astype(float).sum("place")
        bare = run.total_without_shelter.astype(float)
        per_person = {"water": 15 * people, "food": 2100e-6 * people, "living space": 3.5 * bare, "latrines": bare / 20}
        for i, name in enumerate(run.need_name.values):
            np.testing.assert_allclose(run.needed.isel(need=i), per_person[name], rtol=1e-4, atol=1e-3, err_msg=name)
            if not has_stock:
                np.testing.assert_array_equal(run.unmet.isel(need=i), run.needed.isel(need=i))
        assert list(run.need_name.values) == list(per_person)
        return float(people.isel(time=-1).mean()), float(bare.isel(time=-1).mean()), run.sizes["time"]


def table_says_the_same(path, folder, records):
    subprocess.run([nuzuh, "--quiet", "export", path, "--to", "csv", "-o", folder / "csv"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(folder / "csv" / "needs_by_day.csv", encoding="utf-8") as file:
        rows = [row for row in list(csv.DictReader(file))[1:] if row["statistic"] == "mean"]
    assert len(rows) == 4 * records
    with xr.open_dataset(path, engine="netcdf4") as run:
        for i, name in enumerate(run.need_name.values):
            held = run.needed.isel(need=i).astype(float).mean("member").values
            np.testing.assert_allclose([float(row["needed"]) for row in rows if row["need"] == name], held, atol=0.06)
    places_say_what_people_there_need(path, folder)


def places_say_what_people_there_need(path, folder):
    with open(folder / "csv" / "needs_of_places_by_week.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[1:]
    with xr.open_dataset(path, engine="netcdf4") as run:
        last = run[["displaced", "waiting", "without_shelter"]].isel(time=-1).astype(float)
        people, bare = last.displaced + last.waiting, last.without_shelter
        per_person = {"water": (15, people), "food": (2100e-6, people), "living space": (3.5, bare),
                      "latrines": (1 / 20, bare)}
        week = max(row["week"] for row in rows)
        found = 0
        for row in [row for row in rows if row["week"] == week]:
            each, whom = per_person[row["need"]]
            there = whom.sel(place=row["place"])
            level = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}.get(row["statistic"])
            value = float(there.mean("member") if level is None else there.quantile(level, "member"))
            np.testing.assert_allclose(float(row["needed"]), each * value, rtol=1e-5, atol=6e-4)
            found += row["statistic"] == "mean"
        inside = run.place_type != "abroad"
        wanted = sum(int(((whom.mean("member") > 0) & inside).sum()) for _, whom in per_person.values())
        assert found == wanted > 0, (found, wanted)


def wide_tables_leave_out_who_is_abroad(path, folder):
    subprocess.run([nuzuh, "--quiet", "export", path, "--to", "csv", "--wide", "-o", folder / "wide"], check=True, stdout=subprocess.DEVNULL)
    with xr.open_dataset(path, engine="netcdf4") as run:
        abroad = dict(zip(run.place.values, run.place_type.values == "abroad"))
    assert any(abroad.values()) and not all(abroad.values())
    for need in ("water", "food", "tents", "latrines"):
        with open(folder / "wide" / f"{need}_by_place.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))[1:]
        for place, is_abroad in abroad.items():
            assert {row[place] == "" for row in rows} == {is_abroad}, (need, place)


people, bare, records = needs_follow_from_people(toy, has_stock=True)
assert people > 0 and bare > 0
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for file, text in CASE.items():
        (folder / "case" / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / "case" / file).write_text(text, encoding="utf-8")
    wide_tables_leave_out_who_is_abroad(toy, folder)
    subprocess.run([nuzuh, "--quiet", "run", folder / "case", "-o", folder / "case.h5", "--members", "3"], check=True,
                   stdout=subprocess.DEVNULL)
    people, bare, records = needs_follow_from_people(folder / "case.h5", has_stock=False)
    print(f"{people:.0f} people, {bare:.0f} of them without shelter")
    assert records == 12 and 100 < people < 120 and 20 <= bare <= people - 40 + 1e-3, (people, bare, records)
    table_says_the_same(folder / "case.h5", folder, records)
    subprocess.run([nuzuh, "--quiet", "brief", folder / "case.h5", "-o", folder / "case.html"], check=True)
