// The people of a run as counts, and what every step of it reads.
#pragma once

#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/arrival_ring.hpp"
#include "sim/engine/compartment/cells.hpp"
#include "sim/engine/compartment/kernels.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/start.hpp"
#include "sim/engine/under_way.hpp"
#include "sim/engine/whereabouts.hpp"

namespace nuzuh::compartment {

template <class Number>
using Cells = Eigen::Array<Number, Eigen::Dynamic, Eigen::Dynamic>;

/// What does not change during a run.
///
/// Shape    K groups, the first M of them mobile, P places, H homes told apart.
template <class Policy>
struct Setup {
    const World& world;
    Policy policy;
    SizeClasses sizes;
    Homes homes;
    EnvironmentalNoise noise;
    EngineSpec spec;  ///< what records say

    Setup(const World& w, Policy by, const EngineSpec& what_records_say = {})
        : world(w),
          policy(std::move(by)),
          sizes(w),
          homes(w, Homes::inhabited),
          noise(policy, w),
          spec(what_records_say) {}

    int places() const { return world.place_count(); }
    int groups() const { return world.mobile_groups; }
    double persons(int k) const { return world.groups[std::size_t(k)].household_size; }
    /// Row of a group's first home in arrays [M H, ...].
    Eigen::Index row_of_group(int k) const { return Eigen::Index(k) * homes.count(); }
    int mode(int k) const { return world.mode_of_group[std::size_t(k)]; }
    bool is_abroad(int i) const { return world.places[std::size_t(i)].type == PlaceType::abroad; }

    const StepInputs& inputs(int step) const { return world.inputs[std::size_t(step)]; }
};

/// Households, at the end of the last step.
///
/// @tparam Store     of those displaced: SparseCells or DenseCells
/// @tparam Arrivals  those in flight who arrive together: SparseArrivals or Cells [M H, P]
template <class Number, class Store, class Arrivals>
struct State {
    int step = 0;                            ///< the next one
    Cells<Number> home;                      ///< [K, P] never displaced
    Cells<Number> back;                      ///< [K, P] returned
    Store settled;                           ///< displaced at a place; at one abroad, crossed
    Store waiting;                           ///< at a crossing, or turned away at a place
    ArrivalRing<Arrivals> road;              ///< in flight
    ArrivalRing<Cells<Number>> homeward;     ///< [M, home P] on their way home
    std::vector<double> unused_quota;        ///< [P] of a crossing, less than a household [persons]
    std::vector<double> departures_to_come;  ///< [P] given ones that are not yet a household [persons]
    Pull pull;
    UnderWay under_way;

    /// Everybody where the world puts them at the start.
    template <class Policy>
    State(const Setup<Policy>& setup, const Arrivals& nobody)
        : home(setup.world.households.template cast<Number>()),
          back(Cells<Number>::Zero(home.rows(), home.cols())),
          settled(setup.places(), setup.homes.count(), setup.groups()),
          waiting(settled),
          road(std::size_t(setup.world.network->longest_journey), nobody),
          homeward(road.size(), Cells<Number>::Zero(setup.groups(), setup.places())),
          unused_quota(std::size_t(setup.places())),
          departures_to_come(unused_quota),
          pull(setup.policy, setup.world, setup.homes, !Policy::expected),
          under_way(setup.world, setup.spec) {
        const std::vector<Count> displaced = displaced_at_start(setup.policy, setup.world);
        for (std::size_t r = 0; r < displaced.size(); ++r) {
            const auto& one = setup.world.displaced[r];
            settled.of(one.place, setup.homes.of(one.home), one.group) += Number(displaced[r]);
        }
    }
};

template <class Number>
using DrawnState = State<Number, SparseCells<Number>, SparseArrivals<Number>>;
using MeanState = State<double, DenseCells, Eigen::ArrayXXd>;

/// Sums over a state that a step reads more than once.
template <class Number>
struct Totals {
    Headcount now;
    Cells<Number> settled, waiting;  ///< [M, P] households, any home
    bool anyone_waits = true;        ///< whether anybody may be waiting anywhere
    Eigen::ArrayXXd road_persons;    ///< [P, slots of the road] travelling there
    Eigen::ArrayXd road_households;  ///< [slots of the road]

