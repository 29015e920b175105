#include "sim/region/road_tags.hpp"

#include <array>
#include <string>
#include <utility>

namespace nuzuh::region {
namespace {

constexpr std::array<std::pair<std::string_view, RoadKind>, 9> kinds_by_highway{{
    {"motorway", RoadKind::highway},
    {"trunk", RoadKind::highway},
    {"primary", RoadKind::primary},
    {"secondary", RoadKind::secondary},
    {"tertiary", RoadKind::secondary},
    {"unclassified", RoadKind::secondary},
    {"residential", RoadKind::secondary},
    {"living_street", RoadKind::secondary},
    {"road", RoadKind::secondary},
}};

std::optional<RoadKind> kind_of_highway(std::string_view highway, bool tracks) {
    if (highway.ends_with("_link")) highway.remove_suffix(5);
    for (const auto& [name, kind] : kinds_by_highway) {
        if (highway == name) return kind;
    }
    if (tracks && (highway == "track" || highway == "service")) return RoadKind::track;
    return {};
}

/// The most particular access that is tagged decides: motor_vehicle over vehicle over access.
bool closed_to_cars(const TagOf& tag) {
    for (const char* key : {"motor_vehicle", "vehicle", "access"}) {
        const auto value = tag(key);
        if (!value.empty()) return value == "no";
    }
    return false;
}

/// Exports write yes as yes, T, true or 1.
bool is_yes(std::string_view value) {
    for (const std::string_view no : {"", "no", "F", "f", "false", "False", "0", "N", "n"}) {
        if (value == no) return false;
    }
    return true;
}

}  // namespace

std::optional<RoadTags> road_of_tags(const TagOf& tag, bool tracks) {
    if (tag("area") == "yes" || closed_to_cars(tag)) return {};
    RoadTags road;
    if (tag("route") == "ferry") {
        road = {RoadKind::ferry, mark_ferry};
    } else if (const auto kind = kind_of_highway(tag("highway"), tracks)) {
        road.kind = *kind;
    } else {
        return {};
    }
    if (is_yes(tag("bridge"))) road.marks |= mark_bridge;
    if (is_yes(tag("ford"))) road.marks |= mark_ford;
    return road;
}

bool is_closed_road(const TagOf& tag, bool tracks) {
    return tag("area") != "yes" && closed_to_cars(tag) &&
           (tag("route") == "ferry" || kind_of_highway(tag("highway"), tracks));
}

std::uint8_t marks_of_node(const TagOf& tag) {
    std::uint8_t marks = 0;
    const auto barrier = tag("barrier");
    if (barrier == "border_control") marks |= mark_border;
    if (!barrier.empty() && closed_to_cars(tag)) marks |= mark_closed;
    if (is_yes(tag("ford")) || tag("highway") == "ford") marks |= mark_ford;
    return marks;
}

bool is_border(const TagOf& tag) { return tag("boundary") == "administrative" && tag("admin_level") == "2"; }

}  // namespace nuzuh::region
