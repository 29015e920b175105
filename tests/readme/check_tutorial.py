#!/usr/bin/env python3
"""Runs what output/README.md shows for one program, on two weeks of the campaign under the name that it uses.

    check_tutorial.py python|r|qgis|mesh|spreadsheet SOURCE_DIR NUZUH

Exit 77, skipped, where the program is not installed.
"""
import contextlib
import gc
import importlib.util
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
import xarray as xr

import readme

program, source, nuzuh = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
windows = ("qgis ", "libreoffice --calc ")  # lines that open a window are not run


def block_with(language, words):
    blocks = [block for block in readme.fenced_blocks(readme.read(source, "output"), language) if words in block]
    assert len(blocks) == 1, f"output/README.md has {len(blocks)} blocks with {words}"
    return blocks[0]


def run_shell(words):
    block = block_with("sh", words)
    lines = [line for line in block.splitlines() if not line.startswith(windows)]
    subprocess.run(["bash", "-euc", "\n".join(lines)], check=True, stdout=subprocess.DEVNULL)
    return block


def skip_without(is_there, what):
    if not is_there:
        print(f"skipped: no {what}")
        sys.exit(77)


def most_crowded(run):
    """Persons by name of the place, median over the runs, computed from them."""
    stays = np.quantile(run.displaced.isel(time=-1).values.astype(float), 0.5, axis=0).astype(np.float32)
    return pd.Series(stays, index=run.place_name.values).nlargest(5)


def python(run):
    names, said = {}, io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(block_with("python", "stays"), names)
    crowded = most_crowded(run)
    ids = run.place_id.values[[list(run.place_name.values).index(name) for name in crowded.index]]
    assert all(f"{place} " in said.getvalue() for place in ids), said.getvalue()
    np.testing.assert_allclose(names["stays"].to_series().nlargest(5), crowded, rtol=1e-6)
    assert "movements to 9 May" in list(names["figures"]["name"])


def r(run):
    skip_without(shutil.which("Rscript"), "R")
    pathlib.Path("tutorial.R").write_text(block_with("r", "ncdf4"), encoding="utf-8")
    said = subprocess.run(["Rscript", "--vanilla", "tutorial.R"], check=True, capture_output=True, text=True).stdout
    for name, persons in most_crowded(run).items():
        assert name in said and f"{persons:.1f}"[:4] in said, (name, persons, said)


def in_qgis(check, run):
    """Calls check(core, run); its layers are gone before QGIS is shut down, which else crashes."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from qgis import core
    except ImportError:
        skip_without(False, "PyQGIS (python3-qgis)")
    application = core.QgsApplication([], False)
    application.initQgis()
    check(core, run)
    gc.collect()
    application.exitQgis()


def qgis(run):
    in_qgis(layers_are_styled, run)


def mesh(run):
    skip_without(shutil.which("nccopy"), "nccopy (netcdf-bin)")
    in_qgis(copy_is_a_mesh, run)


def layers_are_styled(core, run):
    block = run_shell("*.qml")
    routes, places = (core.QgsVectorLayer(path, path, "ogr") for path in block.splitlines()[-1].split()[1:])
    assert places.featureCount() == run.sizes["place"] and routes.featureCount() == run.sizes["route"]
    assert places.renderer().symbol().symbolLayerCount() == 2 and places.labelsEnabled(), "the style is not taken"
    assert routes.renderer().symbol().symbolLayerCount() == 2
    picture = pathlib.Path("map.png").resolve()
    subprocess.run([sys.executable, source / "scripts/qgis/draw_map.py", "results/idlib-2019-geojson", picture],
                   check=True, capture_output=True)
    colours = colours_of(picture)
    for what, colour in (("people", (0, 114, 178)), ("routes", (230, 159, 0)), ("names", (34, 34, 34))):
        near = np.abs(colours - np.array(colour)).max(axis=-1) < 30
        assert 100 < near.sum() < near.size / 4, (what, int(near.sum()))
    weeks = core.QgsVectorLayer("results/idlib-2019-geojson/places_by_week.geojson", "weeks", "ogr")
    kinds = {field.name(): field.typeName() for field in weeks.fields()}
    assert kinds["first_day"] == kinds["last_day"] == "Date", kinds


def colours_of(picture):
    import matplotlib.image
    return np.round(255 * matplotlib.image.imread(picture)[:, :, :3]).astype(int)


def copy_is_a_mesh(core, run):
    run_shell("nccopy")
    layer = core.QgsMeshLayer("results/mesh.nc", "mesh", "mdal")
    assert layer.isValid(), "QGIS does not take the copy as mesh"
    data = layer.dataProvider()
    assert (data.vertexCount(), data.edgeCount()) == (run.sizes["place"], run.sizes["route"])
    stays = [g for g in range(data.datasetGroupCount()) if "staying at the place" in data.datasetGroupMetadata(g).name()]
    assert len(stays) == 1 and data.datasetCount(stays[0]) == run.sizes["time"]
    last = data.datasetValues(core.QgsMeshDatasetIndex(stays[0], run.sizes["time"] - 1), 0, run.sizes["place"])
    drawn = [last.value(i).scalar() for i in range(run.sizes["place"])]
    np.testing.assert_allclose(drawn, run.displaced_mean.values[-1], rtol=1e-6)


def spreadsheet(run):
    openpyxl = module_or_skip("openpyxl")
    words = subprocess.run([nuzuh, "export", "results/idlib-2019.h5", "--to", "xlsx", "-o", "probe.xlsx"], capture_output=True, text=True)
    skip_without("libxlsxwriter" not in words.stderr, "libxlsxwriter in this build")
    run_shell("--to xlsx")
    book = openpyxl.load_workbook("results/idlib-2019.xlsx", read_only=True)
    header, _, *rows = book["totals_by_day"].iter_rows(values_only=True)
    medians = [dict(zip(header, row)) for row in rows if row[1] == "median"]
    held = np.quantile(run.total_people_displaced.values.astype(float), 0.5, axis=0)
    np.testing.assert_allclose([row["total_people_displaced"] for row in medians], held, atol=0.06)
    assert f"{medians[0]['date']:%Y-%m-%d}" == "2019-04-29"
    header, _, *rows = book["places"].iter_rows(values_only=True)
    assert [row[header.index("name_ar")] or "" for row in rows] == list(run.place_name_ar.values)


def module_or_skip(name):
    skip_without(importlib.util.find_spec(name), name)
    return importlib.import_module(name)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    readme.run_campaign(source, nuzuh, pathlib.Path("results/idlib-2019.h5"))
    pathlib.Path("scripts").symlink_to(source / "scripts")
    os.environ["PATH"] = f"{nuzuh.parent}{os.pathsep}{os.environ['PATH']}"
    with xr.open_dataset("results/idlib-2019.h5", engine="netcdf4") as results:
        globals()[program](results)
    os.chdir("/")
