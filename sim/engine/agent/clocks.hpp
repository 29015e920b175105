// How much hazard has acted on each cell since the start of the run.
#pragma once

#include "sim/engine/agent/household.hpp"
#include "sim/engine/conditions.hpp"

namespace nuzuh {

/// Hazard times length accumulated in every cell.
///
/// The hazard of leaving is the same for all homes, that of returning for all groups, so two small tables tell
/// the clock of every cell.
struct Clocks {
    Eigen::ArrayXXd home;       ///< [P, M mobile groups] of those at home and back home
    Eigen::ArrayXXd settled;    ///< [P, M]
    Eigen::ArrayXXd waiting;    ///< [P, M]
    Eigen::ArrayXXd returning;  ///< [P, home P] of those settled or waiting

    explicit Clocks(const World& world)
        : home(Eigen::ArrayXXd::Zero(world.place_count(), world.mobile_groups)),
          settled(home),
          waiting(home),
          returning(Eigen::ArrayXXd::Zero(world.place_count(), world.place_count())) {}

    double at(Status status, int k, int i, int o) const {
        switch (status) {
            case Status::home:
            case Status::back:
                return home(i, k);
            case Status::settled:
                return settled(i, k) + returning(i, o);
            case Status::waiting:
                return waiting(i, k) + returning(i, o);
        }
        return 0;
    }

    /// Lets the hazards of a step act. Nobody leaves a place abroad.
    void advance(const World& world, const StepInputs& inputs, const Hazards& hazards) {
        const double back = world.settings.behaviour.returning.rate * world.dt;
        for (int i = 0; i < world.place_count(); ++i) {
            if (world.places[i].type == PlaceType::abroad) continue;
            const double length = inputs.access(i) * world.dt;
            home.row(i) += hazards.home.col(i).transpose() * length;
            settled.row(i) += hazards.away.col(i).transpose() * length;
            waiting.row(i) += hazards.waiting.col(i).transpose() * length;
            returning.row(i) += inputs.home_in_reach.row(i).cast<double>() * back;
        }
    }
};

}  // namespace nuzuh
