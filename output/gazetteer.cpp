#include "output/gazetteer.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace nuzuh {
namespace {

/// Monday 0 to Sunday 6; 1970-01-01 was a Thursday.
int weekday(Date date) { return ((date.days + 3) % 7 + 7) % 7; }

std::string code_prefix(const std::string& code, std::size_t length) {
    const bool nested =
        code.size() == 8 && std::isupper(code[0]) && std::isupper(code[1]) &&
        std::all_of(code.begin() + 2, code.end(), [](unsigned char c) { return std::isdigit(c); });
    return nested ? code.substr(0, length) : "";
}

std::vector<PlaceEntry> read_places(const ResultsFile& file) {
    const auto ids = file.texts("/place_id"), names = file.texts("/place_name"),
               names_ar = file.texts("/place_name_ar"), types = file.texts("/place_type"),
               pcodes = file.texts("/place_pcode"), adm3 = file.texts("/place_adm3"),
               adm3_pcodes = file.texts("/place_adm3_pcode");
    const auto lat = file.doubles("/lat"), lon = file.doubles("/lon"),
               population = file.doubles("/population"), capacity = file.doubles("/capacity");
    std::vector<PlaceEntry> places;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        places.push_back({ids[i], names[i], names_ar[i], types[i], pcodes[i], adm3[i], adm3_pcodes[i], lat[i],
                          lon[i], population[i], capacity[i]});
    }
    return places;
}

std::vector<RouteEntry> read_routes(const ResultsFile& file) {
    if (!file.has("/route_id")) return {};
    const auto ids = file.texts("/route_id");
    const auto ends = file.doubles("/edge_nodes"), km = file.doubles("/route_length");
    std::vector<RouteEntry> routes;
    for (std::size_t r = 0; r < ids.size(); ++r) {
        routes.push_back({ids[r], std::size_t(ends[2 * r]), std::size_t(ends[2 * r + 1]), km[r]});
    }
    return routes;
}

std::vector<Week> weeks_of(Date start, const std::vector<Date>& days) {
    std::vector<Week> weeks;
    for (std::size_t t = 0; t < days.size(); ++t) {
        const std::string label = iso_week(days[t]);
        if (weeks.empty() || weeks.back().label != label) {
            weeks.push_back({label, t == 0 ? start : days[t - 1] + 1, days[t], t, t});
        }
        weeks.back().to = days[t];
        weeks.back().last = t;
    }
    return weeks;
}

}  // namespace

std::string PlaceEntry::adm1_pcode() const { return code_prefix(adm3_pcode, 4); }
std::string PlaceEntry::adm2_pcode() const { return code_prefix(adm3_pcode, 6); }

std::string iso_week(Date date) {
    const Date thursday = date + (3 - weekday(date));  // a week belongs to the year of its Thursday
    const std::string year = iso(thursday).substr(0, 4);
    return fmt::format("{}-W{:02}", year, (thursday - *parse_date(year + "-01-01")) / 7 + 1);
}

Gazetteer read_gazetteer(const ResultsFile& file) {
    Gazetteer g;
    const auto start = parse_date(file.text_attribute("/", "time_coverage_start").value_or(""));
    if (!start) throw h5::Error("the results file does not say on which day it starts");
    g.start = *start;
    g.places = read_places(file);
    g.routes = read_routes(file);
    for (double day : file.doubles("/time")) g.days.push_back(g.start + int(day));
    g.weeks = weeks_of(g.start, g.days);
    g.members = file.doubles("/member").size();
    return g;
}

}  // namespace nuzuh
