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
///
/// Where few leave a place of a large world, the line is not laid out. Destinations are proposed in proportion to the most
/// that they may weigh, and accepted by what they weigh of it: the distribution is the same.
class Destinations {
public:
    static constexpr int nowhere = -1;

    /// Turns to those who leave place i in a step.
    ///
    /// @param leavers  how many, about
    void start_from(const World& world, int step, int mode, int i, const Pull& pull, std::size_t leavers);
    /// Turns to those of them who are from home h.
    void of_home(int h);

    /// A destination, drawn; `nowhere` if there is none.
    ///
    /// @param uniform  gives independent numbers in [0, 1)
    template <class Uniform>
    int pick(Uniform uniform) {
        for (int tries = 0; is_proposed_ && tries < most_tries; ++tries) {
            const int j = proposed(uniform());
            if (j != nowhere && accepts(j, uniform())) return j;
        }
        lay_out();
        return total() > 0 ? at(uniform() * total()) : nowhere;
    }

    /// Whether there is any destination.
    bool any() {
        lay_out();
        return total() > 0;
    }
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
    void write(std::span<double> weights);

private:
    static constexpr int most_tries = 64;  ///< judgement; then the line is laid out after all

    void lay_out();
    void set_apart_for_line();
    int proposed(double u) const;
    bool accepts(int j, double u) const;
    double apart_total() const { return apart_sums_.empty() ? 0 : apart_sums_.back(); }

    const World* world_ = nullptr;
    const Pull* pull_ = nullptr;
    int step_ = 0, mode_ = 0, i_ = 0, h_ = -1;
    bool is_proposed_ = false;        ///< whether destinations are proposed
    bool is_laid_out_ = false;        ///< whether `base_` is known, and those of home set apart
    std::vector<double> drawn_sums_;  ///< running sums of the proposals that people from home add
    Eigen::ArrayXd made_;             ///< [P] attraction, where the world does not hold it
    std::vector<double> base_;        ///< [P] weights but for people from home
    std::vector<double> sums_;        ///< [P] running sums of them
    int positive_ = 0;                ///< how many of them are above 0
    double others_ = 0;               ///< sum of those not set apart
    std::vector<int> apart_;          ///< places weighed apart, ascending
    std::vector<double> apart_sums_;  ///< running sums of their weights
    std::vector<double> begins_;   ///< where each would begin among the others, had those before it no width
    std::vector<double> skipped_;  ///< running sums of what they weighed among the others
};

}  // namespace nuzuh
