#!/usr/bin/env python3
"""What the parameters for registered people are worth on a conflict that was left out of their choice.

    fit_registrations.py CASES [RESULTS]

Runs `nuzuh score` in expected mode on every case of Flee 3 in CASES with every set of a grid, capacities withheld and as given,
and keeps the ARD of each in RESULTS/fit.csv (sets that it holds are not run again); RESULTS is results/fit where left out.
Each case in turn is left out: the set with the lowest mean ARD over the others, both forms, plain and rescaled, is scored on it
beside the plain baseline that is best on it, which nobody could have known beforehand, and the one that is best over all; and is what
its forecasts are made with (tables in RESULTS, kept as well). NUZUH names the program, MEMBERS how many runs a forecast has (default 100).
"""
import csv
import itertools
import os
import pathlib
import subprocess
import sys

GRID = {
    "softening_hours": [2, 5, 8],            # at 100 km/h: 200, 500 and 800 km
    "network_pull": [0, 0.6, 1.2, 1.5],
    "network_softening": [0.05, 0.1],
    "network_memory_days": [60, 120],
}
SHIPPED = (5.0, 1.2, 0.05, 60.0)             # what `nuzuh import flee` writes
FORMS = {"withheld": "capacities withheld", "given": "capacities as given"}
SCORES = [form + ard for form in FORMS for ard in ("", "_rescaled")]
HORIZONS = ("14", "28", "56")
SOURCES = {"model": "wis_log", "persistence": "persistence_wis_log", "recent split": "recent_split_wis_log", "pool": "pool_wis_log"}


def sets_of_grid():
    """Without network pull its softening and memory say nothing: it stands once."""
    for values in itertools.product(*GRID.values()):
        if values[1] > 0 or values[2:] == (GRID["network_softening"][0], GRID["network_memory_days"][0]):
            yield tuple(map(float, values))


def options(values, *more):
    chosen = [f"behaviour.choose.{key}={value:g}" for key, value in zip(GRID, values)]
    return [word for option in ["behaviour.rules=hazard_choice", "engine.kind=compartments", *chosen, *more] for word in ("--set", option)]


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def score(nuzuh, case, values, table):
    """ARD by form and model: of the run, and of plain baselines."""
    subprocess.run([nuzuh, "-q", "score", case, "-o", table, "--force", "--threads", "1",
                    *options(values, "engine.mode=expected", "engine.members=1")], check=True, stdout=subprocess.DEVNULL)
    return {(r["form"], r["model"]): (float(r["ard"]), float(r["ard_rescaled"])) for r in rows_of(table) if r["place"] == "mean over camps"}


def fill(nuzuh, cases, folder):
    """Scores by set and case, from the table and from new runs."""
    path = folder / "fit.csv"
    known = {}
    if path.exists():
        known = {(tuple(float(row[k]) for k in GRID), row["case"]): [float(row[s]) for s in SCORES] for row in rows_of(path)}
    with open(path, "a", newline="") as file:
        table = csv.writer(file)
        if not known:
            table.writerow([*GRID, "case", *SCORES])
        for values, case in itertools.product(sets_of_grid(), cases):
            if (values, case.name) not in known:
                found = score(nuzuh, case, values, folder / "one.csv")
                result = [ard for form in FORMS.values() for ard in found[form, "this run"]]
                known[values, case.name] = result
                table.writerow([*values, case.name, *(f"{r:.6f}" for r in result)])
                file.flush()
    return known


def best_set(known, names):
    return min(sets_of_grid(), key=lambda values: sum(sum(known[values, name]) for name in names))


def baseline_scores(nuzuh, case, folder):
    """ARD of plain baselines, by form: (plain, rescaled) by name."""
    found = score(nuzuh, case, SHIPPED, folder / f"{case.name}.scores.csv")
    return [{model: ards for (form, model), ards in found.items() if form == wanted and model not in ("this run", "its expected run")}
            for wanted in FORMS.values()]


