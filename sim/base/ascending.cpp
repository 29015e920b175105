#include "sim/base/ascending.hpp"

#include <cstdint>

#include "sim/base/clones.hpp"

namespace nuzuh {
namespace {

/// @tparam Whole  as wide as what is compared, to be counted beside it
template <class Whole, class Number>
NUZUH_INLINE std::size_t position(const Number* at, std::size_t count, Number point) {
    constexpr std::size_t compared =
        96;  // judgement: so many are compared sooner than a list is halved once more
    std::size_t before = 0;
    while (count > compared) {
        const std::size_t half = count / 2;
        before += at[before + half - 1] <= point ? half : 0;
        count -= half;
    }
    Whole not_above{0};
    for (std::size_t n = 0; n < count; ++n) not_above += at[before + n] <= point;
    return before + std::size_t(not_above);
}

}  // namespace

NUZUH_CLONES std::size_t first_above(std::span<const double> ascending, double point) {
    return position<std::int64_t>(ascending.data(), ascending.size(), point);
}

NUZUH_CLONES std::size_t first_above(std::span<const Count> ascending, Count point) {
    return position<std::int32_t>(ascending.data(), ascending.size(), point);
}

}  // namespace nuzuh
