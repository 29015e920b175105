#!/usr/bin/env python3
"""How time and memory of one run grow with places, days, groups, closed roads and members: the table of docs/scale.md.

    scale.py NUZUH [--places 340,680,1360] [--days 120] [--runs 1]

Each row changes one quantity of a made-up country of 680 places. Processor time of the program with its World and its file,
the least of the runs, and its peak memory.
"""
import argparse
import datetime
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FIRST_DAY = datetime.date(2030, 1, 1)
BASE = 680


def country(places, folder, days):
    if not (folder / "scenario.yaml").exists():
        subprocess.run([sys.executable, HERE / "made_up_country.py", str(places), folder, "--days", str(days)], check=True)
    return folder / "scenario.yaml"


def measured(nuzuh, scenario, options):
    """Processor seconds and peak memory [GB] of one run."""
    target = scenario.parent / "run.h5"
    command = [nuzuh, "--quiet", "run", scenario, "-o", target, "--force", "--threads", "1", *options]
    child = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6


def with_groups(scenario, groups):
    text = scenario.read_text().replace("groups: [{name: everyone, share: 1}]", "groups: [" + ", ".join(
        f"{{name: g{k}, share: {1 / groups:.6f}, threshold: {200 + 50 * k}}}" for k in range(groups)) + "]")
    changed = scenario.with_name(f"groups-{groups}.yaml")
    changed.write_text(text)
    return changed


def with_closures(scenario, closures, days):
    """One road after the other is closed for a week."""
    roads = [line.split(",")[0] for line in (scenario.parent / "routes.csv").read_text().splitlines()[1:]]
    rows = []
    for k in range(closures):
        first = FIRST_DAY + datetime.timedelta(days=k * (days - 7) // closures)
        rows.append(f"  - {{route: {roads[k * len(roads) // closures]}, from: {first}, to: {first + datetime.timedelta(days=6)}, "
                    "status: closed, source: made up}")
    changed = scenario.with_name(f"closures-{closures}.yaml")
    changed.write_text(scenario.read_text() + "routes:\n" + "\n".join(rows) + "\n")
    return changed


def without_origins(scenario):
    changed = scenario.with_name("no-origins.yaml")
    changed.write_text(scenario.read_text().replace(", origins: at_end", ""))
    return changed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("nuzuh", type=Path)
    parser.add_argument("--places", default="340,680,1360")
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    nuzuh, days = options.nuzuh.resolve(), options.days
    print(f"| what changes, of {BASE} places, {days} days, one group, no road closed, one member | processor [s] | memory [GB] |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)

        def row(what, scenario, *words):
            runs = [measured(nuzuh, scenario, words) for _ in range(options.runs)]
            print(f"| {what} | {min(run[0] for run in runs):.2f} | {max(run[1] for run in runs):.2f} |", flush=True)

        base = country(BASE, work / "base", days)
        for places in map(int, options.places.split(",")):
            row(f"{places:,} places", country(places, work / f"places-{places}", days))
        for longer in (2, 4):
            row(f"{longer * days} days", country(BASE, work / f"days-{longer}", longer * days))
        for groups in (2, 4):
            row(f"{groups} groups", with_groups(base, groups))
        for closures in (10, 100):
            row(f"{closures} roads closed for a week each", with_closures(base, closures, days))
        for members in (5, 20):
            row(f"{members} members", base, "--members", members, "--fixed")
        row("agents", base, "--engine", "agents")
        row("pooled, expected", without_origins(base), "--engine", "pooled", "--mode", "expected")


if __name__ == "__main__":
    main()
