#include "sim/engine/flee3/choice.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh::flee3 {
namespace {

constexpr double room_tolerance = 0.01;  ///< change of a room factor that weights need not follow

}  // namespace

Choice::Choice(DailyNetwork& network, const People& people) : network_(network), people_(people) {
    const auto places = std::size_t(network.place_count());
    coming_.assign(places, 0);
    score_.assign(places, 1);
    known_room_.assign(places, 1);
    room_version_.assign(places, 0);
    tables_.resize(places);
    for (double capacity : people.capacity) {
        full_.push_back(capacity * network.rules().capacity_scaling);
        limited_.push_back(full_.back() >= 1);
    }
}

void Choice::know_room(int i, double room) {
    known_room_[std::size_t(i)] = room;
    ++room_version_[std::size_t(i)];
    ++rooms_version_;
}

void Choice::refresh_room(int i) {
    const double now = room(i), known = known_room_[std::size_t(i)];
    if (std::abs(now - known) >= room_tolerance || (now == 0) != (known == 0)) know_room(i, now);
}

double Choice::score(int i) const {
    const auto& rules = network_.rules();
    const PlaceOfDay& place = network_.place(i);
    double score = network_.is_foreign(i) ? rules.foreign_weight : 1;
    if (place.camp) score *= rules.camp_weight;
    if (place.conflict > 0) score *= std::pow(rules.conflict_weight, place.decay * place.conflict);
    return score;
}

double Choice::agent_score(int i) const {
    const auto& rules = network_.rules();
    if (!rules.use_pop_for_loc_weight || network_.place(i).camp) return score(i);
    const double residents = std::max(1.0, people_.population[std::size_t(i)]);
    return score(i) * std::pow(residents, rules.pop_power_for_loc_weight);
}

void Choice::begin_day() {
    for (int i = 0; i < network_.place_count(); ++i) {
        if (room(i) != known_room_[std::size_t(i)]) know_room(i, room(i));
    }
    if (seen_network_ == network_.network_version() && seen_places_ == network_.places_version()) return;
    seen_network_ = network_.network_version();
    seen_places_ = network_.places_version();
    for (int i = 0; i < network_.place_count(); ++i) score_[std::size_t(i)] = agent_score(i);
    for (Table& table : tables_) table.stamp = table.rooms = -1;
}

/// Of the routes to each place only the best, weighed by the place's score once more.
void Choice::keep_best_routes(const std::vector<Way>& ways, std::vector<double>& weights) const {
    for (std::size_t w = 0; w < ways.size(); ++w) {
        for (std::size_t other = 0; other < ways.size(); ++other) {
            const bool better = weights[other] > weights[w] || (weights[other] == weights[w] && other < w);
            if (ways[other].end == ways[w].end && better) weights[w] = 0;
        }
    }
    for (std::size_t w = 0; w < ways.size(); ++w) weights[w] *= score_[std::size_t(ways[w].end)];
}

void Choice::look_around(Table& table, int from) {
    const auto& rules = network_.rules();
    table.ways = network_.ways_from(from);
    table.near.clear();
    table.limited_ends.clear();
    for (const Way& way : table.ways) {
        table.near.push_back(std::pow(rules.softening + way.km, -rules.distance_power));
        if (limited_[std::size_t(way.end)]) table.limited_ends.push_back(way.end);
    }
    auto& ends = table.limited_ends;
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    table.network = network_.network_version();
}

void Choice::weigh(Table& table) {
    const auto& rules = network_.rules();
    const auto& ways = table.ways;
    auto& weights = table.up_to;
    weights.resize(ways.size());
    for (std::size_t w = 0; w < ways.size(); ++w) {
        const auto end = std::size_t(ways[w].end);
        weights[w] = (rules.weight_softening + score_[end]) * table.near[w];
        if (!rules.fixed_routes) weights[w] *= known_room_[end];
        if (rules.weight_power != 1) weights[w] = std::pow(weights[w], rules.weight_power);
    }
    if (rules.fixed_routes) {
        keep_best_routes(ways, weights);
    } else if (rules.pruning_threshold > 1.001 && !weights.empty()) {
        const double least = *std::max_element(weights.begin(), weights.end()) / rules.pruning_threshold;
        for (double& weight : weights) weight = weight < least ? 0 : weight;
    }
    const bool nothing = std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; });
    double sum = 0;
    for (double& weight : weights) weight = sum += nothing ? 1 : weight;
    for (double& weight : weights) weight = weight < sum ? weight / sum : 2;
    weights.resize((weights.size() + at_once - 1) / at_once * at_once, 2);
}

void Choice::bring_up_to_date(Table& table, int from) {
    if (table.network != network_.network_version()) look_around(table, from);
    int stamp = 0;
    for (int end : table.limited_ends) stamp += room_version_[std::size_t(end)];
    if (table.stamp != stamp) weigh(table);
    table.stamp = stamp;
    table.rooms = rooms_version_;
}

}  // namespace nuzuh::flee3
