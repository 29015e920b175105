// Compiled once for each NUZUH_WIDTH, with the instructions of processors that have registers so wide. Nothing of the
// standard library may be left to be called: the linker keeps one copy, and it might be of this file.
#include "sim/engine/pooled/context.hpp"
#include "sim/engine/pooled/kernels.hpp"
#include "sim/engine/pooled/means.hpp"

#define NUZUH_JOINED(a, b) a##b
#define NUZUH_NAME(width) NUZUH_JOINED(kernels_of_, width)

namespace nuzuh::pooled {
namespace {

using In = Lanes<NUZUH_WIDTH>;

/// Calls a function for some runs after the others.
template <auto function, class... Arguments>
void all(Arguments... arguments) {
    for (int first = 0; first < batch_runs; first += In::count) function(In{first}, arguments...);
}

void draw_noise_of(In in, const RandomDecisions& decisions, const UnitMeanGamma& gamma, std::uint64_t step,
                   Batches& noise) {
    for (std::size_t i = 0; i < noise.size(); ++i)
        in.put(in(noise[i]) * gamma.draw(in, decisions.keys(), {Purpose::daily_noise, step, i}), noise[i]);
}

}  // namespace

extern const Kernels NUZUH_NAME(NUZUH_WIDTH);
const Kernels NUZUH_NAME(NUZUH_WIDTH) = {
    .count = all<count<In>>,
    .take_stock = all<take_stock<In>>,
    .end_journeys = all<end_journeys<In>>,
    .count_gates = all<count_gates<In>>,
    .find_ways_home = all<find_ways_home<In>>,
    .find_pull = all<find_pull<In>>,
    .common = {all<add_weights<In, double>>, all<set_out<In, double>>},
    .of_each = {all<add_weights<In, Batch>>, all<set_out<In, Batch>>},
    .go_home = all<go_home<In>>,
    .means = {all<leave<In, Means>>, all<leave_gates<In, Means>>},
    .draws = {all<leave<In, RandomDecisions>>, all<leave_gates<In, RandomDecisions>>},
    .draw_noise = all<draw_noise_of>,
    .sample_destinations = sample_destinations<In>,
};

}  // namespace nuzuh::pooled
