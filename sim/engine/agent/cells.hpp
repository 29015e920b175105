// Where households live between moves.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "sim/base/archive.hpp"
#include "sim/base/samplers.hpp"
#include "sim/engine/agent/household.hpp"

namespace nuzuh::agent {

/// Households that have moved, in cells of those who face the same hazard; each is a heap by threshold, so that a step
/// touches only those who leave.
///
/// Thresholds are values of the cumulative hazard of their cell at which a household leaves it.
///
/// Shape    cells of those at home and back: [K][P]; of those settled and waiting: [K][home P][P].
/// Cost     settling O(1) on average, leaving O(log households), 12 bytes a household.
class Cells {
public:
    Cells(int groups, int places)
        : groups_(groups),
          places_(places),
          heaps_(2 * std::size_t(groups) * std::size_t(places) * std::size_t(1 + places)),
          lowest_(heaps_.size(), nobody),
          households_(heaps_.size(), 0) {}

    /// Number of the cell of a group's households at place i; o, their home, is ignored for those at home.
    std::size_t index(Whereabouts where, int k, int i, int o) const {
        const auto places = std::size_t(places_);
        if (!is_away(where)) return std::size_t(int(where) * groups_ + k) * places + std::size_t(i);
        const int away = (int(where) - int(Whereabouts::settled)) * groups_ + k;
        return (std::size_t(2 * groups_ + o) + std::size_t(away) * places) * places + std::size_t(i);
    }

    /// Households in each cell.
    const std::vector<Count>& households() const { return households_; }

    /// Those of a group who are away from home, [place P, home P].
    auto away(Whereabouts where, int k) const {
        using Counts = Eigen::Array<Count, Eigen::Dynamic, Eigen::Dynamic>;
        return Eigen::Map<const Counts>(households_.data() + index(where, k, 0, 0), places_, places_);
    }

    /// Lowest threshold in each cell; infinite where nobody is.
    const std::vector<double>& lowest() const { return lowest_; }

    /// Puts a household into cell c.
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

    int groups_, places_;
    std::vector<std::vector<Resident>> heaps_;
    std::vector<double> lowest_;
    std::vector<Count> households_;
};

}  // namespace nuzuh::agent
