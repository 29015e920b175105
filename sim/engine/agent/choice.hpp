// Where households that leave one place can go, and how much each destination pulls.
#pragma once

#include <span>
#include <vector>

#include "sim/engine/conditions.hpp"

namespace nuzuh::agent {

/// Running sums of the weights of all destinations from one place, by way of travelling and home; worked out
/// when the first household of that home chooses.
class Choice {
public:
    /// Turns to the households that leave place i in a step.
    ///
    void start_from(const World& world, int step, int i, const Pull& pull) {
        world_ = &world;
        step_ = step;
        i_ = i;
        pull_ = &pull;
        const auto columns = Eigen::Index(world.modes.size()) * pull.matrix().cols();
        if (sums_.cols() != columns) sums_.resize(pull.matrix().rows(), columns);
        known_.assign(std::size_t(columns), false);
    }

    /// [P] running sums of the weights of each destination; the last one is their total.
    std::span<const double> sums(int mode, int o) {
        const Eigen::Index column = mode * pull_->matrix().cols() + o;
        const std::span<double> sums(sums_.col(column).data(), std::size_t(sums_.rows()));
        if (!known_[std::size_t(column)]) {
            const Eigen::Map<const Eigen::ArrayXd> attraction(
                world_->attraction->from(*world_, step_, mode, i_, made_), sums_.rows());
            sums_.col(column) = attraction * pull_->matrix().col(o);
            for (std::size_t j = 1; j < sums.size(); ++j) sums[j] += sums[j - 1];
            known_[std::size_t(column)] = true;
        }
        return sums;
    }

private:
    const World* world_ = nullptr;
    int step_ = 0, i_ = 0;
    Eigen::ArrayXd made_;  ///< [P] attraction, where the world does not hold it
    const Pull* pull_ = nullptr;
    Eigen::ArrayXXd sums_;     ///< [P, modes * homes P]
    std::vector<bool> known_;  ///< [modes * homes P]
};

}  // namespace nuzuh::agent
