#include "sim/model/network_states.hpp"

#include <algorithm>

#include "sim/rules/arriving.hpp"

namespace nuzuh {
namespace {

/// What ways depend on.
struct State {
    std::vector<bool> open;     ///< [R]
    std::vector<bool> through;  ///< [P] people can pass
    bool operator==(const State&) const = default;
};

struct Change {
    std::size_t road;
    const RouteChange* entry;
};

/// Changes of roads in the order of the scenario: a later one holds.
std::vector<Change> changes_of(const World& world) {
    const auto& routes = world.settings.network.routes;
    std::vector<Change> changes;
    for (const auto& change : world.settings.routes) {
        const bool for_flee3 = change.scope == ClosureScope::flee3_place;
        if (for_flee3 && world.settings.behaviour.rules != Rules::flee3) continue;
        const auto named = [&](const auto& route) { return route.route == change.route; };
        changes.push_back(
            {std::size_t(std::find_if(routes.begin(), routes.end(), named) - routes.begin()), &change});
    }
    return changes;
}

State state_on(const World& world, const std::vector<Change>& changes, Date date) {
    State state;
    for (const auto& route : world.settings.network.routes)
        state.open.push_back(route.status == RouteStatus::open);
    for (const auto& [road, entry] : changes) {
        if (is_on(*entry, date)) state.open[road] = entry->status == RouteStatus::open;
    }
    for (const auto& place : world.places) state.through.push_back(place.type != PlaceType::abroad);
    for (const auto& front : world.settings.fronts) {
        if (has_fallen(front, date)) state.through[std::size_t(world.place_index(front.place))] = false;
    }
    return state;
}

Journeys journeys(const World& world, const FastestWays& ways) {
    const double hours_per_day = world.settings.behaviour.travel.hours_per_day;
    const int places = world.place_count();
    Journeys result{Eigen::ArrayXXi::Zero(places, places), {}, {}};
    for (int i = 0; i < places; ++i) {
        for (const auto& leg : ways.legs[i]) {
            result.steps(leg.to, i) = rules::travel_steps(ways.hours(i, leg.to), hours_per_day, world.dt);
        }
    }
    result.starts.assign(std::max(1, result.steps.maxCoeff()), std::vector<std::vector<int>>(places));
    for (int i = 0; i < places; ++i) {
        for (const auto& leg : ways.legs[i]) {
            result.starts[std::size_t(result.steps(leg.to, i) - 1)][std::size_t(leg.to)].push_back(i);
        }
    }
    result.near = (result.steps == 1).cast<double>();
    result.near.matrix().diagonal().setOnes();
    return result;
}

Reach reach_by(const Pairs& is_way) {
    Reach reach;
    reach.members.resize(std::size_t(is_way.rows()));
    for (Eigen::Index i = 0; i < is_way.rows(); ++i) {
        Eigen::Index same = 0;
        while ((is_way.row(same) != is_way.row(i)).any()) ++same;
        reach.same.push_back(int(same));
        reach.members[std::size_t(same)].push_back(int(i));
        auto& places = reach.of.emplace_back();
        for (Eigen::Index o = 0; o < is_way.cols(); ++o) {
            if (is_way(i, o)) places.push_back(int(o));
        }
    }
    return reach;
}

void add_state(PassableNetwork& network, const World& world, const State& state) {
    auto& ways = network.ways.emplace_back();
    auto& long_as = network.journeys.emplace_back();
    for (TravelMode mode : world.modes) {
        std::vector<double> hours;
        for (const auto& road : world.roads) {
            hours.push_back(hours_on_road(road, mode, world.settings.behaviour.travel));
        }
        ways.push_back(fastest_ways(world.place_count(), world.roads, hours, state.open, state.through));
        long_as.push_back(journeys(world, ways.back()));
        network.longest_journey = std::max(network.longest_journey, int(long_as.back().starts.size()));
    }
    network.is_way.push_back(ways.front().hours.isFinite());
    network.reach.push_back(reach_by(network.is_way.back()));
}

Eigen::ArrayXXd distances_km(const std::vector<PlaceSettings>& places) {
    const auto count = Eigen::Index(places.size());
    Eigen::ArrayXXd km(count, count);
    for (Eigen::Index i = 0; i < count; ++i) {
        for (Eigen::Index j = 0; j < count; ++j) {
            const auto &a = places[std::size_t(i)], &b = places[std::size_t(j)];
            km(i, j) = great_circle_km(a.lat, a.lon, b.lat, b.lon);
        }
    }
    return km;
}

}  // namespace

PassableNetwork passable_network(const World& world) {
    PassableNetwork network;
    network.km = distances_km(world.places);
    const auto changes = changes_of(world);
    std::vector<State> seen;
    for (int step = 0; step < world.steps; ++step) {
        State state = state_on(world, changes, world.date_of(step));
        const auto known = std::find(seen.begin(), seen.end(), state);
        network.state.push_back(int(known - seen.begin()));
        if (known != seen.end()) continue;
        add_state(network, world, state);
        seen.push_back(std::move(state));
    }
    return network;
}

}  // namespace nuzuh
