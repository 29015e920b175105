"""Runs and scenarios held against each other and against what was counted: tables of `nuzuh compare`, `score`, `forecast` and
`calibrate`, with the same columns and values."""
from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from . import _core
from ._findings import Finding
from ._scenario import PathLike, Scenario, _scenario_of, _threads, _whole

if TYPE_CHECKING:
    import datetime

    import pandas
    import xarray

    Progress = Callable[[int, int], None]
    Day = Union[str, datetime.date]

DATES = ("origin", "day", "last_known_day", "published", "date")
TEXTS = ("quantity", "unit", "origin", "place", "name", "pcode", "adm3_pcode", "pairs", "form", "model", "series", "setting")


def _table(text: str, *, hashtags: bool = False, dates: Sequence[str] = DATES) -> pandas.DataFrame:
    """A table file as a DataFrame: days as datetime64, an empty text as "", an empty number as NaN."""
    import pandas
    texts = [name for name in TEXTS if name not in dates]
    frame = pandas.read_csv(io.StringIO(text), skiprows=[1] if hashtags else None, keep_default_na=False, na_values=[""],
                            dtype=dict.fromkeys(texts, str), float_precision="round_trip")
    for name in frame.columns:
        if name in dates:
            frame[name] = pandas.to_datetime(frame[name])
        elif name in texts:
            frame[name] = frame[name].fillna("")
    return frame


def _source(results: xarray.Dataset | PathLike) -> Any:
    """Results as the library reads them."""
    if isinstance(results, (str, os.PathLike)):
        return os.fspath(results)
    from ._dataset import Source
    return Source(results)


def _day(day: Day | None) -> str | None:
    """As YYYY-MM-DD."""
    return None if day is None else str(day)[:10] if hasattr(day, "year") else str(day)


def compare(a: xarray.Dataset | PathLike, b: xarray.Dataset | PathLike, unpaired: bool = False) -> pandas.DataFrame:
    """How two runs differ, B less A, member by member: the table of `nuzuh compare A B -o FILE`, without its hashtags.

    a, b      files, or datasets that nuzuh.run gave or that were opened from files, also in part: some members or days of both
    unpaired  compare runs of other seeds or numbers of members, every member with every other

    A row a quantity, home and place; `origin` and `place` are empty for all. Flows and stocks in persons, or as `unit` says; differences
    are means and quantiles over pairs, `share_less` and `share_more` the shares of pairs below and above 0. `attrs` holds
    "headline", a sentence, and "notes", what only one of the two has.

    Raises ScenarioError for runs that are no pairs, or of other days or places.
    """
    text, headline, notes = _core.compare(_source(a), _source(b), unpaired)
    frame = _table(text, hashtags=True, dates=())
    frame.attrs = {"headline": headline, "notes": notes}
    return frame


def score(what: xarray.Dataset | Scenario | PathLike, *, series: bool = False, fixed: bool = False,
          threads: int | None = None, progress: Progress | None = None) -> pandas.DataFrame:
    """Holds a run against registrations of camps, beside plain baselines: the table of `nuzuh score`.

    what      results (a dataset or a file), or a scenario, which is then run
    series    the table of `--series` in place of scores: run and counts by form, day and camp [persons]
    fixed     take parameters and inputs as known
    threads   None: all cores; results do not depend on it
    progress  called with the number of members done and of all, for each run anew

    Each run is scored with no place limited, for which it is run again, and with capacities as given. A row a form, model and camp, with
    the mean and the sum over camps: ard, ard_rescaled, mase, wis_log, covered_50, covered_90 and correlation are numbers, crps and wis
    persons. `nuzuh score --help` says what each is; sources stand in sim/study/skill.hpp.

    Raises ScenarioError where there are no registrations.
    """
    if isinstance(what, (str, os.PathLike)) and not _core.is_named_as_results(os.fspath(what)):
        what = _scenario_of(what)
    if isinstance(what, Scenario):
        return _table(_core.score(what._core, series, fixed, _threads(threads), progress))
    if fixed:
        raise ValueError("fixed has no effect on a run that is done: score the scenario, or leave it out")
    return _table(_core.score_results(_source(what), series, _threads(threads), progress))


