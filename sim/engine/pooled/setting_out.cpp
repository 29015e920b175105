#include "sim/engine/pooled/setting_out.hpp"

#include <algorithm>
#include <iterator>

namespace nuzuh::pooled {
namespace {

/// Adds up how many persons of a run set out from each place to each other, or go home, by one way of travelling.
void note_setting_out(const Runs& runs, int step, std::size_t run, std::size_t mode, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    const DecisionContext& context = scratch.context;
    const Reach& reach = runs.world().reach(step);
    const auto places = Eigen::Index(parameters.places);
    const Eigen::Map<const Eigen::ArrayXXd> attraction(scratch.matrices[mode][run], places, places);
    auto& setting_out = scratch.setting_out[run][mode];
    for (int i = 0; i < int(parameters.places); ++i) {
        const auto persons = [&](const Batches& leaving, std::size_t k) {
            const double households = leaving[parameters.at(k, std::size_t(i))].of[run];
            return runs.travels_by(mode, k) ? runs.persons(k, run) * households : 0;
        };
        double per_weight = 0;
        for (std::size_t k = 0; k < parameters.mobile; ++k) per_weight += persons(scratch.leaving.out, k);
        for (int j : scratch.inputs.to)
            setting_out(j, i) += attraction(j, i) * context.pull[std::size_t(j)].of[run] * per_weight;
        for (std::size_t k = 0; k < parameters.mobile && !scratch.inputs.open.empty(); ++k) {
            const double per_home = persons(scratch.leaving.returning, k) * context.per_head[k].of[run];
            if (!(per_home > 0)) continue;
            for (int o : scratch.inputs.open) {
                if (reach.leads(i, o))
                    setting_out(o, i) += per_home * context.open[parameters.at(k, std::size_t(o))].of[run];
            }
        }
    }
}

/// Counts for which causes people of a run are on their way.
void count_causes(const Runs& runs, State& state, std::size_t run, std::size_t mode, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    const DecisionContext& context = scratch.context;
    for (std::size_t i = 0; i < parameters.places; ++i) {
        ByCause<double> persons;
        for (std::size_t k = 0; k < parameters.mobile; ++k) {
            if (runs.travels_by(mode, k)) add_causes(runs, run, k, i, scratch.leaving, persons);
        }
        if (std::all_of(std::begin(persons.of), std::end(persons.of), [](double n) { return n == 0; }))
            continue;
        const double weights = context.total[mode][i].of[run];
        const double* attraction = scratch.matrices[mode][run] + i * parameters.places;
        for (int j : scratch.inputs.to) {
            const double weight = attraction[j] * context.pull[std::size_t(j)].of[run];
            if (weight > 0)
                state.under_way[run].set_out(runs.world(run), state.step, int(mode), int(i), j,
                                             weight / weights, persons);
        }
    }
}

}  // namespace

void set_out_in_means(const Runs& runs, State& state, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    const Inputs& inputs = scratch.inputs;
    for (std::size_t m = 0; m < scratch.ways.size(); ++m) {
        with_matrix(scratch.attraction[m], [&](const auto& kernels, const auto* matrix) {
            kernels.set_out(matrix, scratch.ways[m], parameters, inputs, scratch.context.pull, int(m),
                            scratch.road, scratch.leaving);
        });
        if (!inputs.open.empty())
            kernels().go_home(scratch.ways[m], parameters, inputs, scratch.context, int(m), scratch.homeward,
                              state, scratch.leaving);
        for (std::size_t run = 0; run < scratch.setting_out.size(); ++run)
            note_setting_out(runs, state.step, run, m, scratch);
        for (std::size_t run = 0; run < runs.count(); ++run) {
            if (state.under_way[run].counts()) count_causes(runs, state, run, m, scratch);
        }
    }
}

}  // namespace nuzuh::pooled
