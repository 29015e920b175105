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
    /// @param attraction  of the step, [modes][to P, from P]
    void start_from(int i, const std::vector<Eigen::ArrayXXd>& attraction, const Pull& pull) {
        i_ = i;
        attraction_ = &attraction;
        pull_ = &pull;
        const auto columns = Eigen::Index(attraction.size()) * pull.matrix().cols();
        if (sums_.cols() != columns) sums_.resize(pull.matrix().rows(), columns);
        known_.assign(std::size_t(columns), false);
    }

    /// [P] running sums of the weights of each destination; the last one is their total.
    std::span<const double> sums(int mode, int o) {
        const Eigen::Index column = mode * pull_->matrix().cols() + o;
        const std::span<double> sums(sums_.col(column).data(), std::size_t(sums_.rows()));
        if (!known_[std::size_t(column)]) {
            sums_.col(column) = (*attraction_)[std::size_t(mode)].col(i_) * pull_->matrix().col(o);
            for (std::size_t j = 1; j < sums.size(); ++j) sums[j] += sums[j - 1];
            known_[std::size_t(column)] = true;
        }
        return sums;
    }

private:
    int i_ = 0;
    const std::vector<Eigen::ArrayXXd>* attraction_ = nullptr;
    const Pull* pull_ = nullptr;
    Eigen::ArrayXXd sums_;     ///< [P, modes * homes P]
    std::vector<bool> known_;  ///< [modes * homes P]
};

}  // namespace nuzuh::agent
