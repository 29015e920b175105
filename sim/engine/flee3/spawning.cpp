#include "sim/engine/flee3/spawning.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh::flee3 {
namespace {

Count poisson(Stream& stream, double mean) {
    Count n = 0;
    for (double sum = stream.exponential(); sum < mean; sum += stream.exponential()) ++n;
    return n;
}

}  // namespace

People::People(const World& world) : present(std::size_t(world.place_count()), 0) {
    const int hasten = world.settings.flee3.hasten;
    for (const auto& place : world.places) {
        capacity.push_back(is_camp(place.type) ? std::floor(place.capacity.value_or(0) / hasten) : -1);
        population.push_back(std::floor(place.population / hasten));
    }
}

Spawning::Spawning(const DailyNetwork& network, People& people)
    : network_(network), people_(people), at_start_(people.present.size(), 0) {
    if (network.rules().spawn == SpawnBy::registrations) follow_registrations();
    if (network.rules().insert_day0) fill_camps();
}

void Spawning::follow_registrations() {
    const auto& rules = network_.rules();
    auto series = daily_registrations(network_.world().settings, rules.hasten);
    const int days = int(network_.world().conflicts->intensity.cols());
    if (rules.empty_camps_on_day0) {
        for (auto& s : series) s.persons -= Eigen::ArrayXd::Constant(days, s.persons(0));
    }
    double at_start = 0, total_at_start = 0;
    for (const auto& s : series) (s.place == everywhere ? total_at_start : at_start) += s.persons(0);
    if (!rules.sum_from_camps) {
        std::erase_if(series, [](const auto& s) { return s.place != everywhere; });
        for (auto& s : series) s.place = "the total, as one camp";
    }
    const Eigen::ArrayXd spawned = departures_behind(series, days);
    by_day_.assign(spawned.begin(), spawned.end());
    if (rules.insert_day0) return;
    if (!rules.sum_from_camps) at_start = 0;
    const bool with_total = !rules.sum_from_camps || network_.quirks().day0_double_sum;
    by_day_[0] = at_start + (with_total ? total_at_start : 0);
}

void Spawning::fill_camps() {
    const auto& world = network_.world();
    if (network_.rules().empty_camps_on_day0) return;
    for (const auto& s : daily_registrations(world.settings, network_.rules().hasten)) {
        const int place = s.place == everywhere ? -1 : world.place_index(s.place);
        if (place < 0 || !is_camp(world.places[std::size_t(place)].type)) continue;
        const auto at = std::size_t(place);
        at_start_[at] = std::max(Count(0), Count(s.persons(0)));
        const bool counts_twice = network_.quirks().capacity_double_count && people_.capacity[at] > 0 &&
                                  network_.rules().spawn == SpawnBy::registrations;
        if (counts_twice) people_.capacity[at] -= at_start_[at];
    }
}

/// Each by a draw of their own, in proportion to population, intensity and what is left of it as it ages.
void Spawning::draw_homes(Count people, Stream& stream) {
    std::vector<double> weights;
    for (int i = 0; i < network_.place_count(); ++i) {
        const PlaceOfDay& place = network_.place(i);
        const double force = std::max(0.0, place.conflict) * place.decay;
        weights.push_back(people_.population[std::size_t(i)] * force);
    }
    const CumulativeWeights<double> cumulative(weights);
    if (!(cumulative.total() > 0)) return;
    for (Count p = 0; p < people; ++p) leave_home(int(pick(stream, cumulative)), 1);
}

void Spawning::leave_home(int place, Count people) {
    if (people <= 0) return;
    homes_.insert(homes_.end(), std::size_t(people), std::int16_t(place));
    if (!network_.rules().take_from_population) return;
    auto& residents = people_.population[std::size_t(place)];
    residents = std::max(0.0, residents - double(people));
}

const std::vector<std::int16_t>& Spawning::homes_left(int day, Stream& stream) {
    const auto& rules = network_.rules();
    homes_.clear();
    if (rules.spawn == SpawnBy::registrations) {
        draw_homes(Count(by_day_[std::size_t(day)]), stream);
        return homes_;
    }
    for (int i = 0; i < network_.place_count(); ++i) {
        if (network_.place(i).conflict <= 0) continue;
        const double each = rules.displaced_per_conflict_day * network_.place(i).conflict;
        const double residents = people_.population[std::size_t(i)];
        if (rules.spawn == SpawnBy::conflict_constant) leave_home(i, Count(each));
        if (rules.spawn == SpawnBy::conflict_pop_ratio) leave_home(i, Count(each * residents));
        if (rules.spawn == SpawnBy::conflict_poisson) leave_home(i, poisson(stream, each));
    }
    return homes_;
}

}  // namespace nuzuh::flee3
