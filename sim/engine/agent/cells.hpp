// Where households live between moves.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/base/samplers.hpp"
#include "sim/engine/agent/household.hpp"

namespace nuzuh::agent {

/// Households that have moved, in cells of those who face the same hazard; each is a heap by threshold, so that a step
/// touches only those who leave. Only cells that have held somebody exist.
///
/// Thresholds are values of the cumulative hazard of their cell at which a household leaves it.
///
/// Threads  what happens at one place does not touch another.
/// Cost     settling O(log cells of the place) on average, leaving O(log households), 12 bytes a household.
class Cells {
public:
    explicit Cells(int places) : at_(std::size_t(places)) {}

    /// Households in a cell.
    Count households(const Cell& cell) const {
        const Entry* entry = find(cell);
        return entry ? Count(heap(cell.i, *entry).size()) : 0;
    }
    /// Calls `visit(cell, households)` for each cell of place i that holds somebody: by group those at home, then those
    /// displaced by home.
    template <class Visit>
    void each(int i, Visit visit) const {
        for (const Entry& entry : at_[std::size_t(i)].entries) {
            const auto& heap = this->heap(i, entry);
            if (!heap.empty()) visit(Cell{entry.where, entry.k, i, entry.o}, Count(heap.size()));
        }
    }
    /// Takes everyone out of the cells of place i whose threshold is passed, the lowest threshold first.
    ///
    /// @param hazard  of a cell
    /// @param leaves  called with the cell and the household
    template <class Hazard, class Leaves>
    void take_due(int i, Hazard hazard, Leaves leaves) {
        for (Entry& entry : at_[std::size_t(i)].entries) {
            const Cell cell{entry.where, entry.k, i, entry.o};
            for (const double passed = hazard(cell); entry.lowest < passed;) leaves(cell, pop(i, entry));
        }
    }

    /// Puts a household into a cell.
    void settle(const Cell& cell, HouseholdId id, double threshold) {
        Entry& entry = find_or_make(cell);
        auto& households = heap(cell.i, entry);
        households.push_back({threshold, id});
        std::push_heap(households.begin(), households.end(), later);
        entry.lowest = households.front().threshold;
    }
    /// Takes out the one with the lowest threshold: each is equally likely as long as no hazard accumulates.
    HouseholdId pop(const Cell& cell) { return pop(cell.i, find_or_make(cell)); }

    /// Adds everyone in the cell to `ids`, in no order that means anything.
    void list(const Cell& cell, std::vector<HouseholdId>& ids) const {
        const Entry* entry = find(cell);
        if (!entry) return;
        for (const auto& one : heap(cell.i, *entry)) ids.push_back(one.id);
    }
    /// Takes out those listed.
    ///
    /// @param ids  in ascending order
    void take(const Cell& cell, std::span<const HouseholdId> ids) {
        Entry& entry = find_or_make(cell);
        auto& households = heap(cell.i, entry);
        std::erase_if(households, [&](const Resident& one) {
            return std::binary_search(ids.begin(), ids.end(), one.id);
        });
        std::make_heap(households.begin(), households.end(), later);
        entry.lowest = households.empty() ? nobody : households.front().threshold;
    }

    void save(Saver& to) const {
        for (const Place& place : at_) to(place.entries, place.heaps);
    }
    /// @param is_household  whether one can be of a group and home, by its number; called once for each
    template <class IsHousehold>
    void restore(int groups, Loader& from, IsHousehold is_household) {
        const int places = int(at_.size());
        for (int i = 0; i < places; ++i) {
            auto& [entries, heaps] = at_[std::size_t(i)];
            from(entries, heaps);
            require_saved(entries.size() == heaps.size());
            std::vector<char> taken(heaps.size(), false);
            const Entry* last = nullptr;
            for (Entry& entry : entries) {
                require_saved(entry.k >= 0 && entry.k < groups && entry.o >= 0 && entry.o < places &&
                              entry.where >= Whereabouts::home && entry.where <= Whereabouts::waiting &&
                              (is_away(entry.where) || entry.o == i) && entry.heap < heaps.size() &&
                              !std::exchange(taken[entry.heap], true));
                require_saved(!last ||
                              order(last->where, last->k, last->o) < order(entry.where, entry.k, entry.o));
                last = &entry;
                const auto& heap = heaps[entry.heap];
                require_saved(std::is_heap(heap.begin(), heap.end(), later));
                for (const Resident& one : heap) require_saved(is_household(one.id, entry.k, entry.o));
                entry.lowest = heap.empty() ? nobody : heap.front().threshold;
            }
        }
    }

private:
    static constexpr double nobody = std::numeric_limits<double>::infinity();

#pragma pack(push, 4)
    struct Resident {  // 12 bytes: this is what most of the memory of a run holds
        double threshold;
        HouseholdId id;
    };
#pragma pack(pop)
    struct Entry {
        double lowest;  ///< threshold; infinite where nobody is
        std::int32_t k, o;
        Whereabouts where;
        std::uint32_t heap;
    };
    struct Place {
        std::vector<Entry> entries;  ///< in the order of `each`
        std::vector<std::vector<Resident>> heaps;
    };
    static constexpr auto later = [](const Resident& a, const Resident& b) {
        return a.threshold != b.threshold ? a.threshold > b.threshold : a.id > b.id;
    };
    static std::tuple<int, bool, int, Whereabouts> order(Whereabouts where, int k, int o) {
        return {k, is_away(where), is_away(where) ? o : 0, where};
    }
    static constexpr auto before = [](const Entry& entry, const Cell& cell) {
        return order(entry.where, entry.k, entry.o) < order(cell.where, cell.k, cell.o);
    };

    const std::vector<Resident>& heap(int i, const Entry& entry) const {
        return at_[std::size_t(i)].heaps[entry.heap];
    }
    std::vector<Resident>& heap(int i, const Entry& entry) { return at_[std::size_t(i)].heaps[entry.heap]; }
    const Entry* find(const Cell& cell) const {
        const auto& entries = at_[std::size_t(cell.i)].entries;
        const auto found = std::lower_bound(entries.begin(), entries.end(), cell, before);
        const bool same = found != entries.end() &&
                          order(found->where, found->k, found->o) == order(cell.where, cell.k, cell.o);
        return same ? &*found : nullptr;
    }
    Entry& find_or_make(const Cell& cell) {
        if (const Entry* known = find(cell)) return const_cast<Entry&>(*known);
        Place& place = at_[std::size_t(cell.i)];
        const auto there = std::lower_bound(place.entries.begin(), place.entries.end(), cell, before);
        place.heaps.emplace_back();
        const Entry entry{nobody, cell.k, is_away(cell.where) ? cell.o : cell.i, cell.where,
                          std::uint32_t(place.heaps.size() - 1)};
        return *place.entries.insert(there, entry);
    }
    HouseholdId pop(int i, Entry& entry) {
        auto& households = heap(i, entry);
        std::pop_heap(households.begin(), households.end(), later);
        const HouseholdId id = households.back().id;
        households.pop_back();
        entry.lowest = households.empty() ? nobody : households.front().threshold;
        return id;
    }

    std::vector<Place> at_;
};

}  // namespace nuzuh::agent