    template <class Policy, class State>
    Totals(const Setup<Policy>& setup, const State& state)
        : now(setup.places(), setup.homes.count()),
          settled(Cells<Number>::Zero(setup.groups(), setup.places())),
          waiting(settled),
          road_persons(Eigen::ArrayXXd::Zero(setup.places(), Eigen::Index(state.road.size()))),
          road_households(Eigen::ArrayXd::Zero(Eigen::Index(state.road.size()))) {
        for (std::size_t slot = 0; slot < state.road.size(); ++slot) {
            each_in_flight(setup, state.road[slot],
                           [&](int j, int k, Number n) { put_on_road(slot, j, setup.persons(k), n); });
            for (int o = 0; o < setup.places(); ++o) {
                for (int k = 0; k < setup.groups(); ++k)
                    put_on_road(slot, o, setup.persons(k), state.homeward[slot](k, o));
            }
        }
        count(setup, state);
    }

    /// Counts households that set out for place j.
    void put_on_road(std::size_t slot, int j, double persons, Number n) {
        road_persons(j, Eigen::Index(slot)) += persons * double(n);
        road_households[Eigen::Index(slot)] += double(n);
    }

    /// Counts who is where, but for those on the road.
    ///
    /// @param record  is told where the displaced are from; nullptr: none
    template <class Policy, class State>
    void count(const Setup<Policy>& setup, const State& state, StepRecord* record = nullptr) {
        for (auto& from : now.from) from.clear();
        for (int i = 0; i < setup.places(); ++i) {
            count_displaced(setup, state.settled, i, record);
            now.displaced_persons(i) = 0;
            for (int k = 0; k < setup.groups(); ++k)
                now.displaced_persons(i) += setup.persons(k) * double(settled(k, i));
            if (!anyone_waits) continue;
            waiting.col(i).setZero();
            state.waiting.each(i, [&](int, std::span<const Number> households) {
                for (std::size_t k = 0; k < households.size(); ++k)
                    waiting(Eigen::Index(k), i) += households[k];
            });
        }
        note_homes(state.settled);
        now.at_home = (state.home + state.back).colwise().sum().transpose().template cast<double>();
        anyone_waits = anyone_waits && (waiting > 0).any();
    }

private:
    // To work with.
    std::vector<Number>
        of_any_group_;             ///< [homes with a cell at a place]; [P, H] where all have one everywhere
    std::vector<double> persons_;  ///< [homes with a cell at a place]

