"""check_old_files.py NUZUH FOLDER: files that earlier programs wrote are opened, with their numbers, or refused by name.

FOLDER holds an archive for every version of the results format: what the program of that version wrote (make_old_files.sh), with the
totals that it exported itself.
"""
import csv
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

nuzuh, old = sys.argv[1], pathlib.Path(sys.argv[2])
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_old_"))


def command(*words, codes=(0,)):
    done = subprocess.run([nuzuh, *map(str, words)], cwd=folder, capture_output=True, text=True)
    assert done.returncode in codes, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout if done.returncode == 0 else done.stderr


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


def gone_on_or_refused(version, there):
    """A checkpoint and segments of another program are refused, each by its name, and left as they were."""
    kept = {path: path.read_bytes() for path in [there / "day.state", *(there / "study.h5.parts").iterdir()]}
    told = command("run", f"{version}.yaml", "--continue", there / "day.state", "-o", "on.h5", codes=(0, 2))
    assert (folder / "on.h5").exists() != ("day.state" in told and "version" in told), told
    told = command("merge", there / "study.h5.parts", "-o", "merged.h5", codes=(2,))
    assert "study.h5.parts" in told and not (folder / "merged.h5").exists(), told
    assert kept == {path: path.read_bytes() for path in kept}, "nothing was lost"
    (folder / "on.h5").unlink(missing_ok=True)


try:
    archives = sorted(old.glob("*.tar.xz"))
    assert len(archives) >= 4, archives
    for archive in archives:
        version = archive.name.removesuffix(".tar.xz")
        there = folder / "old" / version
        with tarfile.open(archive) as content:
            content.extractall(there)
        results(version, there)
        study(version, there)
        gone_on_or_refused(version, there)
        print(version, "holds")
finally:
    shutil.rmtree(folder)
