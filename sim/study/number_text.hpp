// Numbers as people read them.
#pragma once

#include <string>

namespace nuzuh {

/// Whole number with commas between thousands: 861,000.
std::string grouped(double number);

/// "12.3 GB", below one "340 MB".
std::string bytes_text(double bytes);

/// "40 s", "12 min", "3.1 h"; below a second "12 ms".
std::string duration_text(double seconds);

}  // namespace nuzuh
