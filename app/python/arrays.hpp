// Results in memory as arrays of numpy.
#pragma once

#include <pybind11/pybind11.h>

namespace nuzuh::python {

/// Adds the class Results: datasets by group, with shapes, attributes and values.
void add_results(pybind11::module_& module);

}  // namespace nuzuh::python
