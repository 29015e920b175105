// Results that keep of each member its totals alone: what stands in them is what a file with all series says, to the bit, and
// what cannot be had from them is refused by the name of the setting.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/brief/data.hpp"
#include "output/ensemble_parts.hpp"
#include "output/export.hpp"
#include "output/export_csv.hpp"
#include "output/layout.hpp"
#include "output/measure.hpp"
#include "output/over_run.hpp"
#include "output/reader.hpp"
#include "output/results_in_memory.hpp"
#include "output/score_tables.hpp"
#include "output/shelf_folder.hpp"
#include "output/writer.hpp"
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

constexpr int members = 11;

/// Place fields that every run has: those by cause stand behind them.
std::size_t fields_without_causes() {
    std::size_t f = 0;
    while (!is_by_cause(PlaceField(f))) ++f;
    return f;
}

/// Any scenario, of which pages say what it assumes.
std::string a_scenario() {
    std::ifstream in(NUZUH_SOURCE_DIR "/scenarios/toy.yaml");
    return {std::istreambuf_iterator<char>(in), {}};
}

class TotalsAlone : public ::testing::Test {
protected:
    fs::path folder = test::temporary_folder("nuzuh_totals");
    void TearDown() override { fs::remove_all(folder); }

    static ScenarioSettings settings(MembersKept kept, double every_days) {
        auto settings = test::rich_settings_with_figures();
        settings.output.members = kept;
        settings.output.every_days = every_days;
        settings.planning.figures[0].place = "camp";
        return settings;
    }

    /// The file of one ensemble, under a name of its own.
    fs::path written(const std::string& name, MembersKept kept, double every_days = 1,
                     EngineKind engine = EngineKind::compartments, bool on_a_shelf = false) const {
        const World world = test::built(settings(kept, every_days));
        const fs::path path = folder / (name + ".h5");
        EnsembleSpec spec;
        spec.engine = engine;
        spec.members = members;
        spec.seed = 3;
        spec.every_steps = steps_a_record(world);
        if (on_a_shelf) spec.shelf = EnsembleParts(path, "a run").shelf();
        const auto result = run_ensemble(world, spec);
        Provenance provenance = build_provenance();
        provenance.scenario = a_scenario();
        write_results(path, world, result, compare_with_reported(world, result),
                      planning_outlook(world, result), provenance, {.threads = 2});
        return path;
    }
};

std::set<std::string> paths_of(const ResultsFile& file) {
    std::set<std::string> paths;
    for (const auto& dataset : file.datasets()) paths.insert(dataset.path);
    return paths;
}

/// That totals holds what all does, apart from the series of members, and in their place what they come to.
void expect_the_same_but_series(const ResultsFile& all, const ResultsFile& totals) {
    const auto in_totals = paths_of(totals);
    std::set<std::string> left_out, added = in_totals;
    for (const auto& path : paths_of(all)) {
        added.erase(path);
        const auto& info = dataset_info(path);
        if (!in_totals.contains(path))
            left_out.insert(path);
        else if (info.stored == Stored::text)
            EXPECT_EQ(all.texts(path), totals.texts(path)) << path;
        else
            EXPECT_TRUE(test::same_bytes(all.floats(path), totals.floats(path))) << path;
    }
    std::set<std::string> series, over_run_of;
    for (const auto& info : layout()) {
        if (is_series_of_members(info) && all.has(info.path())) series.insert(info.path());
        if (info.when == When::totals_alone) over_run_of.insert(info.path());
    }
    EXPECT_GE(series.size(), fields_without_causes() + 1);
    EXPECT_EQ(left_out, series);
    EXPECT_EQ(added, over_run_of);
    for (const char* attribute : {"title", "bands", "variance", "outside_evidence", "unknowns"})
        EXPECT_EQ(all.text_attribute("/", attribute), totals.text_attribute("/", attribute));
}

