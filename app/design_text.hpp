// What was seen of a prior before it is calibrated, as text.
#pragma once

#include <string>

#include "sim/study/wide_design.hpp"

namespace nuzuh::app {

/// A table of figures, how near the prior comes to each and how much of it each rules out, and a line of what is left.
std::string design_text(const WideDesign& design);

}  // namespace nuzuh::app
