#include "sim/model/network_states.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "sim/model/quirks.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh {
namespace {

/// What can be passed, day by day.
class PassableByDay {
public:
    explicit PassableByDay(const World& world) : roads_(world) {
        for (const auto& place : world.places) at_first_.push_back(place.type != PlaceType::abroad);
        for (const auto& front : world.settings.fronts)
            fronts_.emplace_back(std::size_t(world.place_index(front.place)), &front);
    }
    Passable on(Date date) const {
        Passable state{roads_.open_on(date), at_first_};
        for (const auto& [place, front] : fronts_) {
            if (has_fallen(*front, date)) state.through[place] = false;
        }
        return state;
    }

private:
    RoadStatus roads_;
    std::vector<bool> at_first_;
    std::vector<std::pair<std::size_t, const FrontSettings*>> fronts_;
};

/// Networks of earlier worlds whose ways are the same wherever the same can be passed, and what can be in each state.
struct KnownNetwork {
    const PassableNetwork* network;
    std::vector<Passable> passable;  ///< [states]
};

std::vector<KnownNetwork> known_networks(const World& world, EarlierWorlds earlier) {
    std::vector<KnownNetwork> known;
    for (const World* other : earlier) {
        if (!other || !has_same_ways(world, *other)) continue;
        KnownNetwork& one = known.emplace_back(KnownNetwork{&*other->network, {}});
        const PassableByDay passable(*other);
        for (int step = 0; step < other->steps; ++step) {
            if (one.network->state[std::size_t(step)] == int(one.passable.size()))
                one.passable.push_back(passable.on(other->date_of(step)));
        }
    }
    return known;
}

/// The fastest ways in a state of the network.
std::vector<FastestWays> ways_in(const World& world, const Passable& state, const PassableNetwork& network) {
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
        const FastestWays* before = network.ways.empty() ? nullptr : &network.ways.back()[m];
        now.push_back(fastest_ways(world.place_count(), world.roads, hours, state, before));
    }
    return now;
}

/// Adds a state of the network: as an earlier world has it, or worked out.
void add_state(PassableNetwork& network, const World& world, const Passable& state,
               const std::vector<KnownNetwork>& earlier) {
    const PassableNetwork* known = nullptr;
    std::size_t s = 0;
    for (const auto& [other, passable] : earlier) {
        if (known) break;
        s = std::size_t(std::find(passable.begin(), passable.end(), state) - passable.begin());
        if (s < passable.size()) known = other;
    }
    network.ways.push_back(known ? known->ways[s] : ways_in(world, state, network));
    network.reach.push_back(known ? known->reach[s] : reach_of(world.place_count(), world.roads, state));
    network.journeys.push_back(known && !known->journeys.empty() ? known->journeys[s]
                                                                 : std::vector<Journeys>());
}

void hold_journeys(PassableNetwork& network, const World& world) {
    constexpr double bytes_a_pair = sizeof(int) + sizeof(double) + 2 * sizeof(int);
    const double pairs = double(world.place_count()) * world.place_count();
    if (pairs * bytes_a_pair * double(network.ways.size() * world.modes.size()) > held_bytes)
        return network.journeys.clear();
    for (std::size_t s = 0; s < network.ways.size(); ++s) {
        auto& now = network.journeys[s];
        if (!now.empty()) continue;
        for (const FastestWays& ways : network.ways[s]) now.push_back(journeys_of(world, ways));
    }
}

/// As far as journeys are held, the longest of them; else what none exceeds.
int longest_journey(const PassableNetwork& network, const World& world) {
    const double hours_per_day = world.settings.behaviour.travel.hours_per_day;
    int longest = 1;
    for (const auto& by_mode : network.journeys) {
        for (const Journeys& journeys : by_mode) longest = std::max(longest, int(journeys.starts.size()));
    }
    if (!network.journeys.empty()) return longest;
    for (const auto& by_mode : network.ways) {
        for (const FastestWays& ways : by_mode)
            longest = std::max(longest, rules::travel_steps(ways.longest_hours(), hours_per_day, world.dt));
    }
    return longest;
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
        for (const int j : ways.reached(i))
            result.steps(j, i) = rules::travel_steps(ways.hours(i, j), hours_per_day, world.dt);
    }
    result.starts.assign(std::size_t(std::max(1, result.steps.maxCoeff())),
                         std::vector<std::vector<int>>(std::size_t(places)));
    for (int i = 0; i < places; ++i) {
        for (const int j : ways.reached(i))
            result.starts[std::size_t(result.steps(j, i) - 1)][std::size_t(j)].push_back(i);
    }
    result.near = (result.steps == 1).cast<double>();
    result.near.matrix().diagonal().setOnes();
    return result;
}

bool has_same_ways(const World& a, const World& b) {
    const auto is_same = [](const PlaceSettings& one, const PlaceSettings& other) {
        return one.place == other.place && one.type == other.type;
    };
    const List<PlaceSettings>&one = a.places, &other = b.places;
    return a.settings.network.routes == b.settings.network.routes && a.modes == b.modes && a.dt == b.dt &&
           a.settings.behaviour.travel == b.settings.behaviour.travel &&
           (one == other || std::equal(one.begin(), one.end(), other.begin(), other.end(), is_same));
}

PassableNetwork passable_network(const World& world, EarlierWorlds earlier) {
    PassableNetwork network;
    const PassableByDay passable(world);
    const auto known = known_networks(world, earlier);
    std::vector<Passable> seen;
    for (int step = 0; step < world.steps; ++step) {
        Passable state = passable.on(world.date_of(step));
        const auto at = std::find(seen.begin(), seen.end(), state);
        network.state.push_back(int(at - seen.begin()));
        if (at != seen.end()) continue;
        add_state(network, world, state, known);
        seen.push_back(std::move(state));
    }
    hold_journeys(network, world);
    network.longest_journey = longest_journey(network, world);
    return network;
}

double distinct_ways(const std::vector<std::vector<FastestWays>>& states, int places) {
    constexpr int some = 16;
    const int apart = std::max(1, places / some);
    std::set<const WaysFrom*> ways;
    int asked = 0;
    for (int i = 0; i < places; i += apart, ++asked) {
        for (const auto& by_mode : states) {
            for (const FastestWays& state : by_mode) ways.insert(state.from[std::size_t(i)]);
        }
    }
    return double(ways.size()) * places / std::max(1, asked);
}

double bytes_of_ways(const World& world) {
    const double places = world.place_count();
    // Hours, last road and length, place in order of nearness, nearness and proposal of each place; times and starts of journeys.
    const double a_pair = 3 * sizeof(double) + sizeof(RoadsAt::Position) + 2 * sizeof(int) +
                          (world.network->journeys.empty() ? 0 : 24);
    return distinct_ways(world.network->ways, world.place_count()) * places * a_pair;
}

}  // namespace nuzuh
