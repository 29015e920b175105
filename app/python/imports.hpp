// Imports for Python.
#pragma once

#include <pybind11/pybind11.h>

namespace nuzuh::python {

/// Adds imports to the module; the class Scenario must be there.
void add_imports(pybind11::module_& module);

}  // namespace nuzuh::python