/// That places come to in the one what the series of the other add up to.
void expect_what_series_come_to(const ResultsFile& all, const ResultsFile& totals) {
    const auto compare_field = [&](PlaceField field, Over how) {
        auto wanted = places_over_run(all, field, how);
        for (auto& member : wanted) {
            for (double& value : member) value = float(value);
        }
        EXPECT_EQ(places_over_run(totals, field, how), wanted) << info(field).name;
    };
    for (std::size_t f = 0; f < fields_without_causes(); ++f)
        compare_field(PlaceField(f), over_of(place_fields[f].kind));
    compare_field(PlaceField::without_shelter, Over::most);
    const auto camp = std::size_t(5), places = std::size_t(8);
    const auto arrivals = all.slice("/arrivals", 2);
    double sum = 0;
    for (std::size_t at = camp; at < arrivals.size(); at += places) sum += arrivals[at];
    EXPECT_GT(sum, 0);
    EXPECT_FLOAT_EQ(totals.slice("/arrivals_over_run", 2)[camp], float(sum));
}

TEST_F(TotalsAlone, hold_what_a_file_with_series_says) {
    for (const auto engine : {EngineKind::compartments, EngineKind::agents, EngineKind::pooled}) {
        for (const bool on_a_shelf : {false, true}) {
            const auto name = [&](const char* kept) {
                return std::to_string(int(engine)) + (on_a_shelf ? "-shelf-" : "-memory-") + kept;
            };
            const ResultsFile all(written(name("all"), MembersKept::all, 1, engine)),
                totals(written(name("totals"), MembersKept::totals, 1, engine, on_a_shelf));
            expect_the_same_but_series(all, totals);
            expect_what_series_come_to(all, totals);
        }
    }
}

TEST_F(TotalsAlone, are_compared_by_totals_and_places_as_with_series) {
    const ResultsFile all(written("all", MembersKept::all)), totals(written("totals", MembersKept::totals));
    const MeasuredRun with = measured(all), without = measured(totals);
    std::size_t by_home = 0, found = 0;
    for (const auto& measure : with.measures) {
        if (!measure.origin.empty()) {
            ++by_home;
            continue;
        }
        ASSERT_LT(found, without.measures.size());
        const auto& other = without.measures[found++];
        EXPECT_EQ(other.quantity + other.place, measure.quantity + measure.place);
        for (std::size_t m = 0; m < members; ++m)
            EXPECT_EQ(float(other.members[m]), float(measure.members[m]))
                << measure.quantity << measure.place;
    }
    EXPECT_GT(by_home, 0u);
    EXPECT_EQ(found, without.measures.size());
    const Comparison same = compare(without, without, true);
    ASSERT_EQ(same.notes.size(), 2u);
    EXPECT_NE(same.notes[0].find("output.members: totals"), std::string::npos) << same.notes[0];
    EXPECT_TRUE(diverted(compare(with, without, true)).empty()) << "one run, kept in two ways";
}

TEST_F(TotalsAlone, stand_in_memory_as_in_the_file) {
    const ResultsFile file(written("totals", MembersKept::totals));
    auto world = std::make_shared<const World>(test::built(settings(MembersKept::totals, 1)));
    EnsembleSpec spec;
    spec.members = members;
    spec.seed = 3;
    ResultsInMemory memory(world, run_ensemble(*world, spec), build_provenance, 2);
    std::size_t compared = 0;
    for (const DatasetInfo* info : memory.datasets("")) {
        EXPECT_FALSE(is_series_of_members(*info)) << info->path();
        ASSERT_TRUE(file.has(info->path())) << info->path();
        if (info->stored != Stored::float32) continue;
        const auto held = memory.values(*info);
        const auto* values = std::get_if<Values>(&held);
        const auto there = values ? std::get<std::vector<float>>(*values)
                                  : std::vector<float>(std::get<std::span<const float>>(held).begin(),
                                                       std::get<std::span<const float>>(held).end());
        EXPECT_TRUE(test::same_bytes(there, file.floats(info->path()))) << info->path();
        compared += info->when == When::totals_alone;
    }
    EXPECT_EQ(compared, fields_without_causes() + 1);
}

