// The loops of pooled runs that are compiled once for each width of registers: context.hpp, leaving.hpp, means.hpp,
// sampled.hpp.
#pragma once

#include "sim/engine/pooled/leaving.hpp"
#include "sim/engine/pooled/pack_draws.hpp"
#include "sim/engine/pooled/sampling.hpp"

namespace nuzuh::pooled {

/// Functions of the headers above, by their names, for all eight runs.
struct Kernels {
    void (*count)(const BatchParameters&, const State&, bool step_ended, DecisionContext&);
    void (*take_stock)(const BatchParameters&, const State&, const DecisionContext&, bool anyone_waits,
                       Stock&);
    void (*end_journeys)(const BatchParameters&, const BatchInputs&, Batches& homeward, Batches& arriving,
                         State&, Flows&, DecisionContext&);
    void (*count_gates)(const BatchParameters&, const BatchInputs&, const State&, DecisionContext&);
    void (*find_ways_home)(const BatchParameters&, const State&, const BatchInputs&, DecisionContext&);
    void (*find_pull)(const BatchParameters&, const BatchInputs&, DecisionContext&);

    template <class Number>
    struct OfMatrix {
        void (*add_weights)(const Number* matrix, const BatchParameters&, const BatchInputs&,
                            const Batches& pull, Batches& total);
        void (*set_out)(const Number* matrix, const Ways&, const BatchParameters&, const BatchInputs&,
                        const Batches& pull, int mode, std::span<Batches* const> road, const Leaving&);
    };
    OfMatrix<double> common;
    OfMatrix<Batch> of_each;
    void (*go_home)(const Ways&, const BatchParameters&, const BatchInputs&, const DecisionContext&, int mode,
                    std::span<Batches* const> homeward, State&, Leaving&);

    template <class Decisions>
    struct Leave {
        using Function = void (*)(const Decisions&, std::uint64_t step, const BatchParameters&,
                                  const BatchInputs&, const DecisionContext&, State&, Leaving&, Flows&);
        Function leave, leave_gates;
    };
    Leave<Means> means;
    Leave<RandomDecisions> draws;

    void (*draw_noise)(const RandomDecisions&, const UnitMeanGamma&, std::uint64_t step, Batches& noise);
    double (*sample_destinations)(const Key&, const Address&, const double* factors, std::size_t weights,
                                  const Batches& others, std::size_t points, SampledDestinations&);
};

/// For the widest registers of this processor.
const Kernels& kernels();

/// For registers of 8, 4 or 2 numbers; nullptr where this processor has none so wide. All whose processors have fused
/// multiplication and addition give the same numbers.
const Kernels* kernels_for(int width);

/// Takes others, so that tests can compare them. Not while anything runs.
void use_kernels(const Kernels&);

}  // namespace nuzuh::pooled
