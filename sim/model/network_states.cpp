#include "sim/model/network_states.hpp"

#include <algorithm>

#include "sim/model/quirks.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh {
namespace {

Passable passable_on(const World& world, const RoadStatus& roads, Date date) {
    Passable state{roads.open_on(date), {}};
    for (const auto& place : world.places) state.through.push_back(place.type != PlaceType::abroad);
    for (const auto& front : world.settings.fronts) {
        if (has_fallen(front, date)) state.through[std::size_t(world.place_index(front.place))] = false;
    }
    return state;
}

/// Adds a state of the network; what has not changed since the last is shared with it.
void add_state(PassableNetwork& network, const World& world, const Passable& state, const Passable* last) {
    const auto& travel = world.settings.behaviour.travel;
    std::vector<FastestWays> now;
    for (std::size_t m = 0; m < world.modes.size(); ++m) {
        const auto alike =
            std::find(world.modes.begin(), world.modes.begin() + std::ptrdiff_t(m), world.modes[m]) -
            world.modes.begin();
        if (std::size_t(alike) < m) {
            now.push_back(now[std::size_t(alike)]);
            continue;
        }
        std::vector<double> hours;
        for (const auto& road : world.roads) hours.push_back(hours_on_road(road, world.modes[m], travel));
        const FastestWays* known = last ? &network.ways.back()[m] : nullptr;
        now.push_back(fastest_ways(world.place_count(), world.roads, hours, state, known, last));
        for (std::size_t i = 0; i < now[m].from.size(); ++i) {
            const WaysFrom& ways = *now[m].from[i];
            if (ways.legs.empty() || (known && now[m].from[i] == known->from[i])) continue;
            const double longest = ways.hours[std::size_t(ways.legs.back().to)];
            network.longest_journey = std::max(network.longest_journey,
                                               rules::travel_steps(longest, travel.hours_per_day, world.dt));
        }
    }
    network.ways.push_back(std::move(now));
    network.reach.push_back(reach_of(world.place_count(), world.roads, state));
}

void hold_journeys(PassableNetwork& network, const World& world) {
    constexpr double bytes_a_pair = sizeof(int) + sizeof(double) + 2 * sizeof(int);
    const double pairs = double(world.place_count()) * world.place_count();
    if (pairs * bytes_a_pair * double(network.ways.size() * world.modes.size()) > held_bytes) return;
    for (const auto& state : network.ways) {
        auto& now = network.journeys.emplace_back();
        for (const FastestWays& ways : state) now.push_back(journeys_of(world, ways));
    }
}

}  // namespace

bool holds(const RouteChange& change, const ScenarioSettings& settings) {
    if (settings.behaviour.rules != Rules::flee3) return change.scope != ClosureScope::flee3_place;
    const auto& quirks = settings.flee3.quirks;
    return change.scope != ClosureScope::link || !in_force(quirks.link_closures, quirks.preset);
}

RoadStatus::RoadStatus(const World& world) {
    const auto& routes = world.settings.network.routes;
    for (const auto& route : routes) at_first_.push_back(route.status == RouteStatus::open);
    for (const auto& change : world.settings.routes) {
        if (!holds(change, world.settings)) continue;
        const auto named = [&](const auto& route) { return route.route == change.route; };
        changes_.push_back(
            {std::size_t(std::find_if(routes.begin(), routes.end(), named) - routes.begin()), &change});
    }
}

std::vector<bool> RoadStatus::open_on(Date date) const {
    std::vector<bool> open = at_first_;
    for (const auto& [road, entry] : changes_) {
        if (is_on(*entry, date)) open[road] = entry->status == RouteStatus::open;
    }
    return open;
}

Journeys journeys_of(const World& world, const FastestWays& ways) {
    const double hours_per_day = world.settings.behaviour.travel.hours_per_day;
    const int places = world.place_count();
    Journeys result{Eigen::ArrayXXi::Zero(places, places), {}, {}};
    for (int i = 0; i < places; ++i) {
        for (const auto& leg : ways.legs(i))
            result.steps(leg.to, i) = rules::travel_steps(ways.hours(i, leg.to), hours_per_day, world.dt);
    }
    result.starts.assign(std::size_t(std::max(1, result.steps.maxCoeff())),
                         std::vector<std::vector<int>>(std::size_t(places)));
    for (int i = 0; i < places; ++i) {
        for (const auto& leg : ways.legs(i))
            result.starts[std::size_t(result.steps(leg.to, i) - 1)][std::size_t(leg.to)].push_back(i);
    }
    result.near = (result.steps == 1).cast<double>();
    result.near.matrix().diagonal().setOnes();
    return result;
}

PassableNetwork passable_network(const World& world) {
    PassableNetwork network;
    const RoadStatus roads(world);
    std::vector<Passable> seen;
    for (int step = 0; step < world.steps; ++step) {
        Passable state = passable_on(world, roads, world.date_of(step));
        const auto known = std::find(seen.begin(), seen.end(), state);
        network.state.push_back(int(known - seen.begin()));
        if (known != seen.end()) continue;
        add_state(network, world, state, seen.empty() ? nullptr : &seen.back());
        seen.push_back(std::move(state));
    }
    hold_journeys(network, world);
    return network;
}

}  // namespace nuzuh