std::map<std::string, std::string> tables_of(const ResultsFile& file) {
    std::map<std::string, std::string> tables;
    std::vector<ExportedFile> files = exported(file, ExportFormat::csv);
    add_wide_tables(files, file);
    for (const auto& one : files) tables[one.name] = one.content;
    return tables;
}

/// Whether cells hold the same, or numbers that two roundings to single precision leave apart: a mean of a sum, and the sum of
/// two means.
bool is_same_cell(const std::string& a, const std::string& b) {
    if (a == b || a.empty() || a.find_first_not_of("0123456789.") != std::string::npos) return a == b;
    constexpr double two_roundings = 2.0 / (1 << 24), half_a_digit = 0.0005;
    return std::abs(std::stod(a) - std::stod(b)) <= two_roundings * std::stod(a) + half_a_digit;
}

/// That two tables agree cell by cell, and how many cells are empty in the second alone.
std::size_t cells_left_empty(const std::string& all, const std::string& totals, const std::string& name) {
    std::istringstream a(all), b(totals);
    std::size_t empty = 0;
    for (std::string row_a, row_b; std::getline(a, row_a);) {
        if (!std::getline(b, row_b)) return ADD_FAILURE() << name << " is shorter", empty;
        std::istringstream cells_a(row_a), cells_b(row_b);
        for (std::string cell_a, cell_b; std::getline(cells_a, cell_a, ',');) {
            if (!std::getline(cells_b, cell_b, ',')) cell_b.clear();
            if (cell_b.empty() && !cell_a.empty())
                ++empty;
            else
                EXPECT_TRUE(is_same_cell(cell_a, cell_b)) << name << ": " << cell_b << " in " << row_a;
            cell_b.clear();
        }
    }
    return empty;
}

TEST_F(TotalsAlone, are_exported_to_the_same_tables) {
    const ResultsFile all(written("all", MembersKept::all)), totals(written("totals", MembersKept::totals));
    const auto with = tables_of(all), without = tables_of(totals);
    ASSERT_EQ(with.size(), without.size());
    std::map<std::string, std::size_t> empty;
    for (const auto& [name, content] : with) {
        if (name == "READ_ME.txt") continue;
        ASSERT_TRUE(without.contains(name)) << name;
        empty[name] = cells_left_empty(content, without.at(name), name);
        const bool adds_two_stocks = name == "needs_of_places_by_week.csv" || name == "water_by_place.csv" ||
                                     name == "food_by_place.csv";
        EXPECT_EQ(empty[name] > 0, adds_two_stocks) << name << ": " << empty[name];
    }
    const auto rows =
        std::count(with.at("water_by_place.csv").begin(), with.at("water_by_place.csv").end(), '\n');
    EXPECT_LT(empty["water_by_place.csv"], std::size_t(rows) * 8 / 4) << "most places have nobody waiting";
    EXPECT_EQ(with.at("READ_ME.txt").find("output.members"), std::string::npos);
    EXPECT_NE(without.at("READ_ME.txt").find("output.members: totals"), std::string::npos);
    const auto hub = exported(totals, ExportFormat::quantiles);
    EXPECT_EQ(hub[0].content.find("weekly_"), std::string::npos);
    EXPECT_NE(hub[0].content.find("total_displaced,"), std::string::npos);
    EXPECT_NE(left_out_note(totals, ExportFormat::quantiles), "");
    EXPECT_EQ(left_out_note(all, ExportFormat::quantiles), "");
}

/// The files of maps, by name.
std::map<std::string, std::string> maps_of(const ResultsFile& file) {
    std::map<std::string, std::string> maps;
    for (const auto& one : exported(file, ExportFormat::geojson)) maps[one.name] = one.content;
    return maps;
}

