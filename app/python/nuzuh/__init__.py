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
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Finding", "Scenario", "ScenarioError", "Section", "load", "open_results", "run", "sweep", "meaning",
           "__version__"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a scenario, or doubtful about it."""

    severity: str  #: "error" or "warning"
    key: str  #: dotted, such as "behaviour.leave.h_max"
    message: str
    hint: str  #: the nearest right word, unit or way out; may be empty
    file: str
    line: int
    column: int

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " if self.file else f"{self.key}: " if self.key else ""
        return f"{where}{self.severity}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class ScenarioError(ValueError):
    """A scenario that cannot be run; `findings` holds every mistake, each with its file and line."""

    def __init__(self, findings: Sequence[Mapping[str, Any]]):
        self.findings = [Finding(**dict(one)) for one in findings]
        super().__init__("\n".join(str(one) for one in self.findings if one.severity == "error"))


from . import _core  # noqa: E402  (it raises ScenarioError)

__version__: str = _core.version()

if "xarray" in sys.modules:
    from . import _accessor  # noqa: F401  (dataset.nuzuh)

_forked = False


def _in_a_fork() -> None:
    global _forked
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_a_fork)


def _threads(threads: int | None) -> int:
    """0 for all cores. OpenMP does not survive a fork: a forked process runs on one thread."""
    if _forked:
        return 1
    if threads is None:
        return 0
    if not isinstance(threads, int) or isinstance(threads, bool) or threads < 1:
        raise ValueError(f"threads is {threads!r}; a whole number from 1, or None for all cores")
    return threads


def _as_text(value: Any) -> str:
    """A value as a scenario writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if hasattr(value, "item") and not isinstance(value, str):
        return _as_text(value.item())  # a number of numpy
    return str(value)


def _whole(name: str, value: Any) -> int | None:
    """A whole number, or None; 1.7 is refused and not cut to 1."""
    if value is None:
        return None
    if isinstance(value, bool) or value != value or abs(value) == float("inf") or int(value) != value:
        raise ValueError(f"{name} is {value!r}; a whole number is expected")
    return int(value)


class Section(Mapping):
    """A section of a scenario, or an entry of one of its lists; what is set in it is set in the scenario."""

    def __init__(self, scenario: Scenario, key: str, content: Mapping[str, Any]):
        self._scenario, self._key, self._content = scenario, key, content

    def __getitem__(self, key: str) -> Any:
        return self._scenario[f"{self._key}.{key}"]

    def __setitem__(self, key: str, value: Any) -> None:
        self._scenario[f"{self._key}.{key}"] = value

    def __iter__(self):
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __repr__(self) -> str:
        return f"{self._key}: {dict(self._content)!r}"


class Scenario:
    """A scenario that is checked as a whole. Settings are reached by their dotted keys, or section by section; entries of
    lists by name or position:

        scenario["behaviour.leave.h_max"]
        scenario["groups.residents.threshold"] = 300     # raises ScenarioError where it cannot be, and changes nothing then
        scenario["behaviour"]["leave"]["h_max"] = 0.8
    """

    def __init__(self, path: str | os.PathLike[str], overrides: Mapping[str, Any] | None = None):
        self._begin((os.fspath(path), [f"{key}={_as_text(value)}" for key, value in (overrides or {}).items()]))

    def _begin(self, origin: tuple[str, list[str]]) -> None:
        self._origin = origin
        self._set: list[tuple[str, str]] = []
        self._read: dict[str, Any] | None = None
        self._maker: Any = None  # of datasets, see _dataset.Maker
        self._core = _core.Scenario(*self._origin)

    def set(self, key: str, value: Any) -> Scenario:
        """Sets one setting, checked as in a file, and gives the scenario."""
        text = _as_text(value)
        self._core.set(key, text)
        self._set.append((key, text))
        self._read = self._maker = None
        return self

    def __setitem__(self, key: str, value: Any) -> None:
        self.set(key, value)

    def __getitem__(self, key: str) -> Any:
        number = self._core.number(key)
        if number is not None:
            return number
        value: Any = self._settings()
        for part in key.split("."):
            value = _entry(value, part, key)
        return Section(self, key, value) if isinstance(value, dict) else value

    def _settings(self) -> dict[str, Any]:
        """Everything that it says, as plain data."""
        if self._read is None:
            import yaml
            self._read = yaml.load(self.yaml, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return self._read

    @property
    def yaml(self) -> str:
        """The whole scenario with every default written out, as results files carry it."""
        return self._core.yaml

    @property
    def warnings(self) -> list[Finding]:
        """What is doubtful about it, as it was read."""
        return [Finding(**one) for one in self._core.warnings]

    def run(self, **options: Any) -> xarray.Dataset:
        """See `nuzuh.run`."""
        return run(self, **options)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._origin, self._set)

    def __repr__(self) -> str:
        return f"<nuzuh.Scenario of {self._origin[0]}{''.join(f', {key}={value}' for key, value in self._set)}>"


