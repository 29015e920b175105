#!/usr/bin/env python3
"""check_storage.py FILE: the forms that readers are known to need, object by object (output/README.md)."""
import sys

import expected

h5py = expected.module("h5py")


def check_attributes(name, thing):
    for key in thing.attrs:
        attribute = h5py.h5a.open(thing.id, key.encode())
        kind, space = attribute.get_type(), attribute.get_space()
        if key in ("REFERENCE_LIST", "DIMENSION_LIST", "CLASS", "NAME"):
            continue  # written by HDF5's dimension scales
        if kind.get_class() == h5py.h5t.STRING:
            where = f"{name}:{key}"
            assert not kind.is_variable_str(), f"{where} has variable length"
            assert space.get_simple_extent_type() == h5py.h5s.SCALAR, f"{where} is not a scalar"
            assert kind.get_cset() == h5py.h5t.CSET_UTF8 and kind.get_strpad() == h5py.h5t.STR_NULLPAD, where
        assert space.get_simple_extent_type() != h5py.h5s.NULL


def check_dataset(name, data):
    plist, kind = data.id.get_create_plist(), data.id.get_type()
    assert not plist.get_obj_track_times(), f"{name} keeps times"
    assert data.id.get_space().get_simple_extent_type() != h5py.h5s.NULL
    if kind.get_class() == h5py.h5t.STRING:
        assert kind.is_variable_str() and kind.get_cset() == h5py.h5t.CSET_UTF8, name
        assert data.ndim == 1, f"{name}: texts are one-dimensional"
    if data.attrs.get("long_name") is None:
        return  # an axis without values
    assert data.ndim < 2 or data.dtype.kind != "u"
    if h5py.h5ds.is_scale(data.id):
        return
    for axis in range(data.ndim):
        assert len(data.dims[axis]) == 1, f"{name}: axis {axis} has no name"


def check(name, thing):
    check_attributes(name, thing)
    if isinstance(thing, h5py.Dataset):
        check_dataset(name, thing)
        if data_is_gridded(thing):
            assert thing.dtype.kind == "f" or name == "edge_nodes", f"{name} is not a float"
            if thing.dtype.kind == "f":
                assert thing.shuffle and thing.compression == "gzip" and thing.compression_opts == 1, name
            meanings.append(thing.attrs["long_name"])


def data_is_gridded(data):
    return data.ndim >= 2


def text(value):
    return value.decode() if isinstance(value, bytes) else value


meanings = []
with h5py.File(sys.argv[1]) as file:
    check_attributes("/", file)
    file.visititems(check)
    assert len(meanings) == len(set(meanings)), "two datasets have one long_name"
    numbers = [file[name].attrs["_Netcdf4Dimid"] for name in file if "_Netcdf4Dimid" in file[name].attrs]
    assert len(numbers) == len(set(numbers)) == 12
    mesh = file["routes"].attrs
    assert mesh["topology_dimension"] == 1 and text(mesh["edge_node_connectivity"]) == "edge_nodes"
    assert text(file["displaced_mean"].attrs["location"]) == "node"
    assert text(file["route_persons_mean"].attrs["location"]) == "edge"
