#include "sim/engine/flee3/daily_network.hpp"

#include <algorithm>

#include "sim/model/quirks.hpp"

namespace nuzuh::flee3 {
namespace {

double chance_by_type(const Flee3Settings& rules, PlaceType type) {
    switch (type) {
        case PlaceType::camp:
            return rules.camp_movechance;
        case PlaceType::idp_camp:
            return rules.idpcamp_movechance;
        case PlaceType::hub:
        case PlaceType::waypoint:
            return 1;
        default:
            return rules.default_movechance;
    }
}

}  // namespace

Quirks quirks_in_force(const Flee3Quirks& q) {
    const auto kept = [&](Quirk quirk) { return in_force(quirk, q.preset); };
    return {kept(q.full_day_on_next_link), kept(q.strict_arrival),  kept(q.frozen_intensity),
            kept(q.capacity_double_count), kept(q.day0_double_sum), kept(q.forced_redirection),
            kept(q.camp_overshoot)};
}

DailyNetwork::DailyNetwork(const World& world)
    : world_(world),
      rules_(world.settings.flee3),
      quirks_(quirks_in_force(rules_.quirks)),
      road_status_(world) {
    const auto places = std::size_t(world.place_count());
    const auto& home = world.places.front().country;
    for (const auto& place : world.places) {
        PlaceOfDay today;
        today.camp = is_camp(place.type);
        today.town = place.type == PlaceType::town;
        today.leave_chance = chance_by_type(rules_, place.type);
        places_.push_back(today);
        foreign_.push_back(place.country != home);
    }
    camp_open_.assign(places, true);
    routes_by_next_.resize(places);
    ways_.resize(places);
    lay_out_links();
    ways_known_.assign(places, false);
}

void DailyNetwork::lay_out_links() {
    links_from_.resize(std::size_t(place_count()));
    const auto& routes = world_.settings.network.routes;
    for (std::size_t r = 0; r < routes.size(); ++r) {
        const Road& road = world_.roads[r];
        const auto& route = routes[r];
        const bool sends_on = !route.redirects_to.empty();
        const bool doubled = quirks_.forced_redirection && sends_on && route.redirects_to == route.to;
        for (int pair = 0; pair < (doubled ? 2 : 1); ++pair) {
            for (const auto& [from, to] : {std::pair{road.from, road.to}, {road.to, road.from}}) {
                const bool redirects =
                    !quirks_.forced_redirection && sends_on && world_.place_index(route.redirects_to) == to;
                const double km_per_day = route.max_km_per_day.value_or(rules_.max_move_speed);
                links_from_[std::size_t(from)].push_back(int(links_.size()));
                links_.push_back({from, to, road.km, int(r), km_per_day, route.walk_probability, redirects});
            }
        }
    }
    open_.assign(links_.size(), true);
    redirection_.assign(std::size_t(place_count()), -1);
}

void DailyNetwork::begin_day(int day) {
    change_conflicts(day);
    change_camps(day);
    change_links(day);
}

/// Conflict begins: a conflict zone, no town. It ends: a town. In between, as run, its first intensity stays.
void DailyNetwork::change_conflicts(int day) {
    const auto& conflicts = *world_.conflicts;
    for (int i = 0; i < place_count(); ++i) {
        PlaceOfDay& place = places_[std::size_t(i)];
        const double now = conflicts.intensity(i, day);
        const PlaceOfDay before = place;
        if (now > 0 && before.conflict == 0) {
            place.conflict = now;
            place.leave_chance = rules_.conflict_movechance;
            place.town = false;
        } else if (now > 0 && !quirks_.frozen_intensity) {
            place.conflict = now;
        } else if (now == 0 && before.conflict > 0) {
            place.conflict = 0;
            place.leave_chance = rules_.default_movechance;
            place.town = true;
        }
        place.decay = now > 0 ? decay_factor(world_.settings.conflict_decay, conflicts.age_days(i, day)) : 1;
        if (place.conflict != before.conflict || place.decay != before.decay) ++places_version_;
    }
}

void DailyNetwork::change_camps(int day) {
    std::vector<bool> open(camp_open_.size(), true);
    for (const auto& change : world_.settings.camps) {
        const Date date = world_.start + day;
        if (!is_on(change, date)) continue;
        open[std::size_t(world_.place_index(change.place))] = change.status == RouteStatus::open;
    }
    for (int i = 0; i < place_count(); ++i) {
        const auto at = std::size_t(i);
        if (open[at] == camp_open_[at]) continue;
        places_[at].camp = open[at];
        places_[at].town = !open[at];
        const double as_camp = chance_by_type(rules_, world_.places[at].type);
        places_[at].leave_chance = open[at] ? as_camp : rules_.default_movechance;
        ++places_version_;
    }
    camp_open_ = open;
}

void DailyNetwork::change_links(int day) {
    const Date date = world_.start + day;
    const auto& routes = world_.settings.network.routes;
    closed_today_ = false;
    bool changed = day == 0;
    const auto roads_open = road_status_.open_on(date);
    redirection_.assign(redirection_.size(), -1);
    for (std::size_t l = 0; l < links_.size(); ++l) {
        const auto road = std::size_t(links_[l].road);
        const bool open = roads_open[road];
        closed_today_ = closed_today_ || (open_[l] && !open);
        changed = changed || open_[l] != open;
        open_[l] = open;
        const auto& until = routes[road].redirects_until;
        int& sent_along = redirection_[std::size_t(links_[l].from)];
        if (links_[l].redirects && open && (!until || date <= *until) && sent_along < 0) sent_along = int(l);
    }
    if (!changed) return;
    ++network_version_;
    ways_known_.assign(ways_known_.size(), false);
}

int DailyNetwork::link_between(int from, int to) const {
    for (int l : links_from_[std::size_t(from)]) {
        if (links_[std::size_t(l)].to == to && open_[std::size_t(l)]) return l;
    }
    return -1;
}

int DailyNetwork::route_of(int next, int rest) {
    auto& known = routes_by_next_[std::size_t(next)];
    for (const auto& [rest_of, route] : known) {
        if (rest_of == rest) return route;
    }
    const int route = int(routes_.size());
    routes_.push_back({next, rest, rest == 0 ? next : routes_[std::size_t(rest)].last});
    known.push_back({rest, route});
    return route;
}

void DailyNetwork::extend(int from, int depth, std::vector<int>& path, double km, std::vector<Way>& ways) {
    for (int l : links_from_[std::size_t(from)]) {
        const Link& link = links_[std::size_t(l)];
        const int end = link.to;
        if (!open_[std::size_t(l)] || std::find(path.begin(), path.end(), end) != path.end()) continue;
        path.push_back(end);
        const bool waypoint = world_.places[std::size_t(end)].type == PlaceType::waypoint;
        const int steps = waypoint ? depth - 1 : depth;
        if (!waypoint) {
            int rest = 0;
            for (std::size_t stop = path.size() - 1; stop > 1; --stop) rest = route_of(path[stop], rest);
            ways.push_back({link_between(path[0], path[1]), rest, end, km + link.km});
        }
        if (steps < rules_.awareness_level) extend(end, steps + 1, path, km + link.km, ways);
        path.pop_back();
    }
}

const std::vector<Way>& DailyNetwork::ways_from(int i) {
    const auto at = std::size_t(i);
    if (ways_known_[at]) return ways_[at];
    ways_known_[at] = true;
    ways_[at].clear();
    std::vector<int> path{i};
    extend(i, 1, path, 0, ways_[at]);
    return ways_[at];
}

}  // namespace nuzuh::flee3
