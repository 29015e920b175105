// Results that tell of some places: what stands in them is what a file of all places says, to the bit; totals and homes are those
// of everyone; what needs every place is refused by the name of the setting.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/brief/data.hpp"
#include "output/ensemble_parts.hpp"
#include "output/export.hpp"
#include "output/layout.hpp"
#include "output/measure.hpp"
#include "output/reader.hpp"
#include "output/results_in_memory.hpp"
#include "output/score_tables.hpp"
#include "output/shelf_folder.hpp"
#include "output/study.hpp"
#include "output/writer.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/study.hpp"
#include "sim/study/kept_places.hpp"
#include "sim/study/score.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

constexpr int runs = 5;
const std::vector<std::string> some{"camp", "north", "west"};            // not in the scenario's order
const std::vector<std::size_t> places_kept{3, 4, 5}, routes_kept{3, 4};  // north-west, north-camp

class SomePlaces : public ::testing::Test {
protected:
    fs::path folder = test::temporary_folder("nuzuh_places");
    void TearDown() override { fs::remove_all(folder); }

    static ScenarioSettings settings(const std::vector<std::string>& places,
                                     MembersKept kept = MembersKept::all) {
        auto settings = test::rich_settings_with_figures();
        settings.output.places = places;
        settings.output.members = kept;
        settings.reported[0].source = "invented";
        settings.planning.figures[0].place = "middle";  // of which nothing is kept
        return settings;
    }

    fs::path written(const std::string& name, const ScenarioSettings& settings,
                     EngineKind engine = EngineKind::compartments, bool on_a_shelf = false) const {
        const World world = test::built(settings);
        const fs::path path = folder / (name + ".h5");
        EnsembleSpec spec;
        spec.engine = engine;
        spec.members = runs;
        spec.seed = 3;
        if (on_a_shelf) spec.shelf = EnsembleParts(path, "a run").shelf();
        const auto result = run_ensemble(world, spec);
        Provenance provenance = build_provenance();
        provenance.scenario = effective_yaml(settings);
        write_results(path, world, result, compare_with_reported(world, result),
                      planning_outlook(world, result), provenance, {.threads = 2});
        return path;
    }
};

/// Of row-major values those of which some indices of one axis are kept.
std::vector<float> cut(const std::vector<float>& values, const std::vector<std::size_t>& shape,
                       std::size_t axis, const std::vector<std::size_t>& kept) {
    std::size_t inner = 1;
    for (std::size_t a = axis + 1; a < shape.size(); ++a) inner *= shape[a];
    std::vector<float> result;
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (std::binary_search(kept.begin(), kept.end(), k / inner % shape[axis]))
            result.push_back(values[k]);
    }
    return result;
}

/// That the second file holds what the first does, at the places that are kept and on the routes between them.
void expect_what_is_kept(const ResultsFile& all, const ResultsFile& file) {
    std::size_t by_place = 0, by_home = 0, with_all = 0;
    ASSERT_EQ(all.datasets().size(), file.datasets().size());
    for (const auto& dataset : all.datasets()) {
        const std::string& path = dataset.path;
        ASSERT_TRUE(file.has(path)) << path;
        if (dataset.is_text || path == "/edge_nodes") continue;
        auto expected = all.floats(path);
        auto shape = dataset.shape;
        for (std::size_t a = 0; a < shape.size(); ++a) {
            const auto& axis = dataset.dimensions[a];
            if (axis != "place" && axis != "route") continue;
            const auto& kept = axis == "place" ? places_kept : routes_kept;
            expected = cut(expected, shape, a, kept);
            shape[a] = kept.size();
        }
        EXPECT_TRUE(test::same_bytes(expected, file.floats(path))) << path;
        by_place += shape != dataset.shape;
        by_home += std::count(dataset.dimensions.begin(), dataset.dimensions.end(), "origin") > 0;
        with_all += path.starts_with("/total_");
    }
    EXPECT_GT(by_place, 40u);
    EXPECT_GT(by_home, 3u);
    EXPECT_GT(with_all, 20u);
    EXPECT_EQ(file.texts("/place_id"), (std::vector<std::string>{"north", "west", "camp"}));
    EXPECT_EQ(file.texts("/origin_id"), all.texts("/place_id"));
    EXPECT_EQ(file.doubles("/edge_nodes"), (std::vector<double>{0, 1, 0, 2}));
    EXPECT_EQ(file.texts("/reported/name"), all.texts("/reported/name"));
    EXPECT_EQ(places_simulated(file), 8u);
    EXPECT_FALSE(tells_all_places(file));
    EXPECT_TRUE(tells_all_places(all));
}

