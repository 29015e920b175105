#include "sim/engine/agent/state.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "sim/engine/engine.hpp"

namespace nuzuh::agent {

namespace {

/// Counts who is displaced at a place by home.
struct DisplacedAt {
    struct OfHome {
        double households = 0, persons = 0;
    };
    std::vector<OfHome> of_home;  ///< [P]
    std::vector<int> homes;       ///< of which there are any

    explicit DisplacedAt(std::size_t places) : of_home(places) {}

    void add(int home, Count households, double persons) {
        OfHome& sum = of_home[std::size_t(home)];
        if (sum.households == 0) homes.push_back(home);
        sum.households += households;
        sum.persons += persons;
    }
    /// Calls `visit(home, sums)` for each home in ascending order, and forgets them.
    template <class Visit>
    void take(Visit visit) {
        std::sort(homes.begin(), homes.end());
        for (int home : homes) visit(home, std::exchange(of_home[std::size_t(home)], {}));
        homes.clear();
    }
};

}  // namespace

std::size_t count(const World& world, const State& state, Headcount& now, StepRecord& record) {
    const auto persons = [&](int k) { return world.groups[std::size_t(k)].household_size; };
    std::size_t all = 0;
    DisplacedAt displaced(world.places.size());
    for (auto& from : now.from) from.clear();
    for (int i = 0; i < world.place_count(); ++i) {
        Count at_home = 0, settled = 0, waiting = 0;
        double persons_at_home = 0, persons_settled = 0, persons_waiting = 0;
        const auto add_at_home = [&](int k, Count households) {
            at_home += households;
            persons_at_home += persons(k) * households;
        };
        for (int k = 0; k < world.group_count(); ++k) add_at_home(k, state.residents_of(k, i).households);
        state.cells.each(i, [&](const Cell& cell, Count households) {
            if (!is_away(cell.where)) return add_at_home(cell.k, households);
            const double people = persons(cell.k) * households;
            if (cell.where == Whereabouts::waiting) {
                waiting += households;
                persons_waiting += people;
                return;
            }
            settled += households;
            persons_settled += people;
            displaced.add(cell.o, households, people);
        });
        displaced.take([&](int o, const auto& sums) {
            now.from[std::size_t(o)].add(i, sums.households);
            record.displaced_from.push_back({i, o, sums.persons});
            record.at(i, PlaceField::displaced) += sums.persons;
        });
        now.at_home(i) = record.at(i, PlaceField::households_at_home) = at_home;
        now.displaced_persons(i) = persons_settled;
        record.at(i, PlaceField::at_home) = persons_at_home;
        record.at(i, PlaceField::households_displaced) = settled;
        record.at(i, PlaceField::waiting) = persons_waiting;
        all += std::size_t(at_home + settled + waiting);
    }
    for (const auto& slot : state.road) {
        for (int j = 0; j < world.place_count(); ++j) {
            for (const auto& one : slot[std::size_t(j)])
                record.at(j, PlaceField::on_the_road) += persons(one.k);
            all += slot[std::size_t(j)].size();
        }
    }
    return all;
}

Headcount headcount(const World& world, const State& state) {
    Headcount now(world.place_count(), world.place_count());
    StepRecord not_kept;
    not_kept.reset(world.place_count(), 0);
    count(world, state, now, not_kept);
    return now;
}

namespace {

/// Calls `visit(home, id)` for every household that has moved, in the order of their numbers.
template <class Visit>
void each_moved(const World& world, const State& state, Visit visit) {
    HouseholdId first = 0;
    for (int o = 0; o < world.place_count(); ++o) {
        for (int k = 0; k < world.group_count(); ++k) {
            for (HouseholdId id = first; id < state.residents_of(k, o).next; ++id) visit(o, id);
            first += HouseholdId(world.households(k, o));
        }
    }
    for (std::size_t r = 0; r < state.displaced.size(); ++r) {
        for (Count n = state.displaced[r]; n > 0; --n) visit(world.displaced[r].home, first++);
    }
}

/// Which household is of which group and home, by number, and which of them have been seen.
class Register {
public:
    Register(const World& world, const State& state) : seen_(state.history.size(), false) {
        HouseholdId first = 0;
        const auto add = [&](int k, int o, Count households) {
            blocks_.push_back({first, k, o});
            first += HouseholdId(households);
        };
        for (int o = 0; o < world.place_count(); ++o) {
            for (int k = 0; k < world.group_count(); ++k) add(k, o, world.households(k, o));
        }
        for (std::size_t r = 0; r < state.displaced.size(); ++r)
            add(world.displaced[r].group, world.displaced[r].home, state.displaced[r]);
    }
    /// Whether it is one of these, and is seen for the first time.
    bool is_new(HouseholdId id, int k, int o) {
        if (id >= seen_.size() || std::exchange(seen_[id], true)) return false;
        const auto behind =
            std::upper_bound(blocks_.begin(), blocks_.end(), id,
                             [](HouseholdId n, const Block& block) { return n < block.first; });
        const Block& block = *std::prev(behind);
        return block.k == k && block.o == o;
    }

private:
    struct Block {
        HouseholdId first;
        int k, o;
    };
    std::vector<Block> blocks_;
    std::vector<char> seen_;
};

void restore_residents(const World& world, State& state, Loader& from) {
    from.fixed(state.residents);
    Count first = 0;
    for (int o = 0; o < world.place_count(); ++o) {
        for (int k = 0; k < world.group_count(); ++k) {
            const Residents& here = state.residents_of(k, o);
            const Count all = world.households(k, o);
            require_saved(here.households >= 0 && here.households <= all &&
                          Count(here.next) == first + all - here.households);
            first += all;
        }
    }
}

void restore_hazards(const World& world, CumulativeHazards& hazards, Loader& from) {
    from.fixed(hazards.home, hazards.settled, hazards.waiting, hazards.class_of);
    from(hazards.returning, hazards.ways);
    require_saved(hazards.returning.size() >= 2 && hazards.ways >= -1);
    for (const auto& of_class : hazards.returning) require_saved(of_class.size() == world.place_count());
    for (int i = 0; i < world.place_count(); ++i) {
        const int c = hazards.class_of[std::size_t(i)];
        const bool is_abroad = world.places[i].type == PlaceType::abroad;
        require_saved(c >= 0 && std::size_t(c) < hazards.returning.size() && (c == 0) == is_abroad);
    }
}

}  // namespace

std::vector<Traveller> queue_at(const State& state, int i) {
    std::vector<Traveller> queue;
    std::vector<HouseholdId> ids;
    state.cells.each(i, [&](const Cell& cell, Count) {
        if (cell.where != Whereabouts::waiting) return;
        ids.clear();
        state.cells.list(cell, ids);
        for (HouseholdId id : ids) queue.push_back({id, cell.k, cell.o});
    });
    return queue;
}

Histories histories(const World& world, const State& state) {
    const Eigen::ArrayXXd none = Eigen::ArrayXXd::Zero(world.place_count(), Histories::bins);
    Histories result{none, none, none, none, state.traces};
    const auto bin = [](double value) { return std::min(int(value), Histories::bins - 1); };
    each_moved(world, state, [&](int o, HouseholdId id) {
        const History& history = state.history[id];
        result.times_displaced(o, bin(history.times_displaced)) += 1;
        result.places_visited(o, bin(history.places_visited)) += 1;
        result.days_on_road(o, bin(history.steps_on_road * world.dt)) += 1;
        result.distance(o, bin(std::ceil(history.hectometres * 0.1 / Histories::km_a_bin))) += 1;
    });
    for (int o = 0; o < world.place_count(); ++o) {
        for (int k = 0; k < world.group_count(); ++k) {
            const Count never = state.residents_of(k, o).households;
            for (auto* table :
                 {&result.times_displaced, &result.places_visited, &result.days_on_road, &result.distance})
                (*table)(o, 0) += never;
        }
    }
    return result;
}

void save(const World& world, const State& state, Saver& to) {
    const auto& hazards = state.hazards;
    to(state.step, state.residents, hazards.home, hazards.settled, hazards.waiting, hazards.class_of,
       hazards.returning, hazards.ways);
    to(state.unused_quota, state.departures_to_come, state.traces);
    // Of histories, those of households that have moved.
    each_moved(world, state, [&](int, HouseholdId id) { to(state.history[id]); });
    state.pull.save(to);
    state.under_way.save(state.step, to);
    state.cells.save(to);
    to(std::uint64_t(state.road.size()));
    for (std::size_t n = 1; n <= state.road.size(); ++n) to(state.road.at(state.step, n));
}

void restore(const World& world, State& state, int steps, Loader& from) {
    const auto is_place = [&](int i) { return i >= 0 && i < world.place_count(); };
    from(state.step);
    require_saved(state.step == steps);
    restore_residents(world, state, from);
    restore_hazards(world, state.hazards, from);
    from.fixed(state.unused_quota, state.departures_to_come);
    from(state.traces);
    for (const auto& event : state.traces) require_saved(is_place(event.home) && is_place(event.place));
    each_moved(world, state, [&](int, HouseholdId id) { from(state.history[id]); });
    state.pull.restore(from);
    state.under_way.restore(state.step, from);
    Register households(world, state);
    const auto is_new = [&](HouseholdId id, int k, int o) { return households.is_new(id, k, o); };
    state.cells.restore(world.group_count(), from, is_new);
    std::uint64_t steps_ahead = 0;
    from(steps_ahead);
    require_saved(steps_ahead >= 1 && steps_ahead <= from.left());
    state.road.reset(steps_ahead, std::vector<std::vector<Traveller>>(std::size_t(state.places())));
    for (std::size_t n = 1; n <= steps_ahead; ++n) {
        auto& arriving = state.road.at(state.step, n);
        from.fixed(arriving);
        for (const auto& travellers : arriving) {
            for (const auto& [id, k, o] : travellers)
                require_saved(k >= 0 && k < world.group_count() && is_place(o) && is_new(id, k, o));
        }
    }
}

}  // namespace nuzuh::agent
