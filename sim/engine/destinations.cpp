#include "sim/engine/destinations.hpp"

#include <algorithm>

namespace nuzuh {

void Destinations::start_from(const World& world, int step, int mode, int i, const Pull& pull) {
    pull_ = &pull;
    const auto places = std::size_t(world.place_count());
    base_.resize(places);
    sums_.resize(places);
    const double* attraction = world.attraction->from(world, step, mode, i, made_);
    const double* of_places = pull.of_places().data();
    double sum = 0;
    positive_ = 0;
    for (std::size_t j = 0; j < places; ++j) {
        base_[j] = attraction[j] * of_places[j];
        sums_[j] = sum += base_[j];
        positive_ += base_[j] > 0;
    }
}

void Destinations::set_apart(int j, double factor) {
    const double base = base_[std::size_t(j)];
    const double begins = j == 0 ? 0 : sums_[std::size_t(j - 1)];
    apart_.push_back(j);
    apart_sums_.push_back(apart_total() + base * factor);
    begins_.push_back(begins - skipped_sum_);
    skipped_sum_ += sums_[std::size_t(j)] - begins;
    skipped_.push_back(skipped_sum_);
    positive_apart_ += base > 0;
}

void Destinations::of_home(int h) {
    apart_.clear();
    apart_sums_.clear();
    begins_.clear();
    skipped_.clear();
    skipped_sum_ = 0;
    positive_apart_ = 0;
    const int home = pull_->home(h);
    const auto places = pull_->networked(h);
    const auto factors = pull_->network_factors(h);
    std::size_t c = 0;
    for (; c < places.size() && places[c] < home; ++c) set_apart(places[c], factors[c]);
    set_apart(home, 0);
    for (c += c < places.size() && places[c] == home; c < places.size(); ++c)
        set_apart(places[c], factors[c]);
    others_ = positive_ > positive_apart_ ? std::max(0.0, sums_.back() - skipped_sum_) : 0;
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
    // By rounding the point may lie a little beside its weight.
    while (j < places && !is_other(j)) ++j;
    if (j < places) return j;
    while (--j > 0 && !is_other(j)) continue;
    return is_other(j)
               ? j
               : apart_[std::size_t(std::lower_bound(apart_sums_.begin(), apart_sums_.end(), apart_total()) -
                                    apart_sums_.begin())];
}

void Destinations::write(std::span<double> weights) const {
    std::copy(base_.begin(), base_.end(), weights.begin());
    double before = 0;
    for (std::size_t c = 0; c < apart_.size(); ++c) {
        weights[std::size_t(apart_[c])] = apart_sums_[c] - before;
        before = apart_sums_[c];
    }
}

}  // namespace nuzuh
