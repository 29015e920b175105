// Where households live between moves.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/base/samplers.hpp"
#include "sim/engine/agent/household.hpp"

namespace nuzuh {

/// Cells of households that face the same hazard, each a heap by threshold: a step touches only those who leave.
///
/// Thresholds stand on the clock of their cell: the hazard times length that has accumulated there.
///
/// Cost     settling O(1) on average, leaving O(log households), 12 bytes a household.
class Cells {
public:
    explicit Cells(std::size_t cells) : heaps_(cells), lowest_(cells, nobody), households_(cells, 0) {}

    /// Households in each cell.
    const std::vector<Count>& households() const { return households_; }

    /// Lowest threshold in each cell; infinite where nobody is.
    const std::vector<double>& lowest() const { return lowest_; }

    void settle(std::size_t c, HouseholdId id, double threshold) {
        heaps_[c].push_back({threshold, id});
        std::push_heap(heaps_[c].begin(), heaps_[c].end(), later);
        note(c);
    }

    /// Takes out the one with the lowest threshold: each is equally likely as long as no hazard accumulates.
    HouseholdId pop(std::size_t c) {
        std::pop_heap(heaps_[c].begin(), heaps_[c].end(), later);
        const HouseholdId id = heaps_[c].back().id;
        heaps_[c].pop_back();
        note(c);
        return id;
    }

    /// Adds everyone in the cell to `ids`, in no order that means anything.
    void list(std::size_t c, std::vector<HouseholdId>& ids) const {
        for (const auto& one : heaps_[c]) ids.push_back(one.id);
    }

    /// Takes out those listed.
    ///
    /// @param ids  in ascending order
    void take(std::size_t c, std::span<const HouseholdId> ids) {
        std::erase_if(heaps_[c], [&](const Resident& one) {
            return std::binary_search(ids.begin(), ids.end(), one.id);
        });
        std::make_heap(heaps_[c].begin(), heaps_[c].end(), later);
        note(c);
    }

    void save(Saver& to) const { to(heaps_); }
    void restore(Loader& from) {
        from(heaps_);
        for (std::size_t c = 0; c < heaps_.size(); ++c) note(c);
    }

private:
    static constexpr double nobody = std::numeric_limits<double>::infinity();

#pragma pack(push, 4)
    struct Resident {  // 12 bytes: this is what most of the memory of a run holds
        double threshold;
        HouseholdId id;
    };
#pragma pack(pop)
    static constexpr auto later = [](const Resident& a, const Resident& b) {
        return a.threshold != b.threshold ? a.threshold > b.threshold : a.id > b.id;
    };
    void note(std::size_t c) {
        households_[c] = Count(heaps_[c].size());
        lowest_[c] = heaps_[c].empty() ? nobody : heaps_[c].front().threshold;
    }

    std::vector<std::vector<Resident>> heaps_;
    std::vector<double> lowest_;
    std::vector<Count> households_;
};

}  // namespace nuzuh
