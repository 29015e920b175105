// Where a household lives between moves, and what it remembers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace nuzuh {

using HouseholdId = std::uint32_t;

/// What a household has been through.
struct History {
    std::uint16_t settlements = 0;      ///< times it settled in a cell; addresses its draws
    std::uint16_t steps_on_road = 0;
    std::uint8_t times_displaced = 0;   ///< departures in flight
    std::uint8_t places_visited = 0;    ///< arrivals in flight
};

/// A household on its way.
struct Traveller {
    HouseholdId id;
    std::int32_t k;
    std::int32_t j;  ///< destination
    std::int32_t o;  ///< home; equal to j for those who return
};

/// The households of one group, place, home and status: everyone here faces the same hazard.
///
/// Kept as a heap by threshold, so that a step touches only those who leave.
///
/// Cost     settling O(1) on average, leaving O(log households).
class Cell {
public:
    std::size_t size() const { return heap_.size(); }
    bool empty() const { return heap_.empty(); }
    /// Hazard times length accumulated since the cell was made.
    double accumulated() const { return accumulated_; }

    /// @param threshold  unit-exponential, counted from now
    void settle(HouseholdId id, double threshold) {
        heap_.push_back({accumulated_ + threshold, id});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }

    /// Lets hazard accumulate and takes out those whose threshold is passed, lowest first.
    void pass(double hazard_times_length, std::vector<HouseholdId>& leaving) {
        accumulated_ += hazard_times_length;
        while (!heap_.empty() && heap_.front().threshold < accumulated_) leaving.push_back(pop());
    }

    /// Takes out everyone.
    void clear(std::vector<HouseholdId>& leaving) {
        while (!heap_.empty()) leaving.push_back(pop());
    }

    /// Takes out the one with the lowest threshold: each is equally likely as long as no hazard accumulates.
    HouseholdId pop() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const HouseholdId id = heap_.back().id;
        heap_.pop_back();
        return id;
    }

    /// Takes out those at the given positions of `household(position)`.
    void take(std::vector<int> positions) {
        std::sort(positions.rbegin(), positions.rend());
        for (int position : positions) {
            heap_[std::size_t(position)] = heap_.back();
            heap_.pop_back();
        }
        std::make_heap(heap_.begin(), heap_.end(), later);
    }
    HouseholdId household(int position) const { return heap_[std::size_t(position)].id; }

private:
#pragma pack(push, 4)
    struct Resident {  // 12 bytes: this is what most of the memory of a run holds
        double threshold;
        HouseholdId id;
    };
#pragma pack(pop)
    static bool later(const Resident& a, const Resident& b) {
        return a.threshold != b.threshold ? a.threshold > b.threshold : a.id > b.id;
    }

    std::vector<Resident> heap_;
    double accumulated_ = 0;
};

}  // namespace nuzuh
