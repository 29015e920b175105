#!/usr/bin/env python3
"""check.py PROMISE NUZUH SCENARIOS PACKAGE: holds the Python package against the command line and its files."""
import multiprocessing
import os
import pathlib
import pickle
import shutil
import signal
import subprocess
import sys

from common import (OtherThread, assert_same, folder, keep, nuzuh, nuzuh_command, opened, package, refused, scenarios, toy,
                    without_a_screen)


def results_are_those_of_the_file():
    nuzuh_command("run", toy, "--members", "7", "--seed", "5", "-o", "toy.h5")
    file = opened("toy.h5")
    for threads in (1, 2, 8):
        assert_same(nuzuh.run(toy, members=7, seed=5, threads=threads), file)
    campaign = nuzuh.load(scenarios / "idlib-2019.yaml", {"period.to": "2019-05-20"})
    for engine, mode in (("compartments", "expected"), ("pooled", "stochastic"), ("agents", "stochastic")):
        nuzuh_command("run", scenarios / "idlib-2019.yaml", "--set", "period.to=2019-05-20", "--engine", engine, "--mode", mode,
                      "--members", "2", "-o", "campaign.h5", "--force")
        assert_same(campaign.run(engine=engine, mode=mode, members=2), opened("campaign.h5"))
    assert list(folder.iterdir()) and {path.suffix for path in folder.iterdir()} == {".h5"}


def groups_are_those_of_the_file():
    import xarray
    options = {"engine": "agents", "mode": "stochastic", "members": 2}
    nuzuh_command("run", scenarios / "idlib-2019.yaml", "--set", "period.to=2019-05-20", "--engine", "agents", "--members", "2", "-o",
                  "groups.h5")
    results = nuzuh.load(scenarios / "idlib-2019.yaml", {"period.to": "2019-05-20"}).run(**options)
    for name in ("border", "reported", "planning", "histories", "provenance"):
        with xarray.open_dataset(folder / "groups.h5", group=name) as group:
            assert_same(results.nuzuh.group(name).load(), group.load())
    for dataset in (results, opened("groups.h5")):
        assert dataset.nuzuh.group("traces") is None
    assert_same(pickle.loads(pickle.dumps(results)).nuzuh.group("reported"), results.nuzuh.group("reported"))


def large_arrays_are_not_copied():
    """Of one run they are the simulator's own memory; what is changed is copied first, and nothing else changes."""
    import numpy
    results = nuzuh.run(toy, engine="pooled", mode="expected", members=1)
    held = results.encoding["groups"]._results
    for name in ("displaced", "arrivals", "total_movements", "route_persons"):
        values = results[name].values
        assert numpy.shares_memory(values, held.values("", name)) and not values.flags.writeable, name
    turned = results.displaced.transpose("place", "time", "member")
    assert numpy.array_equal(turned.values, results.displaced.values.transpose(2, 1, 0))
    before = results.displaced.values.copy()
    results["displaced"][0, 0, 0] = -1
    assert results.displaced.values[0, 0, 0] == -1 and held.values("", "displaced")[0, 0, 0] == before[0, 0, 0]
    assert (results.displaced_mean.values == before[0]).all()
    changed = results.copy(deep=True)
    changed["arrivals"][...] = 7
    assert (results.arrivals.values == held.values("", "arrivals")).all()
    values = results.departures.values
    del results, held, changed
    assert (values >= 0).all() and values.sum() > 0  # an array keeps what it lies in


def datasets_outlive_what_made_them():
    scenario = nuzuh.load(toy)
    first, second = scenario.run(members=4, seed=1), scenario.run(members=4, seed=2)
    longer = scenario.set("period.to", "2024-04-20").run(members=4, seed=1)
    del scenario
    assert first.attrs["seed"] == 1 and second.attrs["seed"] == 2 and longer.sizes["time"] < first.sizes["time"]
    assert_same(pickle.loads(pickle.dumps(first)), first)
    assert not first.identical(second)
    assert_same(first.load(), nuzuh.run(toy, members=4, seed=1))
    first.to_netcdf(folder / "written.nc")
    again = opened("written.nc")
    for name in first.variables:
        assert again[name].equals(first[name]), name


