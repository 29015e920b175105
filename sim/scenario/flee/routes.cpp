// routes.csv.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario::flee {
namespace {

/// Columns of routes.csv from the fifth on: known attributes go into the route.
void put_attributes(Reading& reading, const Sheet& sheet, const Row& row, Node& entry) {
    for (std::size_t column = 4; column < row.size(); ++column) {
        if (row[column].text.empty()) continue;
        const std::string name = column < sheet.header.size() ? sheet.header[column].text : "";
        if (name.empty()) {
            reading.notes.warning(row[column].spot, "", "a cell below no name of a column is not read");
            continue;
        }
        if (name == "max_move_speed")
            put(entry, "max_km_per_day", row[column].text, row[column].spot);
        else if (name == "walk_probability")
            put(entry, "walk_probability", row[column].text, row[column].spot);
        else
            reading.notes.warning(
                sheet.header[column].spot, "",
                fmt::format("the attribute {} of routes is not read, by Flee neither", in_quotes(name)));
    }
}

constexpr double shortest_km = 0.01;

/// The length of a link. Flee takes none at all for a link that is passed on the day.
double length_of(Reading& reading, const Cell& cell) {
    const double km = reading.number(cell, "the distance").value_or(1);
    if (km >= shortest_km) return km;
    reading.notes.warning(cell.spot, "",
                          fmt::format("a route of {} km is read as one of {}", cell.text, shortest_km));
    return shortest_km;
}

}  // namespace

std::vector<Route> read_routes(Reading& reading, Node& network) {
    std::vector<Route> routes;
    const auto sheet = reading.sheet("input_csv/routes.csv");
    if (!sheet) return routes;
    Node list = list_at({sheet->source});
    std::set<std::string> ids;
    std::set<std::pair<std::string, std::string>> joined;
    for (const Row& row : sheet->rows) {
        if (row.size() < 3) {
            reading.notes.error(row.back().spot, "",
                                "expects name1, name2, km and perhaps forced redirection");
            continue;
        }
        const auto from = reading.place(row[0]), to = reading.place(row[1]);
        if (!from || !to) continue;
        if (*from == *to) {
            reading.notes.warning(row[1].spot, "",
                                  "a route from a place to itself is left out: nobody takes it");
            continue;
        }
        std::string id = fmt::format("{}_{}", *from, *to);
        if (!joined.insert(std::minmax(*from, *to)).second)
            reading.notes.warning(
                row[0].spot, "",
                fmt::format("a second route between {} and {}: Flee weighs both, so the way "
                            "counts twice",
                            in_quotes(row[0].text), in_quotes(row[1].text)));
        for (int n = 2; !ids.insert(id).second; ++n) id = fmt::format("{}_{}_{}", *from, *to, n);
        Node entry = map_at(row[0].spot);
        put(entry, "route", id, row[0].spot);
        put(entry, "from", *from, row[0].spot);
        put(entry, "to", *to, row[1].spot);
        put(entry, "km", plain(length_of(reading, row[2])), row[2].spot);
        const Cell code = row.size() > 3 ? row[3] : Cell{"", row.back().spot, false};
        const int redirection = code.text.empty() ? 0 : reading.whole(code, "forced redirection").value_or(0);
        if (redirection != 0) {
            reading.notes.warning(code.spot, "", "Flee ignores forced redirection",
                                  "flee3.quirks.forced_redirection: corrected sends people this way");
            put(entry, "redirects_to", redirection == 2 ? *from : *to, code.spot);
        }
        put_attributes(reading, *sheet, row, entry);
        list.items.push_back(std::move(entry));
        routes.push_back({id, row[0].text, row[1].text});
    }
    put(network, "routes", std::move(list));
    return routes;
}

}  // namespace nuzuh::scenario::flee
