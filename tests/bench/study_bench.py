#!/usr/bin/python3
"""study_bench.py NUZUH SOURCE: what a study costs on this machine, and how that compares within one sitting.

runs/s of the campaign by engine mode; what the study adds to the engine; ranks against threads; memory against the
number of runs. Each figure is of a process of its own; processor seconds, where given, do not feel other people's work.
"""
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
    measured = folder / "time"
    start = time.time()
    subprocess.run([*before, "/usr/bin/env", "python3", "-c",
                    "import resource,subprocess,sys;"
                    "code=subprocess.call(sys.argv[2:]);u=resource.getrusage(resource.RUSAGE_CHILDREN);"
                    "open(sys.argv[1],'w').write(f'{u.ru_utime+u.ru_stime} {u.ru_maxrss/1024}');sys.exit(code)",
                    measured, nuzuh, "--quiet", "sweep", "s.yaml", "-o", "a.h5", *map(str, words)], cwd=folder, check=True)
    wall = time.time() - start
    cpu, memory = map(float, measured.read_text().split())
    return wall, cpu, memory


def row(what, figure):
    print(f"{what:<72} {figure}", flush=True)


def rates():
    cases = [("stochastic, totals and displaced by place and day, origins kept", 100, "", 50),
             ("expected values", 100, "engine: {mode: expected, members: 1}\n", None)]
    for what, runs, extra, wanted in cases:
        study(runs, extra=extra, collect="[{output: total_movements}, {output: displaced}]")
        wall, cpu, _ = sweep("--threads", cores)
        row(f"campaign, {what}: runs/s on {cores} threads", f"{runs / wall:.1f}   ({cpu / runs * 1000:.1f} ms of processor a run)"
            + (f"   wanted {wanted}" if wanted else ""))


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
    study(100, axes="{behaviour.leave.h_max: {from: 0.2, to: 0.4}}")
    threads = min(sweep("--threads", 2)[0] for _ in range(2))
    start = time.time()
    (folder / "a.h5").unlink()
    subprocess.run(["mpirun", "-n", "2", nuzuh, "--quiet", "sweep", "s.yaml", "-o", "a.h5"], cwd=folder, check=True)
    row("2 ranks against 2 threads: rate (start of MPI included)", f"{threads / (time.time() - start):.2f}   wanted 0.95")


def memory_against_runs():
    for runs in (1000, 10000):
        study(runs, scenario="toy", axes="{behaviour.leave.h_max: {from: 0.1, to: 0.4}}",
              collect="[{output: total_movements}, {output: displaced}, {output: without_shelter, keep: quantiles}]")
        wall, _, memory = sweep("--threads", cores)
        row(f"toy, {runs} runs: peak memory", f"{memory:.0f} MB   ({runs / wall:.0f} runs/s)")


try:
    for part in (rates, replicates_against_sets, ranks_against_threads, memory_against_runs):
        part()
finally:
    shutil.rmtree(folder, ignore_errors=True)
