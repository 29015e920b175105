// What stands in an open HDF5 file.
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "output/hdf5.hpp"

namespace nuzuh::h5 {

/// Opens the bytes of a file for reading; HDF5 keeps a copy of them.
Handle open_bytes(std::span<const std::byte> bytes, const std::string& what);

/// @throws  Error if there is no such dataset
Handle open_dataset(hid_t file, const std::string& path);

std::vector<std::size_t> shape_of(hid_t dataset);

/// Values of a dataset.
///
/// @param value_bytes  that each takes here
/// @throws             Error if there is no room for all of them
std::size_t value_count(hid_t dataset, std::size_t value_bytes);

/// Numbers of a file from elsewhere may be anything: those beyond any count of people or days are refused, infinity apart.
///
/// @throws  Error
template <class T>
void require_possible(std::span<const T> values, const std::string& path) {
    constexpr double most = 1e15;
    for (const T value : values) {
        const double size = std::abs(double(value));
        if (size > most && std::isfinite(size)) throw Error(path + " holds numbers beyond any count");
    }
}

/// All values of a dataset, row-major, as numbers of a type of this machine.
template <class T>
std::vector<T> numbers(hid_t file, const std::string& path, hid_t type) {
    const auto dataset = open_dataset(file, path);
    std::vector<T> values(value_count(dataset, sizeof(T)));
    if (!values.empty())
        checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "dataset " + path);
    if constexpr (std::is_floating_point_v<T>) require_possible(std::span<const T>(values), path);
    return values;
}

std::vector<std::string> texts(hid_t file, const std::string& path);

/// An attribute of an open object; nothing if there is none, or it is no single text or number.
std::optional<std::string> text_attribute(hid_t object, const std::string& name);
std::optional<double> number_attribute(hid_t object, const std::string& name);

}  // namespace nuzuh::h5
