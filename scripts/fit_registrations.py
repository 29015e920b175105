#!/usr/bin/env python3
"""How the one parameter set for registered people was chosen, and how it does on a conflict left out of the choice.

    fit_registrations.py CASES [TABLE.csv]

Runs `nuzuh score` in expected mode on every case of Flee 3 in CASES with every set of a grid, with capacities withheld
and as given, and keeps the ARD of each in TABLE (default results/fit.csv; sets that it holds are not run again).
Chosen is the set with the lowest mean ARD over cases, both forms, plain and rescaled. Then each case in turn is left
out: the set chosen on the others is scored on it. NUZUH names the program.
"""
import csv
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile

GRID = {
    "softening_hours": [2, 5, 8],            # at 100 km/h: 200, 500 and 800 km
    "network_pull": [0.9, 1.2, 1.5],
    "network_softening": [0.02, 0.05, 0.1],
    "network_memory_days": [30, 60, 120],
}
SCORES = ["withheld", "withheld_rescaled", "given", "given_rescaled"]


def score(nuzuh, case, chosen):
    """ARD of one case with one set: both forms, plain and rescaled."""
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "scores.csv"
        options = [f"behaviour.choose.{key}={value}" for key, value in chosen.items()]
        options += ["behaviour.rules=hazard_choice", "engine.kind=compartments", "engine.mode=expected",
                    "engine.members=1"]
        command = [nuzuh, "-q", "score", case, "-o", table, "--threads", "1"]
        for option in options:
            command += ["--set", option]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with open(table, newline="") as file:
            rows = {r["form"]: r for r in csv.DictReader(file)
                    if r["model"] == "this run" and r["place"] == "mean over camps"}
    return [float(rows[form][ard]) for form in ("capacities withheld", "capacities as given")
            for ard in ("ard", "ard_rescaled")]


def fill(nuzuh, cases, path):
    """Scores by set and case, from the table and from new runs."""
    keys = list(GRID)
    known = {}
    if path.exists():
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                known[tuple(float(row[k]) for k in keys), row["case"]] = [float(row[s]) for s in SCORES]
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", newline="") as file:
        table = csv.writer(file)
        if not known:
            table.writerow([*keys, "case", *SCORES])
        for values in itertools.product(*GRID.values()):
            for case in cases:
                if (tuple(map(float, values)), case.name) in known:
                    continue
                result = score(nuzuh, case, dict(zip(keys, values)))
                known[tuple(map(float, values)), case.name] = result
                table.writerow([*values, case.name, *(f"{r:.6f}" for r in result)])
                file.flush()
    return known


def best_set(known, names):
    sets = {values for values, _ in known}
    return min(sets, key=lambda values: sum(sum(known[values, name]) for name in names))


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    nuzuh = os.environ.get("NUZUH", here / "build/release/app/nuzuh")
    cases = sorted(p.parent for p in pathlib.Path(sys.argv[1]).glob("*/input_csv"))
    known = fill(nuzuh, cases, pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here / "results/fit.csv")
    names = [case.name for case in cases]

    chosen = best_set(known, names)
    print("chosen:", ", ".join(f"{k} {v:g}" for k, v in zip(GRID, chosen)), "\n")
    print("| | withheld | given | chosen without it | withheld | given |\n" + "| --- " * 6 + "|")
    pair = "{:.3f} / {:.3f}".format
    sums = [0.0] * 8
    for name in names:
        left_out = best_set(known, [n for n in names if n != name])
        own, other = known[chosen, name], known[left_out, name]
        sums = [s + v / len(names) for s, v in zip(sums, [*own, *other])]
        print(f"| {name} | {pair(*own[:2])} | {pair(*own[2:])} | {', '.join(f'{v:g}' for v in left_out)} | "
              f"{pair(*other[:2])} | {pair(*other[2:])} |")
    print(f"| mean | {pair(*sums[:2])} | {pair(*sums[2:4])} | | {pair(*sums[4:6])} | {pair(*sums[6:])} |")


if __name__ == "__main__":
    main()
