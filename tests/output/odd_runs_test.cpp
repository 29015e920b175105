// Runs and scenarios at the edge of what there is: one member, one day, no roads, nobody who arrives, names with marks that
// other programs read otherwise, places without a sub-district.
#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/brief/data.hpp"
#include "output/brief/parts.hpp"
#include "output/csv.hpp"
#include "output/ensemble_summary.hpp"
#include "output/export.hpp"
#include "output/gazetteer.hpp"
#include "output/measure.hpp"
#include "output/reader.hpp"
#include "output/scalar_output.hpp"
#include "output/workbook.hpp"
#include "output/writer.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/study/score.hpp"
#include "tests/output/synthetic.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

struct OddRuns : testing::Test {
    fs::path folder = test::temporary_folder("nuzuh_odd");
    void TearDown() override { fs::remove_all(folder); }

    fs::path written(const std::string& name, const ScenarioSettings& settings, int members,
                     EngineKind engine = EngineKind::compartments) const {
        const World world = test::built(settings);
        EnsembleSpec spec;
        spec.engine = engine;
        spec.members = members;
        spec.seed = 3;
        spec.every_steps = steps_a_record(world);
        const auto result = run_ensemble(world, spec);
        Provenance provenance = build_provenance();
        provenance.scenario = effective_yaml(settings);
        const fs::path path = folder / (name + ".h5");
        write_results(path, world, result, compare_with_reported(world, result),
                      planning_outlook(world, result), provenance, {});
        return path;
    }
};

std::map<std::string, std::string> by_name(const std::vector<ExportedFile>& files) {
    std::map<std::string, std::string> named;
    for (const auto& file : files) named[file.name] = file.content;
    return named;
}

TEST_F(OddRuns, one_member_of_one_day_is_exported_and_shown) {
    auto settings = test::three_places();
    settings.period.to = settings.period.from;
    const ResultsFile file(written("day", settings, 1));
    auto tables = by_name(exported(file, ExportFormat::csv));
    EXPECT_THAT(tables["READ_ME.txt"], HasSubstr("2019-08-01 to 2019-08-01, 1 members."));
    EXPECT_THAT(tables["places_by_day.csv"], HasSubstr("\n2019-08-01,town,town,,,mean,"));
    EXPECT_THAT(tables["conditions_by_day.csv"], HasSubstr("\n2019-08-01,town,town,,,20,"));
    EXPECT_THAT(tables["full.csv"], Not(HasSubstr("\ntown"))) << "a place without a limit is never full";
    const auto maps = by_name(exported(file, ExportFormat::geojson));
    EXPECT_EQ(maps.size(), 4u);
    const auto hub = by_name(exported(file, ExportFormat::quantiles));
    EXPECT_THAT(hub.at("quantiles.csv"),
                HasSubstr("2019-08-01,weekly_displaced,2019-08-01,town,quantile,0.5,"));
    const Json page = brief_data(file, nullptr);
    EXPECT_EQ(page["about"]["week_days"], 7) << "a day alone is shown as the week that it stands for";
    EXPECT_EQ(page["arrivals"]["week_ends"], Json::array({0}));
    EXPECT_EQ(page["motion"]["frames"], Json::array({0}));
    for (const auto& home : page["homes"])
        EXPECT_EQ(home["share_of_spread"], 0) << "one member has no spread that a home could have a share of";
    EXPECT_FALSE(page.contains("reported") || page.contains("planning") || page.contains("border"));
}

TEST_F(OddRuns, without_roads_there_are_no_routes_in_any_form) {
    const test::SyntheticSize size{.places = 2, .routes = 0, .records = 4, .members = 1};
    const fs::path path = folder / "apart.h5";
    write_results(path, test::synthetic_world(size), test::synthetic_result(size), {}, {}, {}, {});
    const ResultsFile file(path);
    EXPECT_TRUE(read_gazetteer(file).routes.empty());
    EXPECT_FALSE(by_name(exported(file, ExportFormat::csv)).contains("routes_by_day.csv"));
    const auto maps = by_name(exported(file, ExportFormat::geojson));
    EXPECT_EQ(maps.size(), 2u);
    EXPECT_FALSE(maps.contains("routes.geojson"));
    EXPECT_TRUE(measured(file).routes.empty());
}

TEST_F(OddRuns, a_run_that_tells_no_homes_has_no_flows) {
    const ResultsFile file(written("pooled", test::rich_settings(), 2, EngineKind::pooled));
    EXPECT_FALSE(by_name(exported(file, ExportFormat::csv)).contains("flows.csv"));
    const Json page = brief_data(file, nullptr);
    EXPECT_FALSE(page.contains("journeys"));
    EXPECT_FALSE(page["motion"]["flows"]["tracked"].get<bool>());
    EXPECT_EQ(page["motion"]["flows"]["pairs"], Json::array());
}

