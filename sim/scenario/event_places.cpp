#include "sim/scenario/event_places.hpp"

#include <algorithm>

#include "sim/base/folded.hpp"
#include "sim/model/network.hpp"

namespace nuzuh::scenario {
namespace {

/// Texts between semicolons or commas, Latin or Arabic.
std::vector<std::string> parts_of(std::string text) {
    for (const std::string_view mark : {",", "|", "،", "؛"}) {
        for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at))
            text.replace(at, mark.size(), ";");
    }
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(';', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace

std::vector<std::string> folded_names(const PlaceSettings& place) {
    std::vector<std::string> names{folded(place.name), folded(place.name_ar)};
    for (const auto& spelling : parts_of(place.spellings)) names.push_back(folded(spelling));
    std::erase(names, "");
    return names;
}

EventPlaces::EventPlaces(const Network& network, double reach_km) : network_(network), reach_km_(reach_km) {
    for (const auto& place : network.places) {
        auto& names = names_.emplace_back(folded_names(place));
        if (auto identifier = folded(place.place); !identifier.empty())
            names.push_back(std::move(identifier));
    }
}

EventPlace EventPlaces::find(const std::string& name, double lat, double lon) const {
    const std::string wanted = folded(name);
    EventPlace found;
    double nearest_km = 0;
    for (int i = 0; i < int(names_.size()); ++i) {
        const auto& place = network_.places[std::size_t(i)];
        if (place.type == PlaceType::abroad) continue;
        const auto& names = names_[std::size_t(i)];
        const bool same = std::find(names.begin(), names.end(), wanted) != names.end();
        const double km = great_circle_km(lat, lon, place.lat, place.lon);
        if (km > (same ? reach_of_names * reach_km_ : reach_km_)) {
            if (!same || (found.namesake >= 0 && found.namesake_km <= km)) continue;
            found.namesake = i;
            found.namesake_km = km;
            continue;
        }
        const bool better = found.place < 0 || (same == found.by_name ? km < nearest_km : same);
        if (!better) continue;
        found.place = i;
        found.by_name = same;
        nearest_km = km;
    }
    if (found.by_name) found.namesake = -1;
    return found;
}

}  // namespace nuzuh::scenario
