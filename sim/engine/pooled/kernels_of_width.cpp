// Compiled once for each NUZUH_WIDTH, with the instructions of processors that have registers so wide. Nothing of the
// standard library may be left to be called: the linker keeps one copy, and it might be of this file.
#include "sim/engine/pooled/context.hpp"
#include "sim/engine/pooled/kernels.hpp"
#include "sim/engine/pooled/means.hpp"

#define NUZUH_JOINED(a, b) a##b
#define NUZUH_NAME(width) NUZUH_JOINED(kernels_of_, width)

namespace nuzuh::pooled {
namespace {

using V = Pack<NUZUH_WIDTH>;

NUZUH_INLINE int runs_of(const Parameters& parameters) { return int(parameters.runs); }
NUZUH_INLINE int runs_of(const RandomDecisions& decisions) { return decisions.runs(); }
NUZUH_INLINE int runs_of(const auto&) { return 0; }

/// Calls a function for some runs after the others, until none is left; the parameters or the decisions say how many there are.
template <auto function, class... Arguments>
void all(Arguments... arguments) {
    int runs = 0;
    ((runs = runs_of(arguments) > 0 ? runs_of(arguments) : runs), ...);
    for (int first = 0; first < runs; first += NUZUH_WIDTH) function(Lanes<V>{first}, arguments...);
}

void draw_noise_of(Lanes<V> in, const RandomDecisions& decisions, const UnitMeanGamma& gamma,
                   std::uint64_t step, Batches& noise) {
    for (std::size_t i = 0; i < noise.size(); ++i)
        in.put(in(noise[i]) * gamma.draw(in, decisions.keys(), {Purpose::daily_noise, step, i}), noise[i]);
}

}  // namespace

extern const Kernels NUZUH_NAME(NUZUH_WIDTH);
const Kernels NUZUH_NAME(NUZUH_WIDTH) = {
    .count = all<count<V>>,
    .take_stock = all<take_stock<V>>,
    .end_journeys = all<end_journeys<V>>,
    .count_gates = all<count_gates<V>>,
    .find_ways_home = all<find_ways_home<V>>,
    .find_pull = all<find_pull<V>>,
    .common = {all<add_weights<V, double>>, all<set_out<V, double>>},
    .of_each = {all<add_weights<V, Batch>>, all<set_out<V, Batch>>},
    .go_home = all<go_home<V>>,
    .means = {all<leave<Whereabouts::settled, V, Means>>, all<leave<Whereabouts::waiting, V, Means>>},
    .draws = {all<leave<Whereabouts::settled, V, RandomDecisions>>,
              all<leave<Whereabouts::waiting, V, RandomDecisions>>},
    .draw_noise = all<draw_noise_of>,
    .sample_destinations = sample_destinations<V>,
};

}  // namespace nuzuh::pooled
