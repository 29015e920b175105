#include "output/network/page.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "output/network/assets.hpp"
#include "sim/check/look.hpp"
#include "sim/model/choice_word.hpp"

namespace nuzuh::network {
namespace {

constexpr std::size_t most_values_of_frames = 60'000;  ///< numbers by frame and place, to keep the page small
constexpr int most_frames = 400;

const char* word_of(RoadFit fit) {
    switch (fit) {
        case RoadFit::too_short:
            return "too_short";
        case RoadFit::too_long:
            return "too_long";
        case RoadFit::long_way:
            return "long_way";
        case RoadFit::fits:
            break;
    }
    return "fits";
}

Json day_or_null(int day) { return day < 0 ? Json(nullptr) : Json(day); }

Json places(const World& world, const NetworkLook& look) {
    Json out;
    for (std::size_t i = 0; i < look.places.size(); ++i) {
        const PlaceSettings& place = world.places[i];
        const PlaceLook& seen = look.places[i];
        out["id"].push_back(place.place);
        out["name"].push_back(place.name);
        out["arabic"].push_back(place.name_ar);
        out["type"].push_back(choice_word(place, "type"));
        out["lat"].push_back(place.lat);
        out["lon"].push_back(place.lon);
        out["population"].push_back(std::round(seen.people));
        out["capacity"].push_back(place.capacity ? Json(std::round(*place.capacity)) : Json(nullptr));
        out["displaced"].push_back(std::round(seen.displaced));
        out["roads"].push_back(seen.roads);
        out["part"].push_back(seen.part);
        out["twin"].push_back(day_or_null(seen.twin));
        out["strikes"].push_back(std::round(10 * seen.strikes) / 10);
        out["first_strike"].push_back(day_or_null(seen.first_strike));
        out["last_strike"].push_back(day_or_null(seen.last_strike));
        out["falls"].push_back(day_or_null(look.falls[i]));
        out["source"].push_back(place.source);
    }
    return out;
}

Json roads(const World& world, const NetworkLook& look) {
    Json out = {{"id", Json::array()}};
    for (std::size_t r = 0; r < look.roads.size(); ++r) {
        const RouteSettings& route = world.settings.network.routes[r];
        const RoadLook& seen = look.roads[r];
        out["id"].push_back(route.route);
        out["class"].push_back(choice_word(route, "class"));
        out["km"].push_back(route.km);
        out["straight_km"].push_back(std::round(10 * seen.straight_km) / 10);
        out["detour"].push_back(std::round(100 * seen.detour) / 100);
        out["hours"].push_back(std::round(10 * seen.hours) / 10);
        out["fit"].push_back(word_of(seen.fit));
        out["days_closed"].push_back(seen.days_closed);
        out["source"].push_back(route.source);
    }
    return out;
}

/// Days that the map steps through, evenly apart, the last among them.
std::vector<int> frames_of(const NetworkLook& look) {
    const int days = int(look.strikes.size());
    const int most =
        std::clamp(int(most_values_of_frames / std::max<std::size_t>(1, look.places.size())), 2, most_frames);
    const int stride = (days + most - 1) / most;
    std::vector<int> frames;
    for (int day = (days - 1) % stride; day < days; day += stride) frames.push_back(day);
    return frames;
}

/// Strikes a day since the frame before, and, on the day of each, places under orders to leave and roads that are closed.
Json by_frame(const NetworkLook& look, const std::vector<int>& frames) {
    Json strikes = Json::array(), ordered = Json::array(), closed = Json::array();
    int from = 0;
    for (const int day : frames) {
        Json mean = Json::array(), told = Json::array(), shut = Json::array();
        for (std::size_t i = 0; i < look.places.size(); ++i) {
            double sum = 0;
            for (int d = from; d <= day; ++d) sum += look.strikes[std::size_t(d)][i];
            mean.push_back(std::round(100 * sum / (day - from + 1)) / 100);
            if (look.under_order[std::size_t(day)][i]) told.push_back(i);
        }
        for (std::size_t r = 0; r < look.roads.size(); ++r)
            if (!look.roads[r].is_open[std::size_t(day)]) shut.push_back(r);
        strikes.push_back(std::move(mean));
        ordered.push_back(std::move(told));
        closed.push_back(std::move(shut));
        from = day + 1;
    }
    return {{"strikes", strikes}, {"ordered", ordered}, {"closed", closed}};
}

/// Index in a path such as `network.places[3].lat`; nothing where it is of another list.
std::optional<std::size_t> index_in(const std::string& path, std::string_view list) {
    if (!path.starts_with(list)) return {};
    return std::size_t(std::atol(path.c_str() + list.size()));
}

Json findings_of(const Findings& findings) {
    Json out = Json::array();
    for (const Finding& finding : findings) {
        Json one{{"message", finding.message}, {"hint", finding.hint}};
        const auto& where = finding.location;
        one["where"] = where.file.empty() ? finding.path : fmt::format("{}:{}", where.file, where.line);
        const auto place = index_in(finding.path, "network.places["),
                   road = index_in(finding.path, "network.routes[");
        if (place) one["place"] = *place;
        if (road) one["road"] = *road;
        out.push_back(std::move(one));
    }
    return out;
}

Json border(const World& world) {
    Json lines = Json::array();
    int part = -1;
    for (const BorderPoint& point : world.settings.network.border) {
        if (lines.empty() || point.part != part) lines.push_back(Json::array());
        part = point.part;
        lines.back().push_back({point.lon, point.lat});
    }
    return lines;
}

}  // namespace
}  // namespace nuzuh::network

namespace nuzuh {

std::string network_page(const World& world, const Findings& findings) {
    const NetworkLook look = look_at(world);
    const auto frames = network::frames_of(look);
    double displaced = 0;
    for (const PlaceLook& place : look.places) displaced += place.displaced;
    Json data;
    data["about"] = {{"title", world.settings.title},
                     {"summary", world.settings.summary},
                     {"members", 1},
                     {"days", frames},
                     {"time_coverage_start", iso(world.start)},
                     {"parts", look.parts},
                     {"displaced", std::round(displaced)}};
    data["places"] = network::places(world, look);
    Json ends = Json::array();
    for (const Road& road : world.roads) {
        ends.push_back(road.from);
        ends.push_back(road.to);
    }
    data["routes"] = std::move(ends);
    data["roads"] = network::roads(world, look);
    if (!world.settings.network.border.empty()) data["border"] = network::border(world);
    data["frames"] = network::by_frame(look, frames);
    data["findings"] = network::findings_of(findings);
    return html_page(network::page, world.settings.title, data);
}

}  // namespace nuzuh