def forecast(scenario: Scenario | PathLike, *, every: int = 28, ahead: Sequence[int] = (7, 14, 28, 56),
             members: int | None = None, from_: Day | None = None, strikes: str | None = None, leaving: str | None = None,
             hindsight: bool = False, raw: bool = False, uncertainty: float | None = None, fixed: bool = False,
             seed: int = 1, threads: int | None = None, progress: Progress | None = None) -> pandas.DataFrame:
    """Forecasts from many days of the past, and scores what came: the table of `nuzuh forecast`.

    every        days from one origin to the next
    ahead        days ahead that are scored
    members      runs of each forecast; None: 100, of figures 400
    uncertainty  of registrations: their relative standard deviation at an origin [-]; None: 0.02
    leaving      of registrations: what is known of how many come afterwards, "as_came" (None) or "recent"
    hindsight    of registrations: interpolate counts at an origin between reports before and after it
    raw          of registrations: bands of what members say, in place of the model's own past errors
    strikes      of figures: what is known of strikes, fronts, orders and roads ahead, "as_given" (None) or "recent"
    `from_`      of figures: the one day from which a forecast is made
    fixed        take parameters and inputs as known
    seed         of all random numbers
    threads      None: all cores; results do not depend on it
    progress     called with how many are done and of how many

    Of a scenario with registrations, a row a form, origin, day ahead and camp [persons]; else of its reported figures, a row an origin, series and
    day [persons]: quantiles of what is said, what was counted, and the weighted interval score of log(1 + persons).

    Raises ScenarioError for what cannot be forecast, or an option that has no effect.
    """
    scenario = _scenario_of(scenario)
    options = {"every": _whole("every", every), "ahead": [_whole("ahead", days) for days in ahead], "members": _whole("members", members),
               "seed": _whole("seed", seed), "threads": _threads(threads), "uncertainty": uncertainty, "leaving": leaving,
               "hindsight": hindsight, "raw": raw, "strikes": strikes, "from": _day(from_)}
    return _table(_core.forecast(scenario._core, options, fixed, progress))


def calibrate(scenario: Scenario | PathLike, *, until: Day | None = None, leave_out: str | None = None, particles: int = 400,
              draws: int = 100, seed: int = 1, threads: int | None = None,
              progress: Callable[[float], None] | None = None) -> pandas.DataFrame:
    """Finds which parameters agree with the reported figures: the table that `nuzuh calibrate` writes. Writes none.

    until      use figures that end by this day; None: by the end of the period
    leave_out  use no figure that ends in this month, such as "2019-08"
    particles  points that go from prior to posterior, at least 50
    draws      how many of them are given back, at least 2
    seed       of the calibration's random numbers
    threads    None: all cores; results do not depend on it
    progress   called with how far it is from prior (0) to posterior (1)

    A row a draw and setting, each in its own unit (`nuzuh.meaning`); draw 0 holds the scenario's own values. A scenario takes it as it is:

        posterior = nuzuh.calibrate("my-region.yaml", until="2019-11-30")
        fitted = nuzuh.load("my-region.yaml", {"parameters.posterior": posterior, "parameters.fitted_on": posterior.attrs["fitted_on"]})

    or from a file: posterior.to_csv("posterior.csv", index=False), and `posterior: [table: posterior.csv]` under `parameters`. Figures that
    were used get `fitted: true`. `attrs` also holds the numbers of "figures", "runs" and "temperatures", the "acceptance" of the last
    proposals [-], "discrepancy", the standard deviation of the logarithm by which the model itself is off, "log_evidence", by which models of
    the same figures are compared, and "not_ruled_out", the share of the prior that no figure rules out. A figure that no point of the prior
    comes near is a warning of Python's (UserWarning), long before the end.

    Ctrl-C ends it after the runs in hand. Raises ScenarioError where there is nothing to calibrate.
    """
    return _calibrated([scenario], [until], leave_out, particles, draws, seed, threads, progress)[0][0]


