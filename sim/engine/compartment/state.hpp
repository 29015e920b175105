// The people of a run as counts, and what every step of it reads.
#pragma once

#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/arrival_ring.hpp"
#include "sim/engine/compartment/kernels.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/start.hpp"
#include "sim/engine/whereabouts.hpp"

namespace nuzuh::compartment {

template <class Number>
using Cells = Eigen::Array<Number, Eigen::Dynamic, Eigen::Dynamic>;

/// What does not change during a run.
///
/// Shape    K groups, the first M of them mobile, P places, H homes told apart; rows of a cell matrix run over homes
///          within mobile groups.
template <class Policy>
struct Setup {
    const World& world;
    Policy policy;
    SizeClasses sizes;
    Homes homes;
    EnvironmentalNoise noise;
    bool count_routes, count_origins;  ///< in records

    /// @param spec  what records say
    Setup(const World& w, Policy by, const EngineSpec& spec = {})
        : world(w),
          policy(std::move(by)),
          sizes(w),
          homes(w, Homes::inhabited),
          noise(policy, w),
          count_routes(spec.count_routes),
          count_origins(spec.count_origins) {}

    int places() const { return world.place_count(); }
    int groups() const { return world.mobile_groups; }
    double persons(int k) const { return world.groups[std::size_t(k)].household_size; }
    int mode(int k) const { return world.mode_of_group[std::size_t(k)]; }
    bool is_abroad(int i) const { return world.places[std::size_t(i)].type == PlaceType::abroad; }
    /// Row of a cell matrix that holds households of group k with their home at place o.
    int row(int k, int o) const { return k * homes.count() + homes.of(o); }

    const StepInputs& inputs(int step) const { return world.inputs[std::size_t(step)]; }
    const Eigen::ArrayXXd& attraction(int step, int mode) const {
        return world.attraction[std::size_t(step)][std::size_t(mode)];
    }
    const Journeys& journeys(int step, int mode) const {
        return world.network->journeys[std::size_t(inputs(step).ways)][std::size_t(mode)];
    }
};

/// Households, at the end of the last step.
template <class Number>
struct State {
    int step = 0;                            ///< the next one
    Cells<Number> home;                      ///< [K, P] never displaced
    Cells<Number> back;                      ///< [K, P] returned
    Cells<Number> settled;                   ///< [M H, P] displaced at a place; at one abroad, crossed
    Cells<Number> waiting;                   ///< [M H, P] at a crossing, or turned away at a place
    ArrivalRing<Cells<Number>> road;         ///< [M H, destination P] in flight
    ArrivalRing<Cells<Number>> homeward;     ///< [M, home P] on their way home
    std::vector<double> unused_quota;        ///< [P] of a crossing, less than a household [persons]
    std::vector<double> departures_to_come;  ///< [P] given ones that are not yet a household [persons]
    Pull pull;

    /// Everybody where the world puts them at the start.
    template <class Policy>
    explicit State(const Setup<Policy>& setup)
        : home(setup.world.households.template cast<Number>()),
          back(Cells<Number>::Zero(home.rows(), home.cols())),
          settled(Cells<Number>::Zero(setup.groups() * setup.homes.count(), setup.places())),
          waiting(settled),
          road(std::size_t(setup.world.network->longest_journey), settled),
          homeward(road.size(), Cells<Number>::Zero(setup.groups(), setup.places())),
          unused_quota(std::size_t(setup.places())),
          departures_to_come(unused_quota),
          pull(setup.policy, setup.world, setup.homes, !Policy::expected) {
        const std::vector<Count> displaced = displaced_at_start(setup.policy, setup.world);
        for (std::size_t r = 0; r < displaced.size(); ++r) {
            const auto& one = setup.world.displaced[r];
            settled(setup.row(one.group, one.home), one.place) += Number(displaced[r]);
        }
    }

    Cells<Number>& at(Whereabouts where) {
        return where == Whereabouts::home      ? home
               : where == Whereabouts::back    ? back
               : where == Whereabouts::settled ? settled
                                               : waiting;
    }
};

/// Sums over a state that a step reads more than once.
template <class Number>
struct Totals {
    Headcount now;
    Cells<Number> settled, waiting;               ///< [M, P] households, any home
    std::vector<Eigen::ArrayXXd> displaced_from;  ///< [household sizes][P, H] displaced households
    bool anyone_waits = true;                     ///< whether anybody may be waiting anywhere
    Eigen::ArrayXXd road_persons;                 ///< [P, slots of the road] travelling there
    Eigen::ArrayXd road_households;               ///< [slots of the road]