TEST_F(OddRuns, what_changes_between_two_runs_is_second_less_first) {
    auto settings = test::three_places();
    const ResultsFile before(written("before", settings, 4));
    settings.bombardment.clear();
    settings.title = "without strikes";
    const ResultsFile after(written("after", settings, 4));
    const Json change = brief_data(after, &before)["comparison"];
    EXPECT_EQ(change["title"], "three places");
    EXPECT_EQ(change["pairs"], "same_chance");
    const Json same = brief::comparison(before, before);
    for (const auto& total : same["totals"]) EXPECT_EQ(total["change"], Json({0, 0, 0, 0, 0}));
    EXPECT_EQ(same["places"], Json::array()) << "nobody goes elsewhere";
    for (const auto& total : change["totals"]) {
        if (total["quantity"] == "total_movements") {
            EXPECT_LT(total["here"].get<int>(), total["other"].get<int>());
            EXPECT_EQ(total["less"], 1);
        }
    }
    settings.period.to = settings.period.to + -1;
    const ResultsFile shorter(written("shorter", settings, 4));
    try {
        brief_data(shorter, &before);
        ADD_FAILURE() << "runs over different days were compared";
    } catch (const ResultsError& error) {
        EXPECT_THAT(error.what(), HasSubstr("the runs cannot be compared: they cover different days"));
    }
}

TEST_F(OddRuns, sheets_add_up_sub_districts_by_code_or_name_and_camps) {
    auto settings = test::rich_settings();
    auto& places = settings.network.places;
    places[0].adm3 = "Ma'arra", places[0].adm3_pcode = "SY0703";
    places[1].adm3_pcode = "SY0703";
    places[2].adm3_pcode = "SY0704";
    places[3].adm3 = places[4].adm3 = "North";
    places[3].type = PlaceType::camp;
    const ResultsFile file(written("sheets", settings, 2));
    std::map<std::string, Json> districts;
    Json camps;
    const Json page = brief_data(file, nullptr);
    for (const auto& sheet : page["sheets"]["of"]) {
        if (sheet.contains("district")) districts[sheet["district"]] = sheet["places"];
        if (sheet.contains("camps")) camps = sheet["places"];
    }
    EXPECT_EQ(districts,
              (std::map<std::string, Json>{
                  {"Ma'arra", Json({0, 1})}, {"SY0704", Json::array({2})}, {"North", Json({3, 4})}}));
    EXPECT_EQ(camps, Json({3, 5}));
}

TEST_F(OddRuns, names_with_marks_come_out_of_every_form_as_they_are) {
    auto settings = test::three_places();
    const std::string odd = "=\"Tell\", #1\n</script>";
    settings.network.places[0].name = odd;
    settings.network.places[0].adm3 = odd;
    const ResultsFile file(written("marks", settings, 2));
    auto tables = by_name(exported(file, ExportFormat::csv));
    EXPECT_THAT(tables["places.csv"], HasSubstr("\ntown,\"'=\"\"Tell\"\", \xEF\xBC\x83"
                                                "1\n</script>\",,"));
    CsvRows rows(tables["places.csv"]);
    std::vector<std::string> cells;
    std::size_t count = 0, columns = 0;
    for (; rows.next(cells); ++count) {
        if (count == 0) columns = cells.size();
        EXPECT_EQ(cells.size(), columns) << count;
    }
    EXPECT_EQ(count, 2u + 3u);
    const Json map = Json::parse(by_name(exported(file, ExportFormat::geojson)).at("places.geojson"));
    EXPECT_EQ(map["features"][0]["properties"]["name"], odd);
    for (const auto& shared : exported_to_share(file, ExportFormat::quantiles)) {
        if (shared.name != "quantiles.csv") continue;
        EXPECT_THAT(shared.content, HasSubstr("\"'=\"\"Tell\"\", "));
        EXPECT_THAT(shared.content, HasSubstr(",elsewhere,"));
    }
}

TEST(Csv, numbers_beyond_whole_ones_and_next_to_nothing) {
    CsvTable table({{"a", "", "", ""}, {"b", "", "", ""}, {"c", "", "", ""}}, false);
    table.number(1e15);
    table.number(-0.04);
    table.number(-2.25, 2);
    table.end_row();
    EXPECT_EQ(table.content(), "a,b,c\n1000000000000000.0,0,-2.25\n");
}

TEST(Csv, rows_without_a_last_line_end_and_with_empty_cells_are_read) {
    CsvRows rows("a,\"b\"\"\",\n,,\n\"x\ny\",\"\",z");
    std::vector<std::string> cells;
    using Row = std::vector<std::string>;
    std::vector<Row> all;
    while (rows.next(cells)) all.push_back(cells);
    EXPECT_EQ(all, (std::vector<Row>{{"a", "b\"", ""}, {"", "", ""}, {"x\ny", "", "z"}}));
    EXPECT_TRUE(cells.empty());
}

TEST(Exports, tables_without_hashtags_stay_as_they_are) {
    std::vector<ExportedFile> files{
        {"a.csv", "x,y\n1,2\n"}, {"b.csv", "x,y\n#a,#b\n1,2\n"}, {"n.txt", "x\n#y\n"}};
    remove_hashtags(files);
    EXPECT_EQ(files[0].content, "x,y\n1,2\n");
    EXPECT_EQ(files[1].content, "x,y\n1,2\n");
    EXPECT_EQ(files[2].content, "x\n#y\n");
    auto same = files;
    set_separator(same, ',');
    EXPECT_EQ(same[0].content, files[0].content);
}