def figures_are_drawn_of_datasets():
    matplotlib = without_a_screen()
    colour = matplotlib.rcParams["axes.edgecolor"]
    campaign = nuzuh.load(scenarios / "idlib-2019.yaml", {"period.to": "2019-05-30"})
    results = campaign.run(members=3)
    nuzuh_command("run", scenarios / "idlib-2019.yaml", "--set", "period.to=2019-05-30", "--members", "3", "-o", "drawn.h5")
    lines = {}
    for name, dataset in (("memory", results), ("file", opened("drawn.h5"))):
        plot = dataset.nuzuh.plot
        for draw in (plot.page, plot.arrivals, plot.origins, plot.map):
            assert draw().axes, draw
        lines[name] = [list(line.get_ydata()) for line in plot.totals().axes[0].lines]
    assert lines["memory"] == lines["file"] and len(lines["file"]) > 2
    assert campaign.set("behaviour.leave.h_max", 0.2).run(members=3).nuzuh.plot.change(results).axes
    assert matplotlib.rcParams["axes.edgecolor"] == colour, "other figures of the program look as before"


def mistakes_carry_file_line_and_way_out():
    text = toy.read_text().replace("capacity: 1000", "capasity: 1000").replace("quota: 300", "quota: -3")
    (folder / "wrong.yaml").write_text(text)
    found = refused(nuzuh.load, folder / "wrong.yaml").findings
    assert len(found) == 2 and all(one.severity == "error" and one.file.endswith("wrong.yaml") for one in found), found
    line = next(k for k, words in enumerate(text.splitlines(), 1) if "capasity" in words)
    assert found[0].line == line and found[0].column > 1 and "capacity" in found[0].hint, found[0]
    (folder / "odd.yaml").write_text(toy.read_text().replace("km: 32", "km: 3"))
    warned = nuzuh.load(folder / "odd.yaml").warnings
    assert any("straight line" in one.message and one.line > 0 for one in warned), warned
    assert "no such file" in str(refused(nuzuh.load, folder / "nowhere.yaml")).lower()


def a_setting_is_set_or_nothing_is_changed():
    scenario = nuzuh.load(toy)
    assert scenario["behaviour.leave.h_max"] == 0.3
    before = scenario.yaml
    for key, value in (("behaviour.leave.h_max", -1), ("behaviour.leave.hmax", 0.4), ("groups.everyone.share", 0.5),
                       ("crossings.0.policy", "opened")):
        error = refused(scenario.set, key, value)
        assert error.findings and scenario.yaml == before, key
    assert "h_max" in refused(scenario.set, "behaviour.leave.hmax", 0.4).findings[0].hint
    assert scenario["period.to"] == "2024-04-30" or str(scenario["period.to"]) == "2024-04-30"
    assert scenario["behaviour"]["leave"]["h_max"] == 0.3 and "leave" in scenario["behaviour"]
    assert scenario["groups.everyone.share"] == 1 and scenario["groups"][0]["name"] == "everyone"
    assert scenario["bombardment.0.place"] == "east" and scenario["crossings.gate.quota"] == 300
    scenario["behaviour"]["leave"]["h_max"] = 0.5
    scenario["period.to"] = "2024-04-10"
    nuzuh_command("run", toy, "--set", "behaviour.leave.h_max=0.5", "--set", "period.to=2024-04-10", "--members", "3", "-o",
                  "set.h5")
    assert_same(scenario.run(members=3), opened("set.h5"))
    assert "1/day" in nuzuh.meaning("behaviour.leave.h_max") and nuzuh.meaning("behaviour.leave.hmax") == ""
    try:
        scenario["behaviour.nothing"]
        raise AssertionError("there is no such key")
    except KeyError:
        pass


