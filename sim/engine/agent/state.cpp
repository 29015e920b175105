#include "sim/engine/agent/state.hpp"

#include <cmath>

#include <fmt/format.h>

#include "sim/engine/engine.hpp"

namespace nuzuh::agent {

Headcount headcount(const World& world, const State& state) {
    const int places = world.place_count();
    Headcount now{Eigen::ArrayXd::Zero(places), Eigen::ArrayXd::Zero(places),
                  Eigen::ArrayXXd::Zero(places, places)};
    for (int k = 0; k < world.group_count(); ++k) {
        for (int i = 0; i < places; ++i) {
            now.at_home(i) +=
                state.households(Whereabouts::home, k, i, i) + state.households(Whereabouts::back, k, i, i);
        }
        if (k >= world.mobile_groups) continue;
        const Eigen::ArrayXXd settled = state.cells.away(Whereabouts::settled, k).cast<double>();
        now.households_from += settled;
        now.displaced_persons += world.groups[std::size_t(k)].household_size * settled.rowwise().sum();
    }
    return now;
}

void record_stocks(const World& world, const State& state, StepRecord& record) {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    const auto persons = [&](int k) { return world.groups[std::size_t(k)].household_size; };
    for (int k = 0; k < world.group_count(); ++k) {
        for (int i = 0; i < world.place_count(); ++i) {
            const double here =
                state.households(Whereabouts::home, k, i, i) + state.households(Whereabouts::back, k, i, i);
            record.at(i, PlaceField::households_at_home) += here;
            record.at(i, PlaceField::at_home) += persons(k) * here;
        }
        if (k >= world.mobile_groups) continue;
        const Eigen::ArrayXXd settled = state.cells.away(Whereabouts::settled, k).cast<double>();
        record.displaced_from += persons(k) * settled;
        column(PlaceField::households_displaced) += settled.rowwise().sum();
        column(PlaceField::waiting) +=
            persons(k) * state.cells.away(Whereabouts::waiting, k).rowwise().sum().cast<double>();
    }
    for (const auto& slot : state.road) {
        for (int j = 0; j < world.place_count(); ++j) {
            for (const auto& one : slot[std::size_t(j)])
                record.at(j, PlaceField::on_the_road) += persons(one.k);
        }
    }
    column(PlaceField::displaced) = record.displaced_from.rowwise().sum();
    derive_stocks(world, state.step, record);
}

std::size_t count_households(const State& state) {
    std::size_t now = 0;
    for (const auto& here : state.residents) now += std::size_t(here.households);
    for (const Count here : state.cells.households()) now += std::size_t(here);
    for (const auto& slot : state.road) {
        for (const auto& travellers : slot) now += travellers.size();
    }
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

/// Everything that outlives a step, apart from cells and roads; of histories, those of households that have moved.
template <class SomeState, class Archive>
void archive_state(const World& world, SomeState& state, Archive& archive) {
    auto& hazards = state.hazards;
    archive(state.step, state.residents, hazards.home, hazards.settled, hazards.waiting, hazards.returning);
    archive(state.unused_quota, state.departures_to_come, state.traces);
    each_moved(world, state, [&](int, HouseholdId id) { archive(state.history[id]); });
}

}  // namespace

std::vector<Traveller> queue_at(const World& world, const State& state, int i) {
    std::vector<Traveller> queue;
    std::vector<HouseholdId> ids;
    for (int k = 0; k < world.group_count(); ++k) {
        for (int o = 0; o < world.place_count(); ++o) {
            ids.clear();
            state.cells.list(state.cells.index(Whereabouts::waiting, k, i, o), ids);
            for (HouseholdId id : ids) queue.push_back({id, k, o});
        }
    }
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
    archive_state(world, state, to);
    state.pull.save(to);
    state.cells.save(to);
    to(std::uint64_t(state.road.size()));
    for (std::size_t n = 1; n <= state.road.size(); ++n) to(state.road.at(state.step, n));
}

void restore(const World& world, State& state, Loader& from) {
    archive_state(world, state, from);
    state.pull.restore(from);
    state.cells.restore(from);
    std::uint64_t steps_ahead = 0;
    from(steps_ahead);
    state.road.reset(steps_ahead, std::vector<std::vector<Traveller>>(std::size_t(state.places())));
    for (std::size_t n = 1; n <= steps_ahead; ++n) from(state.road.at(state.step, n));
}

}  // namespace nuzuh::agent
