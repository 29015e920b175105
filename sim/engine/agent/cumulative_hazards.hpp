// How much hazard has acted on the households of each cell since the start of the run.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "sim/engine/agent/household.hpp"
#include "sim/engine/conditions.hpp"

namespace nuzuh::agent {

/// Cumulative hazard of every cell: the sum over steps of hazard times length.
///
/// The hazard of leaving is the same for all homes. That of returning is the same for all groups, and for all places
/// which have always been in reach of the same homes: they are a class. So small tables tell the sum of every cell.
struct CumulativeHazards {
    Eigen::ArrayXXd home;                   ///< [P, M mobile groups] of those at home and back home
    Eigen::ArrayXXd settled;                ///< [P, M]
    Eigen::ArrayXXd waiting;                ///< [P, M]
    std::vector<int> class_of;              ///< [P]; class 0: abroad, from where nobody returns
    std::vector<Eigen::ArrayXd> returning;  ///< [classes][home P] of those settled or waiting
    int ways = -1;                          ///< state of the network up to which classes are told apart

    explicit CumulativeHazards(const World& world)
        : home(Eigen::ArrayXXd::Zero(world.place_count(), world.mobile_groups)),
          settled(home),
          waiting(home),
          returning(2, Eigen::ArrayXd::Zero(world.place_count())) {
        for (const auto& place : world.places) class_of.push_back(place.type == PlaceType::abroad ? 0 : 1);
    }

    /// Of one cell.
    double at(const Cell& cell) const {
        switch (cell.where) {
            case Whereabouts::home:
            case Whereabouts::back:
                return home(cell.i, cell.k);
            case Whereabouts::settled:
                return settled(cell.i, cell.k) + of_returning(cell);
            case Whereabouts::waiting:
                return waiting(cell.i, cell.k) + of_returning(cell);
        }
        return 0;
    }

    /// Lets the hazards of a step act. Nobody leaves a place abroad.
    void advance(const World& world, int step, const Hazards& hazards) {
        const StepInputs& inputs = world.inputs[std::size_t(step)];
        for (int i = 0; i < world.place_count(); ++i) {
            if (class_of[std::size_t(i)] == 0) continue;
            const double length = inputs.access(i) * world.dt;
            home.row(i) += hazards.home.col(i).transpose() * length;
            settled.row(i) += hazards.away.col(i).transpose() * length;
            waiting.row(i) += hazards.waiting.col(i).transpose() * length;
        }
        if (std::exchange(ways, inputs.ways) != inputs.ways) tell_apart(world.reach(step));
        const double back = world.return_rate * world.dt;
        std::vector<char> known(returning.size(), false);
        known[0] = true;
        for (int i = 0; i < world.place_count(); ++i) {
            const auto c = std::size_t(class_of[std::size_t(i)]);
            if (std::exchange(known[c], true)) continue;
            for (int o = 0; o < world.place_count(); ++o) {
                if (world.home_in_reach(step, i, o)) returning[c](o) += back * hazards.returning(o);
            }
        }
    }

private:
    double of_returning(const Cell& cell) const {
        return returning[std::size_t(class_of[std::size_t(cell.i)])](cell.o);
    }

    /// Divides classes by what is in reach of their places now.
    void tell_apart(const Reach& reach) {
        std::map<std::pair<int, int>, int> known;
        std::vector<char> taken(returning.size(), false);
        for (std::size_t i = 0; i < class_of.size(); ++i) {
            if (class_of[i] == 0) continue;
            const auto [found, is_new] = known.try_emplace({class_of[i], reach.same[i]}, class_of[i]);
            if (is_new && std::exchange(taken[std::size_t(class_of[i])], true)) {
                found->second = int(returning.size());
                returning.push_back(Eigen::ArrayXd(returning[std::size_t(class_of[i])]));
                taken.push_back(true);
            }
            class_of[i] = found->second;
        }
    }
};

}  // namespace nuzuh::agent
