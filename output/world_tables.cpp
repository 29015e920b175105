#include "output/world_tables.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "sim/model/choice_word.hpp"
#include "sim/model/fields.hpp"

namespace nuzuh {

namespace {

using P = PlaceSettings;

/// One value of every one of some places, e.g. its name.
template <class T, class F>
std::vector<T> of_each(const World& world, const std::vector<std::size_t>& places, F value) {
    std::vector<T> values;
    for (const std::size_t i : places) values.push_back(value(world.places[i]));
    return values;
}

}  // namespace

void write_root_attributes(ResultsSink& to, const World& world, const Provenance& provenance) {
    const auto& settings = world.settings;
    const bool expected = settings.engine.mode == DrawMode::expected;
    to.text_attribute("", "Conventions", "CF-1.10 UGRID-1.0 ACDD-1.3");
    to.text_attribute("", "title", settings.title);
    if (!settings.summary.empty()) to.text_attribute("", "summary", settings.summary);
    to.text_attribute("", "source",
                      provenance.revision.empty()
                          ? fmt::format("nuzuh {}", provenance.version)
                          : fmt::format("nuzuh {}, revision {}", provenance.version, provenance.revision));
    to.text_attribute("", "nuzuh_format", std::string(results_format));
    to.text_attribute("", "engine", std::string(word_of(settings.engine.kind, engine_names)));
    to.text_attribute("", "mode", expected ? "expected" : "stochastic");
    // R knows no 64-bit integers; a double holds every seed that a scenario may give.
    to.number_attribute("", "seed", double(settings.engine.seed));
    to.number_attribute("", "places_simulated", world.place_count());
    to.text_attribute("", "compiler", provenance.compiler);
    to.text_attribute("", "time_coverage_start", iso(settings.period.from));
    to.text_attribute("", "time_coverage_end", iso(settings.period.to));
    to.text_attribute("provenance", "scenario", provenance.scenario);
    to.text_attribute("provenance", "input_files", provenance.input_files);
}

void write_places(ResultsSink& to, const World& world, const KeptPlaces& kept) {
    const auto texts = [&](const char* path, auto value) {
        to.put(path, [&] { return of_each<std::string>(world, kept.places(), value); });
    };
    const auto doubles = [&](const char* path, auto value) {
        to.put(path, [&] { return of_each<double>(world, kept.places(), value); });
    };
    texts("/place", [](const P& p) { return p.place; });
    doubles("/lat", [](const P& p) { return p.lat; });
    doubles("/lon", [](const P& p) { return p.lon; });
    texts("/place_name", [](const P& p) { return p.name; });
    texts("/place_id", [](const P& p) { return p.place; });
    texts("/place_name_ar", [](const P& p) { return p.name_ar; });
    texts("/place_pcode", [](const P& p) { return p.pcode; });
    texts("/place_adm3_pcode", [](const P& p) { return p.adm3_pcode; });
    texts("/place_type", [](const P& p) { return std::string(choice_word(p, "type")); });
    texts("/place_adm3", [](const P& p) { return p.adm3; });
    texts("/place_adm1_pcode", [](const P& p) { return p.adm1_pcode; });
    texts("/place_adm2_pcode", [](const P& p) { return p.adm2_pcode; });
    to.put("/population", [&] {
        std::vector<float> people;
        for (const std::size_t i : kept.places()) people.push_back(float(world.people_simulated(int(i))));
        return people;
    });
    to.put("/capacity", [&] {
        std::vector<float> capacity;
        for (const std::size_t i : kept.places())
            capacity.push_back(world.capacity[i] < no_limit ? float(world.capacity[i]) : missing);
        return capacity;
    });
}

void write_homes(ResultsSink& to, const World& world) {
    std::vector<std::size_t> all(world.places.size());
    std::iota(all.begin(), all.end(), 0);
    const auto texts = [&](const char* path, auto value) {
        to.put(path, [&] { return of_each<std::string>(world, all, value); });
    };
    texts("/origin_id", [](const P& p) { return p.place; });
    texts("/origin_name", [](const P& p) { return p.name; });
    texts("/origin_name_ar", [](const P& p) { return p.name_ar; });
    texts("/origin_adm3_pcode", [](const P& p) { return p.adm3_pcode; });
    to.put("/origin_lat", [&] { return of_each<double>(world, all, [](const P& p) { return p.lat; }); });
    to.put("/origin_lon", [&] { return of_each<double>(world, all, [](const P& p) { return p.lon; }); });
}

void write_routes(ResultsSink& to, const World& world, const KeptPlaces& kept) {
    const std::vector<std::int32_t> topology{0};
    to.put("/routes", topology);
    to.put("/two", std::vector<std::int32_t>{0, 1});
    to.put("/edge_nodes", [&] {
        const auto& places = kept.places();
        const auto number = [&](int place) {
            return std::int32_t(std::lower_bound(places.begin(), places.end(), std::size_t(place)) -
                                places.begin());
        };
        std::vector<std::int32_t> ends;
        for (const std::size_t r : kept.routes())
            ends.insert(ends.end(), {number(world.roads[r].from), number(world.roads[r].to)});
        return ends;
    });
    to.put("/wgs84", topology);
    to.put("/route_id", [&] {
        std::vector<std::string> names;
        for (const std::size_t r : kept.routes()) names.push_back(world.settings.network.routes[r].route);
        return names;
    });
    to.put("/route_length", [&] {
        std::vector<float> length;
        for (const std::size_t r : kept.routes()) length.push_back(float(world.roads[r].km));
        return length;
    });
}

void write_border(ResultsSink& to, const std::vector<BorderPoint>& border) {
    const auto of_each_point = [&]<class T>(const char* path, T BorderPoint::*value) {
        to.put(path, [&] {
            std::vector<T> values;
            for (const auto& point : border) values.push_back(point.*value);
            return values;
        });
    };
    of_each_point("/border/part", &BorderPoint::part);
    of_each_point("/border/lat", &BorderPoint::lat);
    of_each_point("/border/lon", &BorderPoint::lon);
}

}  // namespace nuzuh
