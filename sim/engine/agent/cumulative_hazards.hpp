// How much hazard has acted on the households of each cell since the start of the run.
#pragma once

#include "sim/engine/agent/household.hpp"
#include "sim/engine/conditions.hpp"

namespace nuzuh::agent {

/// Cumulative hazard of every cell: the sum over steps of hazard times length.
///
/// The hazard of leaving is the same for all homes, that of returning for all groups, so two small tables tell
/// the sum of every cell.
struct CumulativeHazards {
    Eigen::ArrayXXd home;       ///< [P, M mobile groups] of those at home and back home
    Eigen::ArrayXXd settled;    ///< [P, M]
    Eigen::ArrayXXd waiting;    ///< [P, M]
    Eigen::ArrayXXd returning;  ///< [P, home P] of those settled or waiting

    explicit CumulativeHazards(const World& world)
        : home(Eigen::ArrayXXd::Zero(world.place_count(), world.mobile_groups)),
          settled(home),
          waiting(home),
          returning(Eigen::ArrayXXd::Zero(world.place_count(), world.place_count())) {}

    /// Of one cell; o is ignored for those at home.
    double at(Whereabouts where, int k, int i, int o) const {
        switch (where) {
            case Whereabouts::home:
            case Whereabouts::back:
                return home(i, k);
            case Whereabouts::settled:
                return settled(i, k) + returning(i, o);
            case Whereabouts::waiting:
                return waiting(i, k) + returning(i, o);
        }
        return 0;
    }

    /// Lets the hazards of a step act. Nobody leaves a place abroad.
    void advance(const World& world, int step, const Hazards& hazards) {
        const StepInputs& inputs = world.inputs[std::size_t(step)];
        const double back = world.settings.behaviour.returning.rate * world.dt;
        for (int i = 0; i < world.place_count(); ++i) {
            if (world.places[i].type == PlaceType::abroad) continue;
            const double length = inputs.access(i) * world.dt;
            home.row(i) += hazards.home.col(i).transpose() * length;
            settled.row(i) += hazards.away.col(i).transpose() * length;
            waiting.row(i) += hazards.waiting.col(i).transpose() * length;
            for (int o = 0; o < world.place_count(); ++o)
                returning(i, o) += world.home_in_reach(step, i, o) ? back : 0;
        }
    }
};

}  // namespace nuzuh::agent
