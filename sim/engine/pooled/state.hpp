// Runs side by side, their people, and what a step of them works with.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/engine/admission.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/noise.hpp"
#include "sim/engine/pooled/decisions.hpp"
#include "sim/engine/start.hpp"
#include "sim/engine/under_way.hpp"
#include "sim/rules/danger.hpp"

namespace nuzuh::pooled {

/// Runs side by side, and what does not change in them.
struct Runs {
    std::vector<Member> members;
    std::vector<SizeClasses> sizes;
    Parameters parameters;
    PlaceFields asked;          ///< by the record of any run
    bool drawn = false;         ///< by draws, not by means
    bool count_routes = false;  ///< for any run
    bool takes_stock = false;   ///< for records; else only at the end, to see that nobody is lost

    /// @param together  that `can_stand_together`
    explicit Runs(std::span<const Member> together);

    std::size_t count() const { return members.size(); }
    const World& world() const { return *members.front().world; }
    const World& world(std::size_t run) const { return *members[run].world; }
    double persons(std::size_t k, std::size_t run) const { return parameters.persons[k].of[run]; }
    bool travels_by(std::size_t mode, std::size_t k) const {
        return std::size_t(parameters.mode_of_group[k]) == mode;
    }
};

/// Numbers of each run beside one another; those of the last stand in for runs that are not there.
///
/// @param from  of a run: n numbers
template <class From>
void interleave_runs(const Runs& runs, Batches& to, std::size_t n, From from) {
    to.resize(n);
    bool same = true;
    for (std::size_t run = 1; run < runs.count(); ++run) same = same && from(run) == from(0);
    for (std::size_t c = 0; c < n && same; ++c) std::fill_n(to[c].of, batch_runs, double(from(0)[c]));
    for (std::size_t run = 0; run < batch_runs && !same; ++run) {
        const auto* values = from(std::min(run, runs.count() - 1));
        for (std::size_t c = 0; c < n; ++c) to[c].of[run] = double(values[c]);
    }
}
/// @param from  of a world: n numbers
template <class From>
void interleave(const Runs& runs, Batches& to, std::size_t n, From from) {
    interleave_runs(runs, to, n, [&](std::size_t run) { return from(runs.world(run)); });
}

/// Runs, and how their decisions are made.
template <class Policy>
struct Setup : Runs {
    std::vector<Policy> policies;
    decltype(decisions_of(std::span<const Policy>())) decisions;
    Batches run_noise;  ///< [P]
    UnitMeanGamma daily_noise;

    Setup(std::span<const Member> together, std::vector<Policy> by)
        : Runs(together),
          policies(std::move(by)),
          decisions(decisions_of(std::span<const Policy>(policies))),
          run_noise(parameters.places) {
        Batch daily_deviation;
        for (std::size_t run = 0; run < count(); ++run) {
            const World& w = world(run);
            daily_deviation.of[run] = w.settings.behaviour.leave.daily_noise / std::sqrt(parameters.dt);
            const EnvironmentalNoise noise(policies[run], w);
            for (std::size_t i = 0; i < parameters.places; ++i)
                run_noise[i].of[run] = noise.run_noise()(Eigen::Index(i));
        }
        daily_noise = UnitMeanGamma(daily_deviation);
    }
};

/// Everything that outlives a step.
struct State : Households {
    int step = 0;                                 ///< the next one
    std::vector<Overdispersion> overdispersions;  ///< [runs]
    std::vector<UnderWay> under_way;              ///< [runs]

