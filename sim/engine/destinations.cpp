#include "sim/engine/destinations.hpp"

#include <algorithm>

#include "sim/base/ascending.hpp"

namespace nuzuh {
void Destinations::start_from(const World& world, int step, int mode, int i, const Pull& pull,
                              std::size_t leavers) {
    world_ = &world;
    pull_ = &pull;
    step_ = step;
    mode_ = mode;
    i_ = i;
    h_ = -1;
    base_.resize(world.places.size());
    base_.front() = -1;  // not yet known
    are_few_ = leavers * Attraction::places_a_proposal < world.places.size();
}

void Destinations::of_home(int h) {
    h_ = h;
    is_laid_out_ = false;
    if (are_few_) {
        drawn_by_ = DrawnBy::most_weights;
        const Eigen::ArrayXd& most = world_->attraction->most;
        const Eigen::ArrayXd& near = near_i();
        weigh_strong([&](int j) { return near(j) * most(j); });
        return;
    }
    add_up();
    const bool is_home_light = 2 * base_[std::size_t(pull_->home(h))] < sums_.back();
    const bool is_large = world_->place_count() > Attraction::places_a_proposal;
    const bool is_common = is_home_light && (is_large || pull_->common_most(h) <= little);
    drawn_by_ = is_common ? DrawnBy::common_part : DrawnBy::line;
    if (is_common) weigh_strong([&](int j) { return base_[std::size_t(j)]; });
}

/// Adds up what people from home add beyond the bound.
///
/// @param base  what a place weighs without them
template <class Base>
void Destinations::weigh_strong(Base base) {
    const auto places = pull_->strong(h_);
    const auto excess = pull_->excess(h_);
    strong_sums_.resize(places.size());
    double sum = 0;
    for (std::size_t c = 0; c < places.size(); ++c) strong_sums_[c] = sum += base(places[c]) * excess[c];
}

/// The place at a point of what they add.
int Destinations::strong_at(double point) const {
    const auto there = std::upper_bound(strong_sums_.begin(), strong_sums_.end(), point);
    return pull_->strong(h_)[std::size_t(there - strong_sums_.begin())];
}

/// A destination of the line of weights but for people from home, or `nowhere` if the point lies beyond the part of its
/// stretch that it weighs of the most that it may.
int Destinations::thinned(double u) const {
    const double most = pull_->common_most(h_), all = sums_.back();
    double point = u * all;
    if (!strong_sums_.empty()) {
        const double strong = strong_sums_.back(), longer = u * (strong + most * all);
        if (longer < strong) return strong_at(longer);
        point = (longer - strong) / most;
    }
    const std::size_t j = first_above(sums_, point);
    if (j == sums_.size() || int(j) == pull_->home(h_)) return nowhere;
    const double within = point - (j == 0 ? 0 : sums_[j - 1]);
    const double part = within * most;
    // No factor is below 1.
    return part < base_[j] || part < base_[j] * pull_->network_factor(h_, int(j)) ? int(j) : nowhere;
}

const Eigen::ArrayXd& Destinations::near_i() const {
    const auto state = std::size_t(world_->inputs[std::size_t(step_)].ways);
    return *world_->attraction->near[state][std::size_t(mode_)][std::size_t(i_)];
}

/// A destination in proportion to the most that it may weigh.
Destinations::Proposal Destinations::proposed(double u) const {
    const auto state = std::size_t(world_->inputs[std::size_t(step_)].ways);
    const Eigen::ArrayXd& sums = *world_->attraction->proposals[state][std::size_t(mode_)][std::size_t(i_)];
    const double strong = strong_sums_.empty() ? 0 : strong_sums_.back(), most = pull_->common_most(h_);
    const double point = u * (strong + most * sums(sums.size() - 1));
    if (point < strong) return {strong_at(point), true};
    const std::span<const double> ascending(sums.data(), std::size_t(sums.size()));
    const std::size_t j = first_above(ascending, (point - strong) / most);
    return {j == ascending.size() ? nowhere : int(j), false};
}

/// Whether a number in [0, 1) is below the part that a proposed destination weighs of the most that it may.
bool Destinations::accepts(int j, bool is_strong, double u) const {
    const auto& attraction = *world_->attraction;
    if (j == i_ || j == pull_->home(h_) || !(attraction.most(j) > 0)) return false;
    double there = attraction.there[std::size_t(step_)](j) / attraction.most(j) * pull_->of_places()(j) /
                   pull_->most_of_places();
    if (!(u < there)) return false;
    const double bound = pull_->common_most(h_);
    if (!is_strong && bound > 1) there *= std::min(1.0, pull_->network_factor(h_, j) / bound);
    if (!(u < there)) return false;
    return is_let_through(*world_->ways(step_, mode_).from[std::size_t(i_)], j, there, u);
}

/// Whether a number is below `there` times the least that anybody is let through on the way.
bool Destinations::is_let_through(const WaysFrom& ways, int j, double there, double u) const {
    const double* const passing = world_->attraction->passing[std::size_t(step_)].data();
    if (!ways.leads_to(j)) return false;
    for (int x = ways.last(j).to; x != i_; x = ways.last(x).to) {
        if (!(u < there * passing[x])) return false;
    }
    return true;
}

/// Weights but for people from home.
void Destinations::add_up() {
    if (base_.front() >= 0) return;
    const double* attraction = world_->attraction->from(*world_, step_, mode_, i_, made_);
    const double* of_places = pull_->of_places().data();
    sums_.resize(base_.size());
    double sum = 0;
    positive_ = 0;
    for (std::size_t j = 0; j < base_.size(); ++j) {
        base_[j] = attraction[j] * of_places[j];
        sums_[j] = sum += base_[j];
        positive_ += base_[j] > 0;
    }
}

void Destinations::lay_out() {
    if (is_laid_out_) return;
    is_laid_out_ = true;
    add_up();
    set_apart_for_line();
}

void Destinations::set_apart_for_line() {
    const int home = pull_->home(h_);
    const auto places = pull_->networked(h_);
    const auto factors = pull_->network_factors(h_);
    const auto room = places.size() + 1;
    apart_.resize(room);
    apart_sums_.resize(room);
    begins_.resize(room);
    skipped_.resize(room);
    std::size_t count = 0;
    double apart_sum = 0, skipped_sum = 0;
    int positive = 0;
    // The compiler would otherwise take every number written for one of the addresses.
    int* const apart = apart_.data();
    double* const apart_sums = apart_sums_.data();
    double* const begin = begins_.data();
    double* const skipped = skipped_.data();
    const double* const bases = base_.data();
    const double* const sums = sums_.data();
    const auto set_apart = [&](int j, double factor) {
        const double base = bases[j], begins = j == 0 ? 0 : sums[j - 1];
        apart[count] = j;
        apart_sums[count] = apart_sum += base * factor;
        begin[count] = begins - skipped_sum;
        skipped[count] = skipped_sum += sums[j] - begins;
        positive += base > 0;
        ++count;
    };
    std::size_t c = 0;
    for (; c < places.size() && places[c] < home; ++c) set_apart(places[c], factors[c]);
    set_apart(home, 0);
    for (c += c < places.size() && places[c] == home; c < places.size(); ++c)
        set_apart(places[c], factors[c]);
    apart_.resize(count);
    apart_sums_.resize(count);
    begins_.resize(count);
    skipped_.resize(count);
    others_ = positive_ > positive ? std::max(0.0, sums_.back() - skipped_sum) : 0;
}

int Destinations::at(double point) const {
    if (point < apart_total()) {
        const auto first = std::upper_bound(apart_sums_.begin(), apart_sums_.end(), point);
        return apart_[std::size_t(first - apart_sums_.begin())];
    }
    point -= apart_total();
    const auto before = std::upper_bound(begins_.begin(), begins_.end(), point) - begins_.begin();
    if (before > 0) point += skipped_[std::size_t(before - 1)];
    const auto is_other = [&](int j) {
        return base_[std::size_t(j)] > 0 && !std::binary_search(apart_.begin(), apart_.end(), j);
    };
    const int places = int(base_.size());
    int j = std::min(places - 1, int(std::upper_bound(sums_.begin(), sums_.end(), point) - sums_.begin()));
    const auto is_apart = [&](std::ptrdiff_t c) {
        return c >= 0 && c < std::ptrdiff_t(apart_.size()) && apart_[std::size_t(c)] == j;
    };
    if (base_[std::size_t(j)] > 0 && !is_apart(before - 1) && !is_apart(before)) return j;
    // By rounding the point lies a little beside its weight.
    while (j < places && !is_other(j)) ++j;
    if (j < places) return j;
    while (--j > 0 && !is_other(j)) continue;
    return is_other(j)
               ? j
               : apart_[std::size_t(std::lower_bound(apart_sums_.begin(), apart_sums_.end(), apart_total()) -
                                    apart_sums_.begin())];
}

void Destinations::write(std::span<double> weights) {
    lay_out();
    std::copy(base_.begin(), base_.end(), weights.begin());
    double before = 0;
    for (std::size_t c = 0; c < apart_.size(); ++c) {
        weights[std::size_t(apart_[c])] = apart_sums_[c] - before;
        before = apart_sums_[c];
    }
}

}  // namespace nuzuh
