// The number type of households.
#pragma once

#include <cstdint>

namespace nuzuh {

/// A number of households; at most two thousand million, like the people of a run.
using Count = std::int32_t;

}  // namespace nuzuh
