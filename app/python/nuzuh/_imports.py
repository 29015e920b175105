"""Scenarios and tables made of data in another form; they write where the commands of `nuzuh import` write."""
from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from . import _core
from ._findings import Finding
from ._scenario import PathLike, Scenario, _scenario_of, _whole

if TYPE_CHECKING:
    from ._analyses import Day

    Paths = Union[PathLike, Sequence[PathLike]]


@dataclass(frozen=True)
class Imported:
    """What an import wrote, and what it has to say."""

    written: list[Path]  #: the file that names the others first
    findings: list[Finding]  #: what was guessed, left out or is doubtful, with file and line
    counts: dict[str, Any]  #: of what was read


def _imported(told: tuple[list[str], list[dict[str, Any]], dict[str, Any]]) -> Imported:
    written, findings, counts = told
    return Imported([Path(file) for file in written], [Finding(**one) for one in findings], counts)


def _paths(paths: Paths) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]


def import_flee(folder: PathLike, *, output: PathLike | None = None, settings: PathLike | None = None,
                force: bool = False) -> Imported:
    """Makes a scenario of a case of Flee 3, as `nuzuh import flee`.

    folder    of the case, with input_csv and source_data
    output    scenario file; None: the folder's name with .yaml, in the working directory. Tables lie in a folder of its name beside it
    settings  a file in place of the case's simsetting.yml
    force     replace files that exist

    Findings say what Flee silently ignores. Raises ScenarioError for mistakes in the case; nothing is written then.
    """
    return _imported(_core.import_flee(os.fspath(folder), os.fspath(settings or ""), os.fspath(output or ""), force))


def import_acled(events: Paths, places: Scenario | PathLike, *, output: PathLike | None = None, reach: float = 10.0,
                 strikes: Sequence[str] = (), force: bool = False) -> Imported:
    """Makes a table of strikes by place and day of exports of ACLED events, as `nuzuh import acled`.

    events   CSV files with all columns of ACLED; an event of several files counts once
    places   scenario whose places the events are matched to
    output   table; None: the name of the first file with .bombardment.csv, in the working directory
    reach    farthest an event may lie from its place [km]; twice from one of its name
    strikes  sub-event types that are strikes too
    force    replace the table if it exists

    Counts are of events: "strikes" on places, "by_name" of them matched by name, "before" and "after" the period, "not_to_the_day",
    "near" a place or somewhere in a province ("provincial") and divided among the towns there, "far_away" from every place, "vague"
    (in a province of which no town is known), and "events" by sub-event type; "dates_read" says how dates that can mean two days were read. Raises ScenarioError for mistakes in the tables; nothing is written then.
    """
    return _imported(_core.import_acled(_paths(events), _scenario_of(places)._core, float(reach), list(strikes),
                                        os.fspath(output or ""), force))


def import_region(folder: PathLike, *, places: Paths = (), population: Paths = (), boundaries: Paths = (), roads: Paths = (),
                  bombardment: Paths = (), reported: Paths = (), level: int | None = None, kinds: Sequence[str] = (), from_: Day | None = None,
                  to: Day | None = None, country: str | None = None, title: str | None = None, reach: float = 10.0,
                  tracks: bool = False, forks: bool = True, force: bool = False) -> Imported:
    """Makes a scenario of any region from open data, as `nuzuh import region`.

    folder       to write: scenario.yaml, its tables in network/, and report.csv
    places       GeoNames dump, COD-AB with P-codes, or any table with name, lat, lon; none: the towns of an OpenStreetMap file under roads
    population   COD-PS, any table of people by P-code, or a grid of people a cell
    boundaries   COD-AB as areas
    roads        OpenStreetMap (.osm.pbf, .osm) or lines (.geojson, .gpkg, .shp, .zip)
    bombardment  events of ACLED, or monthly counts of HDX HAPI
    reported     displaced people: DTM, HDX HAPI, IDMC IDU, UNHCR
    level        of administrative units, 1 to 4; None: the deepest
    kinds        of places that are taken: of OpenStreetMap (none: city, town, village), or codes of GeoNames (none: all)
    `from_`, to  first and last day; None: those of bombardment
    country      whose people abroad are taken from UNHCR's stocks: code of three letters
    title        of the scenario; None: the folder's name
    reach        farthest an event may lie from its place [km]
    tracks       take tracks and service roads too
    forks        make a place where routes that share a road part
    force        replace files that exist

    Findings are the rows of report.csv: every guess and all that was left out, with file and row. Counts hold "people" as the source counts
    them and "people_placed" as the places have them. Raises ScenarioError for mistakes in the files; nothing is written then.
    """
    from ._analyses import _day
    options = {"places": _paths(places), "population": _paths(population), "boundaries": _paths(boundaries), "roads": _paths(roads),
               "bombardment": _paths(bombardment), "reported": _paths(reported), "level": _whole("level", level), "kinds": list(kinds), "from": _day(from_),
               "to": _day(to), "country": country, "title": title, "reach": float(reach), "tracks": tracks, "forks": forks}
    return _imported(_core.import_region(os.fspath(folder), options, force))