def a_sweep_is_the_study():
    import pandas
    sets = pandas.DataFrame({"behaviour.leave.h_max": [0.1, 0.2, 0.4], "groups.everyone.threshold": [20, 30, 40]})
    heard = []
    dataset = nuzuh.sweep(nuzuh.load(toy), sets, replicates=2, progress=lambda done, everything: heard.append((done, everything)))
    (folder / "study.yaml").write_text(
        f"extends: {toy}\ntitle: sets from Python\ndesign: list\nreplicates: 2\naxes:\n"
        "  behaviour.leave.h_max: [0.1, 0.2, 0.4]\n  groups.everyone.threshold: [20, 30, 40]\n"
        "collect: [{output: total_people_displaced}, {output: total_movements}]\n")
    nuzuh_command("sweep", "study.yaml", "-o", "study.h5")
    assert_same(dataset, opened("study.h5"))
    assert dataset.sizes["run"] == 6 and heard[-1] == (6, 6), heard
    error = refused(nuzuh.sweep, toy, {"behaviour.leave.hmax": [1, 2]})
    assert "hmax" in str(error)
    try:
        nuzuh.sweep(toy, {"behaviour.leave.h_max": [0.1], "groups.everyone.threshold": [20, 30]})
        raise AssertionError("columns of two lengths")
    except ValueError as error:
        assert "one length" in str(error)


def total(scenario):
    return float(nuzuh.run(scenario, members=4).total_movements[:, -1].sum())


def processes_and_forks_give_the_same():
    scenario = nuzuh.load(toy).set("behaviour.leave.h_max", 0.2)
    again = pickle.loads(pickle.dumps(scenario))
    assert again.yaml == scenario.yaml
    here = total(scenario)  # OpenMP has its threads from now on, and a fork has not
    for way in ("fork", "spawn"):
        with multiprocessing.get_context(way).Pool(2) as pool:
            assert pool.map_async(total, [scenario] * 3).get(timeout=90) == [here] * 3, way