TEST_F(OddRuns, an_export_that_cannot_be_written_leaves_no_folder_of_its_own) {
    const std::vector<ExportedFile> files{{"a.csv", "a\n"}, {"missing/b.csv", "b\n"}};
    EXPECT_THROW(write_export(folder / "made", files, false), ResultsError);
    EXPECT_FALSE(fs::exists(folder / "made"));
    fs::create_directory(folder / "there");
    EXPECT_THROW(write_export(folder / "there", files, false), ResultsError);
    EXPECT_TRUE(fs::is_empty(folder / "there"));
}

TEST(Workbooks, hold_notes_with_empty_lines_texts_among_days_and_tables_without_rows) {
    if (!writes_workbooks()) GTEST_SKIP() << "built without libxlsxwriter";
    const std::vector<ExportedFile> files{
        {"a.csv", "day,n\n#date,\n2019-04-29,1\nlater,2.5\n,\n", {CellKind::date, CellKind::number}},
        {"none.csv", "x\n"},
        {"READ_ME.txt", "first\n\nlast"}};
    const auto book = workbook("b.xlsx", files);
    EXPECT_EQ(book.name, "b.xlsx");
    EXPECT_EQ(book.content.substr(0, 2), "PK");
    EXPECT_EQ(workbook("b.xlsx", files).content, book.content) << "the same tables, the same bytes";
}

/// Results that hold nothing but one attribute.
class Nothing : public Results {
public:
    explicit Nothing(std::optional<std::string> start) : start_(std::move(start)) {}
    bool has(const std::string&) const override { return false; }
    std::vector<float> floats(const std::string&) const override { return {}; }
    std::vector<double> doubles(const std::string&) const override { return {}; }
    std::vector<float> slice(const std::string&, std::size_t) const override { return {}; }
    std::vector<std::string> texts(const std::string&) const override { return {}; }
    std::optional<std::string> text_attribute(const std::string&, const std::string&) const override {
        return start_;
    }
    std::optional<double> number_attribute(const std::string&, const std::string&) const override {
        return {};
    }

private:
    std::optional<std::string> start_;
};

TEST(Gazetteers, need_the_day_on_which_a_run_starts) {
    EXPECT_EQ(first_day(Nothing("2019-04-29")), *parse_date("2019-04-29"));
    for (const auto& start : {std::optional<std::string>(), {""}, {"2019-02-30"}, {"0000-01-01"}})
        EXPECT_THROW(first_day(Nothing(start)), ResultsError) << start.value_or("none");
}

TEST(Gazetteers, places_whose_codes_cannot_be_told_are_counted) {
    Gazetteer g;
    EXPECT_EQ(unknown_codes_note(g), "");
    PlaceEntry known, unknown;
    known.id = "a", known.adm3_pcode = "SY070301", known.adm1_pcode = "SY07", known.adm2_pcode = "SY0703";
    unknown.id = "b", unknown.adm3_pcode = "X";
    g.places = {known, unknown};
    EXPECT_THAT(unknown_codes_note(g),
                HasSubstr("empty for 1 place, such as b: they cannot be told from the code X"));
    unknown.adm1_pcode = "X0";
    g.places.push_back(unknown);
    EXPECT_THAT(unknown_codes_note(g), HasSubstr("empty for 2 places, such as b"));
}

TEST(ScalarOutputs, that_are_like_nothing_are_shown_what_there_is) {
    const auto none = parse_scalar_output("xyzzy");
    ASSERT_FALSE(none);
    EXPECT_THAT(none.findings()[0].hint, HasSubstr("total_movements, total_displaced, arrivals/PLACE"));
    EXPECT_FALSE(parse_scalar_output("total_displaced@soon..2019-01-01"));
    EXPECT_FALSE(parse_scalar_output("total_displaced@2019-01-01..later"));
    const auto last = parse_scalar_output("total_displaced");
    ASSERT_TRUE(last);
    EXPECT_TRUE(std::isnan(scalar_value(*last, {}, {})));
}

TEST(Summaries, of_members_fetched_in_parts_are_those_of_all_at_once) {
    const std::vector<std::vector<float>> members{{1, 8, 3, 9}, {4, 5, 6, 7}, {2, 2, 2, 2}};
    const auto at_once = summarise(
        3, 4, [&](std::size_t m) { return std::span(members[m]); }, 1);
    for (const double room : {0.0, 30.0, 1e6}) {  // a value, two or all at a time
        const auto parts = summarise_fetched(
            3, 4, [&](std::size_t m) { return members[m]; }, room, 2);
        EXPECT_EQ(parts.mean, at_once.mean) << room;
        EXPECT_EQ(parts.quantile, at_once.quantile) << room;
    }
    EXPECT_TRUE(summarise_fetched(
                    0, 0, [&](std::size_t m) { return members[m]; }, 1, 1)
                    .mean.empty());
    EXPECT_EQ(summarise(
                  0, 2, [&](std::size_t m) { return std::span(members[m]); }, 1)
                  .mean,
              (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace nuzuh
