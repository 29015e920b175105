#include "sim/model/world.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <boost/math/distributions/normal.hpp>

#include "sim/model/homes.hpp"
#include "sim/model/network_states.hpp"
#include "sim/model/population.hpp"
#include "sim/model/timeline.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh {
namespace {

Draw draw_of(const GroupSettings& group) {
    return group.drawn_to.empty() ? Draw{} : Draw{group.drawn_to, group.draw};
}

/// One class of a scenario's group, at the middle of its part of a log-normal distribution of thresholds.
///
///     threshold of class c of C = median * exp(spread * quantile of the normal at (c + 1/2) / C)
Group class_of(const GroupSettings& group, int c, double household_size) {
    const double middle = quantile(boost::math::normal(), (c + 0.5) / group.classes);
    return {.name = group.classes == 1 ? group.name : fmt::format("{} {}", group.name, c + 1),
            .household_size = household_size,
            .threshold = group.threshold * std::exp(group.threshold_spread * middle),
            .mode = group.travel,
            .draw = draw_of(group)};
}

int class_count(const ScenarioSettings& settings) {
    int classes = 0;
    for (const auto& group : settings.groups) classes += group.classes;
    return classes;
}

/// The classes of all groups of a scenario; behind them the parts of groups that will not leave.
std::vector<Group> groups_of(const ScenarioSettings& settings) {
    std::vector<Group> groups, immobile;
    for (const auto& group : settings.groups) {
        const double size = household_size(group, settings.unit);
        for (int c = 0; c < group.classes; ++c) groups.push_back(class_of(group, c, size));
        if (!(group.immobile_share > 0)) continue;
        immobile.push_back({.name = group.name + " immobile",
                            .household_size = size,
                            .mode = group.travel,
                            .draw = draw_of(group)});
    }
    groups.insert(groups.end(), immobile.begin(), immobile.end());
    return groups;
}

/// How a group chooses where to go: groups that travel alike and are drawn alike choose alike.
std::pair<TravelMode, Draw> choosing(const Group& group) { return {group.mode, group.draw}; }

/// Ways of travelling, once for each draw, in the order in which groups first use them.
std::vector<std::pair<TravelMode, Draw>> ways_of_choosing(const std::vector<Group>& groups) {
    std::vector<std::pair<TravelMode, Draw>> all;
    for (const auto& group : groups) {
        if (std::find(all.begin(), all.end(), choosing(group)) == all.end()) all.push_back(choosing(group));
    }
    return all;
}

std::vector<TravelMode> modes_of(const std::vector<Group>& groups) {
    std::vector<TravelMode> modes;
    for (const auto& [mode, draw] : ways_of_choosing(groups)) modes.push_back(mode);
    return modes;
}

std::vector<Draw> draws_of(const std::vector<Group>& groups) {
    std::vector<Draw> draws;
    for (const auto& [mode, draw] : ways_of_choosing(groups)) draws.push_back(draw);
    return draws;
}

std::vector<int> modes_by_group(const std::vector<Group>& groups) {
    const auto all = ways_of_choosing(groups);
    std::vector<int> by_group;
    for (const auto& group : groups)
        by_group.push_back(int(std::find(all.begin(), all.end(), choosing(group)) - all.begin()));
    return by_group;
}

/// A number that an identifier always gives, whatever stands before it in a list. Source: FNV-1a, Fowler, Noll, Vo,
/// IETF draft-eastlake-fnv, 32 bits.
std::uint32_t number_of(std::string_view identifier) {
    std::uint32_t number = 2166136261;
    for (const char letter : identifier) number = (number ^ std::uint8_t(letter)) * 16777619;
    return number;
}

/// Households of each class at each place. Remainders go to different classes at different places, by their
/// identifiers, and to one class after the other where groups have fewer households than classes, so that rounding
/// favours none and the order of places says nothing. Where departures follow from registrations, at least as many
/// live at a place as leave it.
Eigen::Array<Count, Eigen::Dynamic, Eigen::Dynamic> households_at_home(const World& world) {
    const bool registered = world.settings.behaviour.leave.departures == DeparturesBy::registrations;
    const auto leave = [&](int i) { return registered ? std::ceil(world.departures.row(i).sum()) : 0.0; };
    const auto& groups = world.settings.groups;
    Eigen::Array<Count, Eigen::Dynamic, Eigen::Dynamic> households;
    households.setZero(world.group_count(), world.place_count());
    for (int i = 0; i < world.place_count(); ++i) {
        const auto settled =
            settle_groups(groups, world.settings.unit, std::max(world.places[i].population, leave(i)));
        int k = 0, stays = world.mobile_groups, turn = int(number_of(world.places[i].place) >> 8);
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const int classes = groups[g].classes;
            const Count mobile = settled[g].households - settled[g].immobile;
            for (int c = 0; c < classes; ++c, ++k) {
                const int place_in_turn = ((c + turn) % classes + classes) % classes;
                households(k, i) = mobile / classes + (place_in_turn < mobile % classes ? 1 : 0);
            }
            if (mobile < classes) turn -= int(mobile);
            if (groups[g].immobile_share > 0) households(stays++, i) = settled[g].immobile;
        }
    }
    return households;
}

