#include "sim/model/network_states.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/rules.hpp"

namespace nuzuh {
namespace {

Journeys journeys(const World& world, const FastestWays& ways) {
    const double hours_per_day = world.settings.behaviour.travel.hours_per_day;
    const int places = world.place_count();
    Journeys result{Eigen::ArrayXXi::Zero(places, places), {}, {}};
    for (int i = 0; i < places; ++i) {
        for (const auto& leg : ways.legs[i]) {
            result.steps(leg.to, i) = travel_steps(ways.hours(i, leg.to), hours_per_day, world.dt);
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

/// @param other  ways of another state, most of which take as long; nullptr: there is none
/// @param known  their nearness
Eigen::ArrayXXd nearness(const FastestWays& ways, const ChooseSettings& choose, const FastestWays* other,
                         const Eigen::ArrayXXd* known) {
    const auto places = ways.hours.rows();
    Eigen::ArrayXXd result(places, places);
    for (Eigen::Index i = 0; i < places; ++i) {
        for (Eigen::Index j = 0; j < places; ++j) {
            const double hours = ways.hours(i, j);
            result(j, i) = known && other->hours(i, j) == hours ? (*known)(j, i)
                           : std::isfinite(hours)
                               ? std::pow(hours + choose.softening_hours, -choose.distance_power)
                               : 0.0;
        }
    }
    return result;
}

}  // namespace

NetworkStates::NetworkStates(World& world) : world_(world) {
    const auto& routes = world.settings.network.routes;
    for (const auto& change : world.settings.routes) {
        const bool for_flee3 = change.scope == ClosureScope::flee3_place;
        if (for_flee3 && world.settings.behaviour.rules != Rules::flee3) continue;
        const auto named = [&](const auto& route) { return route.route == change.route; };
        changes_.push_back({std::find_if(routes.begin(), routes.end(), named) - routes.begin(), &change});
    }
}

int NetworkStates::on(Date date, const Eigen::Array<bool, Eigen::Dynamic, 1>& fallen) {
    State state{open_roads(date), {}};
    for (int i = 0; i < world_.place_count(); ++i) {
        state.through.push_back(!fallen(i) && world_.places[i].type != PlaceType::abroad);
    }
    const auto seen = std::find(seen_.begin(), seen_.end(), state);
    if (seen != seen_.end()) return int(seen - seen_.begin());
    add_ways(state);
    add_reach();
    seen_.push_back(std::move(state));
    return int(seen_.size()) - 1;
}

std::vector<bool> NetworkStates::open_roads(Date date) const {
    std::vector<bool> open;
    for (const auto& route : world_.settings.network.routes)
        open.push_back(route.status == RouteStatus::open);
    for (const auto& [road, entry] : changes_) {
        if (entry->from <= date && date <= entry->to)
            open[std::size_t(road)] = entry->status == RouteStatus::open;
    }
    return open;
}

void NetworkStates::add_ways(const State& state) {
    auto& ways = world_.ways.emplace_back();
    auto& long_as = world_.journeys.emplace_back();
    for (TravelMode mode : world_.modes) {
        std::vector<double> hours;
        for (const auto& road : world_.roads) {
            hours.push_back(hours_on_road(road, mode, world_.settings.behaviour.travel));
        }
        ways.push_back(fastest_ways(world_.place_count(), world_.roads, hours, state.open, state.through));
        long_as.push_back(journeys(world_, ways.back()));
        world_.longest_journey = std::max(world_.longest_journey, int(long_as.back().starts.size()));
    }
}

void NetworkStates::add_reach() {
    const auto& ways = world_.ways.back();
    const std::size_t known = reach_.size();
    Reach reach{ways.front().hours.isFinite(), {}};
    for (std::size_t m = 0; m < ways.size(); ++m) {
        reach.nearness.push_back(nearness(ways[m], world_.settings.behaviour.choose,
                                          known == 0 ? nullptr : &world_.ways[known - 1][m],
                                          known == 0 ? nullptr : &reach_.back().nearness[m]));
    }
    reach_.push_back(std::move(reach));
}

}  // namespace nuzuh
