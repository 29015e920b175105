"""What tests of studies share: a study of the toy, a scratch folder, and ways to run nuzuh in it."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "preloaded"))
from preload import signalled

promise, nuzuh, source = sys.argv[1:]
source = pathlib.Path(source)
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_study_"))
SKIPPED = 77

STUDY = f"""extends: {source}/scenarios/toy.yaml
title: A study
axes:
  behaviour.leave.h_max: {{from: 0.1, to: 0.6}}
  groups.everyone.threshold: {{from: 10, to: 60, scale: log}}
  behaviour.choose.network_pull: [0, 0.3]
  groups.everyone.travel: [vehicle, foot]
design: latin_hypercube
size: 40
replicates: 3
collect:
  - {{output: total_movements}}
  - {{output: displaced}}
  - {{output: without_shelter, keep: quantiles}}
  - {{output: total_abroad, keep: quantiles}}
"""


def write(name, text):
    (folder / name).write_text(text)
    return name


def command(*words, code=0, before=(), **options):
    """Runs nuzuh in the scratch folder; its exit code must be `code`."""
    done = subprocess.run([*before, nuzuh, *map(str, words)], cwd=folder, capture_output=True, text=True,
                          timeout=800, **options)
    assert done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def start(*words, before=(), **options):
    return subprocess.Popen([*before, nuzuh, *map(str, words)], cwd=folder, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, **options)


def data(name):
    return (folder / name).read_bytes()


def opened(name):
    import xarray
    return xarray.open_dataset(folder / name, engine="netcdf4")


def skip(why):
    print("skipped:", why)
    sys.exit(SKIPPED)


def pass_over_leaks_of_mpi():
    """What Open MPI leaves behind lies in modules that are gone when leaks are looked for, and cannot be named."""
    os.environ["ASAN_OPTIONS"] = f"{os.environ.get('ASAN_OPTIONS', '')}:detect_leaks=0"


def mpirun(ranks):
    if not shutil.which("mpirun"):
        skip("mpirun is not installed")
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                      OMPI_MCA_rmaps_base_oversubscribe="1", OMPI_MCA_btl_vader_single_copy_mechanism="none")
    pass_over_leaks_of_mpi()
    return ["mpirun", "-n", str(ranks)]


LONG = STUDY.replace("size: 40", "size: 667").replace("replicates: 3\n", "replicates: 3\n")


def stopped_at_segment(at, *words, number=signal.SIGSTOP):
    """A study that stands still when its at-th segment is about to get its name, or gets another signal then."""
    running = start(*words, env=signalled(nuzuh, number, ".parts/runs-", at))
    if number == signal.SIGSTOP:
        _, status = os.waitpid(running.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), (status, running.communicate())
    return running


def keep(promises):
    """Runs the promise that was asked for, and takes the scratch folder away."""
    try:
        promises[promise]()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