std::vector<int> places_by_identifier(const List<PlaceSettings>& places) {
    std::vector<int> order(places.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) { return places[a].place < places[b].place; });
    return order;
}

constexpr double long_ago_days = 36500;  ///< a time after which no arrival pulls others any more

/// The displaced people of the scenario; where departures follow from registrations and none are given, those
/// registered on the first day; nobody knows when they came. Without homes they are at home where they are. Homes go by
/// identifier: what is left of a household passes from one to the next.
std::vector<DisplacedSettings> displaced_rows(const World& world) {
    const auto& settings = world.settings;
    const bool registered = settings.behaviour.leave.departures == DeparturesBy::registrations;
    if (!registered || !settings.displaced.empty()) return settings.displaced;
    const Eigen::ArrayXXd homes = homes_by_day(world);
    std::vector<DisplacedSettings> rows;
    for (const auto& series : world.registered) {
        const int place = world.place_index(series.place);
        if (place < 0 || !is_camp(world.places[std::size_t(place)].type)) continue;
        const double persons = series.persons(0);
        if (persons > 0 && homes.cols() == 0) rows.push_back({series.place, "", persons, {}, 0, ""});
        if (homes.cols() == 0) continue;
        for (int o : places_by_identifier(world.places)) {
            if (!(homes(o, 0) * persons > 0)) continue;
            rows.push_back(
                {series.place, world.places[std::size_t(o)].place, homes(o, 0) * persons, {}, 0, ""});
        }
    }
    return rows;
}

/// Divides the displaced people of each row among the mobile classes by their share. Less than a household is left
/// over for the next class and row of the same place.
std::vector<DisplacedAtStart> displaced_households(const World& world) {
    std::vector<DisplacedAtStart> displaced;
    std::vector<double> left_over(world.places.size(), 0);
    for (const auto& row : displaced_rows(world)) {
        const int place = world.place_index(row.place);
        const int home = row.home.empty() ? place : world.place_index(row.home);
        const double age = row.since ? double(world.start - *row.since) : long_ago_days;
        double& left = left_over[std::size_t(place)];
        int k = 0;
        for (const auto& group : world.settings.groups) {
            for (int c = 0; c < group.classes; ++c, ++k) {
                left += row.persons * group.share / group.classes;
                const auto n = Count(std::floor(left / world.groups[k].household_size + 1e-9));
                left -= double(n) * world.groups[k].household_size;
                if (n > 0) displaced.push_back({place, home, k, n, age, row.uncertainty});
            }
        }
    }
    return displaced;
}

Eigen::ArrayXd households_by_home(const World& world) {
    Eigen::ArrayXd households = world.households_at_start;
    for (const auto& row : world.displaced) households(row.home) += double(row.households);
    return households;
}

std::vector<double> capacities(const List<PlaceSettings>& places) {
    std::vector<double> capacity;
    for (const auto& place : places) capacity.push_back(place.capacity.value_or(no_limit));
    return capacity;
}

std::vector<double> onward_rates(const World& world) {
    const auto& leave = world.settings.behaviour.leave;
    std::vector<double> onward;
    for (const auto& place : world.places) {
        onward.push_back(place.type == PlaceType::town ? leave.onward_host
                         : is_camp(place.type)         ? leave.onward_camp
                                                       : leave.onward_without_shelter);
    }
    return onward;
}

double strongest_return(const ScenarioSettings& settings) {
    const auto& returning = settings.behaviour.returning;
    return settings.ceasefires.empty() ? returning.rate : std::max(returning.rate, returning.after_ceasefire);
}

std::vector<int> places_behind_crossings(const World& world) {
    std::vector<int> behind;
    for (const auto& place : world.places)
        behind.push_back(place.type == PlaceType::crossing ? world.place_index(place.leads_to) : -1);
    return behind;
}

std::vector<Road> roads_between(const World& world) {
    std::vector<Road> roads;
    for (const auto& route : world.settings.network.routes) {
        roads.push_back(
            {world.place_index(route.from), world.place_index(route.to), route.km, route.road_class});
    }
    return roads;
}

