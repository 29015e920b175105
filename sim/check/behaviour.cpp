// Numbers of behaviour that do nothing, or are far outside what they rest on.
#include <algorithm>

#include <fmt/format.h>

#include "sim/check/doubts.hpp"

namespace nuzuh {
namespace {

class BehaviourChecker {
public:
    explicit BehaviourChecker(const World& world) : w_(world), s_(world.settings) {}

    Findings run() {
        speeds();
        households();
        if (s_.behaviour.rules == Rules::flee3) return std::move(doubts_.findings);
        choice();
        leaving();
        draws();
        without_orders_or_ceasefires();
        keys_of_flee3();
        return std::move(doubts_.findings);
    }

private:
    void speeds() {
        const auto& travel = s_.behaviour.travel;
        const auto told = [&](const char* key, double value, double low, double high, const char* unit,
                              const char* known) {
            if (value >= low && value <= high) return;
            doubts_.warn(
                fmt::format("behaviour.{}", key),
                fmt::format("{} {} is far outside what is known: {}", short_number(value), unit, known));
        };
        for (const auto& road : w_.roads) {
            const double kmh = road.km / hours_on_road(road, TravelMode::vehicle, travel);
            if (kmh <= 120 && kmh >= 1) continue;
            told("travel.speed_kmh", kmh, 1, 120, "km/h on a road",
                 "8 to 35 km/h in mass flight (judgement), 60 km/h on a free highway");
            break;
        }
        told("travel.foot_km_per_day", travel.foot_km_per_day, 5, 80, "km on foot in a day",
             "20 to 40 km (Flee walks at most 35)");
        if (s_.behaviour.rules != Rules::flee3) return;
        if (s_.flee3.max_move_speed > 2000 || s_.flee3.max_move_speed < 5)
            doubts_.warn("flee3.max_move_speed",
                         fmt::format("{} km a day is far outside what is known: 150 to 360 km",
                                     short_number(s_.flee3.max_move_speed)));
    }

    /// Settings of the choice that act only through another one that is 0.
    void choice() {
        const auto& choose = s_.behaviour.choose;
        const auto told = [&](bool is_vain, const char* key, const char* other) {
            if (!is_vain) return;
            doubts_.warn(fmt::format("behaviour.choose.{}", key),
                         fmt::format("'{}' has no effect while '{}' is 0", key, other));
        };
        told(choose.overdispersion_days > 0 && choose.overdispersion == 0, "overdispersion_days",
             "overdispersion");
        told(choose.network_softening > 0 && choose.network_pull == 0, "network_softening", "network_pull");
        told(choose.network_memory_days > 0 && choose.network_pull == 0, "network_memory_days",
             "network_pull");
        const auto nobody_goes = [&](PlaceType type, double attraction, const char* key) {
            const auto is_there = [&](const PlaceSettings& p) {
                return p.type == type || (is_camp(p.type) && is_camp(type));
            };
            if (attraction > 0 || std::none_of(w_.places.begin(), w_.places.end(), is_there)) return;
            doubts_.warn(fmt::format("behaviour.choose.{}", key),
                         fmt::format("nobody chooses a place of this kind: '{}' is 0", key));
        };
        nobody_goes(PlaceType::town, choose.attraction_town, "attraction_town");
        nobody_goes(PlaceType::camp, choose.attraction_camp, "attraction_camp");
        nobody_goes(PlaceType::crossing, choose.attraction_crossing, "attraction_crossing");
    }

    void far_from_evidence(bool is_far, const std::string& path, double value, const char* known) {
        if (!is_far) return;
        doubts_.warn(path, fmt::format("{} is far outside what is known: {}", short_number(value), known));
    }

    void leaving() {
        const auto& leave = s_.behaviour.leave;
        far_from_evidence(
            leave.h0 > 0.01, "behaviour.leave.h0", leave.h0,
            "a hazard of leaving without any danger, 0.00005 a day (judgement); 0.01 a day empties a "
            "third of every place in 40 days");
        far_from_evidence(leave.reach_km > 50, "behaviour.leave.reach_km", leave.reach_km,
                          "the km over which a strike's effect falls to 1/e, 3.7 to 10 (judgement)");
    }

