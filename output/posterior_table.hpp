// A posterior as a table.
#pragma once

#include <string>

#include "sim/study/calibrate.hpp"

namespace nuzuh {

/// A row for each draw and parameter, as `parameters.posterior` of a scenario takes it; draw 0 is the scenario's own values.
std::string posterior_csv(const Calibration& calibration);

}  // namespace nuzuh
