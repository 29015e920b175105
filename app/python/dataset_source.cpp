#include "app/python/dataset_source.hpp"

#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "output/stored.hpp"
#include "output/stored_layout.hpp"
#include "output/study_table.hpp"

namespace py = pybind11;

namespace nuzuh::python {
namespace {

template <class T>
std::vector<T> numbers(const py::object& given, const std::string& path) {
    using Array = py::array_t<T, py::array::c_style | py::array::forcecast>;
    const Array values = given.cast<Array>();
    std::vector<T> all(values.data(), values.data() + values.size());
    h5::require_possible(std::span<const T>(all), path);
    return all;
}

/// Datasets that the table knows, each with the axes that it has there.
std::vector<StoredDataset> stored_in(const py::object& source) {
    std::vector<StoredDataset> stored;
    for (const py::handle item : source.attr("datasets")()) {
        const auto [path, axes, shape, is_text] =
            item.cast<std::tuple<std::string, std::vector<std::string>, std::vector<std::size_t>, bool>>();
        const auto known = axes_in_table(path, false);
        if (!known) continue;
        if (axes != *known)
            throw h5::Error(
                fmt::format("the dataset is not as results are: the axes of {} are ({}) in place of ({})",
                            path.substr(1), fmt::join(axes, ", "), fmt::join(*known, ", ")));
        stored.push_back({path, axes, shape, "", "", is_text});
    }
    return stored;
}

}  // namespace

DatasetSource::DatasetSource(py::object source) : source_(std::move(source)) {
    require_scenario(*this, "the dataset", "this");
    require_layout(*this, stored_in(source_));
}

bool DatasetSource::has(const std::string& path) const { return source_.attr("has")(path).cast<bool>(); }

std::vector<float> DatasetSource::floats(const std::string& path) const {
    return numbers<float>(source_.attr("values")(path), path);
}

std::vector<double> DatasetSource::doubles(const std::string& path) const {
    return numbers<double>(source_.attr("values")(path), path);
}

std::vector<float> DatasetSource::slice(const std::string& path, std::size_t index) const {
    return numbers<float>(source_.attr("values")(path)[py::int_(index)], path);
}

std::vector<std::string> DatasetSource::texts(const std::string& path) const {
    return source_.attr("values")(path).cast<std::vector<std::string>>();
}

std::optional<std::string> DatasetSource::text_attribute(const std::string& object,
                                                         const std::string& name) const {
    const py::object value = source_.attr("attribute")(object, name);
    if (!py::isinstance<py::str>(value)) return {};
    return value.cast<std::string>();
}

std::optional<double> DatasetSource::number_attribute(const std::string& object,
                                                      const std::string& name) const {
    const py::object value = source_.attr("attribute")(object, name);
    if (value.is_none() || py::isinstance<py::str>(value)) return {};
    return double(py::float_(value));
}

std::unique_ptr<Results> source_of(const py::object& given) {
    if (py::isinstance<py::str>(given)) return std::make_unique<ResultsFile>(given.cast<std::string>());
    return std::make_unique<DatasetSource>(given);
}

}  // namespace nuzuh::python
