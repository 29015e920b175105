// Looking up in ascending lists.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "sim/base/count.hpp"

namespace nuzuh {

/// Whether indices ascend, each once, in [0, end).
inline bool ascend_below(std::span<const int> indices, int end) {
    int next = 0;
    for (const int index : indices) {
        if (index < next || index >= end) return false;
        next = index + 1;
    }
    return true;
}

/// How many of some items come before a point, which are those at their front.
///
/// Cost     without branches, which could not be guessed
template <class Item, class IsBefore>
std::size_t count_before(std::span<const Item> items, IsBefore is_before) {
    const Item* at = items.data();
    for (std::size_t left = items.size(); left > 0;) {
        const std::size_t half = (left + 1) / 2;
        at += is_before(at[half - 1]) ? half : 0;
        left -= half;
    }
    return std::size_t(at - items.data());
}

/// Position of the first of some indices that is not below another; their number if all are.
///
/// @param indices  ascending, each once, in [0, all)
/// @param all      how many there could be; where most of them are listed, few have to be looked at
inline std::size_t first_not_below(std::span<const int> indices, int index, int all) {
    // Before it stand all below it but for those that are not listed.
    const int listed = int(indices.size());
    const int first = std::min(std::max(0, index - (all - listed)), listed);
    const int last = std::min(index, listed);
    const auto looked_at = indices.subspan(std::size_t(first), std::size_t(last - first));
    return std::size_t(first) + count_before(looked_at, [index](int one) { return one < index; });
}

/// Position of the first of ascending numbers that is above a point; their number if none is.
///
/// Cost     the same for any point, for numbers that are looked for at random cannot be guessed: those of a short list are
///          all compared, several at a time.
std::size_t first_above(std::span<const double> ascending, double point);
std::size_t first_above(std::span<const Count> ascending, Count point);

}  // namespace nuzuh
