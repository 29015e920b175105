// The loops of pooled runs that are compiled once for each width of registers: context.hpp, leaving.hpp, means.hpp,
// sampling.hpp.
#pragma once

#include "sim/engine/pooled/leaving.hpp"
#include "sim/engine/pooled/pack_draws.hpp"
#include "sim/engine/pooled/sampling.hpp"

namespace nuzuh::pooled {

/// Functions of the headers above, by their names, for all eight runs.
struct Kernels {
    void (*count)(const Parameters&, bool step_ended, Households&, DecisionContext&);
    void (*take_stock)(const Parameters&, const Households&, const DecisionContext&, bool anyone_waits,
                       Fields&, Batch& all_households);
    void (*end_journeys)(const Parameters&, const Inputs&, std::size_t slot, Households&, Fields&,
                         DecisionContext&);
    void (*count_gates)(const Parameters&, const Inputs&, Households&, DecisionContext&);
    void (*find_ways_home)(const Parameters&, const Households&, const Inputs&, DecisionContext&);
    void (*find_pull)(const Parameters&, const Inputs&, const Households&, DecisionContext&);

    template <class Number>
    struct OfMatrix {
        void (*add_weights)(const Number* matrix, const Parameters&, const Inputs&, const Batches& pull,
                            Batches& total);
        void (*set_out)(const Number* matrix, const Ways&, const Parameters&, const Inputs&,
                        const Batches& pull, int mode, std::span<Batch* const> road, const Leaving&);
    };
    OfMatrix<double> common;
    OfMatrix<Batch> of_each;
    void (*go_home)(const Ways&, const Parameters&, const Inputs&, const DecisionContext&, int mode,
                    std::span<Batch* const> homeward, Households&, Leaving&);

    template <class Decisions>
    struct Leave {
        using Function = void (*)(const Decisions&, std::uint64_t step, const Parameters&, const Inputs&,
                                  const DecisionContext&, Households&, Leaving&, Fields&);
        Function leave, leave_gates;
    };
    Leave<Means> means;
    Leave<RandomDecisions> draws;

    void (*draw_noise)(const RandomDecisions&, const UnitMeanGamma&, std::uint64_t step, Batches& noise);
    double (*sample_destinations)(const Draws&, const Address&, const double* factors, std::size_t weights,
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
