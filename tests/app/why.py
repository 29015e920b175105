#!/usr/bin/env python3
"""why.py PROMISE NUZUH SCENARIO: runs the toy and checks one promise about why people came."""
import csv
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr

promise, nuzuh, toy = sys.argv[1:]
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_why_"))
CAUSES = ["strikes", "fronts", "capture", "orders", "base_rate", "moving_on", "no_shelter", "turning_away", "given"]


def command(*words, code=0):
    done = subprocess.run([nuzuh, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=200)
    assert done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def run(*options, name="toy.h5", members=9):
    command("--quiet", "run", toy, "-o", name, "--members", members, *options)
    return xr.open_dataset(folder / name, engine="netcdf4", decode_times=False)


def table(*words, name="toy.h5"):
    """Rows of the answer's table by what divides arrivals and by id."""
    told = command("--quiet", "why", name, "-o", "why.csv", "--force", *words).stdout
    with open(folder / "why.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["first_day"].startswith("#")]
    return {(row["by"], row["id"]): row for row in rows}, told


def parts(rows, by):
    return {name: float(row["persons"]) for (kind, name), row in rows.items() if kind == by}


def same(a, b):
    assert abs(a - b) <= 0.06 + 1e-4 * abs(b), (a, b)


def members_run_anew_give_what_the_file_holds():
    file = run("--set", "output.causes=true", "--set", "output.every=7 days")
    west = list(file.place_id.values.astype(str)).index("west")
    for words, weeks in [((), slice(None)), (("--from", "2024-03-08", "--days", 14), slice(1, 3))]:
        rows, told = table("--place", "west", *words)
        arrivals = file.arrivals.values[:, weeks, west].sum(1)
        same(float(rows["all", ""]["persons"]), arrivals.mean())
        same(float(rows["all", ""]["q95"]), np.quantile(arrivals, 0.95))
        by_cause = parts(rows, "cause")
        for cause in CAUSES:
            same(by_cause.get(cause, 0), file[f"arrivals_by_{cause}"].values[:, weeks, west].sum(1).mean())
        assert by_cause["strikes"] > 0 and "strikes" in told, told
    homes = parts(table("--place", "west")[0], "home")
    for home, persons in homes.items():
        origin = list(file.place_id.values.astype(str)).index(home)
        same(persons, file.arrivals_from.values[:, origin, west].mean())


def shares_add_up_to_one():
    run()
    rows, _ = table("--place", "west")
    for by in ("cause", "home", "last road"):
        same(sum(parts(rows, by).values()), float(rows["all", ""]["persons"]))
        shares = [float(row["share"]) for (kind, _), row in rows.items() if kind == by]
        assert shares and abs(sum(shares) - 1) < 1e-5, (by, shares)
    assert set(parts(rows, "last road")) == {"east_west", "west_gate"}
    assert list(rows) == [("all", ""), *sorted(list(rows)[1:], key=lambda one: (["cause", "home", "last road"].index(one[0]), -float(rows[one]["persons"])))]


def every_engine_answers_and_pooled_runs_make_up_no_homes():
    for engine, mode, members in [("agents", "stochastic", 3), ("pooled", "stochastic", 9), ("pooled", "expected", 1), ("compartments", "expected", 1)]:
        run("--engine", engine, "--mode", mode, "--fixed", name=f"{engine}-{mode}.h5", members=members)
        rows, told = table("--place", "west", name=f"{engine}-{mode}.h5")
        same(sum(parts(rows, "cause").values()), float(rows["all", ""]["persons"]))
        same(sum(parts(rows, "last road").values()), float(rows["all", ""]["persons"]))
        assert bool(parts(rows, "home")) == (engine != "pooled") and ("Homes do not apply" in told) == (engine == "pooled"), told


def causes_stand_in_a_table_of_exports():
    file = run("--set", "output.causes=true")
    command("export", "toy.h5", "--to", "csv", "-o", "tables")
    with open(folder / "tables" / "causes_by_day.csv", newline="") as rows:
        means = [row for row in csv.DictReader(rows) if row["statistic"] == "mean"]
    assert len(means) == file.sizes["time"] * file.sizes["place"]
    for row in means:
        assert abs(sum(float(row[f"arrivals_by_{cause}"]) for cause in CAUSES) - float(row["arrivals"])) < 0.6, row
    assert sum(float(row["arrivals_by_strikes"]) for row in means) > 1000
    run(name="without.h5")
    command("export", "without.h5", "--to", "csv", "-o", "others")
    assert not (folder / "others" / "causes_by_day.csv").exists()
    assert (folder / "others" / "places_by_day.csv").exists()


def what_is_wrong_is_said_and_nothing_written():
    run("--set", "output.every=7 days")
    for words, said in [(("--place", "wst"), "did you mean 'west'"), (("--place", "beyond"), "ask about arrivals at 'gate'"),
                        (("--place", "west", "--from", "2024-02-29"), "no day of the run"),
                        (("--place", "west", "--from", "2024-03-02"), "not whole records"),
                        (("--place", "west", "--days", "8"), "not whole records")]:
        done = command("why", "toy.h5", "-o", "why.csv", *words, code=2)
        assert said in done.stderr, done.stderr
    both = command("why", "toy.h5", "--place", "wst", "--days", "8", code=2).stderr
    assert "did you mean 'west'" in both and "not whole records" in both, both
    before = (folder / "toy.h5").read_bytes()
    command("why", "toy.h5", "--place", "gate", "-o", "toy.h5", "--force", code=2)
    assert (folder / "toy.h5").read_bytes() == before, "what is read is never overwritten"
    assert not (folder / "why.csv").exists()


globals()[promise]()