    /// Everyone where the worlds say.
    template <class Policy>
    explicit State(const Setup<Policy>& setup);
};

/// Calls f with the kernels for matrices of attraction that runs share or have of their own, and the matrix.
template <class F>
void with_matrix(const Interleaved& attraction, const F& f) {
    attraction.common ? f(kernels().common, attraction.common)
                      : f(kernels().of_each, attraction.of_each.data());
}

/// Work of a step, kept for its memory; and what was counted at the end of the last one.
struct Scratch {
    std::array<int, batch_runs> network_state;                    ///< [runs] -1: none yet
    std::vector<Ways> ways;                                       ///< [modes]
    std::vector<Interleaved> attraction;                          ///< [modes][from P, to P]; by means alone
    std::vector<std::array<const double*, batch_runs>> matrices;  ///< [modes][runs][from P, to P]
    // Where worlds do not hold them.
    std::vector<Journeys> made_journeys;                                   ///< [modes]
    std::vector<std::array<Eigen::ArrayXXd, batch_runs>> made_attraction;  ///< [modes][runs]; by means
    struct Column {
        int made_in = -1;  ///< step
        Eigen::ArrayXd attraction;
    };
    std::vector<std::vector<Column>> made_columns;  ///< [modes][runs, from P]; by draws
    Inputs inputs;
    DecisionContext context;
    bool anyone_waits = false;  ///< in any run
    Leaving leaving;
    std::vector<Batch*> road, homeward;  ///< [steps] those who arrive after so many, the first one twice
    Fields fields;
    std::vector<std::vector<Eigen::ArrayXXd>>
        setting_out;  ///< [runs][modes][to P, from P] persons, for the roads

    // Of the run at hand, while it is drawn where its people go.
    Batches pull_of;                    ///< eight places at a time
    Batches ones;                       ///< for each place 1, eight at a time
    std::vector<double> away, taken;    ///< [P] from open homes in reach; who went
    std::vector<double> return_weight;  ///< [P] those away, times the rate of return of their home
    SampledDestinations sampled;

    Scratch(const Runs& runs, State& state);
};

/// Adds what a run's people of a group leave a place for.
inline void add_causes(const Runs& runs, std::size_t run, std::size_t k, std::size_t i,
                       const Leaving& leaving, ByCause<double>& persons) {
    const auto& here = leaving.by_cause[runs.parameters.at(k, i)];
    for (std::size_t c = 0; c < cause_count; ++c) persons.of[c] += here.of[c].of[run];
}

inline bool is_anyone(std::span<const Batch> households) {
    return std::any_of(households.begin(), households.end(), [](const Batch& batch) {
        return std::any_of(std::begin(batch.of), std::end(batch.of), [](double n) { return n > 0; });
    });
}

/// Counts people who were put where they are.
void count(const Runs& runs, State& state, Scratch& scratch);
/// Takes over the factors on a run's destinations that were drawn last.
void take_overdispersion(const State& state, std::size_t run, DecisionContext& context);

/// Writes the record of a run's step.
void write(const Runs& runs, int step, std::size_t run, Scratch& scratch, StepRecord& record);

void save(const Runs& runs, const State& state, std::size_t run, Saver& to);
/// @param steps  after which it was saved
/// @throws       std::out_of_range if what was saved is not the state of such a run
void restore(State& state, std::size_t run, int steps, Loader& from);

template <class Policy>
State::State(const Setup<Policy>& setup) {
    const Parameters& parameters = setup.parameters;
    std::size_t slots = 0;
    for (std::size_t run = 0; run < setup.count(); ++run)
        slots = std::max(slots, std::size_t(setup.world(run).network->longest_journey));
    home.resize(parameters.groups * parameters.places);
    back = settled = waiting = away = Batches(parameters.mobile * parameters.places);
    unused_quota = departures_to_come = pulling = Batches(parameters.places);
    road = homeward = {slots, back};
    for (std::size_t run = 0; run < setup.count(); ++run) {
        const World& world = setup.world(run);
        overdispersions.emplace_back(setup.policies[run], world);
        under_way.emplace_back(world, setup.members[run].spec);
        for (int k = 0; k < world.group_count(); ++k) {
            for (int i = 0; i < world.place_count(); ++i)
                home[parameters.at(std::size_t(k), std::size_t(i))].of[run] = double(world.households(k, i));
        }
        const double half_life = world.settings.behaviour.choose.network_memory_days;
        const std::vector<Count> displaced = displaced_at_start(setup.policies[run], world);
        for (std::size_t r = 0; r < displaced.size(); ++r) {
            const auto& row = world.displaced[r];
            const auto k = std::size_t(row.group), j = std::size_t(row.place);
            settled[parameters.at(k, j)].of[run] += double(displaced[r]);
            away[parameters.at(k, std::size_t(row.home))].of[run] += double(displaced[r]);
            pulling[j].of[run] += half_life > 0
                                      ? double(row.households) * rules::memory_left(row.age_days, half_life)
                                      : double(displaced[r]);
        }
    }
}

}  // namespace nuzuh::pooled
