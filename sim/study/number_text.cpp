#include "sim/study/number_text.hpp"

#include <cmath>

#include <fmt/format.h>

namespace nuzuh {

std::string grouped(double number) {
    std::string digits = fmt::format("{:.0f}", std::abs(number));
    for (int at = int(digits.size()) - 3; at > 0; at -= 3) digits.insert(std::size_t(at), ",");
    return number <= -0.5 ? "-" + digits : digits;
}

std::string bytes_text(double bytes) {
    return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string duration_text(double seconds) {
    if (seconds < 1) return fmt::format("{:.{}f} ms", seconds * 1000, seconds < 0.01 ? 1 : 0);
    if (seconds < 90) return fmt::format("{:.0f} s", seconds);
    if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace nuzuh