def dask_and_mpi_give_the_same():
    """Tasks of dask in processes, and ranks of MPI; what is not installed is left out."""
    scenario, here, tried = nuzuh.load(toy), total(toy), []
    try:
        import dask
        done = dask.compute(*[dask.delayed(total)(scenario) for _ in range(3)], scheduler="processes", num_workers=2)
        assert done == (here,) * 3, done
        tried.append("dask")
    except ImportError:
        print("without dask")
    try:
        import mpi4py  # noqa: F401
        (folder / "ranks.py").write_text(
            "import sys\nfrom mpi4py import MPI\nsys.path.insert(0, sys.argv[1])\nimport nuzuh\n"
            "world = MPI.COMM_WORLD\nrun = nuzuh.run(sys.argv[2], members=4, seed=world.Get_rank() // 2)\n"
            "found = world.gather(run)\n"
            "if world.Get_rank() == 0:\n    assert found[0].identical(found[1]) and not found[0].identical(found[2])\n    print('ranks', len(found))\n")
        done = subprocess.run(["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "3", sys.executable, "ranks.py", package, toy],
                              cwd=folder, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
        assert done.returncode == 0 and "ranks 3" in done.stdout, done
        tried.append("mpi4py")
    except (ImportError, FileNotFoundError):
        print("without mpi4py")
    if not tried:
        print("skipped: neither dask nor mpi4py is installed")
        sys.exit(77)


def other_threads_go_on_and_ctrl_c_ends_it():
    campaign = nuzuh.load(scenarios / "idlib-2019.yaml")
    other = OtherThread()
    campaign.run(members=8, threads=1)
    other.has_gone_on()
    heard = []

    def press(done, members):
        heard.append(done)
        if done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    try:
        campaign.run(members=500, threads=1, progress=press)
        raise AssertionError("it was not ended")
    except KeyboardInterrupt:
        assert 2 <= len(heard) < 50, heard

    def fail(done, members):
        raise LookupError("heard enough")

    try:
        campaign.run(members=500, threads=2, progress=fail)
        raise AssertionError("what was raised is lost")
    except LookupError as error:
        assert "heard enough" in str(error)


def whole_numbers_are_not_cut():
    import numpy
    for options in ({"members": 1.7}, {"seed": 1.5}, {"members": True}, {"threads": 0}, {"threads": 1.5}):
        try:
            nuzuh.run(toy, **options)
            raise AssertionError(options)
        except ValueError as error:
            assert next(iter(options)) in str(error)
    assert nuzuh.run(toy, members=numpy.int64(2)).sizes["member"] == 2
    assert "members" in str(refused(nuzuh.run, toy, members=0))
    assert "compartments" in str(refused(nuzuh.run, toy, engine="flying", members=2))


def pip_installs_it():
    """From a checkout, with the build folder of these tests: what is installed runs and draws without the checkout."""
    import importlib.util
    if not all(importlib.util.find_spec(name) for name in ("pip", "setuptools", "wheel")):
        print("skipped: pip, setuptools or wheel is not installed")
        sys.exit(77)
    source, target = folder / "source", folder / "target"
    shutil.copytree(scenarios.parent / "app" / "python", source)
    built = pathlib.Path(package).parents[1]
    done = subprocess.run([sys.executable, "-m", "pip", "install", "--no-build-isolation", "--no-deps", "--no-index", "--target", target, source],
                          capture_output=True, text=True, env={**os.environ, "NUZUH_BUILD": str(built)})
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run([sys.executable, "-c", f"import nuzuh, nuzuh.figures.run; print(nuzuh.__file__, nuzuh.run({str(toy)!r}, members=2).sizes['member'])"],
                          cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(target)})
    assert done.returncode == 0 and done.stdout.split() == [str(target / "nuzuh" / "__init__.py"), "2"], done


def the_example_of_emulation_and_inference_holds():
    try:
        import sklearn  # noqa: F401
    except ImportError:
        print("skipped: scikit-learn is not installed")
        sys.exit(77)
    sys.path.insert(0, str(scenarios.parent / "examples"))
    import emulation_and_inference
    explained, truth, low, high = emulation_and_inference.main(toy)
    assert min(explained) > 0.95, explained
    assert (low < truth).all() and (truth < high).all() and ((high - low) / 3.29 < 0.8).all(), (low, truth, high)


def the_readme_holds():
    text = (scenarios.parent / "README.md").read_text()
    lines = next(block.split("```")[0] for block in text.split("```python\n") if block.startswith("import nuzuh"))
    done = subprocess.run([sys.executable, "-c", lines], cwd=scenarios.parent, env={**os.environ, "PYTHONPATH": package},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    numbers = [float(word) for word in done.stdout.replace("[", " ").replace("]", " ").split()]
    assert len(numbers) == 6 and numbers[0] < numbers[1] < numbers[2] and numbers[3] != numbers[4] and numbers[5] < 0, done.stdout


def the_tutorial_holds():
    without_a_screen("scipy")
    os.chdir(scenarios.parent)
    names = {}
    for block in pathlib.Path("docs/python.md").read_text().split("```python\n")[1:]:
        exec(block.split("```")[0], names)
    assert names["abroad"].difference_q95 < 0 and names["hangs_on"]["groups.everyone.threshold"] < -0.5, names["hangs_on"]
    (low, _, high), (least, _, most) = names["bands"]["after"], names["bands"]["before"]
    assert high / low < 0.6 * most / least and low <= names["reported"][-1]["persons"] <= high, names["bands"]


def signatures_are_complete():
    if not shutil.which("mypy"):
        print("skipped: mypy is not installed")
        sys.exit(77)
    source = scenarios.parent / "app" / "python"
    done = subprocess.run(["mypy", "--config-file", source / "pyproject.toml", "--cache-dir", folder, source / "nuzuh"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def docstrings_name_every_argument():
    """And no other: of each function that the package gives."""
    import inspect
    for name in nuzuh.__all__:
        function = getattr(nuzuh, name)
        if not inspect.isfunction(function) or len(inspect.signature(function).parameters) < 3:
            continue
        told = {word.strip(",`") for line in inspect.getdoc(function).splitlines() if "  " in line.strip()
                for word in line.split("  ")[0].split()}
        asked = set(inspect.signature(function).parameters) - {"scenario"}
        assert asked <= told | {"path", "a", "b"}, (name, asked - told)


def importing_it_imports_little():
    heavy = [name for name in ("xarray", "numpy", "pandas", "netCDF4") if name in sys.modules]
    assert not heavy, heavy


if __name__ == "__main__":
    keep(globals())