TEST_F(TotalsAlone, maps_know_flows_of_a_week_where_it_is_a_record) {
    for (const double every : {1.0, 7.0}) {
        const std::string name = std::to_string(int(every));
        const ResultsFile all(written("all" + name, MembersKept::all, every)),
            totals(written("totals" + name, MembersKept::totals, every));
        auto with = maps_of(all);
        const auto without = maps_of(totals);
        EXPECT_EQ(with.size(), 4u);
        const auto weekly = without.at("places_by_week.geojson");
        EXPECT_EQ(weekly.find("\"arrivals_median\":null") != std::string::npos, every == 1);
        EXPECT_EQ(weekly.find("\"displaced_median\":null"), std::string::npos);
        EXPECT_EQ(left_out_note(totals, ExportFormat::geojson).empty(), every == 7);
        if (every == 1) with.erase("places_by_week.geojson");
        for (const auto& [file, content] : with) EXPECT_EQ(content, without.at(file)) << file;
    }
}

TEST_F(TotalsAlone, what_needs_series_is_refused_by_the_name_of_the_setting) {
    const ResultsFile totals(written("totals", MembersKept::totals));
    const auto expect_refused = [](const char* what, auto ask) {
        EXPECT_THAT(test::refusal<ResultsError>(ask),
                    AllOf(HasSubstr("output.members: totals"), HasSubstr("--set output.members=all")))
            << what;
    };
    for (const auto format : {ExportFormat::csv, ExportFormat::geojson, ExportFormat::quantiles})
        expect_refused("--share", [&] { exported_to_share(totals, format); });
    expect_refused("score", [&] { scored_run(totals, test::built(settings(MembersKept::totals, 1))); });
}

/// What two pages say alike, by the names of their parts.
std::set<std::string> alike(const Json& a, const Json& b) {
    std::set<std::string> names;
    for (const auto& [name, part] : a.items()) {
        if (b.contains(name) && b.at(name) == part) names.insert(name);
    }
    return names;
}

TEST_F(TotalsAlone, the_brief_says_the_same_but_what_must_be_added_up) {
    const ResultsFile all(written("all", MembersKept::all)), totals(written("totals", MembersKept::totals));
    const Json with = brief_data(all, nullptr), without = brief_data(totals, nullptr);
    const auto same = alike(with, without);
    for (const auto& [name, part] : with.items()) {
        const bool differs = name == "about" || name == "arrivals" || name == "sheets";
        EXPECT_EQ(same.contains(name), !differs) << name;
    }
    EXPECT_FALSE(without["about"]["keeps_series"].get<bool>());
    EXPECT_FALSE(without["arrivals"].contains("all"));
    ASSERT_EQ(with["arrivals"]["places"].size(), without["arrivals"]["places"].size());
    for (std::size_t k = 0; k < with["arrivals"]["places"].size(); ++k) {
        const Json& one = without["arrivals"]["places"][k];
        EXPECT_EQ(one["in_all"], with["arrivals"]["places"][k]["in_all"]);
        EXPECT_FALSE(one.contains("persons"));
    }
    EXPECT_EQ(with["sheets"]["ends"], without["sheets"]["ends"]);
    for (const Json& one : without["sheets"]["of"]) {
        const auto other = std::find_if(
            with["sheets"]["of"].begin(), with["sheets"]["of"].end(),
            [&](const Json& sheet) { return sheet.contains("place") && sheet["place"] == one["place"]; });
        EXPECT_EQ(one["stay"], (*other)["stay"]);
        EXPECT_EQ(one["in_tents"], (*other)["in_tents"]);
        EXPECT_FALSE(one.contains("arrivals"));
    }
}

TEST_F(TotalsAlone, the_brief_tells_weeks_of_places_where_they_are_records) {
    const ResultsFile all(written("all", MembersKept::all, 7)),
        totals(written("totals", MembersKept::totals, 7));
    const Json with = brief_data(all, nullptr), without = brief_data(totals, nullptr);
    EXPECT_EQ(with["arrivals"]["places"], without["arrivals"]["places"]);
    EXPECT_GT(with["arrivals"]["places"].size(), 3u);
    for (const Json& one : without["sheets"]["of"])
        EXPECT_EQ(one["arrivals"], with["sheets"]["of"][one["place"].get<std::size_t>()]["arrivals"]);
}

}  // namespace
}  // namespace nuzuh
