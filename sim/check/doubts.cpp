#include "sim/check/doubts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace nuzuh {
namespace {

constexpr std::size_t names_shown = 4;

/// People whom rounding to whole households has added or taken away.
void doubt_rounding(const World& world, Doubts& doubts) {
    std::vector<std::string> empty;
    double lost = 0, largest = 0;
    int first_empty = -1, furthest = -1;
    for (const auto& group : world.groups) largest = std::max(largest, group.household_size);
    double furthest_off = largest * (1 + 1e-9);
    for (int i = 0; i < world.place_count(); ++i) {
        const double people = world.places[std::size_t(i)].population;
        const double simulated = world.people_simulated(i);
        if (people > 0 && simulated == 0) {
            if (empty.empty()) first_empty = i;
            empty.push_back(world.places[std::size_t(i)].place);
            lost += people;
        } else if (std::abs(simulated - people) > furthest_off) {
            furthest_off = std::abs(simulated - people);
            furthest = i;
        }
    }
    const auto path = [](int i) { return fmt::format("network.places[{}].population", i); };
    if (!empty.empty()) {
        doubts.warn(
            path(first_empty),
            fmt::format(
                "{} people are not simulated, because their places have fewer than half a household: {}",
                short_number(lost), few_of(empty)),
            "unit: person simulates single persons");
    }
    if (furthest < 0) return;
    const auto& place = world.places[std::size_t(furthest)];
    const bool registered = world.settings.behaviour.leave.departures == DeparturesBy::registrations;
    doubts.warn(path(furthest),
                fmt::format("'{}' has {} people, and {} are simulated", place.place,
                            short_number(place.population), short_number(world.people_simulated(furthest))),
                registered ? "so many leave it as registrations grow, and who leaves has lived there" : "");
}

/// Displaced people who are fewer than a household at their place.
void doubt_displaced(const World& world, Doubts& doubts) {
    std::vector<double> settled(world.places.size(), 0);
    for (const auto& row : world.displaced)
        settled[std::size_t(row.place)] +=
            double(row.households) * world.groups[std::size_t(row.group)].household_size;
    std::vector<std::string> names;
    double lost = 0;
    std::size_t first = 0;
    const auto& rows = world.settings.displaced;
    for (std::size_t e = 0; e < rows.size(); ++e) {
        if (rows[e].persons == 0 || settled[std::size_t(world.place_index(rows[e].place))] > 0) continue;
        if (names.empty()) first = e;
        names.push_back(rows[e].place);
        lost += rows[e].persons;
    }
    if (names.empty()) return;
    doubts.warn(
        fmt::format("displaced[{}].persons", first),
        fmt::format("{} displaced people are not simulated, because they are fewer than a household at: {}",
                    short_number(lost), few_of(names)),
        "unit: person simulates single persons");
}

}  // namespace

std::string few_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t n = 0; n < std::min(names.size(), names_shown); ++n)
        text += fmt::format("{}{}", n > 0 ? ", " : "", names[n]);
    if (names.size() > names_shown) text += fmt::format(" and {} more", names.size() - names_shown);
    return text;
}

std::string short_number(double value) {
    if (std::abs(value) >= 100 || value == std::round(value)) return fmt::format("{:.0f}", value);
    return fmt::format("{:.3g}", value);
}

Findings doubts_about(const World& world) {
    Doubts doubts;
    doubt_rounding(world, doubts);
    doubt_displaced(world, doubts);
    for (auto* about :
         {&doubts_about_strikes, &doubts_about_effects, &doubts_about_behaviour, &doubts_about_ways}) {
        const Findings more = about(world);
        doubts.findings.insert(doubts.findings.end(), more.begin(), more.end());
    }
    const Findings places = doubts_about_places(world.settings);
    doubts.findings.insert(doubts.findings.end(), places.begin(), places.end());
    return std::move(doubts.findings);
}

}  // namespace nuzuh
