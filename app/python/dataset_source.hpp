// Datasets of xarray as the library reads results.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>

#include "output/reader.hpp"

namespace nuzuh::python {

/// Results in a dataset of xarray: what `nuzuh.run` gave, or what was opened from a file, also in part. Needs the lock of Python.
class DatasetSource final : public Results {
public:
    /// @param source  nuzuh._dataset.Source
    /// @throws        h5::Error if it is not as results are
    explicit DatasetSource(pybind11::object source);

    bool has(const std::string& path) const override;
    std::vector<float> floats(const std::string& path) const override;
    std::vector<double> doubles(const std::string& path) const override;
    std::vector<float> slice(const std::string& path, std::size_t index) const override;
    std::vector<std::string> texts(const std::string& path) const override;
    std::optional<std::string> text_attribute(const std::string& object,
                                              const std::string& name) const override;
    std::optional<double> number_attribute(const std::string& object, const std::string& name) const override;

private:
    pybind11::object source_;
};

/// Results that a function of Python was given: the path of a file, or nuzuh._dataset.Source.
std::unique_ptr<Results> source_of(const pybind11::object& given);

}  // namespace nuzuh::python
