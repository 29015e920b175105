"""Displacement under bombardment: scenarios, runs and studies, with results as xarray datasets.

    import nuzuh
    scenario = nuzuh.load("scenarios/idlib-2019.yaml")
    scenario["behaviour.leave.h_max"] = 0.8
    results = nuzuh.run(scenario, members=200, seed=1)
    results.total_people_displaced.quantile([0.05, 0.5, 0.95], "member")

Names, units and meanings are those of results files (output/README.md) and of `nuzuh explain`.
"""
from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._findings import Finding, ScenarioError

from . import _core  # isort: skip  (it raises ScenarioError)
from ._analyses import JointPosterior, calibrate, calibrate_together, compare, forecast, score
from ._imports import Imported, import_acled, import_flee, import_region
from ._scenario import PathLike, Scenario, Section, _scenario_of, _threads, _whole

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Finding", "Imported", "JointPosterior", "Scenario", "ScenarioError", "Section", "calibrate", "calibrate_together", "compare",
           "forecast", "import_acled", "import_flee", "import_region", "load", "meaning", "open_results", "run", "score", "sweep", "__version__"]

__version__: str = _core.version()

if "xarray" in sys.modules:
    from . import _accessor  # noqa: F401  (dataset.nuzuh)


def load(path: PathLike, overrides: Mapping[str, Any] | None = None) -> Scenario:
    """Reads a scenario, or a case folder of Flee 3.

    overrides: dotted keys and values that are laid over it, as `--set` does.
    Raises ScenarioError with every mistake at once.
    """
    return Scenario(path, overrides)


def meaning(key: str) -> str:
    """What a setting means, with its unit in brackets; "" if there is none of that key."""
    unit, text = _core.meaning(key)
    return f"{text} [{unit}]" if text and unit else text


def open_results(path: PathLike) -> xarray.Dataset:
    """Opens a results file, as `xarray.open_dataset` does; `dataset.nuzuh` then has its groups and figures."""
    import xarray

    from . import _accessor  # noqa: F401
    return xarray.open_dataset(path, engine="netcdf4")


def run(scenario: Scenario | PathLike, *, members: int | None = None, seed: int | None = None,
        threads: int | None = None, engine: str | None = None, mode: str | None = None, fixed: bool = False,
        progress: Callable[[int, int], None] | None = None) -> xarray.Dataset:
    """Runs a scenario and gives its results, as `xarray.open_dataset` gives those of a results file; writes none.

    Values are fetched when they are looked at, and what is said over members is worked out then. Series of a single run are
    the simulator's own memory and cannot be written to; assigning to the dataset copies them first. Groups of a results file
    and figures are at `dataset.nuzuh`.

    members   runs; each draws chance and what is not known
    seed      of all random numbers
    threads   None: all cores; results do not depend on it
    engine    "compartments", "agents" or "pooled"
    mode      "stochastic" or "expected"
    fixed     take parameters and inputs as known: bands then hold chance alone
    progress  called with the number of members done and of all

    What is not given is as the scenario says. Other Python threads go on meanwhile; Ctrl-C ends it after the members in hand.
    Raises ScenarioError for what the scenario or an engine does not take.
    """
    scenario = _scenario_of(scenario)
    results = scenario._core.run(_whole("members", members), _whole("seed", seed), _threads(threads), engine, mode,
                                 fixed, progress)
    if scenario._maker is None:
        from ._dataset import Maker
        scenario._maker = Maker()
    return scenario._maker.dataset(results)


def sweep(scenario: Scenario | PathLike, sets: pandas.DataFrame | Mapping[str, Sequence[Any]], *,
          collect: Sequence[str | Mapping[str, Any]] = ("total_people_displaced", "total_movements"),
          replicates: int = 1, threads: int | None = None,
          progress: Callable[[int, int], None] | None = None) -> xarray.Dataset:
    """Runs a scenario for sets of settings, a row each, and gives a dataset with `run` as a dimension.

    sets      a column for every setting that varies, named by its dotted key
    collect   outputs, as under `collect` of a study (`nuzuh explain collect`)
    replicates  runs of each set, with the same chance and unknowns for every set
    threads   None: all cores; results do not depend on it
    progress  called with the number of runs done and of all

    The study is that of `nuzuh sweep` with design: list, in a temporary folder.
    """
    scenario = _scenario_of(scenario)
    columns = {str(key): [value.item() if hasattr(value, "item") else value for value in sets[key]] for key in sets}
    lengths = {len(values) for values in columns.values()}
    if len(lengths) != 1 or 0 in lengths:
        raise ValueError("sets needs a column for every setting, all of one length above 0")
    with tempfile.TemporaryDirectory(prefix="nuzuh-") as folder:
        (Path(folder) / "base.yaml").write_text(scenario.yaml, encoding="utf-8")
        study = {"extends": "base.yaml", "title": "sets from Python", "design": "list", "axes": columns,
                 "replicates": _whole("replicates", replicates),
                 "collect": [one if isinstance(one, Mapping) else {"output": one} for one in collect]}
        file = Path(folder) / "study.yaml"
        file.write_text(json.dumps(study, ensure_ascii=False, indent=0), encoding="utf-8")  # is YAML, and quicker to write
        _core.sweep(str(file), str(Path(folder) / "study.h5"), _threads(threads), progress)
        with open_results(Path(folder) / "study.h5") as lazy:
            dataset = lazy.load()
    dataset.encoding.pop("source", None)
    return dataset
