// Where households that leave one place can go, and how much each destination pulls.
#pragma once

#include <span>
#include <vector>

#include "sim/engine/conditions.hpp"

namespace nuzuh {

/// The weights of all destinations from one place, by one way of travelling, as a line on which they lie end to end.
///
/// Weights are attraction * pull. For most places the pull is the same whatever the home: these are added up once for
/// everyone who leaves, and only the places to which people from the same home have fled, and home itself, are weighed
/// apart. They come first on the line.
class Destinations {
public:
    /// Turns to those who leave place i in a step.
    void start_from(const World& world, int step, int mode, int i, const Pull& pull);
    /// Turns to those of them who are from home h.
    void of_home(int h);

    /// Whether there is any destination.
    bool any() const { return total() > 0; }
    double total() const { return apart_total() + others_; }
    /// The destination in whose weight a point of the line lies; never one of weight 0.
    ///
    /// @param point  in [0, total)
    int at(double point) const;
    /// Number of places.
    std::size_t count() const { return base_.size(); }
    /// Weight of every destination.
    ///
    /// @param weights  [P] set
    void write(std::span<double> weights) const;

private:
    double apart_total() const { return apart_sums_.empty() ? 0 : apart_sums_.back(); }
    void set_apart(int j, double factor);

    const Pull* pull_ = nullptr;
    Eigen::ArrayXd made_;       ///< [P] attraction, where the world does not hold it
    std::vector<double> base_;  ///< [P] weights but for people from home
    std::vector<double> sums_;  ///< [P] running sums of them
    int positive_ = 0;          ///< how many of them are above 0
    double others_ = 0;         ///< sum of those not set apart
    int positive_apart_ = 0;    ///< how many of those set apart were above 0
    double skipped_sum_ = 0;
    std::vector<int> apart_;          ///< places weighed apart, ascending
    std::vector<double> apart_sums_;  ///< running sums of their weights
    std::vector<double> begins_;   ///< where each would begin among the others, had those before it no width
    std::vector<double> skipped_;  ///< running sums of what they weighed among the others
};

}  // namespace nuzuh