    template <class Policy>
    Totals(const Setup<Policy>& setup, const State<Number>& state)
        : now{Eigen::ArrayXd(setup.places()), Eigen::ArrayXd(setup.places()),
              Eigen::ArrayXXd(setup.places(), setup.homes.count())},
          settled(Cells<Number>::Zero(setup.groups(), setup.places())),
          waiting(settled),
          displaced_from(setup.sizes.persons.size(),
                         Eigen::ArrayXXd::Zero(setup.places(), setup.homes.count())),
          road_persons(Eigen::ArrayXXd::Zero(setup.places(), Eigen::Index(state.road.size()))),
          road_households(Eigen::ArrayXd::Zero(Eigen::Index(state.road.size()))) {
        const int homes = setup.homes.count();
        for (std::size_t slot = 0; slot < state.road.size(); ++slot) {
            for (int j = 0; j < setup.places(); ++j) {
                for (int k = 0; k < setup.groups(); ++k) {
                    const auto in_flight = state.road[slot].col(j).segment(k * homes, homes);
                    put_on_road(slot, j, setup.persons(k), in_flight.sum() + state.homeward[slot](k, j));
                }
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
    template <class Policy>
    void count(const Setup<Policy>& setup, const State<Number>& state) {
        const int homes = setup.homes.count();
        Eigen::ArrayXd from(homes);
        const auto sum = [&](const Cells<Number>& cells, int k, int i) {
            return Number(kernels::sum(&cells(k * homes, i), homes));
        };
        for (int i = 0; i < setup.places(); ++i) {
            now.displaced_persons(i) = 0;
            for (int k = 0; k < setup.groups(); ++k) {
                settled(k, i) = sum(state.settled, k, i);
                now.displaced_persons(i) += setup.persons(k) * double(settled(k, i));
                if (anyone_waits) waiting(k, i) = sum(state.waiting, k, i);
            }
            for (std::size_t c = 0; c < displaced_from.size(); ++c) {
                from.setZero();
                for (int k = 0; k < setup.groups(); ++k) {
                    if (setup.sizes.class_of_group[std::size_t(k)] != int(c) || !(settled(k, i) > 0))
                        continue;
                    kernels::add(&state.settled(k * homes, i), 1, from.data(), homes);
                }
                displaced_from[c].row(i) = from.transpose();
            }
        }
        now.at_home = (state.home + state.back).colwise().sum().transpose().template cast<double>();
        now.households_from = displaced_from[0];
        for (std::size_t c = 1; c < displaced_from.size(); ++c) now.households_from += displaced_from[c];
        anyone_waits = anyone_waits && (waiting > 0).any();
    }
};

/// Homes open to those who are away. They change with the network and with what may be returned to.
template <class Number>
struct OpenHomes {
    Cells<Number> open;     ///< [H, P] 1 where home is open and in reach
    std::vector<char> any;  ///< [P] whether any home is

    /// Brings them up to date with a step.
    ///
    /// @return  whether anything changed
    template <class Policy>
    bool update(const Setup<Policy>& setup, int step) {
        const StepInputs& inputs = setup.inputs(step);
        if (ways_ == inputs.ways && (may_return_ == inputs.may_return).all()) return false;
        ways_ = inputs.ways;
        may_return_ = inputs.may_return;
        any.resize(std::size_t(setup.places()));
        for (int i = 0; i < setup.places(); ++i) any[std::size_t(i)] = inputs.home_in_reach.row(i).any();
        open.resize(setup.homes.count(), setup.places());
        for (int h = 0; h < setup.homes.count(); ++h)
            open.row(h) = inputs.home_in_reach.col(setup.homes.place(h)).transpose().template cast<Number>();
        return true;
    }

private:
    int ways_ = -1;
    Eigen::Array<bool, Eigen::Dynamic, 1> may_return_;
};

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
    template <class Policy>
    double take_given(const Setup<Policy>& setup, State<Number>& state, int i) {
        for (int k = 0; k < setup.groups(); ++k) {
            cells[std::size_t(2 * k)] = state.home(k, i);
            cells[std::size_t(2 * k + 1)] = state.back(k, i);
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
