"""check_old_files.py NUZUH FOLDER: files that earlier programs wrote are opened, with their numbers, or refused by name.

FOLDER holds a folder for every version of the results format: what the program of that version wrote of its own toy (make_old_files.sh),
and the totals that it exported itself.
"""
import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

nuzuh, old = sys.argv[1], pathlib.Path(sys.argv[2])
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_old_"))


def command(*words, code=0):
    done = subprocess.run([nuzuh, *map(str, words)], cwd=folder, capture_output=True, text=True)
    assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def totals(path):
    """The values of a table by day and statistic, in whichever order and under whichever columns that both have."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    named = [dict(zip(header, row)) for row in rows if not row[0].startswith("#")]
    return {(row["date"], row["statistic"]): row for row in named}


def results(version, there):
    told = command("explain", there / "run.h5")
    assert "toy" in told.lower(), told
    command("export", there / "run.h5", "--to", "csv", "-o", version)
    before, now = totals(there / "totals_by_day.csv"), totals(folder / version / "totals_by_day.csv")
    assert before.keys() == now.keys() and len(before) > 20
    compared = 0
    for key, row in before.items():
        for column in row.keys() & now[key].keys() - {"date", "statistic"}:
            a, b = row[column], now[key][column]
            assert a == b or abs(float(a) - float(b)) <= 0.051, (version, key, column, a, b)
            compared += a != ""
    assert compared > 100, compared
    command("brief", there / "run.h5", "-o", f"{version}.html")
    assert "</html>" in (folder / f"{version}.html").read_text()[-200:]
    command("export", there / "run.h5", "--to", "geojson", "-o", f"{version}-map")
    (folder / f"{version}.yaml").write_text(command("explain", "--scenario", there / "run.h5"))
    assert "nothing wrong" in command("check", f"{version}.yaml"), "the scenario in the file is read, under its old names"


def study(version, there):
    assert "axes" in command("explain", there / "study.h5")
    command("export", there / "study.h5", "--to", "csv", "-o", f"{version}-study")
    assert len(list(csv.reader(open(folder / f"{version}-study" / "runs.csv")))) == 2 + 6, "a row a run under two headings"


def refused(version, there):
    """What only the same program can go on with is refused with its name and left as it was."""
    state = there / "day.state"
    told = command("run", f"{version}.yaml", "--continue", state, "-o", "on.h5", code=2)
    assert "day.state" in told and "version" in told, told
    parts = folder / f"{version}.h5.parts"
    shutil.copytree(there / "study.h5.parts", parts)
    kept = {path.name: path.read_bytes() for path in parts.iterdir()}
    told = command("merge", parts, "-o", f"{version}-merged.h5", code=2)
    assert parts.name in told or "runs-" in told, told
    assert kept == {path.name: path.read_bytes() for path in parts.iterdir()}, "nothing was lost"
    assert not (folder / "on.h5").exists() and not (folder / f"{version}-merged.h5").exists()


try:
    versions = sorted(path for path in old.iterdir() if path.is_dir())
    assert len(versions) >= 5, versions
    for there in versions:
        results(there.name, there)
        if (there / "study.h5").exists():
            study(there.name, there)
        if (there / "day.state").exists():
            refused(there.name, there)
finally:
    shutil.rmtree(folder)
