// Where households that leave one place can go, and how much each destination pulls.
#pragma once

#include <span>
#include <vector>

#include "sim/engine/conditions.hpp"

namespace nuzuh {

/// The weights of all destinations from one place, by one way of travelling, as a line on which they lie end to end.
///
/// Weights are attraction * pull, which is the same whatever the home but for the places to which people from the same home
/// have fled, and for home itself. The common part is added up once for everyone who leaves. Where people from home add
/// little, destinations are proposed in proportion to it, and accepted by what they weigh of the most that they may; in a large
/// world also where they add much: what they add beyond a bound that few places pass is weighed apart (`Pull::common_most`).
/// Else all places of people from home are weighed apart, and come first on the line.
///
/// Where few leave a place of a large world, nothing is added up: destinations are proposed in proportion to the most that
/// they may ever weigh, what people from home add beyond the bound again apart. The distribution is always the same.
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
        for (int tries = 0; drawn_by_ == DrawnBy::common_part && tries < most_tries; ++tries) {
            const int j = thinned(uniform());
            if (j != nowhere) return j;
        }
        for (int tries = 0; drawn_by_ == DrawnBy::most_weights && tries < most_tries; ++tries) {
            const auto [j, is_strong] = proposed(uniform());
            if (j != nowhere && accepts(j, is_strong, uniform())) return j;
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
    /// What people from the same home may add to a weight of a small world, if proposals are not to be turned down too
    /// often; judgement.
    static constexpr double little = 2;
    /// What destinations are proposed by: all is in the line, the weights but for people from home, the most that they may
    /// be.
    enum class DrawnBy { line, common_part, most_weights };

    const Eigen::ArrayXd& near_i() const;
    void add_up();
    void lay_out();
    void set_apart_for_line();
    template <class Base>
    void weigh_strong(Base base);
    int strong_at(double point) const;
    int thinned(double u) const;
    struct Proposal {
        int j;
        bool is_strong;  ///< for what people from home add beyond the bound
    };
    Proposal proposed(double u) const;
    bool accepts(int j, bool is_strong, double u) const;
    bool is_let_through(const WaysFrom& ways, int j, double there, double u) const;
    double apart_total() const { return apart_sums_.empty() ? 0 : apart_sums_.back(); }

    const World* world_ = nullptr;
    const Pull* pull_ = nullptr;
    int step_ = 0, mode_ = 0, i_ = 0, h_ = -1;
    bool are_few_ = false;  ///< whether few leave a place of a large world
    DrawnBy drawn_by_ = DrawnBy::line;
    bool is_laid_out_ = false;         ///< whether `base_` is known, and those of home set apart
    std::vector<double> strong_sums_;  ///< running sums of what people from home add beyond the bound
    Eigen::ArrayXd made_;              ///< [P] attraction, where the world does not hold it
    std::vector<double> base_;         ///< [P] weights but for people from home
    std::vector<double> sums_;         ///< [P] running sums of them
    int positive_ = 0;                 ///< how many of them are above 0
    double others_ = 0;                ///< sum of those not set apart
    std::vector<int> apart_;           ///< places weighed apart, ascending
    std::vector<double> apart_sums_;   ///< running sums of their weights
    std::vector<double> begins_;   ///< where each would begin among the others, had those before it no width
    std::vector<double> skipped_;  ///< running sums of what they weighed among the others
};

}  // namespace nuzuh
