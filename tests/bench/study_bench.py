#!/usr/bin/env python3
"""study_bench.py NUZUH SOURCE [CORES]: what a study costs on this machine, and how that compares within one sitting.

runs/s of the campaign by engine mode; what the study adds to the engine; ranks against threads; memory against the
number of runs. Each figure is of a process of its own; processor seconds, where given, do not feel other people's work.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

nuzuh, source = sys.argv[1], pathlib.Path(sys.argv[2])
cores = int(sys.argv[3]) if len(sys.argv) > 3 else 2
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_bench_"))


def study(runs, scenario="idlib-2019", extra="", collect="[{output: total_movements}]", axes=None, replicates=1):
    axes = axes or "{behaviour.leave.h_max: {from: 0.2, to: 0.4}}"
    text = (f"extends: {source}/scenarios/{scenario}.yaml\naxes: {axes}\ndesign: latin_hypercube\n"
            f"size: {runs}\nreplicates: {replicates}\ncollect: {collect}\n{extra}")
    (folder / "s.yaml").write_text(text)


def sweep(*words, before=()):
    """Wall seconds, processor seconds, peak memory of the largest process [MB]."""
    (folder / "a.h5").unlink(missing_ok=True)
    shutil.rmtree(folder / "a.h5.parts", ignore_errors=True)
    command = [*before, nuzuh, "--quiet", "sweep", "s.yaml", "-o", "a.h5", *map(str, words)]
    measure = ("import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
               "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
               "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024); sys.exit(code)")
    start = time.time()
    done = subprocess.run([sys.executable, "-c", measure, *command], cwd=folder, check=True, capture_output=True, text=True)
    wall = time.time() - start
    cpu, memory = map(float, done.stdout.split()[-2:])
    return wall, cpu, memory


def row(what, figure):
    print(f"{what:<84} {figure}", flush=True)


def rates():
    """An axis of leaving shares ways, strikes and attraction between sets; one of choosing has attraction made anew."""
    stochastic, pooled, means = "", "engine: {kind: pooled}\n", "engine: {kind: pooled, mode: expected}\n"
    choosing = "{behaviour.choose.distance_power: {from: 1.5, to: 2.5}}"
    cases = [("stochastic, origins kept", 400, stochastic, None, "wanted 50"),
             ("stochastic, no origins", 4000, pooled, None, "wanted 400"),
             ("expected values, no origins", 20000, means, None, "wanted 2000"),
             ("expected values, no origins, an axis of choosing", 2000, means, choosing, "")]
    for what, runs, extra, axes, wanted in cases:
        study(runs, extra=extra, axes=axes, collect="[{output: total_movements}, {output: displaced}]")
        wall, cpu, _ = sweep("--threads", cores)
        row(f"campaign, {what}: runs/s on {cores} threads",
            f"{runs / wall:.0f}   {wanted}   ({cpu / runs * 1000:.1f} ms of processor a run, its world and the file included)")


def file_of_a_run():
    """What writing daily values of every place adds to expected values without origins."""
    means = "engine: {kind: pooled, mode: expected}\n"
    spent = []
    for collect in ("[{output: total_movements}]", "[{output: total_movements}, {output: displaced}]"):
        study(1000, extra=means, collect=collect)
        spent.append(min(sweep("--threads", 1)[1] for _ in range(2)))
    row("campaign, expected values: processor time that displaced by place and day adds", f"{spent[1] - spent[0]:.2f} ms a run")


def processor_ms_a_run(**options):
    """Of replicates of one set on one thread; what is paid once is subtracted."""
    spent = []
    for replicates in (50, 350):
        study(1, replicates=replicates, **options)
        spent.append(min(sweep("--threads", 1)[1] for _ in range(3)))
    return (spent[1] - spent[0]) / 300 * 1000


def overhead():
    bench = pathlib.Path(nuzuh).parents[1] / "tests/bench/campaign_bench"
    if not bench.exists():
        return row("what a study adds to the engine", f"{bench} is not built")
    done = subprocess.run([bench, "--benchmark_filter=^one_run/stochastic_of_a_study$", "--benchmark_format=json",
                           "--benchmark_min_time=3"], check=True, capture_output=True, text=True)
    engine = json.loads(done.stdout)["benchmarks"][0]["cpu_time"]
    whole = processor_ms_a_run(collect="[{output: total_movements}, {output: displaced}]")
    row("campaign: processor time that the study adds to the engine's", f"{whole / engine - 1:.1%}   wanted < 5 %   "
        f"({whole:.2f} ms against {engine:.2f} ms a run)")


def replicates_against_sets():
    """Replicates share a world: what a world a run costs is the difference."""
    study(1, replicates=60)
    _, together, _ = sweep("--threads", 1)
    study(60)
    _, apart, _ = sweep("--threads", 1)
    row("a world of its own for each run: processor time added", f"{(apart - together) / 60 * 1000:.1f} ms a run")


def ranks_against_threads():
    if not shutil.which("mpirun"):
        return row("2 ranks against 2 threads", "mpirun is not installed")
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                      OMPI_MCA_rmaps_base_oversubscribe="1")
    ways = {"threads": dict(words=("--threads", 2)), "ranks": dict(words=(), before=("mpirun", "-n", "2"))}
    walls = {}
    for size in (50, 350):  # the difference leaves the start out
        study(size)
        for name, how in ways.items():
            walls[name, size] = min(sweep(*how["words"], before=how.get("before", ()))[0] for _ in range(3))
    threads, ranks = (walls[name, 350] - walls[name, 50] for name in ways)
    row("campaign: rate of 2 ranks against that of 2 threads, start left out",
        f"{threads / ranks:.2f}   wanted 0.95   ({300 / ranks:.0f} against {300 / threads:.0f} runs/s)")


def memory_against_runs():
    for runs in (1000, 10000):
        study(runs, scenario="toy", axes="{behaviour.leave.h_max: {from: 0.1, to: 0.4}}",
              collect="[{output: total_movements}, {output: displaced}, {output: without_shelter, keep: quantiles}]")
        wall, _, memory = sweep("--threads", cores)
        row(f"toy, {runs} runs: peak memory", f"{memory:.0f} MB   ({runs / wall:.0f} runs/s)")


try:
    for part in (rates, file_of_a_run, overhead, replicates_against_sets, ranks_against_threads, memory_against_runs):
        part()
finally:
    shutil.rmtree(folder, ignore_errors=True)
