// What everyone at a place shares and nobody knows beforehand.
#pragma once

#include <cmath>
#include <functional>

#include <Eigen/Core>

#include "sim/base/archive.hpp"
#include "sim/engine/draw_policy.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// The factor of mean 1 on the leave hazard of everyone at a place: one part for the whole run, one for each step.
///
///     noise = r * gamma(mean 1, daily_noise / sqrt(dt)),  r ~ gamma(mean 1, run_noise)
///
/// Without the first, an ensemble would know the strikes on every town exactly; without the second, all its
/// people would be independent. Either makes bands falsely narrow.
///
/// Shape    [P].
class EnvironmentalNoise {
public:
    template <class Policy>
    EnvironmentalNoise(const Policy& policy, const World& world) : run_noise_(world.place_count()) {
        const double deviation = world.settings.behaviour.leave.run_noise;
        for (int i = 0; i < world.place_count(); ++i) {
            run_noise_(i) = policy.gamma_factor({Purpose::run_noise, 0, std::uint64_t(i)}, deviation);
        }
    }

    template <class Policy>
    Eigen::ArrayXd draw(const Policy& policy, const World& world, int step) const {
        const double deviation = world.settings.behaviour.leave.daily_noise / std::sqrt(world.dt);
        Eigen::ArrayXd noise = run_noise_;
        for (int i = 0; i < world.place_count(); ++i) {
            noise(i) *=
                policy.gamma_factor({Purpose::daily_noise, std::uint64_t(step), std::uint64_t(i)}, deviation);
        }
        return noise;
    }

    const Eigen::ArrayXd& run_noise() const { return run_noise_; }

private:
    Eigen::ArrayXd run_noise_;
};

/// The factor on a place's attraction that stands for what is not known about places, drawn anew every
/// overdispersion_days: a gamma factor of mean 1 and standard deviation v / sqrt(s), where v is overdispersion and s
/// the place's share of all who pull others. Weights in proportion to s become shares of a Dirichlet distribution, of
/// mean s and variance s (1 - s) v^2 / (1 + v^2): they vary as if 1 / v^2 decided for all, and stay on average what
/// they are without noise. Equal noise at all places would make them more equal.
///
/// Shape    [P].
/// Source   Mosimann 1962 (doi:10.1093/biomet/49.1-2.65); in choice of destination Guimaraes and Lindrooth 2007
///          (doi:10.1111/j.1368-423X.2007.00207.x)
class Overdispersion {
public:
    template <class Policy>
    Overdispersion(const Policy& policy, const World& world)
        : factor_(Eigen::ArrayXd::Ones(world.place_count())) {
        if (!(world.settings.behaviour.choose.overdispersion > 0)) return;
        draw_ = [policy](int period, int place, double deviation) {
            return policy.gamma_factor({Purpose::attraction, std::uint64_t(period), std::uint64_t(place)},
                                       deviation);
        };
    }

    /// Whether a period begins whose factors are not drawn.
    bool is_due(const World& world, int step) const { return draw_ && period(world, step) != period_; }

    /// Draws the factors of a period when it begins.
    ///
    /// @param pulling  [P] households that pull others, of any home
    void update(const World& world, int step, const Eigen::ArrayXd& pulling);

    const Eigen::ArrayXd& factor() const { return factor_; }

    void save(Saver& to) const { to(period_, factor_); }
    void restore(Loader& from) {
        from(period_);
        from.fixed(factor_);
        require_saved((factor_ >= 0).all() && factor_.isFinite().all());
    }

private:
    static int period(const World& world, int step) {
        const double days = world.settings.behaviour.choose.overdispersion_days;
        return days > 0 ? int(step * world.dt / days) : 0;
    }

    std::function<double(int period, int place, double deviation)> draw_;  ///< empty without noise
    int period_ = -1;
    Eigen::ArrayXd factor_;
};

}  // namespace nuzuh
