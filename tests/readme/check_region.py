#!/usr/bin/env python3
"""Runs the commands of docs/your-region.md on files under the names that it uses: small ones written here, or an extract of Djibouti.

    check_region.py small|djibouti SOURCE_DIR NUZUH

Exit 77, skipped, where GDAL is not installed, this program reads no OpenStreetMap, or there is no extract.
"""
import csv
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile

import readme

which, source, nuzuh = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
samples = os.environ.get("NUZUH_REGION_SAMPLES")
most_seconds = 120


def skip_unless(is_there, what):
    if not is_there:
        print(f"skipped: no {what}")
        sys.exit(77)


def area(code, name, west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return ('{"type": "Feature", "properties": {"adm1_pcode": "%s", "adm1_name": "%s"}, "geometry": {"type": "Polygon", '
            '"coordinates": [%s]}}' % (code, name, ring))


def boundaries(*areas):
    return '{"type": "FeatureCollection", "features": [%s]}' % ", ".join(area(*one) for one in areas)


def events(*strikes):
    """A table in the form of ACLED's exports; nothing in it ever happened."""
    lines = ["event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,location,latitude,longitude,geo_precision"]
    for number, (day, where, lat, lon) in enumerate(strikes):
        lines.append(f"XX{number},{day},{day[:4]},1,Explosions/Remote violence,Air/drone strike,{where},{lat},{lon},1")
    return "\n".join(lines) + "\n"


def strikes_on(where, lat, lon):
    return [(f"2025-03-{day:02}", where, lat, lon) for day in range(1, 31) for _ in range(3)]


def grid(path, west, north, cell, rows):
    text = (f"ncols {len(rows[0])}\nnrows {len(rows)}\nxllcorner {west}\nyllcorner {north - cell * len(rows)}\ncellsize {cell}\n"
            "NODATA_value -99999\n" + "\n".join(" ".join(map(str, row)) for row in rows) + "\n")
    path.with_suffix(".asc").write_text(text)
    subprocess.run(["gdal_translate", "-q", "-a_srs", "EPSG:4326", path.with_suffix(".asc"), path], check=True)


def zipped(name, inside, text):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(inside, text)
        if inside.endswith(".txt"):
            file.writestr("readme.txt", "a text about the table\n")


def small():
    """Three towns of a country that is not, and one beyond its border."""
    row = "{0}\t{1}\t{1}\t\t{2}\t{3}\tP\tPPL\tXX\t\t01\t\t\t\t{4}\t\t\tAfrica/Djibouti\t\n"
    towns = [(1, "Alif", 10.0, 30.0, 9000), (2, "Ba", 10.0, 30.4, 4000), (3, "Ta", 10.3, 30.2, 2000), (4, "Jim", 10.0, 30.9, 500)]
    zipped("DJ.zip", "DJ.txt", "".join(row.format(*town) for town in towns))
    zipped("dji_admbnda.geojson.zip", "dji_admbnda.geojson", boundaries(("XX1", "West", 29.8, 9.8, 30.3, 10.5), ("XX2", "East", 30.3, 9.8, 30.7, 10.5)))
    grid(pathlib.Path("dji_ppp_2020_1km.tif"), 29.8, 10.5, 0.1, [[10, 20, -99999, 400, 500, 30, 20, 10, 5, 1]] * 7)
    nodes = [(1, 10.0, 30.0), (2, 10.0, 30.2), (3, 10.0, 30.4), (4, 10.3, 30.2), (5, 10.0, 30.9)]
    ways = [(10, "trunk", [1, 2, 3, 5]), (11, "tertiary", [2, 4])]
    osm = "".join(f'<node id="{i}" lat="{lat}" lon="{lon}"/>' for i, lat, lon in nodes) + "".join(
        f'<way id="{i}">' + "".join(f'<nd ref="{n}"/>' for n in refs) + f'<tag k="highway" v="{kind}"/></way>' for i, kind, refs in ways)
    pathlib.Path("djibouti-latest.osm").write_text(f'<osm version="0.6">{osm}</osm>')
    pathlib.Path("events.csv").write_text(events(*strikes_on("Ba", 10.0, 30.4)))
    return {"djibouti-latest.osm.pbf": "djibouti-latest.osm"}, 3


def djibouti():
    skip_unless(samples, "extract: NUZUH_REGION_SAMPLES")
    there = pathlib.Path(samples)
    zipped("DJ.zip", "DJ.txt", (there / "places/DJ.txt").read_text(encoding="utf-8"))
    for name, file in (("djibouti-latest.osm.pbf", "osm/djibouti-main-roads.osm.pbf"),
                       ("dji_ppp_2020_1km.tif", "raster/invented-dji_ppp_2020_1km.tif")):
        shutil.copy(there / file, name)
    zipped("dji_admbnda.geojson.zip", "dji_admbnda.geojson", boundaries(("DJ01", "South", 41.7, 10.9, 43.5, 11.7), ("DJ02", "North", 41.7, 11.7, 43.5, 12.8)))
    pathlib.Path("events.csv").write_text(events(*strikes_on("Tadjourah", 11.785, 42.885)))
    return {}, 12


def guide():
    block, = readme.fenced_blocks((source / "docs" / "your-region.md").read_text(encoding="utf-8"), "sh")
    return block.strip().splitlines()


skip_unless(shutil.which("gdal_translate"), "GDAL")
skip_unless("without libosmium" not in subprocess.run([nuzuh, "import", "region", "--help"], capture_output=True, text=True).stdout,
            "reader of OpenStreetMap")
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    other_names, towns = small() if which == "small" else djibouti()
    pathlib.Path("results").mkdir()
    commands = guide()
    assert len(commands) <= 5, commands
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        for name, other in other_names.items():
            command = command.replace(name, other)
        done = subprocess.run(["bash", "-euc", command], env={**os.environ, "PATH": f"{nuzuh.parent}:{os.environ['PATH']}"},
                              capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        if "import region" in command:
            assert f"Places: {towns} towns" in done.stdout, done.stdout
            print(done.stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{len(commands)} commands, {seconds:.1f} s of processor time")
    assert seconds < most_seconds, seconds
    with open("my-region/network/places.csv", encoding="utf-8") as file:
        places = list(csv.DictReader(file))
    people = sum(float(place["population"] or 0) for place in places)
    print(f"{people:.0f} people")
    assert people == (6965 if which == "small" else 760341), people
    page = pathlib.Path("results/my-region.html").read_text(encoding="utf-8")
    assert "my-region" in page and pathlib.Path("my-region/network.html").stat().st_size > 10_000
    os.chdir(source)
