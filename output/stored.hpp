// What stands in an open HDF5 file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "output/hdf5.hpp"

namespace nuzuh::h5 {

/// Opens the bytes of a file for reading; HDF5 keeps a copy of them.
Handle open_bytes(std::span<const std::byte> bytes, const std::string& what);

/// @throws  Error if there is no such dataset
Handle open_dataset(hid_t file, const std::string& path);

std::vector<std::size_t> shape_of(hid_t dataset);
std::size_t value_count(hid_t dataset);

/// All values of a dataset, row-major, as numbers of a type of this machine.
template <class T>
std::vector<T> numbers(hid_t file, const std::string& path, hid_t type) {
    const auto dataset = open_dataset(file, path);
    std::vector<T> values(value_count(dataset));
    if (!values.empty())
        checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "dataset " + path);
    return values;
}

std::vector<std::string> texts(hid_t file, const std::string& path);

/// An attribute of an open object; nothing if there is none.
std::optional<std::string> text_attribute(hid_t object, const std::string& name);
std::optional<double> number_attribute(hid_t object, const std::string& name);

}  // namespace nuzuh::h5
