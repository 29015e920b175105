// A step of pooled runs.
#pragma once

#include "sim/engine/conservation.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/pooled/arriving.hpp"
#include "sim/engine/pooled/drawing.hpp"
#include "sim/engine/pooled/inputs.hpp"
#include "sim/engine/pooled/setting_out.hpp"

namespace nuzuh::pooled {

/// As many households leave home as are given, if there is somewhere to go.
template <class Policy>
void take_given(const Setup<Policy>& setup, State& state, Scratch& scratch) {
    using Number = typename Policy::Number;
    const Parameters& parameters = setup.parameters;
    Fields& fields = scratch.fields;
    std::vector<Number> at_home(2 * parameters.mobile), fled(at_home.size());
    for (std::size_t run = 0; run < setup.count(); ++run) {
        for (std::size_t i = 0; i < parameters.places; ++i) {
            if (parameters.is_abroad[i] || !(parameters.per_start[i].of[run] > 0)) continue;
            for (std::size_t k = 0; k < parameters.mobile; ++k) {
                at_home[2 * k] = Number(state.home[parameters.at(k, i)].of[run]);
                at_home[2 * k + 1] = Number(state.back[parameters.at(k, i)].of[run]);
            }
            double& stuck = fields[PlaceField::could_not_leave][i].of[run];
            stuck +=
                nuzuh::take_given<Policy, Number>(setup.policies[run], setup.world(run), state.step, int(i),
                                                  at_home, fled, state.departures_to_come[i].of[run]);
            for (std::size_t k = 0; k < parameters.mobile; ++k) {
                const auto first = double(fled[2 * k]), again = double(fled[2 * k + 1]);
                const double persons = setup.persons(k, run), people = persons * (first + again);
                const auto mode = std::size_t(parameters.mode_of_group[k]);
                if (!(scratch.context.total[mode][i].of[run] > 0)) {
                    stuck += people;
                    continue;
                }
                const std::size_t c = parameters.at(k, i);
                state.home[c].of[run] -= first;
                state.back[c].of[run] -= again;
                state.away[c].of[run] += first + again;
                scratch.leaving.out[c].of[run] = first + again;
                if (parameters.counts_causes) scratch.leaving.by_cause[c][Cause::given].of[run] = people;
                fields[PlaceField::departures][i].of[run] += people;
                fields[PlaceField::first_departures][i].of[run] += persons * first;
            }
        }
    }
}

/// Everyone decides whether to leave, by what is so at the start of the step.
template <class Policy>
void leave(const Setup<Policy>& setup, State& state, Scratch& scratch) {
    const Parameters& parameters = setup.parameters;
    const auto step = std::uint64_t(state.step);
    take_inputs(setup, state.step, scratch);
    scratch.context.noise = setup.run_noise;
    draw_noise(setup.decisions, setup.daily_noise, step, scratch.context.noise);
    find_weights(setup, state, scratch);
    std::fill(scratch.leaving.by_cause.begin(), scratch.leaving.by_cause.end(), ByCause<Batch>{});
    if (parameters.departures_given) {
        std::fill(scratch.leaving.out.begin(), scratch.leaving.out.end(), Batch{});
        take_given(setup, state, scratch);
    }
    const auto& kernels = leave_kernels(setup.decisions);
    kernels.leave(setup.decisions, step, parameters, scratch.inputs, scratch.context, state, scratch.leaving,
                  scratch.fields);
    if (!scratch.anyone_waits) return;
    std::fill(scratch.leaving.gate_returning.begin(), scratch.leaving.gate_returning.end(), Batch{});
    kernels.leave_gates(setup.decisions, step, parameters, scratch.inputs, scratch.context, state,
                        scratch.leaving, scratch.fields);
}

/// Simulates the next step: everyone decides by the state at its start.
///
/// @param records  [runs]
template <class Policy>
void step(const Setup<Policy>& setup, State& state, Scratch& scratch, std::span<StepRecord> records) {
    for (std::size_t f = 0; f < place_field_count; ++f) {
        if (place_fields[f].kind == Kind::flow && setup.asked[f])
            std::fill(scratch.fields.of[f].begin(), scratch.fields.of[f].end(), Batch{});
    }
    for (auto [slots, ring] : {std::pair(&scratch.road, &state.road), {&scratch.homeward, &state.homeward}}) {
        slots->assign(1, ring->at(state.step, 1).data());
        for (std::size_t s = 1; s <= ring->size(); ++s) slots->push_back(ring->at(state.step, s).data());
    }
    leave(setup, state, scratch);
    if constexpr (Policy::expected)
        set_out_in_means(setup, state, scratch);
    else
        set_out_by_draws(setup, state, scratch);
    arrive(setup, state, scratch);
    scratch.anyone_waits = scratch.anyone_waits && is_anyone(state.waiting);
    if (setup.takes_stock || state.step + 1 == setup.world().steps) {
        Batch households;
        kernels().take_stock(setup.parameters, state, scratch.context, scratch.anyone_waits, scratch.fields,
                             households);
        for (std::size_t run = 0; run < setup.count(); ++run)
            check_conserved(households.of[run], setup.world(run).households_from.sum(), state.step,
                            Policy::expected);
    }
    for (std::size_t run = 0; run < setup.count(); ++run) {
        write(setup, state.step, run, scratch, records[run]);
        state.under_way[run].arrive(state.step, records[run]);
    }
    ++state.step;
}

}  // namespace nuzuh::pooled
