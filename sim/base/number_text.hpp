// Numbers as people read them.
#pragma once

#include <string>

namespace nuzuh {

/// Whole number with commas between thousands: 861,000.
std::string grouped(double number);

}  // namespace nuzuh