Shared<PlaceIndex> index_of(const Network& network) {
    PlaceIndex index;
    auto& all = index.area["all"];
    for (const auto& place : network.places) {
        all.push_back(int(all.size()));
        index.place.emplace(place.place, all.back());
    }
    for (const auto& member : network.areas) {
        const auto known = index.place.find(member.place);
        index.area[member.area].push_back(known == index.place.end() ? -1 : known->second);
    }
    return index;
}

bool joins_same_places(const ScenarioSettings& a, const ScenarioSettings& b) {
    return a.network.places == b.network.places && a.network.areas == b.network.areas &&
           a.network.routes == b.network.routes;
}

/// Whether the same people stand in the same places at the start. Where departures follow from registrations, that
/// hangs on much else.
bool has_same_people(const ScenarioSettings& a, const ScenarioSettings& b) {
    const auto behind = [](const ScenarioSettings& s) {
        return std::tie(s.network.places, s.groups, s.unit, s.displaced, s.period.from,
                        s.behaviour.leave.departures);
    };
    return behind(a) == behind(b) && a.behaviour.leave.departures != DeparturesBy::registrations;
}

/// The part of an earlier world, or the part made.
template <class Part, class Make>
Part shared_or_made(const World* match, const Part World::*part, Make make) {
    return match ? match->*part : make();
}

}  // namespace

double World::people_simulated(int place) const {
    double people = 0;
    for (int k = 0; k < group_count(); ++k) people += double(households(k, place)) * groups[k].household_size;
    return people;
}

int World::place_index(const std::string& place) const {
    const auto known = index->place.find(place);
    return known == index->place.end() ? -1 : known->second;
}

std::vector<int> World::places_of(const std::string& area) const {
    const auto known = index->area.find(area);
    return known == index->area.end() ? std::vector<int>() : known->second;
}

int World::steps_of_way(std::size_t state, int mode, int from, int to) const {
    const double hours = network->ways[state][std::size_t(mode)].hours(from, to);
    return std::isinf(hours) ? 0 : rules::travel_steps(hours, settings.behaviour.travel.hours_per_day, dt);
}

const Journeys& World::journeys(int step, int mode, Journeys& made) const {
    const auto state = std::size_t(inputs[std::size_t(step)].ways);
    if (!network->journeys.empty()) return network->journeys[state][std::size_t(mode)];
    made = journeys_of(*this, network->ways[state][std::size_t(mode)]);
    return made;
}

World::World(ScenarioSettings scenario, EarlierWorlds earlier, const World* same_places,
             const World* same_people)
    : settings(std::move(scenario)),
      start(settings.period.from),
      dt(settings.period.step_days),
      steps(int(std::lround((settings.period.to - start + 1) / dt))),
      places(settings.network.places),
      index(shared_or_made(same_places, &World::index, [&] { return index_of(settings.network); })),
      capacity(capacities(places)),
      onward(onward_rates(*this)),
      return_rate(strongest_return(settings)),
      abroad_behind(
          shared_or_made(same_places, &World::abroad_behind, [&] { return places_behind_crossings(*this); })),
      roads(shared_or_made(same_places, &World::roads, [&] { return roads_between(*this); })),
      mobile_groups(class_count(settings)),
      groups(shared_or_made(same_people, &World::groups, [&] { return groups_of(settings); })),
      modes(shared_or_made(same_people, &World::modes, [&] { return modes_of(groups); })),
      draws(shared_or_made(same_people, &World::draws, [&] { return draws_of(groups); })),
      mode_of_group(
          shared_or_made(same_people, &World::mode_of_group, [&] { return modes_by_group(groups); })),
      registered(daily_registrations(settings)),
      conflicts(conflicts_of(*this, earlier)),
      network(network_of(*this, earlier)),
      inputs(inputs_of(*this, earlier)),
      responses(responses_of(*this, earlier)),
      attraction(attraction_of(*this, earlier)),
      departures(departures_of(*this)),
      households(shared_or_made(same_people, &World::households, [&] { return households_at_home(*this); })),
      households_at_start(households.cast<double>().colwise().sum().transpose()),
      displaced(shared_or_made(same_people, &World::displaced, [&] { return displaced_households(*this); })),
      households_from(households_by_home(*this)) {}

const World* first_of(EarlierWorlds earlier) {
    const auto match = std::find_if(earlier.begin(), earlier.end(), [](const World* other) { return other; });
    return match == earlier.end() ? nullptr : *match;
}

World World::described_by(ScenarioSettings settings, EarlierWorlds earlier) {
    const World* other = first_of(earlier);
    const World* same_places = other && joins_same_places(settings, other->settings) ? other : nullptr;
    const World* same_people = other && has_same_people(settings, other->settings) ? other : nullptr;
    return World(std::move(settings), earlier, same_places, same_people);
}

}  // namespace nuzuh
