"""Results as xarray datasets. Values stay where the simulator left them until they are asked for, as those of a file that
xarray opens stay in the file."""
from __future__ import annotations

from typing import Any

import numpy
import xarray
from xarray.core import indexing  # by this name xarray's own reference has what makers of backends need

from . import _accessor, _core  # noqa: F401  (the accessor registers itself)


class _Stored(indexing.ExplicitlyIndexedNDArrayMixin):  # type: ignore[misc]  # a class without types
    """Values of a dataset that the simulator still holds; fetched once, when they are looked at."""

    shape: tuple[int, ...] = ()
    dtype: numpy.dtype[Any] = numpy.dtype("f4")

    def __init__(self, results: _core.Results, group: str, name: str, shape: tuple[int, ...], dtype: numpy.dtype[Any]):
        self._results, self._group, self._name = results, group, name
        self.shape, self.dtype = shape, dtype
        self._values: numpy.ndarray[Any, Any] | None = None

    def get_duck_array(self) -> numpy.ndarray[Any, Any]:
        if self._values is None:
            self._values = self._results.values(self._group, self._name)
        return self._values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> numpy.ndarray[Any, Any]:
        return numpy.asarray(self.get_duck_array(), dtype)

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        return indexing.NumpyIndexingAdapter(self.get_duck_array())[key]

    def transpose(self, order: tuple[int, ...]) -> Any:
        return indexing.NumpyIndexingAdapter(self.get_duck_array()).transpose(order)

    def _oindex_get(self, key: indexing.OuterIndexer) -> Any:  # asked for by later versions of xarray
        return indexing.NumpyIndexingAdapter(self.get_duck_array()).oindex[key]

    def _vindex_get(self, key: indexing.VectorizedIndexer) -> Any:
        return indexing.NumpyIndexingAdapter(self.get_duck_array()).vindex[key]

    def __reduce__(self) -> tuple[Any, ...]:
        return indexing.NumpyIndexingAdapter, (numpy.array(self.get_duck_array()),)


def _lazy(results: _core.Results, group: str, name: str, shape: tuple[int, ...], dtype: numpy.dtype[Any]) -> Any:
    """As xarray holds what it opens: copied before it is changed."""
    return indexing.CopyOnWriteArray(_Stored(results, group, name, shape, dtype))


def _variables(results: _core.Results, group: str) -> dict[str, xarray.Variable]:
    variables = {}
    for name, axes, shape, dtype, attributes, may_be_missing in results.datasets(group):
        encoding = {"_FillValue": numpy.float32("nan")} if may_be_missing else {}
        if "coordinates" in attributes:
            encoding["coordinates"] = attributes.pop("coordinates")
        is_axis = axes == (name,) or name in ("lat", "lon")
        data = results.values(group, name) if is_axis else _lazy(results, group, name, shape, numpy.dtype(dtype))
        variables[name] = xarray.Variable(axes, data, attributes, encoding, fastpath=not is_axis)
    return variables


def _laid_out(results: _core.Results, group: str) -> xarray.Dataset:
    variables = _variables(results, group)
    located = {name for variable in variables.values() for name in variable.encoding.get("coordinates", "").split()}
    coordinates = {name: variables.pop(name) for name in list(variables)
                   if name in located or variables[name].dims == (name,)}
    coordinates = xarray.decode_cf(xarray.Dataset(coords=coordinates), decode_coords=False).coords
    return xarray.Dataset(variables, coordinates, results.attributes(group))


class Groups:
    """The groups of results beside their root, such as `reported`; those without datasets or attributes are not there."""

    NAMES = ("border", "reported", "planning", "histories", "traces", "provenance")

    def __init__(self, results: _core.Results | None, loaded: dict[str, xarray.Dataset]):
        self._results, self._loaded = results, loaded

    def __contains__(self, name: str) -> bool:
        if name not in self._loaded and self._results is not None and name in self.NAMES:
            self._loaded[name] = _laid_out(self._results, name)
        return name in self._loaded and bool(self._loaded[name].variables or self._loaded[name].attrs)

    def __getitem__(self, name: str) -> xarray.Dataset:
        if name not in self:
            raise KeyError(name)
        return self._loaded[name]

    def __reduce__(self) -> tuple[Any, ...]:
        return Groups, (None, {name: self[name].load() for name in self.NAMES if name in self})


def _without_values(dataset: xarray.Dataset) -> xarray.Dataset:
    """The same axes, names and attributes, and coordinates that all that is made of it can share."""
    for name in ("lat", "lon"):
        dataset.coords[name].variable.data.flags.writeable = False
    return dataset.copy(data={name: numpy.broadcast_to(numpy.zeros((), values.dtype), values.shape)
                              for name, values in dataset.data_vars.items()})


class Maker:
    """Makes datasets of results; those of one form have their axes and names made once."""

    def __init__(self) -> None:
        self._form: str | None = None

    def dataset(self, results: _core.Results) -> xarray.Dataset:
        form = results.form
        if form != self._form:
            self._form, self._empty = form, _without_values(_laid_out(results, ""))
            self._fields = [(name, values.shape, values.dtype) for name, values in self._empty.data_vars.items()]
        dataset = self._empty.copy(data={name: _lazy(results, "", name, shape, dtype)
                                         for name, shape, dtype in self._fields})
        dataset.attrs = results.attributes("")
        dataset.encoding = {"groups": Groups(results, {})}
        return dataset


class Source:
    """A dataset as the library reads results: under the paths of a results file, days since the start as numbers."""

    def __init__(self, dataset: xarray.Dataset):
        # Members that stand for cases are those of a whole run, and a dataset may hold some members.
        self._dataset = dataset.drop_vars("case_member", errors="ignore")

    def has(self, path: str) -> bool:
        return path[1:] in self._dataset.variables

    def datasets(self) -> list[tuple[str, list[str], list[int], bool]]:
        """[(path, axes, shape, whether it holds texts)]"""
        return [(f"/{name}", [str(axis) for axis in values.dims], list(values.shape), values.dtype.kind in "OUS")
                for name, values in self._dataset.variables.items()]

    def values(self, path: str) -> Any:
        values = self._dataset.variables[path[1:]].values
        if values.dtype.kind == "M":
            return (values - numpy.datetime64(self.attribute("/", "time_coverage_start"))) / numpy.timedelta64(1, "D")
        return list(values) if values.dtype.kind in "OUS" else values

    def attribute(self, group: str, name: str) -> Any:
        held = self._dataset if group == "/" else self._dataset.nuzuh.group(group[1:])
        return None if held is None else held.attrs.get(name)