TEST_F(SomePlaces, are_told_as_in_a_file_of_all) {
    for (const auto engine : {EngineKind::compartments, EngineKind::agents}) {
        for (const auto kept : {MembersKept::all, MembersKept::totals}) {
            for (const bool on_a_shelf : {false, true}) {
                const auto name =
                    std::to_string(int(engine)) + std::to_string(int(kept)) + std::to_string(int(on_a_shelf));
                SCOPED_TRACE(name);
                const ResultsFile all(written("all" + name, settings({}, kept), engine)),
                    file(written("some" + name, settings(some, kept), engine, on_a_shelf));
                expect_what_is_kept(all, file);
                EXPECT_LT(fs::file_size(folder / ("some" + name + ".h5")),
                          fs::file_size(folder / ("all" + name + ".h5")));
            }
        }
    }
}

TEST_F(SomePlaces, stand_in_memory_as_in_the_file) {
    const ResultsFile file(written("some", settings(some)));
    auto world = std::make_shared<const World>(test::built(settings(some)));
    EnsembleSpec spec;
    spec.members = runs;
    spec.seed = 3;
    ResultsInMemory memory(world, run_ensemble(*world, spec), build_provenance, 2);
    std::size_t compared = 0;
    for (const DatasetInfo* info : memory.datasets("")) {
        ASSERT_TRUE(file.has(info->path())) << info->path();
        if (info->stored != Stored::float32) continue;
        const auto held = memory.values(*info);
        const auto* values = std::get_if<Values>(&held);
        const auto there = values ? std::get<std::vector<float>>(*values)
                                  : std::vector<float>(std::get<std::span<const float>>(held).begin(),
                                                       std::get<std::span<const float>>(held).end());
        EXPECT_TRUE(test::same_bytes(there, file.floats(info->path()))) << info->path();
        ++compared;
    }
    EXPECT_GT(compared, 80u);
}

TEST_F(SomePlaces, are_compared_where_both_tell_of_them) {
    const ResultsFile all(written("all", settings({}))), file(written("some", settings(some)));
    const Comparison compared = compare(measured(all), measured(file), true);
    EXPECT_TRUE(compared.one_network) << "one network was simulated";
    ASSERT_EQ(compared.notes.size(), 1u) << compared.notes[0];
    EXPECT_EQ(compared.notes[0], "B tells of 3 of 8 places (output.places): the others are not compared.");
    std::set<std::string> at, from;
    for (const auto& difference : compared.differences) {
        EXPECT_EQ(difference.share_less + difference.share_more, 0) << "one run, kept in two ways";
        at.insert(difference.measure.place);
        from.insert(difference.measure.origin);
    }
    EXPECT_EQ(at, (std::set<std::string>{"", "north", "west", "camp"}));
    EXPECT_EQ(from.size(), 9u) << "people come from everywhere";
}

std::map<std::string, std::string> tables_told(const ResultsFile& file) {
    std::map<std::string, std::string> tables;
    std::vector<ExportedFile> files = exported(file, ExportFormat::csv);
    add_wide_tables(files, file);
    for (const auto& one : files) tables[one.name] = one.content;
    return tables;
}

/// Rows of a table but those that name, in some column, one of some places.
std::string without_rows_of(const std::string& table, std::size_t column,
                            const std::set<std::string>& places) {
    std::string rest;
    for (std::size_t begin = 0; begin < table.size();) {
        const std::size_t end = table.find('\n', begin) + 1;
        std::size_t cell = begin;
        for (std::size_t c = 0; c < column; ++c) cell = table.find(',', cell) + 1;
        if (!places.contains(table.substr(cell, table.find(',', cell) - cell)))
            rest += table.substr(begin, end - begin);
        begin = end;
    }
    return rest;
}

TEST_F(SomePlaces, are_exported_with_totals_and_homes_of_everyone) {
    const ResultsFile all(written("all", settings({}))), file(written("some", settings(some)));
    auto whole = tables_told(all), told = tables_told(file);
    ASSERT_EQ(whole.size(), told.size());
    const std::set<std::string> others{"south", "middle", "east", "gate", "abroad"};
    for (const auto& [name, column] : {std::pair{"totals_by_day.csv", 99},
                                       {"needs_by_day.csv", 99},
                                       {"places.csv", 0},
                                       {"places_by_day.csv", 1},
                                       {"flows.csv", 3}}) {
        ASSERT_TRUE(whole.contains(name)) << name;
        EXPECT_EQ(told[name],
                  column > 9 ? whole[name] : without_rows_of(whole[name], std::size_t(column), others))
            << name;
    }
    EXPECT_NE(told["flows.csv"].find("\nsouth,"), std::string::npos) << "of whom nothing else is told";
    EXPECT_NE(told["READ_ME.txt"].find("3 of 8 places"), std::string::npos);
    EXPECT_EQ(whole["READ_ME.txt"].find("output.places"), std::string::npos);
    for (const auto format : {ExportFormat::geojson, ExportFormat::quantiles})
        EXPECT_FALSE(exported(file, format).empty());
}

