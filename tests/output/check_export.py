"""check_export.py NUZUH FILE.h5: exports hold what the file holds, and follow the standards they name."""
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

from expected import module

h5py = module("h5py")
nuzuh, results = sys.argv[1:]
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_export_"))

# Hashtags of HXL 1.1, and the form of a tag with its attributes.
TAGS = set("""access activity adm1 adm2 adm3 adm4 adm5 affected beneficiary capacity cause channel contact country crisis
    currency date delivery description event frequency geo group impact indicator inneed item loc meta modality need
    operations org output population reached region respondee sector service severity status subsector targeted theme
    value""".split())
FORM = re.compile(r"#([a-z][a-z0-9_]*)((\+[a-z][a-z0-9_]*)*)")
NUMBERS = {"affected", "inneed", "population", "capacity", "targeted"}
DATE = re.compile(r"\d{4}-\d\d-\d\d")
STATISTICS = ["mean", "q05", "q25", "median", "q75", "q95"]


def export(to, *options):
    target = folder / "-".join([to, *options])
    subprocess.run([nuzuh, "--quiet", "export", results, "--to", to, "-o", target, *options], check=True)
    return target


def check_tags(path):
    with open(path, encoding="utf-8", newline="") as file:
        header, tags, *rows = csv.reader(file)
    assert len(set(header)) == len(header), path
    for column, tag in enumerate(tags):
        parts = FORM.fullmatch(tag)
        assert parts and parts[1] in TAGS, f"{path.name}: {tag} is no hashtag of HXL 1.1"
        cells = [row[column] for row in rows if row[column] != ""]
        if parts[1] in NUMBERS or "+num" in tag:
            [float(cell) for cell in cells]
        if parts[1] == "date":
            assert all(DATE.fullmatch(cell) for cell in cells), f"{path.name}: {tag}"
    assert all(len(row) == len(header) for row in rows), path
    return [dict(zip(header, row)) for row in rows]


def close(cell, value, decimals=1):
    return cell == "" if np.isnan(value) else abs(float(cell) - value) <= 0.5001 * 10 ** -decimals + 1e-6 * abs(value)


