#include "sim/region/event_places.hpp"

#include <algorithm>
#include <set>

#include "sim/base/folded.hpp"
#include "sim/model/network.hpp"

namespace nuzuh::region {
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

std::string folded_unit(const std::string& name) {
    static const std::set<std::string> kinds{
        "division",     "district",   "province",    "governorate",  "state",     "region",
        "county",       "department", "departement", "departamento", "provincia", "prefecture",
        "municipality", "oblast",     "raion",       "wilayat",      "wilaya",    "locality",
        "commune",      "cercle",     "territory",   "area",         "zone",      "woreda"};
    std::string bare, word;
    const auto close = [&] {
        if (!kinds.contains(folded(word))) bare += word + " ";
        word.clear();
    };
    for (const char c : name) {
        if (c == ' ' || c == '-')
            close();
        else
            word += c;
    }
    close();
    const auto key = folded(bare);
    return key.empty() ? folded(name) : key;
}

EventPlaces::EventPlaces(const Network& network, double reach_km) : network_(network), reach_km_(reach_km) {
    for (const auto& place : network.places) {
        auto& names = names_.emplace_back(folded_names(place));
        if (auto identifier = folded(place.place); !identifier.empty())
            names.push_back(std::move(identifier));
    }
    std::map<std::string, int> town;
    for (int i = 0; i < int(network.places.size()); ++i) {
        const auto& place = network.places[std::size_t(i)];
        if (place.type == PlaceType::town) town.emplace(place.place, i);
    }
    for (const auto& member : network.areas) {
        if (const auto found = town.find(member.place); found != town.end())
            of_area_[folded(member.area)].push_back(found->second);
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

PlaceShares EventPlaces::by_population(const std::vector<int>& places) const {
    double people = 0;
    for (const int i : places) people += network_.places[std::size_t(i)].population;
    PlaceShares shares;
    for (const int i : places) {
        const double here = network_.places[std::size_t(i)].population;
        if (people <= 0 || here > 0)
            shares.emplace_back(i, people > 0 ? here / people : 1.0 / double(places.size()));
    }
    return shares;
}

PlaceShares EventPlaces::around(int place, double lat, double lon) const {
    std::vector<int> near{place};
    double people = network_.places[std::size_t(place)].population;
    for (int i = 0; i < int(names_.size()); ++i) {
        const auto& town = network_.places[std::size_t(i)];
        if (i == place || town.type != PlaceType::town || town.population <= 0 ||
            great_circle_km(lat, lon, town.lat, town.lon) > reach_km_)
            continue;
        near.push_back(i);
        people += town.population;
    }
    return people > 0 ? by_population(near) : PlaceShares{{place, 1.0}};
}

PlaceShares EventPlaces::in_province(const std::string& name, double lat, double lon,
                                     const std::map<std::string, std::string>& areas) const {
    const std::string wanted = folded(name);
    const auto given = areas.find(folded_unit(name));
    const auto area = of_area_.find(given == areas.end() ? wanted : folded(given->second));
    if (!wanted.empty() && area != of_area_.end()) return by_population(area->second);
    std::string code;
    double nearest_km = reach_km_;
    for (const auto& place : network_.places) {
        const double km = great_circle_km(lat, lon, place.lat, place.lon);
        if (place.adm1_pcode.empty() || km > nearest_km) continue;
        nearest_km = km;
        code = place.adm1_pcode;
    }
    std::vector<int> towns;
    for (int i = 0; i < int(names_.size()); ++i) {
        const auto& place = network_.places[std::size_t(i)];
        if (!code.empty() && place.type == PlaceType::town && place.adm1_pcode == code) towns.push_back(i);
    }
    return by_population(towns);
}

}  // namespace nuzuh::region
