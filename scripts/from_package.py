"""Lets scripts draw with the figures of the Python package, which need no built library."""
import os
import pathlib
import sys

os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("HDF5_USE_FILE_LOCKING", "FALSE")    # file systems of clusters often have no locks
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "app" / "python" / "nuzuh"))


def drawn(picture, *words):
    """A picture; what cannot be drawn is a mistake of whoever asked for it."""
    try:
        return picture(*words)
    except ValueError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
