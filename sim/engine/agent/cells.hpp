// Where households live between moves.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/base/ascending.hpp"
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
        return entry ? Count(entry->households) : 0;
    }
    /// Calls `visit(cell, households)` for each cell of place i that holds somebody: by group those at home, then those
    /// displaced by home.
    template <class Visit>
    void each(int i, Visit visit) const {
        for (const Entry& entry : at_[std::size_t(i)].entries) {
            if (entry.households > 0) visit(cell_of(entry.key, i), Count(entry.households));
        }
    }
    /// Takes everyone out of the cells of place i whose threshold is passed, the lowest threshold first.
    ///
    /// @param hazard  of a cell
    /// @param leaves  called with the cell and the household
    template <class Hazard, class Leaves>
    void take_due(int i, Hazard hazard, Leaves leaves) {
        for (Entry& entry : at_[std::size_t(i)].entries) {
            if (entry.households == 0) continue;
            const Cell cell = cell_of(entry.key, i);
            for (const double passed = hazard(cell); entry.lowest < passed;) leaves(cell, pop(i, entry));
        }
    }

    /// Puts a household into a cell.
    void settle(const Cell& cell, HouseholdId id, double threshold) {
        Entry& entry = find_or_make(cell);
        auto& households = heap(cell.i, entry);
        households.push_back({threshold, id});
        std::push_heap(households.begin(), households.end(), later);
        entry.note(households);
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
        entry.note(households);
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
                const Cell cell = cell_of(entry.key, i);
                require_saved(cell.k < groups && cell.o >= 0 && cell.o < places &&
                              entry.key == key_of(cell) && entry.heap < heaps.size() &&
                              !std::exchange(taken[entry.heap], true));
                require_saved(!last || last->key < entry.key);
                last = &entry;
                const auto& heap = heaps[entry.heap];
                require_saved(std::is_heap(heap.begin(), heap.end(), later));
                for (const Resident& one : heap) require_saved(is_household(one.id, cell.k, cell.o));
                entry.note(heap);
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
        double lowest;      ///< threshold; infinite where nobody is
        std::uint64_t key;  ///< of its cell
        std::uint32_t heap, households;

        void note(const std::vector<Resident>& heap) {
            lowest = heap.empty() ? nobody : heap.front().threshold;
            households = std::uint32_t(heap.size());
        }
    };
    struct Place {
        std::vector<Entry> entries;  ///< in the order of `each`
        std::vector<std::vector<Resident>> heaps;
    };
    static constexpr auto later = [](const Resident& a, const Resident& b) {
        return a.threshold != b.threshold ? a.threshold > b.threshold : a.id > b.id;
    };
    /// What tells the cells of a place apart, in the order of `each`.
    static std::uint64_t key_of(const Cell& cell) {
        const bool away = is_away(cell.where);
        const auto home = away ? std::uint32_t(cell.o) : 0;
        return (std::uint64_t(cell.k) << 33 | std::uint64_t(away) << 32 | home) << 2 |
               std::uint64_t(cell.where);
    }
    static Cell cell_of(std::uint64_t key, int i) {
        const auto where = Whereabouts(key & 3);
        return {where, int(key >> 35), i, is_away(where) ? int(key >> 2) : i};
    }

    const std::vector<Resident>& heap(int i, const Entry& entry) const {
        return at_[std::size_t(i)].heaps[entry.heap];
    }
    std::vector<Resident>& heap(int i, const Entry& entry) { return at_[std::size_t(i)].heaps[entry.heap]; }
    /// The first entry of a place whose key is not below another.
    static std::size_t position_of(const std::vector<Entry>& entries, std::uint64_t key) {
        return count_before(std::span(entries), [key](const Entry& one) { return one.key < key; });
    }
    const Entry* find(const Cell& cell) const {
        const auto& entries = at_[std::size_t(cell.i)].entries;
        const std::size_t found = position_of(entries, key_of(cell));
        return found < entries.size() && entries[found].key == key_of(cell) ? &entries[found] : nullptr;
    }
    Entry& find_or_make(const Cell& cell) {
        auto& [entries, heaps] = at_[std::size_t(cell.i)];
        const std::uint64_t key = key_of(cell);
        const std::size_t found = position_of(entries, key);
        if (found < entries.size() && entries[found].key == key) return entries[found];
        heaps.emplace_back();
        return *entries.insert(entries.begin() + std::ptrdiff_t(found),
                               {nobody, key, std::uint32_t(heaps.size() - 1), 0});
    }
    HouseholdId pop(int i, Entry& entry) {
        auto& households = heap(i, entry);
        std::pop_heap(households.begin(), households.end(), later);
        const HouseholdId id = households.back().id;
        households.pop_back();
        entry.note(households);
        return id;
    }

    std::vector<Place> at_;
};

}  // namespace nuzuh::agent
