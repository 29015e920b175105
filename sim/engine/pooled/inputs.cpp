#include "sim/engine/pooled/inputs.hpp"

#include <algorithm>
#include <iterator>

namespace nuzuh::pooled {
namespace {

/// Whether all runs share a part of their worlds.
template <class Part>
bool share(const Runs& runs, Part World::*part) {
    return std::all_of(runs.members.begin(), runs.members.end(), [&](const Member& member) {
        return (member.world->*part).is_shared_with(runs.world().*part);
    });
}

/// Where ways lead in the network's state.
void find_ways(const Runs& runs, int step, Scratch& scratch) {
    const int state = runs.world().inputs[std::size_t(step)].ways;
    if (state == scratch.network_state) return;
    scratch.network_state = state;
    scratch.context.reach = &runs.world().reach(step);
    scratch.ways.clear();
    for (std::size_t m = 0; m < runs.world().modes.size(); ++m) {
        const Journeys& journeys = runs.world().journeys(step, int(m), scratch.made_journeys[m]);
        auto& [far, steps] = scratch.ways.emplace_back();
        steps = journeys.steps.data();
        for (std::size_t s = 1; s < journeys.starts.size(); ++s) {
            for (std::size_t j = 0; j < journeys.starts[s].size(); ++j) {
                const auto& starts = journeys.starts[s][j];
                if (!starts.empty()) far.push_back({int(s) + 1, int(j), starts});
            }
        }
    }
}

/// @param from  of a world: n numbers
template <class From>
void lay(const Runs& runs, Interleaved& to, bool common, std::size_t n, From from) {
    to.common = common ? from(runs.world()) : nullptr;
    if (!common) interleave(runs, to.of_each, n, from);
}

void find_inputs(const Runs& runs, std::size_t step, Inputs& inputs) {
    const std::size_t places = runs.parameters.places;
    const bool same_inputs = share(runs, &World::inputs);
    lay(runs, inputs.front, same_inputs, places, [&](const World& w) { return w.inputs[step].front.data(); });
    lay(runs, inputs.access, same_inputs, places,
        [&](const World& w) { return w.inputs[step].access.data(); });
    lay(runs, inputs.response, share(runs, &World::responses), runs.parameters.mobile * places,
        [&](const World& w) { return w.responses[step].data(); });
    lay(runs, inputs.ordered, same_inputs, places,
        [&](const World& w) { return w.inputs[step].ordered.data(); });
    interleave(runs, inputs.returning, places,
               [&](const World& w) { return w.inputs[step].returning.data(); });
    inputs.any_siege = false;
    inputs.is_open.assign(places, false);
    for (std::size_t run = 0; run < (same_inputs ? 1 : runs.count()); ++run) {
        const StepInputs& own = runs.world(run).inputs[step];
        inputs.any_siege = inputs.any_siege || (own.access < 1).any();
        for (std::size_t o = 0; o < places; ++o)
            inputs.is_open[o] |= char(own.returning(Eigen::Index(o)) > 0);
    }
    const auto& fallen = runs.world().inputs[step].fallen;
    inputs.fallen.assign(fallen.begin(), fallen.end());
    inputs.is_free.resize(places);
    inputs.open.clear();
    for (std::size_t j = 0; j < places; ++j) {
        if (inputs.is_open[j]) inputs.open.push_back(int(j));
        inputs.is_free[j] = !runs.parameters.is_gated[j] && !inputs.fallen[j];
    }
}

/// Attraction of the step, and which places attract anybody in any run.
void find_attraction(const Runs& runs, std::size_t step, Scratch& scratch) {
    const std::size_t places = runs.parameters.places;
    Inputs& inputs = scratch.inputs;
    const bool common = share(runs, &World::attraction);
    for (std::size_t m = 0; m < scratch.attraction.size(); ++m) {
        auto& matrices = scratch.matrices[m];
        for (std::size_t run = 0; run < runs.count(); ++run) {
            const World& world = runs.world(run);
            matrices[run] =
                common && run > 0
                    ? matrices[0]
                    : world.attraction->all(world, int(step), int(m), scratch.made_attraction[m][run]).data();
        }
        scratch.attraction[m].common = common ? matrices[0] : nullptr;
        if (!common)
            interleave_runs(runs, scratch.attraction[m].of_each, places * places,
                            [&](std::size_t run) { return matrices[run]; });
    }
    const auto& held = runs.world().attraction->held;
    const bool goes_on = common && int(step) + 1 < runs.world().steps && !held.empty();
    inputs.next_matrix = goes_on ? held[step + 1].front().data() : nullptr;
    inputs.to = runs.world().attraction->attracting[step].to;
    inputs.from = runs.world().attraction->attracting[step].from;
    for (std::size_t run = 1; run < (common ? 1 : runs.count()); ++run) {
        const auto add = [](const std::vector<int>& more, std::vector<int>& places) {
            std::vector<int> both;
            std::set_union(places.begin(), places.end(), more.begin(), more.end(), std::back_inserter(both));
            places = both;
        };
        const Attracting& own = runs.world(run).attraction->attracting[step];
        add(own.to, inputs.to);
        add(own.from, inputs.from);
    }
}

/// Weakens returns to places where homes are lost, by who is away from them.
void let_able_return(const Runs& runs, std::size_t step, Scratch& scratch) {
    for (std::size_t run = 0; run < runs.count(); ++run) {
        const World& world = runs.world(run);
        const StepInputs& own = world.inputs[step];
        for (const int o : scratch.inputs.open) {
            if (!(own.lost(o) > 0)) continue;
            scratch.inputs.returning[std::size_t(o)].of[run] *= rules::able_to_return(
                own.lost(o), world.households_from(o), scratch.context.at_home[std::size_t(o)].of[run]);
        }
    }
}

}  // namespace

void take_inputs(const Runs& runs, int step, Scratch& scratch) {
    find_ways(runs, step, scratch);
    find_inputs(runs, std::size_t(step), scratch.inputs);
    let_able_return(runs, std::size_t(step), scratch);
    find_attraction(runs, std::size_t(step), scratch);
}

void find_weights(const Runs& runs, State& state, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    DecisionContext& context = scratch.context;
    for (std::size_t run = 0; run < runs.count(); ++run) {
        Overdispersion& overdispersion = state.overdispersions[run];
        if (!overdispersion.is_due(runs.world(run), state.step)) continue;
        Eigen::ArrayXd pulling(runs.world().place_count());
        for (std::size_t i = 0; i < parameters.places; ++i)
            pulling(Eigen::Index(i)) = state.pulling[i].of[run];
        overdispersion.update(runs.world(run), state.step, pulling);
        take_overdispersion(state, run, context);
    }
    kernels().find_ways_home(parameters, state, scratch.inputs, context);
    kernels().find_pull(parameters, scratch.inputs, state, context);
    for (std::size_t m = 0; m < scratch.attraction.size(); ++m) {
        std::fill(context.total[m].begin(), context.total[m].end(), Batch{});
        with_matrix(scratch.attraction[m], [&](const auto& kernels, const auto* matrix) {
            kernels.add_weights(matrix, parameters, scratch.inputs, context.pull, context.total[m]);
        });
    }
}

}  // namespace nuzuh::pooled
