// What engines that tell homes apart read off a state: hazards and the pull of each destination at the start of a step,
// and the stocks that follow at its end.
#pragma once

#include <array>
#include <numeric>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "sim/base/archive.hpp"
#include "sim/engine/draw_policy.hpp"
#include "sim/engine/homes.hpp"
#include "sim/engine/noise.hpp"
#include "sim/engine/record.hpp"
#include "sim/engine/whereabouts.hpp"
#include "sim/model/world.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {

/// Displaced households from one home, at each place where there are any.
struct DisplacedFrom {
    std::vector<int> place;          ///< ascending
    std::vector<double> households;  ///< [places]

    void clear() {
        place.clear();
        households.clear();
    }
    void add(int at, double n) {
        place.push_back(at);
        households.push_back(n);
    }
    double total() const { return std::accumulate(households.begin(), households.end(), 0.0); }
};

/// The counts on which decisions depend.
///
/// Shape    P places, H homes that the engine tells apart.
struct Headcount {
    Eigen::ArrayXd at_home;            ///< [P] households
    Eigen::ArrayXd displaced_persons;  ///< [P]
    std::vector<DisplacedFrom> from;   ///< [H]

    Headcount(int places, int homes)
        : at_home(Eigen::ArrayXd::Zero(places)), displaced_persons(at_home), from(std::size_t(homes)) {}
};

/// Hazards during one step on households of the M mobile groups, before access out.
struct Hazards {
    Eigen::ArrayXXd home;  ///< [M, P] of households at home [1/day]
    Eigen::ArrayXXd away;  ///< [M, P] of households displaced at the place [1/day]
    Eigen::ArrayXXd
        waiting;  ///< [M, P] of households waiting at a crossing or after they were turned away [1/day]
    Eigen::ArrayXd returning;  ///< [P] of going home to the place, of World::return_rate [-]
};

/// The parameters of leaving that hazards depend on.
rules::LeaveRates<double> leave_rates(const LeaveSettings& leave);

/// Hazards of every group at every place.
///
/// @param noise  [P] factor of mean 1 that everyone at a place shares for this step
Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise);

/// How causes share in what makes households leave a place during one step.
class CauseShares {
public:
    /// @param now    at the start of the step; must outlive this
    /// @param noise  see `hazards`
    CauseShares(const World& world, int step, const Headcount& now, Eigen::ArrayXd noise);

    /// Shares that add up to 1, for those of a group at a place who leave from there in flight.
    const ByCause<double>& of(int i, int k, Whereabouts where);

private:
    ByCause<double> find(int i, int k, Whereabouts where) const;

    const World& world_;
    int step_;
    const Headcount& now_;
    Eigen::ArrayXd noise_;
    int at_ = -1;                          ///< place at hand
    std::vector<char> known_;              ///< [M][whereabouts] of those there
    std::vector<ByCause<double>> shares_;  ///< likewise
};

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
class Pull {
public:
    /// @param whole  whether households are always whole: powers of small numbers are then looked up
    template <class Policy>
    Pull(const Policy& policy, const World& world, Homes homes, bool whole)
        : Pull(Overdispersion(policy, world), world, std::move(homes), whole) {}

    /// Brings the pull up to date with the state at the start of a step.
    void update(const Headcount& now, int step);

    /// [P] the first two factors, the same for all homes.
    const Eigen::ArrayXd& of_places() const { return of_places_; }
    /// The largest of them.
    double most_of_places() const { return most_of_places_; }
    /// Places where the third factor is not 1 for households of home h, and what it is there.
    std::span<const int> networked(int h) const { return networked_[std::size_t(h)].place; }
    std::span<const double> network_factors(int h) const { return networked_[std::size_t(h)].households; }
    /// The third factor at place j, 0 for home itself left aside.
    double network_factor(int h, int j) const;
    /// A bound of the third factor that few places pass, at least 1.
    double common_most(int h) const { return strong_[std::size_t(h)].common_most; }
    /// Places that pass it, without home itself, and by how much.
    std::span<const int> strong(int h) const { return strong_[std::size_t(h)].place; }
    std::span<const double> excess(int h) const { return strong_[std::size_t(h)].excess; }
    /// The place that home h is.
    int home(int h) const { return homes_.place(h); }
    /// All of it, [home H, place P].
    void write(Eigen::ArrayXXd& pull) const;

    /// What the next update needs of earlier ones: arrivals as far as they are remembered, and the noise.
    void save(Saver& to) const;
    void restore(Loader& from);

private:
    Pull(Overdispersion noise, const World& world, Homes homes, bool whole);
    void remember(const Headcount& now);
    void find_factors(const DisplacedFrom& pulling, double per, std::vector<double>& factors) const;

    void set_strong_apart(int h);

    /// Where people from one home add so much that it is cheaper to weigh these places each for itself.
    struct Strong {
        double common_most = 1;
        std::vector<int> place;
        std::vector<double> excess;
    };

    static constexpr int tabulated = 4096;  ///< whole numbers of households below this are looked up
    std::array<double, tabulated> small_{};
    const World& world_;
    Homes homes_;
    bool whole_;
    bool looked_ = false;  ///< whether `before_` is known
    Overdispersion noise_;
    std::vector<DisplacedFrom> before_;      ///< [H] with memory: those there at the last update
    std::vector<DisplacedFrom> remembered_;  ///< [H] with memory: arrivals, the older the less
    std::vector<DisplacedFrom> networked_;   ///< [H] (1 + S / S0)^network_pull in place of households
    std::vector<Strong> strong_;             ///< [H]
    Eigen::ArrayXd of_places_;
    double most_of_places_ = 0;
};

}  // namespace nuzuh
