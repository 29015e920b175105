"""Scenarios, and what functions of the package take."""
from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Union

from . import _core
from ._findings import Finding

if TYPE_CHECKING:
    import xarray

    from ._dataset import Maker

PathLike = Union[str, "os.PathLike[str]"]

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
    """A value as a scenario writes it, on one line of YAML."""
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        return json.dumps(value.to_dict("records"), ensure_ascii=False)
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if hasattr(value, "item") and not isinstance(value, str):
        return _as_text(value.item())  # a number of numpy
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if ": " in text and text[:1] not in "[{\"'" else text


def _is_structured(value: Any) -> bool:
    return isinstance(value, (list, tuple, dict)) or hasattr(value, "columns")



def _whole(name: str, value: Any) -> int | None:
    """A whole number, or None; 1.7 is refused and not cut to 1."""
    if value is None:
        return None
    if isinstance(value, bool) or value != value or abs(value) == float("inf") or int(value) != value:
        raise ValueError(f"{name} is {value!r}; a whole number is expected")
    return int(value)


class Section(Mapping[str, Any]):
    """A section of a scenario, or an entry of one of its lists; what is set in it is set in the scenario."""

    def __init__(self, scenario: Scenario, key: str, content: Mapping[str, Any]):
        self._scenario, self._key, self._content = scenario, key, content

    def __getitem__(self, key: str) -> Any:
        return self._scenario[f"{self._key}.{key}"]

    def __setitem__(self, key: str, value: Any) -> None:
        self._scenario[f"{self._key}.{key}"] = value

    def __iter__(self) -> Iterator[str]:
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

    def __init__(self, path: PathLike, overrides: Mapping[str, Any] | None = None):
        self._begin((os.fspath(path), [f"{key}={_as_text(value)}" for key, value in (overrides or {}).items()]))

    def _begin(self, origin: tuple[str, list[str]]) -> None:
        self._origin = origin
        self._set: list[tuple[str, str]] = []
        self._read: dict[str, Any] | None = None
        self._maker: Maker | None = None  # of datasets
        self._core = _core.Scenario(*self._origin)

    def set(self, key: str, value: Any) -> Scenario:
        """Sets one setting, checked as in a file, and gives the scenario. A list or a table takes the place of the whole list, such
        as `scenario["parameters.posterior"] = nuzuh.calibrate(...)`; the scenario is then read again."""
        text = _as_text(value)
        if _is_structured(value):
            path, overrides = self._origin
            again = _again((path, [*overrides, f"{key}={text}"]), self._set)
            self._origin, self._core = again._origin, again._core
        else:
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
        from . import run
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


def _scenario_of(scenario: Scenario | PathLike) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else Scenario(scenario)
