// What is wrong with what was asked for, as exceptions of Python.
#pragma once

#include <string>

#include <pybind11/pybind11.h>

#include "sim/base/finding.hpp"

namespace nuzuh::python {

/// A list of dicts, as nuzuh.Finding takes them.
pybind11::list told(const Findings& findings);

/// Raises nuzuh.ScenarioError with every finding.
[[noreturn]] void refuse(const Findings& findings);

}  // namespace nuzuh::python
