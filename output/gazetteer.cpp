#include "output/gazetteer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/check/admin_units.hpp"

namespace nuzuh {
namespace {

/// Monday 0 to Sunday 6; 1970-01-01 was a Thursday.
int weekday(Date date) { return ((date.days + 3) % 7 + 7) % 7; }

/// Texts that older files do not hold are empty.
std::vector<std::string> texts_if_any(const Results& file, const std::string& path, std::size_t count) {
    return file.has(path) ? file.texts(path) : std::vector<std::string>(count);
}

void fill_codes(PlaceEntry& place) {
    const UpperCodes upper = upper_codes(place.adm3_pcode);
    if (place.adm1_pcode.empty()) place.adm1_pcode = upper.adm1;
    if (place.adm2_pcode.empty()) place.adm2_pcode = upper.adm2;
}

std::vector<PlaceEntry> read_places(const Results& file) {
    const auto ids = file.texts("/place_id"), names = file.texts("/place_name"),
               names_ar = file.texts("/place_name_ar"), types = file.texts("/place_type"),
               pcodes = file.texts("/place_pcode"), adm3 = file.texts("/place_adm3"),
               adm3_pcodes = file.texts("/place_adm3_pcode");
    const auto adm1_pcodes = texts_if_any(file, "/place_adm1_pcode", ids.size()),
               adm2_pcodes = texts_if_any(file, "/place_adm2_pcode", ids.size());
    const auto lat = file.doubles("/lat"), lon = file.doubles("/lon"),
               population = file.doubles("/population"), capacity = file.doubles("/capacity");
    std::vector<PlaceEntry> places;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        places.push_back({ids[i], names[i], names_ar[i], types[i], pcodes[i], adm3[i], adm3_pcodes[i],
                          adm1_pcodes[i], adm2_pcodes[i], lat[i], lon[i], population[i], capacity[i]});
        fill_codes(places.back());
    }
    return places;
}

/// Up to format 2.4 homes are the places, in the same order.
std::vector<HomeEntry> read_homes(const Results& file, const std::vector<PlaceEntry>& places) {
    std::vector<HomeEntry> homes;
    if (!file.has("/origin_id")) {
        for (const auto& p : places) homes.push_back({p.id, p.name, p.name_ar, p.adm3_pcode, p.lat, p.lon});
        return homes;
    }
    const auto ids = file.texts("/origin_id"), names = file.texts("/origin_name"),
               names_ar = file.texts("/origin_name_ar"), pcodes = file.texts("/origin_adm3_pcode");
    const auto lat = file.doubles("/origin_lat"), lon = file.doubles("/origin_lon");
    for (std::size_t o = 0; o < ids.size(); ++o)
        homes.push_back({ids[o], names[o], names_ar[o], pcodes[o], lat[o], lon[o]});
    return homes;
}

std::vector<RouteEntry> read_routes(const Results& file) {
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

std::string iso_week(Date date) {
    const Date thursday = date + (3 - weekday(date));  // a week belongs to the year of its Thursday
    const std::string year = iso(thursday).substr(0, 4);
    return fmt::format("{}-W{:02}", year, (thursday - *parse_date(year + "-01-01")) / 7 + 1);
}

Date first_day(const Results& file) {
    const auto text = file.text_attribute("/", "time_coverage_start").value_or("");
    const auto start = parse_date(text);
    if (!start || text < "0001") throw ResultsError("the results file does not say on which day it starts");
    return *start;
}

Gazetteer read_gazetteer(const Results& file) {
    Gazetteer g;
    g.start = first_day(file);
    g.places = read_places(file);
    g.homes = read_homes(file, g.places);
    g.routes = read_routes(file);
    for (double day : file.doubles("/time")) g.days.push_back(g.start + int(day));
    g.weeks = weeks_of(g.start, g.days);
    g.members = file.doubles("/member").size();
    return g;
}

std::string unknown_codes_note(const Gazetteer& g) {
    const auto unknown = [](const PlaceEntry& p) {
        return !p.adm3_pcode.empty() && (p.adm1_pcode.empty() || p.adm2_pcode.empty());
    };
    const auto places = std::count_if(g.places.begin(), g.places.end(), unknown);
    if (places == 0) return "";
    const auto first = std::find_if(g.places.begin(), g.places.end(), unknown);
    return fmt::format(
        "Codes of admin 1 or 2 are empty for {} {}, such as {}: they cannot be told from the code {}. "
        "Columns "
        "adm1_pcode and adm2_pcode in the scenario's table of places give them.",
        places, places == 1 ? "place" : "places", first->id, first->adm3_pcode);
}

}  // namespace nuzuh
