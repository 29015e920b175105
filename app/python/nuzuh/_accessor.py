"""What datasets of results can do besides: `dataset.nuzuh.plot.totals()`, `dataset.nuzuh.group("reported")`."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xarray

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from matplotlib.figure import Figure


@xarray.register_dataset_accessor("nuzuh")
class Accessor:
    """Of a dataset that `nuzuh.run` gave or that was opened from a results file."""

    def __init__(self, dataset: xarray.Dataset):
        self._dataset = dataset

    def group(self, name: str) -> xarray.Dataset | None:
        """A group beside the root, such as "reported", "planning" or "border"; None where there is none."""
        held = self._dataset.encoding.get("groups")
        if held is not None:
            return held[name] if name in held else None
        source = self._dataset.encoding.get("source")
        if source is None:
            raise ValueError("the dataset does not know its file: groups are those of what nuzuh.run gave or xarray opened")
        from .figures.drawing import read_group
        return read_group(source, name)

    @property
    def plot(self) -> Plot:
        return Plot(self)


class Plot:
    """The project's figures, as figures of matplotlib: `grid` of the results of a study, the others of those of a scenario. Raises
    ValueError for the other kind."""

    def __init__(self, results: Accessor):
        self._results = results

    def _figure(self, name: str | None, **options: Any) -> Figure:
        from .figures.run import figure
        results = self._results
        return figure(results._dataset, name, reported=results.group("reported"), border=results.group("border"), **options)

    def page(self, backdrop: str | os.PathLike[str] | None = None) -> Figure:
        """How many fled, where they arrived, and from where to where."""
        return self._figure(None, backdrop=backdrop)

    def totals(self) -> Figure:
        """How many fled since the start, with the reported figures."""
        return self._figure("totals")

    def arrivals(self) -> Figure:
        """Who arrived, by week, at the places that received most."""
        return self._figure("arrivals")

    def origins(self) -> Figure:
        """From which home to which place: a table."""
        return self._figure("origins")

    def map(self, backdrop: str | os.PathLike[str] | None = None) -> Figure:
        """From home to refuge on the map; `backdrop` is a file of areas to draw below it."""
        return self._figure("map", backdrop=backdrop)

    def change(self, before: xarray.Dataset) -> Figure:
        """What changes from another dataset to this one, in pairs of members that met the same chance."""
        from .figures.change import figure
        return figure(before, self._results._dataset)

    def grid(self, outputs: Sequence[str] | None = None) -> Figure:
        """What totals of a study of two axes come to, and what the second axis changes, run by run; None: people without shelter, and
        abroad."""
        from .figures.grid import OUTPUTS, figure
        return figure(self._results._dataset, OUTPUTS if outputs is None else outputs)
