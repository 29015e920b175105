#include "app/python/arrays.hpp"

#include <memory>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "output/results_in_memory.hpp"

namespace py = pybind11;

namespace nuzuh::python {
namespace {

using Shape = std::vector<std::size_t>;
using SharedResults = std::shared_ptr<ResultsInMemory>;

/// An array that takes the values over.
template <class T>
py::object array_of(const Shape& shape, std::vector<T> values) {
    auto held = std::make_unique<std::vector<T>>(std::move(values));
    const T* first = held->data();
    const py::capsule owner(held.release(), [](void* all) { delete static_cast<std::vector<T>*>(all); });
    return py::array_t<T>(shape, first, owner);
}

py::object array_of(const Shape&, const std::vector<std::string>& values) {
    return py::module_::import("numpy").attr("array")(values, py::arg("dtype") = "O");
}

/// An array over values that stay with the results; it cannot be written to, since others are worked out from them.
py::object array_over(const SharedResults& results, const Shape& shape, std::span<const float> values) {
    py::array_t<float> array(shape, values.data(), py::cast(results));
    array.attr("setflags")(py::arg("write") = false);
    return array;
}

/// The types that a reader of the file gives.
struct ToPython {
    py::module_ numpy = py::module_::import("numpy");
    py::object operator()(const std::string& text) const { return py::str(text); }
    py::object operator()(std::int32_t number) const { return numpy.attr("int32")(number); }
    py::object operator()(double number) const { return numpy.attr("float64")(number); }
    py::object operator()(const std::vector<std::int8_t>& numbers) const {
        return numpy.attr("array")(std::vector<int>(numbers.begin(), numbers.end()),
                                   py::arg("dtype") = "int8");
    }
};

py::dict dict_of(const ResultsInMemory::Attributes& attributes) {
    const ToPython to_python;
    py::dict all;
    for (const auto& [name, value] : attributes) all[py::str(name)] = std::visit(to_python, value);
    return all;
}

const char* type_of(const DatasetInfo& info) {
    constexpr std::pair<Stored, const char*> types[] = {{Stored::float32, "f4"},
                                                        {Stored::float64, "f8"},
                                                        {Stored::int32, "i4"},
                                                        {Stored::int8, "i1"},
                                                        {Stored::text, "O"}};
    for (const auto& [stored, type] : types) {
        if (stored == info.stored) return type;
    }
    throw std::logic_error(info.path() + " has a type that numpy is not told");
}

/// [(name, axes, shape, type, attributes, whether NaN stands for what is missing)]
py::list datasets(ResultsInMemory& results, const std::string& group) {
    py::list all;
    for (const DatasetInfo* info : results.datasets(group))
        all.append(py::make_tuple(info->name, py::tuple(py::cast(info->dimensions)),
                                  py::tuple(py::cast(results.shape_of(*info))), type_of(*info),
                                  dict_of(results.attributes(*info)), info->may_be_missing));
    return all;
}

py::object values(const SharedResults& results, const std::string& group, const std::string& name) {
    const DatasetInfo& info = dataset_info(group.empty() ? "/" + name : "/" + group + "/" + name);
    const Shape shape = results->shape_of(info);
    HeldValues held = [&] {
        const py::gil_scoped_release without_gil;
        return results->values(info);
    }();
    if (const auto* there = std::get_if<std::span<const float>>(&held))
        return array_over(results, shape, *there);
    return std::visit([&](auto& all) { return array_of(shape, std::move(all)); }, std::get<Values>(held));
}

}  // namespace

void add_results(py::module_& module) {
    py::class_<ResultsInMemory, SharedResults>(module, "Results")
        .def_property_readonly("form", &ResultsInMemory::form)
        .def("datasets", &datasets)
        .def("attributes", [](ResultsInMemory& results,
                              const std::string& group) { return dict_of(results.attributes(group)); })
        .def("values", &values);
}

}  // namespace nuzuh::python