def check_csv(file):
    tables = {path.name: check_tags(path) for path in sorted(export("csv").glob("*.csv"))}
    places = [name.decode() for name in file["place_id"][:]]
    days = len(file["time"])
    rows = tables["places_by_day.csv"]
    assert len(rows) == days * len(places) * len(STATISTICS)
    for at in np.random.default_rng(1).integers(len(rows), size=300):
        row = rows[at]
        t, rest = divmod(at, len(places) * len(STATISTICS))
        i, s = divmod(rest, len(STATISTICS))
        assert (row["place"], row["statistic"]) == (places[i], STATISTICS[s])
        for name in ("displaced", "arrivals", "without_shelter", "waiting"):
            members = file[name][:, t, i].astype(float)
            value = members.mean() if s == 0 else np.quantile(members, [0.05, 0.25, 0.5, 0.75, 0.95][s - 1])
            assert close(row[name], value), (row, name, value)
    for row in tables["full.csv"]:
        i, level = places.index(row["place"]), [80, 100, 120].index(int(row["percent_full"]))
        reached = np.sort(file["first_day_full"][:, level, i])
        assert close(row["chance"], np.isfinite(reached).mean(), 3)
        median = reached[(len(reached) + 1) // 2 - 1]
        start = np.datetime64(file.attrs["time_coverage_start"].decode())
        assert row["date_median"] == ("" if np.isnan(median) else str(start + int(median))), row
    listed = {(row["file"], row["column"]) for row in tables["columns.csv"]}
    for name, rows in tables.items():
        if name != "columns.csv" and rows:
            assert all((name, column) in listed for column in rows[0]), name
    assert (export("csv", "--bom") / "places.csv").read_bytes().startswith(b"\xef\xbb\xbfplace,")


def check_geojson(file):
    for path in export("geojson").glob("*.geojson"):
        collection = json.loads(path.read_text())
        assert collection["type"] == "FeatureCollection" and collection["features"]
        for feature in collection["features"]:
            assert feature["type"] == "Feature" and set(feature) == {"type", "geometry", "properties"}
            ends = feature["geometry"]["coordinates"]
            for lon, lat in [ends] if feature["geometry"]["type"] == "Point" else ends:
                assert -180 <= lon <= 180 and -90 <= lat <= 90
            flat = (str, int, float, type(None))
            assert all(isinstance(value, flat) for value in feature["properties"].values()), "QGIS styles flat values"
        if path.name == "places.geojson":
            for i, feature in enumerate(collection["features"]):
                for dataset, name in [("place_pcode", "pcode"), ("place_adm3_pcode", "adm3_pcode")]:
                    assert feature["properties"][name] == file[dataset][i].decode(), path
                assert feature["properties"]["adm3_pcode"].startswith(feature["properties"]["adm1_pcode"]), path
            arrivals = np.median(file["arrivals"][:].sum(axis=1), axis=0)
            displaced = np.median(file["displaced"][:, -1], axis=0)
            for i, feature in enumerate(collection["features"]):
                assert close(feature["properties"]["arrivals_median"], arrivals[i]), path
                assert close(feature["properties"]["displaced_median"], displaced[i]), path


def check_quantiles(file):
    levels = [0.01, 0.025, *np.round(np.arange(0.05, 0.951, 0.05), 2), 0.975, 0.99]
    with open(export("quantiles") / "quantiles.csv", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["target"] == "total_displaced"]
    assert len(rows) == 23 * len(file["time"])
    wanted = np.quantile(file["total_displaced"][:].astype(float), levels, axis=0).T.ravel()
    for row, value, level in zip(rows, wanted, np.tile(levels, len(file["time"]))):
        assert float(row["output_type_id"]) == level and close(row["value"], value), (row, value)


def protected(persons):
    return np.where(persons < 10, 0, 10 * np.floor(persons / 10 + 0.5))


def at_member(sample, share):
    return np.sort(sample, axis=0)[max(0, int(np.ceil(share * len(sample) - 1e-9)) - 1)]


def check_shared(file):
    """Every shared number follows from protected counts, recomputed here; and no number is below ten."""
    target = export("csv", "--share")
    rows = check_tags(target / "sub_districts_by_week.csv")
    totals = check_tags(target / "totals_by_week.csv")
    assert all(row["sensitivity"].startswith("MODERATE") for row in rows + totals)
    codes = [code.decode() for code in file["place_adm3_pcode"][:]]
    groups = list(dict.fromkeys(codes))
    abroad = np.array([kind.decode() == "abroad" for kind in file["place_type"][:]])
    start = np.datetime64(file.attrs["time_coverage_start"].decode())
    days = start + file["time"][:].astype(int)
    ends = [t for t in range(len(days)) if t + 1 == len(days) or (days[t].astype(int) + 4) % 7 == 0]  # Sundays

    def summed(values):  # [member, time, place] -> [member, week, sub-district]
        return protected(np.stack([values[:, ends][:, :, [c == group for c in codes]].sum(axis=2)
                                   for group in groups], axis=2))

    read = lambda name: file[name][:].astype(float)
    since_start = lambda name: read(name).cumsum(axis=1)
    displaced = read("displaced")
    too_many = np.clip(read("without_shelter") - read("waiting"), 0, displaced)
    beyond = summed(np.where(abroad, 0, too_many))
    staying = summed(np.where(abroad, 0, displaced - too_many)) + beyond
    without = beyond + summed(read("waiting"))
    beyond_border = summed(np.where(abroad, displaced, 0))
    for name, members in (("displaced", staying), ("without_shelter", without), ("abroad", beyond_border)):
        off = np.abs(members.sum(axis=2) - read(f"total_{name}")[:, ends]).max()
        assert off < 2 * 10 * len(groups), f"{name}: what is shared does not add up to what is not: {off}"
    gone_on = summed(np.maximum(0, since_start("arrivals") - since_start("turned_away") - displaced))
    shared = {"displaced": staying, "without_shelter": without, "abroad": beyond_border,
              "arrivals_since_start": staying + beyond_border + gone_on,
              "departures_since_start": summed(since_start("departures")),
              "returns_since_start": summed(since_start("returns"))}
    at = total_at = 0
    for week in range(len(ends)):
        for of, table in ((range(len(groups)), rows), (None, totals)):
            for group in of if of else [None]:
                for share in (0.05, 0.25, 0.5, 0.75, 0.95):
                    row = table[at] if of else table[total_at]
                    at, total_at = at + bool(of), total_at + (not of)
                    for name, members in shared.items():
                        sample = members[:, week, group] if of else members[:, week].sum(axis=1)
                        value = at_member(sample, share)
                        assert row[name] == (f"{value:.0f}" if value else ""), (row, name, value)
                        assert value % 10 == 0
    for to in ("geojson", "quantiles"):
        text = "".join(path.read_text() for path in export(to, "--share").iterdir())
        assert "MODERATE" in text
        for place in file["place_id"][:]:
            assert f'"{place.decode()}"' not in text and f",{place.decode()}," not in text


with h5py.File(results) as opened:
    check_csv(opened)
    check_geojson(opened)
    check_quantiles(opened)
    check_shared(opened)
for path in sorted(folder.rglob("*"), reverse=True):
    path.rmdir() if path.is_dir() else path.unlink()
folder.rmdir()