TEST_F(SomePlaces, what_needs_all_is_refused_by_the_name_of_the_setting) {
    const ResultsFile file(written("some", settings(some)));
    const auto expect_refused = [](const char* what, auto ask) {
        EXPECT_THAT(test::refusal<ResultsError>(ask),
                    AllOf(HasSubstr("3 of 8 (output.places)"), HasSubstr("--set output.places=~")))
            << what;
    };
    for (const auto format : {ExportFormat::csv, ExportFormat::geojson, ExportFormat::quantiles})
        expect_refused("--share", [&] { exported_to_share(file, format); });
    expect_refused("score", [&] { scored_run(file, test::built(settings(some))); });
}

TEST_F(SomePlaces, the_brief_adds_nothing_up_over_them) {
    const ResultsFile all(written("all", settings({}))), file(written("some", settings(some)));
    const Json whole = brief_data(all, nullptr), told = brief_data(file, nullptr);
    for (const char* part : {"totals", "peaks", "cases", "pieces", "danger", "needs", "reported", "planning"})
        EXPECT_EQ(told[part], whole[part]) << part;
    EXPECT_EQ(told["places"]["id"].size(), 3u);
    EXPECT_EQ(told["origins"]["id"].size(), 8u);
    EXPECT_FALSE(told["arrivals"].contains("all"));
    EXPECT_FALSE(told.contains("levers"));
    EXPECT_TRUE(whole.contains("levers"));
    EXPECT_TRUE(told["homes"].empty());
    EXPECT_EQ(told["about"]["places_simulated"], 8);
    std::set<std::string> from;
    for (const Json& one : told["journeys"]) {
        const std::string home = told["origins"]["id"][one["from"].get<std::size_t>()];
        from.insert(home);
        EXPECT_NE(home, told["places"]["id"][one["to"].get<std::size_t>()].get<std::string>());
    }
    EXPECT_TRUE(from.contains("south") && from.contains("middle"));
    for (const Json& one : told["sheets"]["of"]) EXPECT_TRUE(one.contains("place"));
}

TEST_F(SomePlaces, of_a_study_are_those_of_its_runs) {
    const auto studied = [&](const std::string& name, const std::vector<std::string>& places) {
        StudySettings study;
        study.design.axes = {{.key = "behaviour.leave.h_max", .values = {"0.2", "0.4"}}};
        for (const char* output :
             {"arrivals", "total_movements", "arrivals_from", "route_persons", "first_day_full"})
            study.collect.push_back({output, Keep::runs});
        study.collect.push_back({"displaced", Keep::quantiles});
        const fs::path file = folder / (name + ".yaml");
        std::ofstream(file) << effective_yaml(settings(places), study);
        const auto loaded = load_study(file.string());
        if (!loaded) throw std::runtime_error(loaded.findings().front().message);
        const auto done = run_study(*loaded, folder / (name + ".h5"), {.threads = 1});
        EXPECT_EQ(done.end, StudyEnd::done) << done.message;
        return folder / (name + ".h5");
    };
    const ResultsFile all(studied("all", {})), file(studied("some", some));
    EXPECT_EQ(file.texts("/place_id"), (std::vector<std::string>{"north", "west", "camp"}));
    EXPECT_EQ(file.texts("/origin_id"), all.texts("/place_id"));
    for (const char* path : {"/arrivals", "/total_movements", "/arrivals_from", "/route_persons",
                             "/first_day_full", "/displaced_mean", "/displaced_quantile"}) {
        const std::string name = path;
        const auto whole = all.floats(path);
        const auto& columns = name == "/route_persons" ? routes_kept : places_kept;
        const auto expected = name == "/total_movements"
                                  ? whole
                                  : columns_of(std::span<const float>(whole), 8, std::span(columns));
        EXPECT_TRUE(test::same_bytes(expected, file.floats(path))) << path;
    }
}

}  // namespace
}  // namespace nuzuh
