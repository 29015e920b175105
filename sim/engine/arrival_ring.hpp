// Those on the road, by the step at whose end they arrive.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace nuzuh {

/// A ring of slots, one for each step that the longest journey may take. Slot `step % size` holds those who arrive at the
/// end of that step.
///
/// @tparam Slot  those who arrive together
template <class Slot>
class ArrivalRing {
public:
    ArrivalRing() = default;
    ArrivalRing(std::size_t steps, const Slot& empty) : slots_(steps, empty) {}

    std::size_t size() const { return slots_.size(); }
    Slot& operator[](std::size_t slot) { return slots_[slot]; }
    const Slot& operator[](std::size_t slot) const { return slots_[slot]; }

    /// Where those are who arrive at the end of the n-th step from now; n = 1 is the step at hand.
    std::size_t slot(int step, std::size_t n) const {
        return (std::uint32_t(step) + std::uint32_t(n) - 1) %
               std::uint32_t(slots_.size());  // quicker than 64 bits
    }

    /// Those who arrive at the end of the n-th step from now.
    Slot& at(int step, std::size_t n) { return slots_[slot(step, n)]; }
    const Slot& at(int step, std::size_t n) const { return slots_[slot(step, n)]; }

    /// Makes room for journeys of so many steps before a step; those on the road stay on it.
    void grow(int step, std::size_t steps, const Slot& empty) {
        if (steps <= slots_.size()) return;
        ArrivalRing larger(steps, empty);
        for (std::size_t n = 1; n <= slots_.size(); ++n) larger.at(step, n) = std::move(at(step, n));
        *this = std::move(larger);
    }
    /// Empties every slot, and makes room for journeys of so many steps: a world whose roads close later may have longer
    /// ones than this.
    void reset(std::size_t steps, const Slot& empty) { slots_.assign(std::max(steps, slots_.size()), empty); }

    auto begin() const { return slots_.begin(); }
    auto end() const { return slots_.end(); }

private:
    std::vector<Slot> slots_;
};

}  // namespace nuzuh