def _entry(value: Any, part: str, key: str) -> Any:
    """An entry of a map by its key, of a list by its position or by what its entries are called."""
    if isinstance(value, dict) and part in value:
        return value[part]
    if isinstance(value, list):
        if part.isdigit() and int(part) < len(value):
            return value[int(part)]
        for name in ("name", "place", "figure", "route"):
            for one in value:
                if isinstance(one, dict) and str(one.get(name)) == part:
                    return one
    raise KeyError(key)


def _again(origin: tuple[str, list[str]], changes: list[tuple[str, str]]) -> Scenario:
    scenario = Scenario.__new__(Scenario)
    scenario._begin(origin)
    for key, value in changes:
        scenario.set(key, value)
    return scenario


def load(path: str | os.PathLike[str], overrides: Mapping[str, Any] | None = None) -> Scenario:
    """Reads a scenario, or a case folder of Flee 3.

    overrides: dotted keys and values that are laid over it, as `--set` does.
    Raises ScenarioError with every mistake at once.
    """
    return Scenario(path, overrides)


def meaning(key: str) -> str:
    """What a setting means, with its unit in brackets; "" if there is none of that key."""
    unit, text = _core.meaning(key)
    return f"{text} [{unit}]" if text and unit else text


def open_results(path: str | os.PathLike[str]) -> xarray.Dataset:
    """Opens a results file, as `xarray.open_dataset` does; `dataset.nuzuh` then has its groups and figures."""
    import xarray

    from . import _accessor  # noqa: F401
    return xarray.open_dataset(path, engine="netcdf4")


def run(scenario: Scenario | str | os.PathLike[str], *, members: int | None = None, seed: int | None = None,
        threads: int | None = None, engine: str | None = None, mode: str | None = None, fixed: bool = False,
        progress: Callable[[int, int], None] | None = None) -> xarray.Dataset:
    """Runs a scenario and gives its results, as `xarray.open_dataset` gives those of a results file; writes none.

    Values are fetched when they are looked at, and what is said over members is worked out then. Series of a single run are
    the simulator's own memory and cannot be written to; assigning to the dataset copies them first. Groups of a results file
    and figures are at `dataset.nuzuh`.

    members   runs; each draws chance and what is not known
    threads   None: all cores; results do not depend on it
    engine    "compartments", "agents" or "pooled"
    mode      "stochastic" or "expected"
    fixed     take parameters and inputs as known: bands then hold chance alone
    progress  called with the number of members done and of all

    What is not given is as the scenario says. Other Python threads go on meanwhile; Ctrl-C ends it after the members in hand.
    Raises ScenarioError for what the scenario or an engine does not take.
    """
    if not isinstance(scenario, Scenario):
        scenario = load(scenario)
    results = scenario._core.run(_whole("members", members), _whole("seed", seed), _threads(threads), engine, mode,
                                 fixed, progress)
    if scenario._maker is None:
        from ._dataset import Maker
        scenario._maker = Maker()
    return scenario._maker.dataset(results)


def sweep(scenario: Scenario | str | os.PathLike[str], sets: pandas.DataFrame | Mapping[str, Sequence[Any]], *,
          collect: Sequence[str | Mapping[str, Any]] = ("total_people_displaced", "total_movements"),
          replicates: int = 1, threads: int | None = None,
          progress: Callable[[int, int], None] | None = None) -> xarray.Dataset:
    """Runs a scenario for sets of settings, a row each, and gives a dataset with `run` as a dimension.

    sets      a column for every setting that varies, named by its dotted key
    collect   outputs, as under `collect` of a study (`nuzuh explain collect`)
    replicates  runs of each set, with the same chance and unknowns for every set

    The study is that of `nuzuh sweep` with design: list, in a temporary folder.
    """
    if not isinstance(scenario, Scenario):
        scenario = load(scenario)
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
