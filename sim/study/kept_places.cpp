#include "sim/study/kept_places.hpp"

#include <algorithm>
#include <numeric>

namespace nuzuh {

KeptPlaces::KeptPlaces(const World& world)
    : are_all_(world.settings.output.places.empty()),
      all_places_(world.places.size()),
      all_routes_(world.roads.size()) {
    if (are_all_) {
        places_.resize(all_places_);
        std::iota(places_.begin(), places_.end(), 0);
        routes_.resize(all_routes_);
        std::iota(routes_.begin(), routes_.end(), 0);
        return;
    }
    for (const auto& name : world.settings.output.places)
        places_.push_back(std::size_t(world.place_index(name)));
    std::sort(places_.begin(), places_.end());
    const auto is_kept = [&](int place) {
        return std::binary_search(places_.begin(), places_.end(), std::size_t(place));
    };
    for (std::size_t r = 0; r < all_routes_; ++r) {
        if (is_kept(world.roads[r].from) && is_kept(world.roads[r].to)) routes_.push_back(r);
    }
}

std::vector<float> KeptPlaces::of(std::span<const float> values, Series series) const {
    return series == route_series ? columns_of(values, all_routes_, routes_) : of_places(values);
}

void KeptPlaces::take_kept(const RunResult& run, RunResult& to) const {
    for (Series series = 0; series < series_count; ++series)
        series_of(to, series) = of(series_of(run, series), series);
    to.first_day_full = of_places(std::span<const float>(run.first_day_full));
}

RunResult KeptPlaces::series_of_kept(const RunResult& run) const {
    RunResult kept;
    take_kept(run, kept);
    return kept;
}

void KeptPlaces::shorten(RunResult& run) const {
    if (!are_all_) take_kept(run, run);
}

}  // namespace nuzuh
