// What both engines read off a state: hazards and the pull of each destination at the start of a step, and the
// stocks that follow at its end.
#pragma once

#include <array>

#include <Eigen/Core>

#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// The counts on which decisions depend.
///
/// Shape    P places.
struct Headcount {
    Eigen::ArrayXd at_home;             ///< [P] households
    Eigen::ArrayXd displaced_persons;   ///< [P]
    Eigen::ArrayXXd households_from;    ///< [place P, home P] displaced households there, by home
};

/// Hazards during one step, before access out; see MODEL of the rules for the terms.
struct Hazards {
    Eigen::ArrayXXd home;     ///< [K, P] of households at home [1/day]
    Eigen::ArrayXXd away;     ///< [K, P] of households displaced at the place [1/day]
    Eigen::ArrayXXd waiting;  ///< [K, P] of households waiting at a crossing [1/day]
};

/// Hazards of every group at every place.
///
/// @param noise  [P] factor of mean 1 that everyone at a place shares for this step
Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise);

/// Completes the record of a step: people displaced, without shelter and remaining follow from who is where.
///
/// @param record  with at_home, waiting and displaced_from filled
void derive_stocks(const World& world, int step, StepRecord& record);

/// Pull of each destination on households of each home, apart from where they set out:
///
///     throttle(occupancy) * (1 + households from the same home there)^network_pull
///
/// and 0 for home itself: going home is a return, not flight; and 0 for homes where nobody lived.
///
/// Shape    [place P, home P].
class Pull {
public:
    explicit Pull(const World& world);

    /// Brings the pull up to date with the state at the start of a step.
    void update(const Headcount& now);

    const Eigen::ArrayXXd& matrix() const { return pull_; }

private:
    double network_factor(double households) const;

    static constexpr int tabulated = 4096;   ///< whole numbers of households below this are looked up
    std::array<double, tabulated> small_{};
    const World& world_;
    Eigen::ArrayXXd households_;  ///< [P, P] as of the last update
    Eigen::ArrayXXd network_;     ///< [P, P] (1 + households)^network_pull
    Eigen::ArrayXXd pull_;
};

}  // namespace nuzuh
