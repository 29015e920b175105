#include "sim/model/population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nuzuh {
namespace {

/// A part that is to be a whole number.
struct Part {
    double wanted = 0;
    double size = 1;  ///< what one of it counts in the sum
    Count most = 0;   ///< it can have
    Count n = 0;

    double remainder() const { return wanted - double(n); }
    bool can_change(int by) const { return wanted > 0 && n + by >= 0 && n + by <= most; }
};

/// Among those that can change, the part that is furthest on the other side of what it should have; of equal ones,
/// the first from `start` on.
Part* furthest(std::vector<Part>& parts, int by, std::size_t start) {
    Part* best = nullptr;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        Part& part = parts[(start + k) % parts.size()];
        if (!part.can_change(by)) continue;
        if (!best || by * part.remainder() > by * best->remainder() + 1e-9) best = &part;
    }
    return best;
}

/// Rounds every part; where the sum is then more than one of the largest off, changes parts by one until it is as
/// near as it comes.
void round_together(std::vector<Part>& parts) {
    double off = 0, largest = 0;
    for (Part& part : parts) {
        part.n = std::min<Count>(part.most, Count(std::llround(part.wanted)));
        off += part.remainder() * part.size;
        if (part.wanted > 0) largest = std::max(largest, part.size);
    }
    if (std::abs(off) <= largest * (1 + 1e-9)) return;
    // Equal remainders are taken from another part on at places of another size: no group is always the first.
    const auto start = std::size_t(std::llround(std::abs(off))) % parts.size();
    const int by = off > 0 ? 1 : -1;
    while (Part* part = furthest(parts, by, start)) {
        if (std::abs(off - by * part->size) >= std::abs(off)) return;
        part->n += by;
        off -= by * part->size;
    }
}

}  // namespace

std::vector<GroupHouseholds> settle_groups(const List<GroupSettings>& groups, MovingUnit unit,
                                           double people) {
    std::vector<Part> all, immobile;
    for (const auto& group : groups) {
        const double size = household_size(group, unit);
        all.push_back({people * group.share / size, size, std::numeric_limits<Count>::max()});
    }
    round_together(all);
    for (std::size_t g = 0; g < groups.size(); ++g)
        immobile.push_back({double(all[g].n) * groups[g].immobile_share, 1, all[g].n});
    round_together(immobile);
    std::vector<GroupHouseholds> settled;
    for (std::size_t g = 0; g < groups.size(); ++g) settled.push_back({all[g].n, immobile[g].n});
    return settled;
}

}  // namespace nuzuh