def forecasts(nuzuh, case, values, folder):
    """Rows of forecasts with capacities withheld."""
    path = folder / f"{case.name}.forecasts.csv"
    if not path.exists():
        subprocess.run([nuzuh, "-q", "forecast", case, "-o", path, "--members", os.environ.get("MEMBERS", "100"), *options(values)],
                       check=True, stdout=subprocess.DEVNULL)
    return [row for row in rows_of(path) if row["form"] == FORMS["withheld"]]


def ard_table(known, left_out, baselines):
    pair = "{:.3f} / {:.3f}".format
    print("| ARD plain / rescaled | set chosen on the others | withheld | best plain | as given | best plain | shipped set, withheld | as given |")
    print("| --- " * 8 + "|")
    sums = [0.0] * 12
    for name, values in left_out.items():
        own, shipped = known[values, name], known[SHIPPED, name]
        (withheld, first), (given, second) = (min((ards, model) for model, ards in form.items()) for form in baselines[name])
        numbers = [*own[:2], *withheld, *own[2:], *given, *shipped]
        sums = [s + n / len(left_out) for s, n in zip(sums, numbers)]
        print(f"| {name} | {', '.join(f'{v:g}' for v in values)} | {pair(*own[:2])} | {pair(*withheld)} {first} | {pair(*own[2:])} | "
              f"{pair(*given)} {second} | {pair(*shipped[:2])} | {pair(*shipped[2:])} |")
    print("| **mean** | | " + " | ".join(pair(*sums[k:k + 2]) for k in range(0, 12, 2)) + " |\n")
    for k, form in enumerate(FORMS.values()):
        everywhere = set.intersection(*(set(forms[k]) for forms in baselines.values()))
        means = [[sum(forms[k][model][ard] for forms in baselines.values()) / len(baselines) for ard in (0, 1)] + [model] for model in everywhere]
        print(f"One plain baseline for all, {form}: {pair(*min(means)[:2])} {min(means)[2]}")
    print()


def forecast_table(by_case):
    print("| WIS log over the better plain rule, 14 / 28 / 56 days | forecasts | " + " | ".join(SOURCES) + " | model, pool in 90 % |")
    print("| --- " * (3 + len(SOURCES)) + "|")
    for name, rows in [*by_case.items(), ("**all**", [row for rows in by_case.values() for row in rows])]:
        cells = {source: [] for source in SOURCES}
        held = {prefix: [] for prefix in ("", "pool_")}
        count = 0
        for ahead in HORIZONS:
            chosen = [row for row in rows if row["days_ahead"] == ahead]
            count += len(chosen)
            sums = {source: sum(float(row[column]) for row in chosen) for source, column in SOURCES.items()}
            best = min(sums["persistence"], sums["recent split"])
            for source in SOURCES:
                cells[source].append(f"{sums[source] / best:.2f}" if best > 0 else "–")
            for prefix, inside in held.items():
                inside += [float(row[prefix + "q05"]) <= float(row["counted"]) <= float(row[prefix + "q95"]) for row in chosen]
        shares = ", ".join(f"{sum(inside) / len(inside):.0%}" if inside else "–" for inside in held.values())
        print(f"| {name} | {count} | " + " | ".join(" / ".join(cells[source]) for source in SOURCES) + f" | {shares} |")


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    nuzuh = os.environ.get("NUZUH", here / "build/release/app/nuzuh")
    cases = sorted(p.parent for p in pathlib.Path(sys.argv[1]).glob("*/input_csv"))
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here / "results/fit"
    folder.mkdir(parents=True, exist_ok=True)
    known = fill(nuzuh, cases, folder)
    names = [case.name for case in cases]
    print("chosen on all:", ", ".join(f"{k} {v:g}" for k, v in zip(GRID, best_set(known, names))), "\n")
    left_out = {name: best_set(known, [n for n in names if n != name]) for name in names}
    ard_table(known, left_out, {case.name: baseline_scores(nuzuh, case, folder) for case in cases})
    forecast_table({case.name: forecasts(nuzuh, case, left_out[case.name], folder) for case in cases})


if __name__ == "__main__":
    main()
