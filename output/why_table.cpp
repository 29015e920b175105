#include "output/why_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "output/csv.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

constexpr std::array<std::string_view, cause_count> cause_names{"strikes",
                                                                "fronts near",
                                                                "the place they were at had fallen",
                                                                "orders to leave",
                                                                "the base rate, without an event",
                                                                "moved on, with shelter",
                                                                "moved on, without shelter",
                                                                "turned away elsewhere",
                                                                "given departures, of unknown cause"};

double mean_of(const std::vector<double>& persons) {
    return std::accumulate(persons.begin(), persons.end(), 0.0) / double(persons.size());
}

/// Adds the rows that are not empty, the largest first.
void add_rows(std::vector<WhyRow> found, std::vector<WhyRow>& rows) {
    std::erase_if(found, [](const WhyRow& row) { return !(row.mean > 0); });
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.mean > b.mean; });
    rows.insert(rows.end(), found.begin(), found.end());
}

/// @param part  of a member
template <class Part>
WhyRow row_of(std::string_view by, std::string id, std::string name,
              const std::vector<ExplainedArrivals>& members, Part part) {
    WhyRow row{by, std::move(id), std::move(name), {}, 0};
    for (const auto& member : members) row.persons.push_back(part(member));
    row.mean = mean_of(row.persons);
    return row;
}

/// Arrivals over no road: those who set out for home and found it fallen.
double without_road(const ExplainedArrivals& member) {
    const double by_road = std::accumulate(member.by_last_road.begin(), member.by_last_road.end(), 0.0);
    return member.all - by_road > 1e-6 * member.all ? member.all - by_road : 0;
}

std::string name_of(const PlaceSettings& place) { return place.name.empty() ? place.place : place.name; }

}  // namespace

std::vector<WhyRow> why_rows(const World& world, int place, const std::vector<ExplainedArrivals>& members) {
    std::vector<WhyRow> rows, found;
    for (std::size_t c = 0; c < cause_count; ++c) {
        const std::string_view field = info(arrivals_by(Cause(c))).name;
        found.push_back(row_of("cause", std::string(field.substr(std::string_view("arrivals_by_").size())),
                               std::string(cause_names[c]), members,
                               [&](const auto& member) { return member.by_cause.of[c]; }));
    }
    add_rows(std::exchange(found, {}), rows);
    for (std::size_t o = 0; o < members.front().by_home.size(); ++o)
        found.push_back(row_of("home", world.places[o].place, name_of(world.places[o]), members,
                               [&](const auto& member) { return member.by_home[o]; }));
    add_rows(std::exchange(found, {}), rows);
    for (std::size_t r = 0; r < world.roads.size(); ++r) {
        const Road& road = world.roads[r];
        if (road.from != place && road.to != place) continue;
        const int before = road.from == place ? road.to : road.from;
        found.push_back(row_of("last road", world.settings.network.routes[r].route,
                               "from " + name_of(world.places[before]), members,
                               [&](const auto& member) { return member.by_last_road[r]; }));
    }
    found.push_back(
        row_of("last road", "", "home, which had fallen when they came back", members, without_road));
    add_rows(std::move(found), rows);
    return rows;
}

std::string why_csv(const World& world, int place, Date first, Date last,
                    const std::vector<ExplainedArrivals>& members) {
    std::vector<Column> columns{
        {"first_day", "#date+start", "", "first day asked about"},
        {"last_day", "#date+end", "", "last day asked about"},
        {"place", "#loc+code", "", "place at which people arrived"},
        {"by", "#indicator+code", "", "what arrivals are divided by: cause, home or last road"},
        {"id", "#meta+id", "", "identifier of the cause, place or route"},
        {"name", "#meta+name", "", "what it is"},
        {"persons", "#affected+idps+ind+arrivals+mean", "persons", "arrivals, mean over members"},
        {"share", "#indicator+share+num", "1", "of all arrivals there in these days"}};
    for (const char* level : {"05", "25", "50", "75", "95"})
        columns.push_back({fmt::format("q{}", level), fmt::format("#affected+idps+ind+arrivals+q{}", level),
                           "persons", "quantile over members"});
    CsvTable table(columns);
    std::vector<double> all;
    for (const auto& member : members) all.push_back(member.all);
    std::vector<WhyRow> rows{{"all", "", "all arrivals", all, mean_of(all)}};
    for (auto& row : why_rows(world, place, members)) rows.push_back(std::move(row));
    for (const auto& row : rows) {
        table.date(first);
        table.date(last);
        table.text(world.places[std::size_t(place)].place);
        table.text(row.by);
        table.text(row.id);
        table.text(row.name);
        table.number(row.mean);
        table.number(rows.front().mean > 0 ? row.mean / rows.front().mean : NAN, 6);
        for (const double level : band_of(row.persons)) table.number(level);
        table.end_row();
    }
    return table.content();
}

}  // namespace nuzuh
