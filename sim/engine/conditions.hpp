// What both engines read off a state: hazards and the pull of each destination at the start of a step, and the
// stocks that follow at its end.
#pragma once

#include <array>
#include <functional>

#include <Eigen/Core>

#include "sim/base/archive.hpp"
#include "sim/engine/homes.hpp"
#include "sim/engine/law.hpp"
#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"

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
    Eigen::ArrayXXd home;     ///< [M, P] of households at home [1/day]
    Eigen::ArrayXXd away;     ///< [M, P] of households displaced at the place [1/day]
    Eigen::ArrayXXd waiting;  ///< [M, P] of households waiting at a crossing [1/day]
};

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
///     noise * throttle(occupancy) * (1 + S / S0)^network_pull
///
/// and 0 for home itself: going home is a return, not flight. S are the households from the same home there (without
/// origins: from any), each counting half as much after every network_memory_days since it came; S0 is one household,
/// or network_softening times the sum of S over places where that is more.
///
/// The noise of a place, drawn anew every share_noise_days, is a gamma factor of mean 1 and standard deviation
/// share_noise / sqrt(s), s its share of all S: weights in proportion to s become shares of a Dirichlet distribution, of mean
/// s and variance s (1 - s) share_noise^2 / (1 + share_noise^2). So shares vary as if 1 / share_noise^2 decided for all, and
/// stay on average what they are without noise. Equal noise at all places would make them more equal.
///
/// Shape    [place P, home H].
/// Source   Mosimann 1962 (doi:10.1093/biomet/49.1-2.65); in choice of destination Guimaraes and Lindrooth 2007
///          (doi:10.1111/j.1368-423X.2007.00207.x)
class Pull {
public:
    /// @param whole  whether households are always whole: powers of small numbers are then looked up
    template <class Law>
    Pull(const Law& law, const World& world, Homes homes, bool whole) : Pull(world, std::move(homes), whole) {
        if (!(world.settings.behaviour.choose.share_noise > 0)) return;
        draw_ = [law](int period, int place, double deviation) {
            return law.shared_noise({Purpose::attraction, std::uint64_t(period), std::uint64_t(place)},
                                    deviation);
        };
    }

    /// Brings the pull up to date with the state at the start of a step; once a step, from the first on.
    void update(const Headcount& now);

    const Eigen::ArrayXXd& matrix() const { return pull_; }

    /// What the next update needs of earlier ones: arrivals as far as they are remembered, and the noise.
    void save(Saver& to) const { to(before_, remembered_, step_, period_, noise_); }
    void restore(Loader& from) { from(before_, remembered_, step_, period_, noise_); }

private:
    Pull(const World& world, Homes homes, bool whole);
    void remember(const Eigen::ArrayXXd& now);
    void compare_with_one(const Eigen::ArrayXXd& pulling);
    void compare_with_all(const Eigen::ArrayXXd& pulling);
    double network_factor(double households) const;
    Eigen::ArrayXd shares(const Eigen::ArrayXXd& pulling) const;
    void shift_shares(const Eigen::ArrayXXd& pulling);

    static constexpr int tabulated = 4096;  ///< whole numbers of households below this are looked up
    std::array<double, tabulated> small_{};
    const World& world_;
    Homes homes_;
    bool whole_;
    std::function<double(int period, int place, double deviation)> draw_;  ///< empty without noise
    int step_ = 0, period_ = -1;  ///< of the next update; of the noise
    Eigen::ArrayXd noise_;        ///< [P] factor of this period
    Eigen::ArrayXXd households_;  ///< [P, H] as of the last update
    Eigen::ArrayXXd before_;      ///< [P, H] with memory: those there at the last update
    Eigen::ArrayXXd remembered_;  ///< [P, H] with memory: arrivals, the older the less
    Eigen::ArrayXXd network_;     ///< [P, H] (1 + S / S0)^network_pull
    Eigen::ArrayXXd pull_;
};

}  // namespace nuzuh
