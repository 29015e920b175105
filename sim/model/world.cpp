#include "sim/model/world.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <boost/math/distributions/normal.hpp>

#include "sim/model/doubtful.hpp"
#include "sim/model/homes.hpp"
#include "sim/model/population.hpp"
#include "sim/model/timeline.hpp"
#include "sim/model/world_checks.hpp"

namespace nuzuh {
namespace {

/// One class of a scenario's group, at the middle of its part of a log-normal distribution of thresholds.
///
///     threshold of class c of C = median * exp(spread * quantile of the normal at (c + 1/2) / C)
Group class_of(const GroupSettings& group, int c, double household_size) {
    const double middle = quantile(boost::math::normal(), (c + 0.5) / group.classes);
    return {.name = group.classes == 1 ? group.name : fmt::format("{} {}", group.name, c + 1),
            .household_size = household_size,
            .threshold = group.threshold * std::exp(group.threshold_spread * middle),
            .mode = group.travel};
}

/// The classes of all groups of a scenario; behind them the parts of groups that will not leave.
void lay_out_groups(World& world) {
    std::vector<Group> immobile;
    for (const auto& group : world.settings.groups) {
        const double size = household_size(group, world.settings.unit);
        for (int c = 0; c < group.classes; ++c) world.groups.push_back(class_of(group, c, size));
        if (!(group.immobile_share > 0)) continue;
        immobile.push_back({.name = group.name + " immobile", .household_size = size, .mode = group.travel});
    }
    world.mobile_groups = int(world.groups.size());
    world.groups.insert(world.groups.end(), immobile.begin(), immobile.end());
    for (const auto& group : world.groups) {
        const auto found = std::find(world.modes.begin(), world.modes.end(), group.mode);
        world.mode_of_group.push_back(int(found - world.modes.begin()));
        if (found == world.modes.end()) world.modes.push_back(group.mode);
    }
}

/// Households of each class at each place. Remainders go to different classes at different places, and to one class
/// after the other where groups have fewer households than classes, so that rounding favours none. Where departures
/// follow from registrations, at least as many live at a place as leave it.
void settle_population(World& world) {
    const bool registered = world.settings.behaviour.leave.departures == DeparturesBy::registrations;
    const auto leave = [&](int i) { return registered ? std::ceil(world.departures.row(i).sum()) : 0.0; };
    const auto& groups = world.settings.groups;
    world.households.setZero(world.group_count(), world.place_count());
    const auto& places = std::as_const(world.places);
    for (int i = 0; i < world.place_count(); ++i) {
        const auto settled =
            settle_groups(groups, world.settings.unit, std::max(places[i].population, leave(i)));
        int k = 0, stays = world.mobile_groups, turn = i;
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const int classes = groups[g].classes;
            const Count mobile = settled[g].households - settled[g].immobile;
            for (int c = 0; c < classes; ++c, ++k) {
                const int place_in_turn = ((c + turn) % classes + classes) % classes;
                world.households(k, i) = mobile / classes + (place_in_turn < mobile % classes ? 1 : 0);
            }
            if (mobile < classes) turn -= int(mobile);
            if (groups[g].immobile_share > 0) world.households(stays++, i) = settled[g].immobile;
        }
    }
    world.households_at_start = world.households.cast<double>().colwise().sum().transpose();
}

constexpr double long_ago_days = 36500;  ///< a time after which no arrival pulls others any more

/// The displaced people of the scenario; where departures follow from registrations and none are given, those
/// registered on the first day; nobody knows when they came. Without homes they are at home where they are.
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
        for (int o = 0; o < world.place_count() && homes.cols() > 0; ++o) {
            if (!(homes(o, 0) * persons > 0)) continue;
            rows.push_back(
                {series.place, world.places[std::size_t(o)].place, homes(o, 0) * persons, {}, 0, ""});
        }
    }
    return rows;
}

/// Divides the displaced people of each row among the mobile classes by their share. Less than a household is left
/// over for the next class and row of the same place.
void settle_displaced(World& world) {
    world.households_from = world.households_at_start;
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
                if (n > 0) world.displaced.push_back({place, home, k, n, age, row.uncertainty});
                world.households_from(home) += double(n);
            }
        }
    }
}

void lay_out_places(World& world) {
    const auto& leave = world.settings.behaviour.leave;
    for (const auto& place : world.places) {
        world.capacity.push_back(place.capacity.value_or(no_limit));
        const bool town = place.type == PlaceType::town;
        const bool camp = is_camp(place.type);
        world.onward.push_back(town   ? leave.onward_host
                               : camp ? leave.onward_camp
                                      : leave.onward_without_shelter);
    }
}

void join_places(World& world) {
    for (const auto& place : world.places) {
        world.abroad_behind.push_back(place.type == PlaceType::crossing ? world.place_index(place.leads_to)
                                                                        : -1);
    }
    for (const auto& route : world.settings.network.routes) {
        world.roads.push_back(
            {world.place_index(route.from), world.place_index(route.to), route.km, route.road_class});
    }
}

bool joins_same_places(const ScenarioSettings& a, const ScenarioSettings& b) {
    return a.network.places == b.network.places && a.network.routes == b.network.routes;
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

void take_people(World& world, const World& other) {
    world.groups = other.groups;
    world.mobile_groups = other.mobile_groups;
    world.modes = other.modes;
    world.mode_of_group = other.mode_of_group;
    world.households = other.households;
    world.households_at_start = other.households_at_start;
    world.displaced = other.displaced;
    world.households_from = other.households_from;
}

}  // namespace

double World::people_simulated(int place) const {
    double people = 0;
    for (int k = 0; k < group_count(); ++k) people += double(households(k, place)) * groups[k].household_size;
    return people;
}

int World::place_index(const std::string& place) const {
    for (int i = 0; i < place_count(); ++i) {
        if (places[i].place == place) return i;
    }
    return -1;
}

std::vector<int> World::places_of(const std::string& area) const {
    std::vector<int> members;
    if (area == "all") {
        for (int i = 0; i < place_count(); ++i) members.push_back(i);
    }
    for (const auto& member : settings.network.areas) {
        if (member.area == area) members.push_back(place_index(member.place));
    }
    return members;
}

Result<World> make_world(ScenarioSettings settings, EarlierWorlds earlier) {
    const auto match = std::find_if(earlier.begin(), earlier.end(), [](const World* other) { return other; });
    const World* other = match == earlier.end() ? nullptr : *match;
    Findings findings = check_settings(settings, other ? &other->settings : nullptr);
    if (has_errors(findings)) return findings;
    World world;
    world.settings = std::move(settings);
    world.start = world.settings.period.from;
    world.dt = world.settings.period.step_days;
    world.steps = int(std::lround((world.settings.period.to - world.start + 1) / world.dt));
    world.places = world.settings.network.places;
    lay_out_places(world);
    if (other && joins_same_places(world.settings, other->settings)) {
        world.abroad_behind = other->abroad_behind;
        world.roads = other->roads;
    } else {
        join_places(world);
    }
    const bool same_people = other && has_same_people(world.settings, other->settings);
    if (same_people)
        take_people(world, *other);
    else
        lay_out_groups(world);
    lay_out_timeline(world, earlier);
    if (!same_people) {
        settle_population(world);
        settle_displaced(world);
    }
    if (!other) {
        const Findings doubts = doubts_about(world);
        findings.insert(findings.end(), doubts.begin(), doubts.end());
    }
    return {std::move(world), std::move(findings)};
}

}  // namespace nuzuh
