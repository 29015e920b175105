#include "sim/base/number_text.hpp"

#include <cmath>

#include <fmt/format.h>

namespace nuzuh {

std::string grouped(double number) {
    std::string digits = fmt::format("{:.0f}", std::abs(number));
    for (int at = int(digits.size()) - 3; at > 0; at -= 3) digits.insert(std::size_t(at), ",");
    return number <= -0.5 ? "-" + digits : digits;
}

}  // namespace nuzuh
