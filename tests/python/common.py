"""What the tests of the Python package share: they run as FILE PROMISE NUZUH SCENARIOS PACKAGE."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

promise, command, scenarios, package = sys.argv[1:]
if not list(pathlib.Path(package).glob("nuzuh/_core*.so")):
    print("skipped: the Python package is not built; scripts/setup.sh test installs pybind11")
    sys.exit(77)
sys.path.insert(0, package)
import nuzuh  # noqa: E402

scenarios = pathlib.Path(scenarios)
toy = scenarios / "toy.yaml"
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_python_"))


def nuzuh_command(*words):
    subprocess.run([command, "--quiet", *map(str, words)], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def opened(name):
    import xarray
    with xarray.open_dataset(folder / name) as lazy:
        return lazy.load()


def assert_same(one, other):
    """Values, names, coordinates and attributes; and the types of numbers, which assert_identical does not look at.
    The revision may differ where only one of the two was built anew."""
    import xarray
    xarray.testing.assert_identical(one.assign_attrs(source=""), other.assign_attrs(source=""))
    for name in one.variables:
        assert one[name].dtype == other[name].dtype, (name, one[name].dtype, other[name].dtype)


def refused(function, *words, **options):
    try:
        function(*words, **options)
    except nuzuh.ScenarioError as error:
        return error
    raise AssertionError("nothing was refused")


class OtherThread:
    """Another thread of Python, which counts while it gets a turn."""

    def __init__(self):
        self.counted, self.running = 0, threading.Event()
        self.running.set()
        self.thread = threading.Thread(target=self.count, daemon=True)
        self.thread.start()

    def count(self):
        while self.running.is_set():
            self.counted += 1
            time.sleep(0.001)

    def has_gone_on(self):
        self.running.clear()
        self.thread.join()
        assert self.counted > 20, self.counted


def without_a_screen(*others):
    """matplotlib that draws on none; skipped where it or others are not installed."""
    try:
        import matplotlib
        for other in others:
            __import__(other)
    except ImportError as missing:
        print(f"skipped: {missing.name} is not installed")
        sys.exit(77)
    matplotlib.use("Agg")
    return matplotlib


def keep(promises):
    """Runs the promise that is asked for."""
    try:
        promises[promise]()
    finally:
        shutil.rmtree(folder)
