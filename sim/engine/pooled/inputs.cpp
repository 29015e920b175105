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

/// Journeys of more than one step.
std::vector<FarJourneys> far_journeys(const Journeys& journeys) {
    std::vector<FarJourneys> far;
    for (std::size_t s = 1; s < journeys.starts.size(); ++s) {
        for (std::size_t j = 0; j < journeys.starts[s].size(); ++j) {
            const auto& starts = journeys.starts[s][j];
            if (!starts.empty()) far.push_back({int(s) + 1, int(j), starts});
        }
    }
    return far;
}

/// Which places runs can reach, and in which runs it is the same; the last stands in for runs that are not there.
void find_reach(const Runs& runs, int step, DecisionContext& context) {
    context.reaches.clear();
    for (std::size_t run = 0; run < batch_runs; ++run) {
        const Reach* reach = context.reach[run] = &runs.world(std::min(run, runs.count() - 1)).reach(step);
        const auto is_same = [&](const ReachOfRuns& other) {
            return other.reach == reach || other.reach->parts == reach->parts;
        };
        const auto known = std::find_if(context.reaches.begin(), context.reaches.end(), is_same);
        const auto at = known - context.reaches.begin();
        if (known == context.reaches.end()) context.reaches.push_back({reach, {}});
        context.reaches[std::size_t(at)].holds.of[run] = 1;
    }
}

/// Where ways lead in the network's state.
void find_ways(const Runs& runs, int step, Scratch& scratch) {
    bool is_new = false;
    for (std::size_t run = 0; run < runs.count(); ++run) {
        const int state = runs.world(run).inputs[std::size_t(step)].ways;
        is_new = is_new || state != scratch.network_state[run];
        scratch.network_state[run] = state;
    }
    if (!is_new) return;
    find_reach(runs, step, scratch.context);
    scratch.ways.resize(runs.world().modes.size());
    const bool common = share(runs, &World::network);
    for (std::size_t m = 0; m < scratch.ways.size(); ++m) {
        auto& [far, steps] = scratch.ways[m];
        const Journeys& first = runs.world().journeys(step, int(m), scratch.made_journeys[m]);
        for (std::size_t run = 0; run < runs.count(); ++run)
            steps[run] = (common ? first : runs.world(run).journeys(step, int(m), scratch.made_journeys[m]))
                             .steps.data();
        if (!runs.drawn) far = far_journeys(first);
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
    interleave(runs, inputs.fallen, places, [&](const World& w) { return w.inputs[step].fallen.data(); });
    inputs.is_free.resize(places);
    inputs.open.clear();
    for (std::size_t j = 0; j < places; ++j) {
        if (inputs.is_open[j]) inputs.open.push_back(int(j));
        const auto& fallen = inputs.fallen[j].of;
        inputs.is_free[j] =
            !runs.parameters.is_gated[j] && *std::max_element(fallen, fallen + batch_runs) == 0;
    }
}

/// Attraction of the step, and which places attract anybody in any run.
void find_attraction(const Runs& runs, std::size_t step, Scratch& scratch) {
    const std::size_t places = runs.parameters.places;
    Inputs& inputs = scratch.inputs;
    const bool common = share(runs, &World::attraction);
    for (std::size_t m = 0; m < scratch.attraction.size(); ++m) {
        if (runs.drawn) break;
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

/// Whether who leaves place i finds somewhere to go.
///
/// @param least_passing  of those who pass any place: where it leaves something of a weight, so does every way
bool is_anywhere(const Runs& runs, std::size_t step, std::size_t mode, std::size_t run, std::size_t i,
                 double least_passing, Scratch& scratch) {
    const World& world = runs.world(run);
    const Eigen::ArrayXd& there = world.attraction->there[step];
    const Eigen::ArrayXd& near = *world.attraction->near[std::size_t(world.inputs[step].ways)][mode][i];
    const auto any_to = [&](const auto& attraction) {
        return std::any_of(scratch.inputs.to.begin(), scratch.inputs.to.end(), [&](int j) {
            return attraction(j) * scratch.context.pull[std::size_t(j)].of[run] > 0;
        });
    };
    return any_to([&](int j) { return j == int(i) ? 0 : there(j) * near(j) * least_passing; }) ||
           any_to([column = attraction_from(runs, int(step), mode, run, i, scratch)](int j) {
               return column[j];
           });
}

/// The same from every place where there is anybody: more is not asked of the weights by draws.
void find_whether_anywhere(const Runs& runs, std::size_t step, std::size_t mode, Scratch& scratch) {
    const DecisionContext& context = scratch.context;
    for (std::size_t run = 0; run < runs.count(); ++run) {
        const double least_passing = runs.world(run).attraction->passing[step].minCoeff();
        for (const int from : scratch.inputs.from) {
            const auto i = std::size_t(from);
            if (!context.anyone[i] && !context.may_wait[i]) continue;
            scratch.context.total[mode][i].of[run] =
                is_anywhere(runs, step, mode, run, i, least_passing, scratch);
        }
    }
}

}  // namespace

const double* attraction_from(const Runs& runs, int step, std::size_t mode, std::size_t run, std::size_t i,
                              Scratch& scratch) {
    const World& world = runs.world(run);
    std::size_t same = 0;  // the first run with the same attraction
    while (!runs.world(same).attraction.is_shared_with(world.attraction)) ++same;
    auto& [made_in, column] = scratch.made_columns[mode][same * runs.parameters.places + i];
    if (made_in != step || column.size() == 0) {
        made_in = step;
        return world.attraction->from(world, step, int(mode), int(i), column);
    }
    return column.data();
}

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
        if (runs.drawn) {
            find_whether_anywhere(runs, std::size_t(state.step), m, scratch);
            continue;
        }
        with_matrix(scratch.attraction[m], [&](const auto& kernels, const auto* matrix) {
            kernels.add_weights(matrix, parameters, scratch.inputs, context.pull, context.total[m]);
        });
    }
}

}  // namespace nuzuh::pooled
