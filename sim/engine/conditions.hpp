// What engines that tell homes apart read off a state: hazards and the pull of each destination at the start of a step,
// and the stocks that follow at its end.
#pragma once

#include <array>

#include <Eigen/Core>

#include "sim/base/archive.hpp"
#include "sim/engine/draw_policy.hpp"
#include "sim/engine/homes.hpp"
#include "sim/engine/noise.hpp"
#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {

/// The counts on which decisions depend.
///
/// Shape    P places, H homes that the engine tells apart.
struct Headcount {
    Eigen::ArrayXd at_home;            ///< [P] households
    Eigen::ArrayXd displaced_persons;  ///< [P]
    Eigen::ArrayXXd households_from;   ///< [place P, home H] displaced households there, by home
};

/// Hazards during one step on households of the M mobile groups, before access out.
struct Hazards {
    Eigen::ArrayXXd home;  ///< [M, P] of households at home [1/day]
    Eigen::ArrayXXd away;  ///< [M, P] of households displaced at the place [1/day]
    Eigen::ArrayXXd
        waiting;  ///< [M, P] of households waiting at a crossing or after they were turned away [1/day]
};

/// The parameters of leaving that hazards depend on.
rules::LeaveRates<double> leave_rates(const LeaveSettings& leave);

/// Hazards of every group at every place.
///
/// @param noise  [P] factor of mean 1 that everyone at a place shares for this step
Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise);

/// Completes the record of a step: people without shelter and remaining follow from who is where.
///
/// @param record  with at_home, waiting and displaced filled
void derive_stocks(const World& world, int step, StepRecord& record);

/// Pull of each destination on households of each home, apart from where they set out:
///
///     noise of shares * throttle(occupancy) * (1 + S / S0)^network_pull
///
/// and 0 for home itself: going home is a return, not flight. S are the households from the same home there, each
/// counting half as much after every network_memory_days since it came; S0 is one household, or network_softening
/// times the sum of S over places where that is more.
///
/// Shape    [place P, home H].
class Pull {
public:
    /// @param whole  whether households are always whole: powers of small numbers are then looked up
    template <class Policy>
    Pull(const Policy& policy, const World& world, Homes homes, bool whole)
        : Pull(Overdispersion(policy, world), world, std::move(homes), whole) {}

    /// Brings the pull up to date with the state at the start of a step.
    void update(const Headcount& now, int step);

    const Eigen::ArrayXXd& matrix() const { return pull_; }

    /// What the next update needs of earlier ones: arrivals as far as they are remembered, and the noise.
    void save(Saver& to) const {
        to(before_, remembered_);
        noise_.save(to);
    }
    void restore(Loader& from) {
        from(before_, remembered_);
        noise_.restore(from);
    }

private:
    Pull(Overdispersion noise, const World& world, Homes homes, bool whole);
    void remember(const Eigen::ArrayXXd& now);
    void compare_with_one(const Eigen::ArrayXXd& pulling);
    void compare_with_all(const Eigen::ArrayXXd& pulling);
    double network_factor(double households) const;

    static constexpr int tabulated = 4096;  ///< whole numbers of households below this are looked up
    std::array<double, tabulated> small_{};
    const World& world_;
    Homes homes_;
    bool whole_;
    Overdispersion noise_;
    Eigen::ArrayXXd households_;  ///< [P, H] as of the last update
    Eigen::ArrayXXd before_;      ///< [P, H] with memory: those there at the last update
    Eigen::ArrayXXd remembered_;  ///< [P, H] with memory: arrivals, the older the less
    Eigen::ArrayXXd network_;     ///< [P, H] (1 + S / S0)^network_pull
    Eigen::ArrayXXd pull_;
};

}  // namespace nuzuh