    /// Areas to which a group is drawn where nothing can draw it.
    void draws() {
        for (std::size_t g = 0; g < s_.groups.size(); ++g) {
            const auto& group = s_.groups[g];
            if (group.drawn_to.empty()) continue;
            const std::string path = fmt::format("groups[{}].drawn_to", g);
            const auto area = w_.places_of(group.drawn_to);
            const auto attracts = [&](int i) {
                const PlaceType type = w_.places[std::size_t(i)].type;
                if (type == PlaceType::town || is_camp(type)) return true;
                return std::find(w_.abroad_behind.begin(), w_.abroad_behind.end(), i) !=
                       w_.abroad_behind.end();
            };
            if (group.draw == 1 || int(area.size()) == w_.place_count())
                doubts_.warn(path,
                             fmt::format("the group is not drawn to '{}' more than anybody is to every "
                                         "place: this has no effect",
                                         group.drawn_to),
                             "draw: 10 has places there attract ten times as much");
            else if (std::none_of(area.begin(), area.end(), attracts))
                doubts_.warn(path, fmt::format("nobody can go to any place of '{}'", group.drawn_to),
                             "an area of places abroad is reached by the crossings that lead to them");
        }
    }

    void without_orders_or_ceasefires() {
        const auto told = [&](bool is_vain, const char* key, const char* list) {
            if (!is_vain) return;
            doubts_.warn(fmt::format("behaviour.{}", key),
                         fmt::format("'{}' has no effect without '{}'", key, list));
        };
        const LeaveSettings leave;
        const ReturnSettings returning;
        const auto every_order_has = [&](auto own) {
            return std::all_of(s_.orders.begin(), s_.orders.end(),
                               [&](const OrderSettings& order) { return (order.*own).has_value(); });
        };
        told(s_.behaviour.leave.order_compliance != leave.order_compliance &&
                 every_order_has(&OrderSettings::compliance),
             "leave.order_compliance", "orders that do not say their own");
        told(s_.behaviour.leave.order_delay_days != leave.order_delay_days &&
                 every_order_has(&OrderSettings::delay_days),
             "leave.order_delay_days", "orders that do not say their own");
        told(s_.behaviour.returning.after_ceasefire != returning.after_ceasefire && s_.ceasefires.empty(),
             "return.after_ceasefire", "ceasefires");
        told(s_.behaviour.returning.spread > 0 && s_.behaviour.returning.rate == 0 && s_.ceasefires.empty(),
             "return.spread", "a return.rate or ceasefires");
    }

    void households() {
        for (std::size_t g = 0; g < s_.groups.size() && s_.unit == MovingUnit::household; ++g)
            far_from_evidence(s_.groups[g].household_size > 12, fmt::format("groups[{}].household_size", g),
                              s_.groups[g].household_size,
                              "people a household, 5.15 to 6.5 in surveys of northwest Syria");
    }

    /// What only rules: flee3 knows.
    void keys_of_flee3() {
        for (std::size_t r = 0; r < s_.network.routes.size(); ++r) {
            const auto& route = s_.network.routes[r];
            const char* key = !route.redirects_to.empty()  ? "redirects_to"
                              : route.max_km_per_day       ? "max_km_per_day"
                              : route.walk_probability > 0 ? "walk_probability"
                                                           : nullptr;
            if (!key) continue;
            doubts_.warn(fmt::format("network.routes[{}].{}", r, key),
                         fmt::format("'{}' has no effect but under rules: flee3", key));
            return;
        }
    }

    const World& w_;
    const ScenarioSettings& s_;
    Doubts doubts_;
};

}  // namespace

Findings doubts_about_behaviour(const World& world) { return BehaviourChecker(world).run(); }

}  // namespace nuzuh
