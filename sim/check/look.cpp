#include "sim/check/look.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/disjoint_sets.hpp"
#include "sim/check/slips.hpp"
#include "sim/model/network_states.hpp"

namespace nuzuh {
namespace {

constexpr double twin_km = 1;  ///< places nearer than that may be one; judgement
/// Longest detour that published distances of northwest Syria make, and one kilometre for short roads; judgement.
constexpr double usual_detour = 2, usual_km = 1;

RoadLook look_at_road(const World& world, std::size_t r) {
    const RouteSettings& route = world.settings.network.routes[r];
    const Road& road = world.roads[r];
    const auto position = [&](int i) {
        return LatLon{world.places[std::size_t(i)].lat, world.places[std::size_t(i)].lon};
    };
    RoadLook look;
    look.straight_km = km_between(position(road.from), position(road.to));
    look.detour = look.straight_km > 0 ? route.km / look.straight_km : 0;
    look.hours = hours_on_road(road, TravelMode::vehicle, world.settings.behaviour.travel);
    look.fit = road_fit(route.km, look.straight_km);
    return look;
}

void tell_closures(const World& world, NetworkLook& look) {
    const RoadStatus status(world);
    for (Date date = world.settings.period.from; date <= world.settings.period.to; date = date + 1) {
        const auto open = status.open_on(date);
        for (std::size_t r = 0; r < look.roads.size(); ++r) {
            look.roads[r].is_open.push_back(open[r]);
            look.roads[r].days_closed += !open[r];
        }
    }
}

/// Numbers parts by the people in them, most first.
void tell_parts(const World& world, NetworkLook& look) {
    DisjointSets joined(world.place_count());
    for (std::size_t r = 0; r < look.roads.size(); ++r) {
        if (look.roads[r].days_closed < int(look.roads[r].is_open.size()))
            joined.join(world.roads[r].from, world.roads[r].to);
    }
    for (int i = 0; i < world.place_count(); ++i) {
        if (const int abroad = world.abroad_behind[std::size_t(i)]; abroad >= 0) joined.join(abroad, i);
    }
    std::vector<double> people(world.places.size(), 0);
    std::vector<int> roots;
    for (int i = 0; i < world.place_count(); ++i) {
        people[std::size_t(joined.root(i))] += look.places[std::size_t(i)].people;
        if (joined.root(i) == i) roots.push_back(i);
    }
    std::stable_sort(roots.begin(), roots.end(),
                     [&](int a, int b) { return people[std::size_t(a)] > people[std::size_t(b)]; });
    look.parts = int(roots.size());
    for (int i = 0; i < world.place_count(); ++i)
        look.places[std::size_t(i)].part =
            int(std::find(roots.begin(), roots.end(), joined.root(i)) - roots.begin());
}

void find_twins(const World& world, NetworkLook& look) {
    // Sorted by latitude, a place is compared with those next to it.
    std::vector<int> order(world.places.size());
    std::iota(order.begin(), order.end(), 0);
    const auto place = [&](int i) -> const PlaceSettings& { return world.places[std::size_t(i)]; };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return place(a).lat < place(b).lat; });
    constexpr double km_a_degree = 110;  // of latitude; a little less than it is
    for (std::size_t a = 0; a < order.size(); ++a) {
        for (std::size_t b = a + 1; b < order.size(); ++b) {
            const auto &one = place(order[a]), &other = place(order[b]);
            if ((other.lat - one.lat) * km_a_degree > twin_km) break;
            if (great_circle_km(one.lat, one.lon, other.lat, other.lon) > twin_km) continue;
            look.places[std::size_t(order[a])].twin = order[b];
            look.places[std::size_t(order[b])].twin = order[a];
        }
    }
}

/// Strikes, orders and falls, day by day.
void look_at_days(const World& world, NetworkLook& look) {
    const int steps_a_day = world.steps_a_day();
    look.falls.assign(world.places.size(), -1);
    for (int step = 0; step < world.steps; step += steps_a_day) {
        const StepInputs& inputs = world.inputs[std::size_t(step)];
        const int day = step / steps_a_day;
        look.strikes.emplace_back(inputs.strikes.begin(), inputs.strikes.end());
        std::vector<bool>& ordered = look.under_order.emplace_back(world.places.size());
        for (const auto& order : world.settings.orders) {
            if (!is_on(order, world.date_of(step))) continue;
            for (const int i : world.places_of(order)) ordered[std::size_t(i)] = true;
        }
        for (std::size_t i = 0; i < look.places.size(); ++i) {
            PlaceLook& place = look.places[i];
            if (inputs.fallen(Eigen::Index(i)) && look.falls[i] < 0) look.falls[i] = day;
            const double strikes = inputs.strikes(Eigen::Index(i));
            if (!(strikes > 0)) continue;
            place.strikes += strikes;
            if (place.first_strike < 0) place.first_strike = day;
            place.last_strike = day;
        }
    }
}

}  // namespace

RoadFit road_fit(double km, double straight_km) {
    if (too_short(km, straight_km)) return RoadFit::too_short;
    if (too_long(km, straight_km)) return RoadFit::too_long;
    return km > usual_detour * straight_km + usual_km ? RoadFit::long_way : RoadFit::fits;
}

NetworkLook look_at(const World& world) {
    NetworkLook look;
    look.places.resize(world.places.size());
    for (int i = 0; i < world.place_count(); ++i)
        look.places[std::size_t(i)].people = world.places[std::size_t(i)].population;
    for (const auto& row : world.displaced)
        look.places[std::size_t(row.place)].displaced +=
            double(row.households) * world.groups[std::size_t(row.group)].household_size;
    for (std::size_t r = 0; r < world.roads.size(); ++r) {
        look.roads.push_back(look_at_road(world, r));
        ++look.places[std::size_t(world.roads[r].from)].roads;
        ++look.places[std::size_t(world.roads[r].to)].roads;
    }
    tell_closures(world, look);
    tell_parts(world, look);
    find_twins(world, look);
    look_at_days(world, look);
    return look;
}

}  // namespace nuzuh
