// Which ways of OpenStreetMap are roads, and of what kind.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "sim/region/roads.hpp"

namespace nuzuh::region {

/// The value of a key of a way or node; "" where it has none.
using TagOf = std::function<std::string_view(const char* key)>;

/// Kind and marks of a way that people can drive.
struct RoadTags {
    RoadKind kind = RoadKind::secondary;
    std::uint8_t marks = 0;
};

/// A way as a road, or nothing where cars do not go.
///
/// Motorways and trunk roads are highways; secondary, tertiary and smaller roads secondary; track and service tracks,
/// where `tracks` asks for them.
/// Source   wiki.openstreetmap.org, Key:highway and Key:access; kinds are judgement
std::optional<RoadTags> road_of_tags(const TagOf& tag, bool tracks);

/// Whether a way would be one but that cars are kept off it: access=no and the like.
bool is_closed_road(const TagOf& tag, bool tracks);

/// Marks that a node sets on the segments at it: a border control, a ford, a barrier that lets nobody through.
std::uint8_t marks_of_node(const TagOf& tag);

/// Whether a way is a border between countries.
bool is_border(const TagOf& tag);

}  // namespace nuzuh::region
