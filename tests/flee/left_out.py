#!/usr/bin/env python3
"""scripts/fit_registrations.py on two public cases, each left out in turn: its sets, its tables, and that it goes on where it was.

    left_out.py SCRIPT NUZUH
"""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
script, nuzuh = sys.argv[1:]
cases = pathlib.Path(os.environ.get("NUZUH_FLEE_CASES", pathlib.Path(script).parents[2] / "shared/flee")) / "cases"
names = ("burundi2015", "mali2012")
if not all((cases / name).is_dir() for name in names):
    print("skipped: no cases of Flee 3 in", cases)
    sys.exit(SKIPPED)

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / "cases").mkdir()
    for name in names:
        (folder / "cases" / name).symlink_to((cases / name).resolve())

    def tables():
        return subprocess.run([sys.executable, script, folder / "cases", folder / "results"], check=True, text=True, capture_output=True,
                              env={**os.environ, "NUZUH": nuzuh, "MEMBERS": "20"}).stdout

    said = tables()
    with open(folder / "results/fit.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 39, len(rows)                 # 3 without pull, 3 x 3 x 2 x 2 with it
    scores = {(row["case"], *list(row.values())[:4]): [float(v) for v in list(row.values())[5:]] for row in rows}
    sets = {key[1:] for key in scores}
    for name, other in zip(names, reversed(names)):
        best = min(sets, key=lambda values: sum(scores[other, *values]))   # of the two, chosen on the other alone
        line = next(line for line in said.splitlines() if line.startswith(f"| {name} |"))
        assert line.split(" | ")[1] == ", ".join(f"{float(v):g}" for v in best), (line, best)
        assert line.split(" | ")[2] == "{:.3f} / {:.3f}".format(*scores[name, *best][:2]), line
    assert said.count("One plain baseline for all") == 2, said
    pooled = [line for line in said.splitlines() if line.startswith("| **all** |")]
    assert len(pooled) == 1 and pooled[0].count("/") == 8, pooled
    assert tables() == said, "what was scored is not scored again, and says the same"