    template <class Policy>
    void count_displaced(const Setup<Policy>& setup, const SparseCells<Number>& cells, int i,
                         StepRecord* record) {
        const auto& homes = cells.at(i).home;
        of_any_group_.assign(homes.size(), Number{0});
        persons_.assign(homes.size(), 0);
        for (int k = 0; k < setup.groups(); ++k) {
            const auto households = cells.at(i).of_group(k);
            Number all{0};
            for (std::size_t row = 0; row < households.size(); ++row) {
                all += households[row];
                of_any_group_[row] += households[row];
            }
            const double size = setup.persons(k);
            for (std::size_t row = 0; record && row < households.size(); ++row)
                persons_[row] += size * double(households[row]);
            settled(k, i) = all;
        }
        for (std::size_t row = 0; row < homes.size(); ++row) {
            if (!(of_any_group_[row] > 0)) continue;
            now.from[std::size_t(homes[row])].add(i, double(of_any_group_[row]));
            if (record) record->displaced_from.push_back({i, setup.homes.place(homes[row]), persons_[row]});
        }
    }
    template <class Policy>
    void count_displaced(const Setup<Policy>& setup, const DenseCells& cells, int i, StepRecord* record) {
        const auto homes = std::size_t(setup.homes.count());
        of_any_group_.resize(homes * std::size_t(setup.places()));
        double* const all = of_any_group_.data() + homes * std::size_t(i);
        std::fill_n(all, homes, 0);
        persons_.assign(homes, 0);
        for (int k = 0; k < setup.groups(); ++k) {
            const double* households = &cells.n(setup.row_of_group(k), i);
            settled(k, i) = kernels::sum(households, long(homes));
            if (!(settled(k, i) > 0)) continue;
            kernels::add(households, 1, all, long(homes));
            if (record) kernels::add(households, setup.persons(k), persons_.data(), long(homes));
        }
        for (std::size_t h = 0; record && h < homes; ++h) {
            if (all[h] > 0) record->displaced_from.push_back({i, setup.homes.place(int(h)), persons_[h]});
        }
    }
    /// Notes the displaced by home, where `count_displaced` has not.
    void note_homes(const SparseCells<Number>&) {}
    void note_homes(const DenseCells&) {
        const std::size_t homes = now.from.size(),
                          places = of_any_group_.size() / std::max<std::size_t>(1, homes);
        for (std::size_t h = 0; h < homes; ++h) {
            auto& [place, households] = now.from[h];
            place.resize(places);
            households.resize(places);
            std::size_t some = 0;
            for (std::size_t i = 0; i < places; ++i) {
                place[some] = int(i);
                households[some] = of_any_group_[i * homes + h];
                some += households[some] > 0;
            }
            place.resize(some);
            households.resize(some);
        }
    }

    template <class Policy, class Visit>
    static void each_in_flight(const Setup<Policy>&, const SparseArrivals<Number>& arrivals, Visit visit) {
        for (const auto& [j, cell] : arrivals.all) visit(j, cell.k, cell.n);
    }
    template <class Policy, class Visit>
    static void each_in_flight(const Setup<Policy>& setup, const Eigen::ArrayXXd& arrivals, Visit visit) {
        const int homes = setup.homes.count();
        for (int j = 0; j < setup.places(); ++j) {
            for (int k = 0; k < setup.groups(); ++k)
                visit(j, k, arrivals.col(j).segment(setup.row_of_group(k), homes).sum());
        }
    }
};

/// [P] the strongest rate at which those at each place go home, to any home, inhabited or not [1/day].
///
/// @param returning  [P] to each home, of World::return_rate
std::vector<double> strongest_returns(const World& world, int step, const Eigen::ArrayXd& returning);

/// Households of the mobile groups at home; of group c / 2, never displaced (c even) or returned (c odd).
template <class Number>
struct AtHome {
    std::vector<Number> cells;
    std::vector<double> chances, none;
    std::vector<Number> out;

    explicit AtHome(int groups)
        : cells(std::size_t(2 * groups)), chances(cells.size()), none(cells.size()), out(cells.size()) {}

    /// A given number of people leave their homes, drawn without order among the mobile.
    ///
    /// @return  [persons] given that nobody was there to be
    template <class Policy, class State>
    double take_given(const Setup<Policy>& setup, State& state, int i) {
        for (int k = 0; k < setup.groups(); ++k) {
            cells[2 * std::size_t(k)] = state.home(k, i);
            cells[2 * std::size_t(k) + 1] = state.back(k, i);
        }
        return nuzuh::take_given<Policy, Number>(setup.policy, setup.world, state.step, i, cells, out,
                                                 state.departures_to_come[std::size_t(i)]);
    }
};

/// Part of the address of a draw: households of one group and home in one situation.
inline std::uint64_t cell(Whereabouts where, int k, int h) {
    return std::uint64_t(where) << 56 | std::uint64_t(k) << 32 | std::uint64_t(h);
}

}  // namespace nuzuh::compartment
