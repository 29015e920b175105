#!/usr/bin/python3
"""check_programs.py PROGRAM NUZUH FILE.h5: the way that output/README.md names for a program gives the file's numbers.

Exit 77, skipped, where the program is not installed.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import expected

xr = expected.module("xarray")
np = expected.module("numpy")
program, nuzuh, results = sys.argv[1:]
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_programs_"))
shutil.copy(results, folder / "run.nc")
with xr.open_dataset(results, engine="netcdf4") as opened:
    run = opened.load()
mean = run.displaced_mean.values


def skip_without(command):
    if not shutil.which(command):
        print(f"skipped: no {command}")
        sys.exit(77)


def said(*words, **options):
    done = subprocess.run(list(map(str, words)), cwd=folder, capture_output=True, text=True, timeout=100, **options)
    assert done.returncode == 0, (words, done.stdout[-500:], done.stderr[-500:])
    return done.stdout


def numbers(text):
    return np.array([float(word) for word in re.findall(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text)])


def near(read, held):
    np.testing.assert_allclose(np.ravel(read), np.ravel(held), rtol=1e-4, atol=0.01)


def nco():
    skip_without("ncks")
    text = said("ncks", "-C", "-H", "-V", "-s", "%f\\n", "-v", "displaced_mean", "run.nc")
    near(numbers(text.split("displaced_mean")[-1].split("=")[-1]), mean)
    said("ncwa", "-a", "member", "-v", "displaced", "run.nc", "mean.nc")
    with xr.open_dataset(folder / "mean.nc") as averaged:
        near(averaged.displaced, run.displaced.mean("member"))


def cdo():
    skip_without("cdo")
    lines = [line for line in said("cdo", "-s", "infon", "-selname,displaced_mean", "run.nc").splitlines()
             if re.match(r" *[1-9]\d* :", line)]
    assert len(lines) == run.sizes["time"], len(lines)
    near(float(lines[-1].split(":")[4].split()[2]), mean[-1].max())


def gmt():
    skip_without("gmt")
    near(numbers(said("gmt", "convert", "run.nc?lon/lat/population").strip()).reshape(-1, 3),
         np.column_stack([run.lon, run.lat, run.population]))


def octave():
    skip_without("octave-cli")
    text = said("octave-cli", "--quiet", "--eval", "x = load('-hdf5', 'run.nc', 'displaced_mean'); "
                "printf('%.6f ', x.displaced_mean)", env={**os.environ, "HOME": str(folder)})
    near(numbers(text), mean)  # columns are days


def ferret():
    skip_without("ferret_c")
    (folder / "list.jnl").write_text('use "run.nc"\nlist/nohead/format=(f14.4)/i=1:4/l=2 displaced_mean\n'
                                     'list/nohead/format=(f14.4)/j=1:2/l=2/i=1 route_persons_mean\nexit\n')
    text = said("ferret_c", "-nojnl", "-script", "list.jnl", env={**os.environ, "HOME": str(folder)})
    assert "inconsistent data grids" not in text, text
    near(numbers(text)[-1 - mean.shape[1]:-1], mean[1])


def grass():
    skip_without("grass")
    said(nuzuh, "--quiet", "export", "run.nc", "--to", "geojson", "-o", "map")
    said("grass", "--tmp-location", "EPSG:4326", "--exec", "v.in.ogr", f"input={folder}/map/places_by_week.geojson",
         "output=weeks", "--quiet")
    said("grass", "--tmp-location", "EPSG:4326", "--exec", "v.in.ogr", f"input={folder}/map/routes_by_week.geojson",
         "output=weeks", "--quiet")


def r_rasters():
    skip_without("Rscript")
    for package, read in [("terra", "as.matrix(rast('run.nc', 'displaced_mean'), wide = TRUE)"),
                          ("terra", "as.matrix(rast('NETCDF:run.nc:displaced_mean'), wide = TRUE)"),
                          ("stars", "t(read_stars('NETCDF:run.nc:displaced_mean', quiet = TRUE)[[1]])")]:
        done = subprocess.run(["Rscript", "--vanilla", "-e", f"if (!requireNamespace('{package}', quietly = TRUE)) quit(status = 77)\n"
                               f"suppressMessages(library({package})); cat('values', sprintf('%.5f', {read}))"], cwd=folder,
                              capture_output=True, text=True)
        if done.returncode == 77:
            print(f"skipped: no {package}")
            sys.exit(77)
        assert done.returncode == 0, done.stderr
        near(numbers(done.stdout.split("values")[1]), mean.T)  # R lists columns


def qgis():
    try:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from qgis import core
    except ImportError:
        print("skipped: no python3-qgis")
        sys.exit(77)
    skip_without("nccopy")
    said("nccopy", "-V", "time,lat,lon,routes,edge_nodes,wgs84,displaced_mean,route_persons_mean", "run.nc", "mesh.nc")
    app = core.QgsApplication([], False)
    app.initQgis()
    layer = core.QgsMeshLayer(str(folder / "mesh.nc"), "mesh", "mdal")
    data = layer.dataProvider()
    assert layer.isValid() and (data.vertexCount(), data.edgeCount()) == (run.sizes["place"], run.sizes["route"])
    assert data.faceCount() == 0 and data.datasetGroupCount() == 2 and layer.crs().authid() == "EPSG:4326"
    print("the mesh opens", flush=True)
    os._exit(0)  # QGIS may fall over when Python takes it down


def ncl():
    skip_without("ncl")
    shutil.copy(results, folder / "run.h5")
    (folder / "list.ncl").write_text('f = addfile("run.h5", "r")\nprint(sprintf("%.5f", ndtooned(f->displaced_mean)))\n'
                                     'print(f->place_name)\n')
    text = said("ncl", "-n", "-Q", "list.ncl")
    near(numbers(text)[:mean.size], mean)
    assert all(name in text for name in run.place_name.values), text[-500:]


DUCK = """
const {DuckDBInstance} = require("@duckdb/node-api");
(async () => {
    const base = await (await DuckDBInstance.create()).connect();
    for (const query of process.argv.slice(1))
        console.log(JSON.stringify((await base.runAndReadAll(query)).getRowsJson()));
})();
"""


def duckdb():
    skip_without("node")
    if subprocess.run(["node", "-e", "require('@duckdb/node-api')"], capture_output=True, check=False).returncode:
        print("skipped: node finds no @duckdb/node-api (NODE_PATH)")
        sys.exit(77)
    for name, *options in (("plain", "--no-hxl"), ("tags",)):
        said(nuzuh, "--quiet", "export", "run.nc", "--to", "csv", "-o", name, *options)
    kinds, long, rows, tagged = map(json.loads, said(
        "node", "-e", DUCK, "describe select * from 'plain/totals_by_day.csv'",
        "describe select * from 'plain/danger_by_day.csv'",
        "select place, displaced from 'plain/places_by_day.csv' where statistic = 'mean' order by date",
        "describe select * from 'tags/danger_by_day.csv'").splitlines())
    for table in (kinds, long):
        kind_of = {row[0]: row[1] for row in table}
        assert kind_of.pop("date") == "DATE" and kind_of.pop("statistic") == "VARCHAR", kind_of
        kind_of.pop("danger", None)
        assert set(kind_of.values()) <= {"DOUBLE", "BIGINT"}, kind_of
    by_place = {place: [value for of, value in rows if of == place] for place in run.place.values}
    np.testing.assert_allclose(np.transpose(list(by_place.values())), mean, atol=0.051)
    assert {row[1] for row in tagged} == {"VARCHAR"}, "README says that the row of hashtags makes long tables text"


def nccopy():
    for name in ("ncdump", "nccopy"):
        skip_without(name)
    said("nccopy", "-V", "time,displaced_mean", "run.nc", "part.nc")
    text = said("ncdump", "-v", "displaced_mean", "part.nc")
    near(numbers(text.split("displaced_mean =")[1].split(";")[0]), mean)


try:
    {"nco": nco, "cdo": cdo, "gmt": gmt, "octave": octave, "ferret": ferret, "grass": grass, "r_rasters": r_rasters,
     "qgis": qgis, "nccopy": nccopy, "ncl": ncl, "duckdb": duckdb}[program]()
finally:
    shutil.rmtree(folder, ignore_errors=True)
