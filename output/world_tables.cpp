#include "output/world_tables.hpp"

#include <fmt/format.h>

#include "sim/model/choice_word.hpp"
#include "sim/model/fields.hpp"

namespace nuzuh {

namespace {

/// One value of every place, e.g. its name.
template <class T, class F>
std::vector<T> of_each(const World& world, F value) {
    std::vector<T> values;
    for (const auto& place : world.places) values.push_back(value(place));
    return values;
}

}  // namespace

void write_root_attributes(ResultsBuilder& file, const World& world, const Provenance& provenance) {
    const auto& settings = world.settings;
    const bool expected = settings.engine.mode == DrawMode::expected;
    file.text_attribute("", "Conventions", "CF-1.10 UGRID-1.0 ACDD-1.3");
    file.text_attribute("", "title", settings.title);
    if (!settings.summary.empty()) file.text_attribute("", "summary", settings.summary);
    file.text_attribute("", "source",
                        provenance.revision.empty()
                            ? fmt::format("nuzuh {}", provenance.version)
                            : fmt::format("nuzuh {}, revision {}", provenance.version, provenance.revision));
    file.text_attribute("", "nuzuh_format", std::string(results_format));
    file.text_attribute("", "engine", std::string(word_of(settings.engine.kind, engine_names)));
    file.text_attribute("", "mode", expected ? "expected" : "stochastic");
    // R knows no 64-bit integers; a double holds every seed that a scenario may give.
    file.number_attribute("", "seed", double(settings.engine.seed));
    file.text_attribute("", "compiler", provenance.compiler);
    file.text_attribute("", "time_coverage_start", iso(settings.period.from));
    file.text_attribute("", "time_coverage_end", iso(settings.period.to));
    file.text_attribute("provenance", "scenario", provenance.scenario);
    file.text_attribute("provenance", "input_files", provenance.input_files);
}

void write_places(ResultsBuilder& file, const World& world) {
    using P = PlaceSettings;
    using Text = std::string;
    const auto ids = of_each<Text>(world, [](const P& p) { return p.place; });
    file.texts("/place", ids);
    file.doubles("/lat", of_each<double>(world, [](const P& p) { return p.lat; }));
    file.doubles("/lon", of_each<double>(world, [](const P& p) { return p.lon; }));
    file.texts("/place_name", of_each<Text>(world, [](const P& p) { return p.name; }));
    file.texts("/place_id", ids);
    file.texts("/place_name_ar", of_each<Text>(world, [](const P& p) { return p.name_ar; }));
    file.texts("/place_pcode", of_each<Text>(world, [](const P& p) { return p.pcode; }));
    file.texts("/place_adm3_pcode", of_each<Text>(world, [](const P& p) { return p.adm3_pcode; }));
    file.texts("/place_type", of_each<Text>(world, [](const P& p) { return choice_word(p, "type"); }));
    file.texts("/place_adm3", of_each<Text>(world, [](const P& p) { return p.adm3; }));
    file.texts("/place_adm1_pcode", of_each<Text>(world, [](const P& p) { return p.adm1_pcode; }));
    file.texts("/place_adm2_pcode", of_each<Text>(world, [](const P& p) { return p.adm2_pcode; }));
    std::vector<float> people;
    for (int i = 0; i < world.place_count(); ++i) people.push_back(float(world.people_simulated(i)));
    file.floats("/population", people);
    std::vector<float> capacity;
    for (double persons : world.capacity) capacity.push_back(persons < no_limit ? float(persons) : missing);
    file.floats("/capacity", capacity);
}

void write_routes(ResultsBuilder& file, const World& world) {
    const std::int32_t topology = 0;
    file.int32s("/routes", {&topology, 1});
    std::vector<std::int32_t> ends;
    std::vector<float> length;
    std::vector<std::string> names;
    for (const auto& road : world.roads) {
        ends.insert(ends.end(), {road.from, road.to});
        length.push_back(float(road.km));
    }
    for (const auto& route : world.settings.network.routes) names.push_back(route.route);
    const std::int32_t two[] = {0, 1};
    file.int32s("/two", two);
    file.int32s("/edge_nodes", ends);
    file.int32s("/wgs84", {&topology, 1});
    file.texts("/route_id", names);
    file.floats("/route_length", length);
}

void write_border(ResultsBuilder& file, const std::vector<BorderPoint>& border) {
    std::vector<std::int32_t> part;
    std::vector<double> lat, lon;
    for (const auto& point : border) {
        part.push_back(point.part);
        lat.push_back(point.lat);
        lon.push_back(point.lon);
    }
    file.int32s("/border/part", part);
    file.doubles("/border/lat", lat);
    file.doubles("/border/lon", lon);
}

}  // namespace nuzuh
