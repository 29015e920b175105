// Comparisons, scores, forecasts and calibrations for Python.
#pragma once

#include <pybind11/pybind11.h>

namespace nuzuh::python {

/// Adds comparisons, scores, forecasts and calibrations to the module; the class Scenario must be there.
void add_analyses(pybind11::module_& module);

}  // namespace nuzuh::python
