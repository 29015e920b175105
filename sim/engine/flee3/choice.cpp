#include "sim/engine/flee3/choice.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh::flee3 {
namespace {

constexpr double room_tolerance = 0.01;  ///< change of a room factor that tables need not follow

}  // namespace

Choice::Choice(Ground& ground, const std::vector<Count>& present, const std::vector<double>& capacity,
               const std::vector<double>& population)
    : ground_(ground), present_(present), capacity_(capacity), population_(population) {
    const auto places = std::size_t(ground.place_count());
    coming_.assign(places, 0);
    score_.assign(places, 1);
    known_room_.assign(places, 1);
    room_version_.assign(places, 0);
    tables_.resize(places);
    for (double people : capacity) limited_.push_back(people * ground.rules().capacity_scaling >= 1);
}

/// What is left of a place's attraction as it fills: 1 up to the buffer, then a line to 0 at full capacity.
double Choice::room(int i) const {
    const auto& rules = ground_.rules();
    const double full = capacity_[std::size_t(i)] * rules.capacity_scaling;
    if (full < 1) return 1;
    double people = double(present_[std::size_t(i)]);
    if (!ground_.quirks().camp_overshoot) people += double(coming_[std::size_t(i)]);
    const double buffer = rules.capacity_buffer * full;
    if (people <= buffer) return 1;
    if (people >= full) return 0;
    return 1 - (people - buffer) / (full - buffer);
}

void Choice::refresh_room(int i) {
    const auto at = std::size_t(i);
    const double now = room(i);
    if (std::abs(now - known_room_[at]) < room_tolerance && (now == 0) == (known_room_[at] == 0)) return;
    known_room_[at] = now;
    ++room_version_[at];
}

void Choice::add_coming(int i, Count people) {
    if (ground_.quirks().camp_overshoot || !limited_[std::size_t(i)]) return;
    coming_[std::size_t(i)] += people;
    refresh_room(i);
}

double Choice::score(int i) const {
    const auto& rules = ground_.rules();
    const PlaceOfDay& place = ground_.place(i);
    double score = ground_.is_foreign(i) ? rules.foreign_weight : 1;
    if (place.camp) score *= rules.camp_weight;
    if (place.conflict > 0) score *= std::pow(rules.conflict_weight, place.decay * place.conflict);
    return score;
}

double Choice::agent_score(int i) const {
    const auto& rules = ground_.rules();
    if (!rules.use_pop_for_loc_weight || ground_.place(i).camp) return score(i);
    return score(i) * std::pow(std::max(1.0, population_[std::size_t(i)]), rules.pop_power_for_loc_weight);
}

void Choice::begin_day() {
    for (int i = 0; i < ground_.place_count(); ++i) {
        const auto at = std::size_t(i);
        if (!limited_[at]) continue;
        const double now = room(i);
        if (now != known_room_[at]) ++room_version_[at];
        known_room_[at] = now;
    }
    if (seen_network_ == ground_.network_version() && seen_places_ == ground_.places_version()) return;
    seen_network_ = ground_.network_version();
    seen_places_ = ground_.places_version();
    for (int i = 0; i < ground_.place_count(); ++i) score_[std::size_t(i)] = agent_score(i);
    for (Table& table : tables_) table.stamp = -1;
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
    const auto& rules = ground_.rules();
    table.near.clear();
    table.routes.clear();
    table.limited_ends.clear();
    for (const Way& way : ground_.ways_from(from)) {
        table.near.push_back(std::pow(rules.softening + way.km, -rules.distance_power));
        table.routes.push_back(way.route);
        if (limited_[std::size_t(way.end)]) table.limited_ends.push_back(way.end);
    }
    auto& ends = table.limited_ends;
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    table.network = ground_.network_version();
}

void Choice::weigh(Table& table, int from) {
    const auto& rules = ground_.rules();
    const auto& ways = ground_.ways_from(from);
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
}

const Choice::Table& Choice::table(int from) {
    Table& table = tables_[std::size_t(from)];
    if (table.network != ground_.network_version()) look_around(table, from);
    int stamp = 0;
    for (int end : table.limited_ends) stamp += room_version_[std::size_t(end)];
    if (table.stamp != stamp) {
        weigh(table, from);
        table.stamp = stamp;
    }
    return table;
}

bool Choice::could_fill_up(double people) const {
    const auto& rules = ground_.rules();
    for (std::size_t i = 0; i < present_.size(); ++i) {
        const double full = capacity_[i] * rules.capacity_scaling;
        const double with_them = double(present_[i]) + people;
        if (limited_[i] && known_room_[i] > 0 && with_them > rules.capacity_buffer * full) return true;
    }
    return false;
}

Count Choice::at_once(int from) {
    constexpr double share = 0.002;  // of a camp's capacity: the room factor then moves by 2 % at most
    double people = 2e9;
    for (int end : table(from).limited_ends) {
        const double full = capacity_[std::size_t(end)] * ground_.rules().capacity_scaling;
        const double unthrottled = ground_.rules().capacity_buffer * full - double(present_[std::size_t(end)]);
        if (known_room_[std::size_t(end)] > 0)
            people = std::min(people, std::max({1.0, share * full, unthrottled}));
    }
    return Count(people);
}

void Choice::choose(Stream& stream, int from, Count people, std::vector<std::pair<int, Count>>& picked) {
    const Table& from_here = table(from);
    picked.clear();
    const auto& up_to = from_here.up_to;
    if (up_to.empty()) return;
    const double total = up_to.back();
    const auto one = [&] {
        const auto at = std::upper_bound(up_to.begin(), up_to.end(), stream.uniform() * total);
        return std::min(std::size_t(at - up_to.begin()), up_to.size() - 1);
    };
    if (people == 1) {
        picked.emplace_back(from_here.routes[one()], 1);
        return;
    }
    counts_.assign(up_to.size(), 0);
    if (people < 3 * Count(up_to.size())) {
        for (Count p = 0; p < people; ++p) ++counts_[one()];
    } else {
        double below = 0;
        for (std::size_t w = 0; w < up_to.size() && people > 0; ++w) {
            const double rest = total - below;
            const double chance = w + 1 == up_to.size() || rest <= 0 ? 1 : (up_to[w] - below) / rest;
            counts_[w] = binomial(stream, people, chance);
            people -= counts_[w];
            below = up_to[w];
        }
    }
    for (std::size_t w = 0; w < up_to.size(); ++w) {
        if (counts_[w] > 0) picked.emplace_back(from_here.routes[w], counts_[w]);
    }
}

}  // namespace nuzuh::flee3
