#include "sim/engine/pooled/setting_out.hpp"

namespace nuzuh::pooled {
namespace {

/// Adds up how many persons of a run set out from each place to each other, by one way of travelling.
void note_setting_out(const Runs& runs, int step, std::size_t run, std::size_t mode, Scratch& scratch) {
    const Eigen::ArrayXXd& attraction = runs.world(run).attraction[std::size_t(step)][mode];
    for (int i : scratch.inputs.from) {
        double per_weight = 0;
        for (std::size_t k = 0; k < runs.parameters.mobile; ++k) {
            const Batch& out = scratch.leaving.out[runs.parameters.at(k, std::size_t(i))];
            if (runs.travels_by(mode, k)) per_weight += runs.persons(k, run) * out.of[run];
        }
        if (!(per_weight > 0)) continue;
        for (int j : scratch.inputs.to)
            scratch.setting_out[run][mode](j, i) +=
                attraction(j, i) * scratch.context.pull[std::size_t(j)].of[run] * per_weight;
    }
}

/// The same for those who go home.
void note_going_home(const Runs& runs, std::size_t run, std::size_t mode, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    const DecisionContext& context = scratch.context;
    const Pairs& is_way = runs.world().network->is_way[std::size_t(scratch.network_state)];
    for (std::size_t k = 0; k < parameters.mobile; ++k) {
        if (!runs.travels_by(mode, k)) continue;
        for (std::size_t i = 0; i < parameters.places; ++i) {
            const double per_home = runs.persons(k, run) *
                                    scratch.leaving.returning[parameters.at(k, i)].of[run] *
                                    context.per_head[k].of[run];
            if (!(per_home > 0)) continue;
            for (int o : scratch.inputs.open) {
                if (is_way(int(i), o))
                    scratch.setting_out[run][mode](o, int(i)) +=
                        per_home * context.open[parameters.at(k, std::size_t(o))].of[run];
            }
        }
    }
}

}  // namespace

void set_out_in_means(const Runs& runs, State& state, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    const Inputs& inputs = scratch.inputs;
    for (std::size_t m = 0; m < scratch.ways.size(); ++m) {
        scratch.attraction[m].visit([&](const auto& kernels, const auto* matrix) {
            kernels.set_out(matrix, scratch.ways[m], parameters, inputs, scratch.context.pull, int(m),
                            scratch.road, scratch.leaving);
        });
        if (!inputs.open.empty())
            kernels().go_home(scratch.ways[m], parameters, inputs, scratch.context, int(m), scratch.homeward,
                              state, scratch.leaving);
        for (std::size_t run = 0; run < scratch.setting_out.size(); ++run) {
            note_setting_out(runs, state.step, run, m, scratch);
            if (!inputs.open.empty()) note_going_home(runs, run, m, scratch);
        }
    }
}

}  // namespace nuzuh::pooled