class JointPosterior(NamedTuple):
    """Posteriors of several regions calibrated together."""

    regions: list[pandas.DataFrame]  #: of each scenario, in their order, as `nuzuh.calibrate` gives it
    elsewhere: pandas.DataFrame  #: of a region that is none of them


def calibrate_together(scenarios: Sequence[Scenario | PathLike], *, until: Day | Sequence[Day | None] | None = None,
                       leave_out: str | None = None, particles: int = 400, draws: int = 100, seed: int = 1, threads: int | None = None,
                       progress: Callable[[float], None] | None = None) -> JointPosterior:
    """Calibrates several regions that share parameters in part: the tables that `nuzuh calibrate A.yaml B.yaml` writes. Writes none.

    scenarios  at least two
    until      use figures that end by this day: one for all, or one for each in their order; None: by the end of the period
    leave_out  use no figure that ends in this month, such as "2019-08"
    particles  points that go from prior to posterior, at least 50
    draws      how many of them are given back, at least 2
    seed       of the calibration's random numbers
    threads    None: all cores; results do not depend on it
    progress   called with how far it is from prior (0) to posterior (1)

    What the figures of one region say of a parameter counts in the others as far as regions turn out to be alike:

        known, hardly = nuzuh.load("known.yaml"), nuzuh.load("hardly-known.yaml")
        posterior = nuzuh.calibrate_together([known, hardly])
        hardly["parameters.posterior"] = posterior.regions[1]
        unknown = nuzuh.load("unknown.yaml", {"parameters.posterior": posterior.elsewhere})

    `elsewhere.attrs` holds "between" and "between_before", 5, 25, 50, 75 and 95 % of the part of the prior's spread that lies between regions,
    after and before. Warnings, Ctrl-C and errors as of `nuzuh.calibrate`; scenarios without a parameter in common are a ScenarioError too.
    """
    if isinstance(scenarios, (str, os.PathLike, Scenario)) or len(scenarios) < 2:
        raise ValueError("calibrate_together takes a list of at least two scenarios; of one, nuzuh.calibrate")
    days = list(until) if isinstance(until, (list, tuple)) else [until] * len(scenarios)
    if len(days) != len(scenarios):
        raise ValueError(f"until has {len(days)} days for {len(scenarios)} scenarios; give one for all, or one for each")
    regions, elsewhere = _calibrated(scenarios, days, leave_out, particles, draws, seed, threads, progress)
    assert elsewhere is not None
    return JointPosterior(regions, elsewhere)


def _calibrated(scenarios: Sequence[Scenario | PathLike], until: Sequence[Day | None], leave_out: str | None, particles: int, draws: int,
                seed: int, threads: int | None, progress: Callable[[float], None] | None,
                ) -> tuple[list[pandas.DataFrame], pandas.DataFrame | None]:
    """Of each scenario, and of a region that is none of several."""
    def doubted(findings: list[dict[str, Any]]) -> None:
        for one in findings:
            warnings.warn(str(Finding(**one)), stacklevel=4)

    def frame(told: tuple[str, dict[str, Any]]) -> pandas.DataFrame:
        table = _table(told[0])
        table.attrs = told[1]
        return table

    sizes = (_whole("particles", particles), _whole("draws", draws), _threads(threads))
    regions, elsewhere = _core.calibrate([_scenario_of(one)._core for one in scenarios], [_day(day) or "" for day in until],
                                         leave_out or "", sizes, _whole("seed", seed), progress, doubted)
    return [frame(one) for one in regions], None if elsewhere is None else frame(elsewhere)
