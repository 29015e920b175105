// The loops of pooled runs that are compiled once for each width of registers: outlook.hpp, leaving.hpp, means.hpp,
// spots.hpp.
#pragma once

#include "sim/engine/pooled/leaving.hpp"
#include "sim/engine/pooled/octet_draws.hpp"
#include "sim/engine/pooled/spots.hpp"

namespace nuzuh::pooled {

/// Functions of the headers above, by their names, for all eight runs.
struct Kernels {
    void (*count)(const Setting&, const Crowd&, bool step_ended, Outlook&);
    void (*take_stock)(const Setting&, const Crowd&, const Outlook&, bool anyone_waits, Stock&);
    void (*end_journeys)(const Setting&, const Ground&, Octets& homeward, Octets& arriving, Crowd&, Passed&,
                         Outlook&);
    void (*count_gates)(const Setting&, const Ground&, const Crowd&, Outlook&);
    void (*find_ways_home)(const Setting&, const Crowd&, const Ground&, Outlook&);
    void (*find_pull)(const Setting&, const Ground&, Outlook&);

    template <class Number>
    struct OfSheet {
        void (*add_weights)(const Number* sheet, const Setting&, const Ground&, const Octets& pull,
                            Octets& total);
        void (*set_out)(const Number* sheet, const Ways&, const Setting&, const Ground&, const Octets& pull,
                        int mode, std::span<Octets* const> road, const Leaving&);
    };
    OfSheet<double> common;
    OfSheet<Octet> of_each;
    void (*go_home)(const Ways&, const Setting&, const Ground&, const Outlook&, int mode,
                    std::span<Octets* const> homeward, Crowd&, Leaving&);

    template <class Decisions>
    struct Leave {
        using Function = void (*)(const Decisions&, std::uint64_t step, const Setting&, const Ground&,
                                  const Outlook&, Crowd&, Leaving&, Passed&);
        Function leave, leave_gates;
    };
    Leave<Means> means;
    Leave<RandomDecisions> draws;

    void (*draw_noise)(const RandomDecisions&, const UnitMeanGamma&, std::uint64_t step, Octets& noise);
    double (*draw_spots)(const Key&, const Address&, const double* factors, std::size_t weights,
                         const Octets& others, std::size_t points, Spots&);
};

/// For the widest registers of this processor.
const Kernels& kernels();

/// For registers of 8, 4 or 2 numbers; nullptr where this processor has none so wide. All whose processors have fused
/// multiplication and addition give the same numbers.
const Kernels* kernels_for(int width);

/// Takes others, so that tests can compare them. Not while anything runs.
void use_kernels(const Kernels&);

}  // namespace nuzuh::pooled
