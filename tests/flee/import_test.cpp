// Cases of Flee 3 become scenarios: every fact kept, everything wrong told with its line.
#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>

#include "sim/check/make_world.hpp"
#include "sim/model/world.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/scenario/tidy.hpp"
#include "tests/flee/cases.hpp"

namespace nuzuh {
namespace {

using test::CaseFiles;
using test::CaseFolder;
using test::small_case;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<LoadedScenario> read(const CaseFiles& files) {
    const CaseFolder folder(files);
    return load_scenario(folder.path());
}

/// All that is said about a case, by the reader and by the model.
std::string said_of(const CaseFiles& files) {
    const CaseFolder folder(files);
    auto loaded = load_scenario(folder.path());
    if (!loaded) return report(loaded.findings());
    return report(loaded.findings()) + report(located(*loaded, make_world(loaded->settings).findings()));
}

CaseFiles with(const std::string& file, const std::string& text) {
    auto files = small_case();
    files[file] = text;
    return files;
}

std::vector<double> daily(const ScenarioSettings& settings, const std::string& place) {
    for (const auto& series : daily_registrations(settings)) {
        if (series.place == place) return {series.persons.begin(), series.persons.end()};
    }
    return {};
}

TEST(FleeCase, places_keep_name_kind_country_population_and_capacity) {
    const auto loaded = read(small_case());
    ASSERT_TRUE(loaded) << report(loaded.findings());
    const auto& s = loaded->settings;
    EXPECT_EQ(iso(s.period.from), "2020-01-01");
    EXPECT_EQ(iso(s.period.to), "2020-01-06");
    const auto& p = s.network.places;
    ASSERT_EQ(p.size(), 5u);
    EXPECT_EQ(p[0].place, "alpha_town");
    EXPECT_EQ(p[0].name, "Alpha-Town");
    EXPECT_EQ(p[0].region, "North");
    EXPECT_EQ(p[0].country, "Home");
    EXPECT_EQ(p[0].population, 1000);
    EXPECT_EQ(p[0].type, PlaceType::town);
    EXPECT_EQ(p[0].source, "locations.csv: conflict_zone");
    EXPECT_EQ(p[1].population, 0);
    EXPECT_EQ(p[2].type, PlaceType::hub);
    EXPECT_EQ(p[3].place, "camp_the_first");
    EXPECT_EQ(p[3].type, PlaceType::camp);
    EXPECT_EQ(p[3].capacity, 500);
    EXPECT_EQ(p[3].lat, 1.8);
    EXPECT_EQ(p[3].lon, 30.8);
    EXPECT_EQ(p[4].capacity, std::nullopt);
}

TEST(FleeCase, routes_closures_and_conflicts_keep_their_days) {
    const auto loaded = read(small_case());
    ASSERT_TRUE(loaded);
    const auto& s = loaded->settings;
    ASSERT_EQ(s.network.routes.size(), 4u);
    EXPECT_EQ(s.network.routes[2].km, 30);
    EXPECT_EQ(s.network.routes[2].redirects_to, "hub");
    std::vector<std::string> closed;
    for (const auto& r : s.routes)
        closed.push_back(fmt::format("{} {} {} {}", r.route, iso(r.from), iso(r.to.value()), int(r.scope)));
    EXPECT_THAT(closed,
                ElementsAre("alpha_town_beta 2020-01-04 2020-01-04 1", "beta_hub 2020-01-04 2020-01-04 1",
                            "hub_camp_the_first 2020-01-01 2020-01-02 2",
                            "hub_second 2020-01-01 2020-01-02 2", "alpha_town_beta 2020-01-02 2020-01-02 0"));
    ASSERT_EQ(s.camps.size(), 1u);
    EXPECT_EQ(iso(s.camps[0].to.value()), "2020-01-03");
    ASSERT_EQ(s.conflicts.size(), 2u);
    EXPECT_EQ(iso(s.conflicts[0].from), "2020-01-03");
    EXPECT_EQ(iso(s.conflicts[0].to.value()), "2020-01-06");
    EXPECT_EQ(s.conflicts[1].intensity, 0.5);
}

TEST(FleeCase, series_are_added_corrected_and_interpolated_as_flee_does) {
    const auto loaded = read(small_case());
    ASSERT_TRUE(loaded);
    // a: days 0, 2, 5; b: days 1, 2, 6. Day 0 alone: 0 + 10. Day 1: 5 + 30, a's next. Day 2: 6 + 30. Day 5
    // before b's last: 6 + 60, and again at the end of a.
    EXPECT_THAT(daily(loaded->settings, "camp_the_first"), ElementsAre(10, 35, 36, 46, 56, 66));
    // Verified on day 2: the rows before it times 100/80. Day 3 lies between 100 on day 2 and 120 on day 4.
    EXPECT_THAT(daily(loaded->settings, "second"), ElementsAre(50, 100, 100, 110, 120, 120));
    EXPECT_THAT(daily(loaded->settings, "elsewhere"), ElementsAre(3, 3, 3, 3, 3, 3));
    EXPECT_THAT(daily(loaded->settings, "all"), ElementsAre(0, 20, 40, 60, 80, 100));
    const auto out = departures_behind(daily_registrations(loaded->settings), 6);
    EXPECT_THAT(std::vector<double>(out.begin(), out.end()), ElementsAre(0, 75, 1, 20, 20, 10));
}

TEST(FleeCase, settings_of_simsetting_arrive) {
    const auto loaded = read(small_case());
    ASSERT_TRUE(loaded);
    const auto& f = loaded->settings.flee3;
    EXPECT_EQ(f.max_move_speed, 200);
    EXPECT_TRUE(f.start_on_foot);
    EXPECT_EQ(f.awareness_level, 2);
    EXPECT_EQ(f.camp_weight, 1);
    const auto& decay = loaded->settings.conflict_decay;
    ASSERT_EQ(decay.size(), 2u);
    EXPECT_EQ(decay[1].after_days, 60);
    EXPECT_EQ(decay[1].factor, 0.5);
    EXPECT_EQ(decay_factor(decay, 59), 1);
    EXPECT_EQ(decay_factor(decay, 60), 0.5);
}

TEST(FleeCase, as_files_it_reads_back_to_the_same_settings) {
    const CaseFolder folder(small_case());
    const auto loaded = load_scenario(folder.path());
    ASSERT_TRUE(loaded);
    const auto files = scenario_files(loaded->settings, "A case.\nMade up.\n", "made");
    std::ofstream(folder.parent() / "made.yaml") << files.yaml;
    std::filesystem::create_directories(folder.parent() / "made");
    for (const auto& [name, text] : files.tables) std::ofstream(folder.parent() / name) << text;
    const auto again = load_scenario((folder.parent() / "made.yaml").string());
    ASSERT_TRUE(again) << report(again.findings()) << files.yaml;
    EXPECT_EQ(effective_yaml(again->settings), effective_yaml(loaded->settings));
    EXPECT_THAT(files.yaml, HasSubstr("# Made up.\n"));
    EXPECT_THAT(files.yaml, HasSubstr("registrations: [{table: \"made/registrations.csv\"}]\n"));
    EXPECT_EQ(files.yaml.find("fixed_routes"), std::string::npos) << "defaults are left out";
}

TEST(FleeCase, what_flee_silently_ignores_is_a_warning) {
    const auto said = said_of(small_case());
    for (const char* part : {"routes.csv:4:26: warning: Flee ignores forced redirection",
                             "closures.csv:3:15: warning: Flee ignores 'Home': every link of 'Beta' closes",
                             "closures.csv:5:1: warning: 1 of 5 entries of 'routes' have no effect: Flee "
                             "ignores closures of single links",
                             "there is no place 'elsewhere'"})
        EXPECT_THAT(said, HasSubstr(part));
    EXPECT_THAT(
        said_of(with("source_data/c.csv", "2020-01-01,1\n2020-01-03,4\n2020-01-03,5\n2020-01-02,3\n")),
        ::testing::AllOf(HasSubstr("c.csv:3:1: warning: 2020-01-03 stands here twice"),
                         HasSubstr("c.csv:4:1: warning: 2020-01-02 stands after 2020-01-03")));
    EXPECT_THAT(said_of(with("input_csv/routes.csv",
                             "Alpha-Town,Beta,10\nBeta,Hub,20\nHub,\"Camp, the first\",30\n")),
                HasSubstr("locations.csv:7:1: warning: no route leads to 'second'"));
    EXPECT_THAT(said_of(with("input_csv/conflicts.csv", "#Day,Beta\n0,0.1\n1,0.2\n2,0\n3,0\n5,0\n5,0\n")),
                ::testing::AllOf(HasSubstr("conflicts.csv:1:6: warning: Flee ignores that the intensity"),
                                 HasSubstr("conflicts.csv:6:1: warning: found day '5'")));
}

TEST(FleeCase, mistakes_are_told_all_at_once_with_their_lines) {
    auto files = with("input_csv/routes.csv", "Alpha-Town,Beta,10\nBeta,Hubb,20\nHub,Second,far\n");
    files["input_csv/locations.csv"] +=
        "Third,East,Abroad,1,2,camp,0,9\nFourth,East,Abroad,1,2,village,0,9\n";
    files["input_csv/conflicts.csv"] = "#Day,Alfa-Town\n0,1\n1,x\n";
    files["simsetting.yml"] = "move_rules: {max_mov_speed: 1, harvest_months: [6]}\n";
    files.erase("source_data/d.csv");
    const auto said = said_of(files);
    for (const char* part :
         {"routes.csv:2:6: error: locations.csv has no place 'Hubb'", "did you mean 'Hub'?",
          "locations.csv:8:1: error: data_layout.csv has no series for the camp 'Third'",
          "locations.csv:9:24: warning: no kind of place: 'village'",
          "locations.csv:9:1: error: data_layout.csv has no series for the camp 'Fourth'",
          "conflicts.csv:1:6: warning", "'Alpha-Town'", "conflicts.csv:3:3: error: the intensity",
          "conflicts.csv ends after 2 days of 6",
          "simsetting.yml:1:14: warning: Flee has no key 'max_mov_speed'",
          "simsetting.yml:1:32: warning: 'harvest_months' acts in Flee and is not simulated",
          "there is no file 'source_data/d.csv'"})
        EXPECT_THAT(said, HasSubstr(part));
}

TEST(FleeCase, a_scenario_can_be_laid_over_the_folder) {
    const CaseFolder folder(small_case());
    std::ofstream(folder.parent() / "what-if.yaml")
        << "extends: made_up\ntitle: What if\nbehaviour: {rules: hazard_choice}\n";
    const auto loaded = load_scenario((folder.parent() / "what-if.yaml").string(), {"flee3.hasten=10"});
    ASSERT_TRUE(loaded) << report(loaded.findings());
    EXPECT_EQ(loaded->settings.title, "What if");
    EXPECT_EQ(loaded->settings.flee3.hasten, 10);
    EXPECT_TRUE(make_world(loaded->settings)) << report(make_world(loaded->settings).findings());
}

TEST(FleeCase, departures_follow_registrations_from_places_in_conflict) {
    auto loaded = read(small_case());
    ASSERT_TRUE(loaded);
    loaded->settings.behaviour.rules = Rules::hazard_choice;
    const auto world = make_world(loaded->settings);
    ASSERT_TRUE(world) << report(world.findings());
    const Eigen::ArrayXd by_day = world->departures.row(0);
    // Conflict begins on day 2, in one place that has people; who was registered before waits until then.
    // On day 3 no camp can be reached from there, and people wait again.
    EXPECT_THAT(std::vector<double>(by_day.begin(), by_day.end()), ElementsAre(0, 0, 76, 0, 40, 10));
}

TEST(FleeCase, the_camp_series_of_fabflee_are_the_golden_ones) {
    const auto cases = test::flee_cases();
    if (!cases) GTEST_SKIP() << test::no_flee_cases;
    for (const char* name : test::flee_case_names) {
        const auto loaded = load_scenario((*cases / name).string());
        ASSERT_TRUE(loaded) << report(loaded.findings());
        const auto series = daily_registrations(loaded->settings);
        const Eigen::ArrayXd spawned = departures_behind(series, int(series[0].persons.size()));
        std::ifstream golden(cases->parent_path() / "golden" / fmt::format("{}.csv", name));
        ASSERT_TRUE(golden) << "no golden series of " << name;
        std::string line, cell;
        std::getline(golden, line);
        std::vector<std::string> columns;
        for (std::istringstream header(line); std::getline(header, cell, ',');) columns.push_back(cell);
        int days = 0;
        for (; std::getline(golden, line); ++days) {
            std::istringstream row(line);
            for (const auto& column : columns) {
                std::getline(row, cell, ',');
                if (column == "spawned") {
                    ASSERT_EQ(spawned(days), std::stod(cell)) << name << " day " << days;
                }
                const auto& places = loaded->settings.network.places;
                const auto place =
                    std::find_if(places.begin(), places.end(), [&](auto& p) { return p.name == column; });
                if (place == places.end()) continue;
                const auto at = std::find_if(series.begin(), series.end(),
                                             [&](auto& s) { return s.place == place->place; });
                ASSERT_NE(at, series.end()) << name << " " << column;
                ASSERT_EQ(at->persons(days), std::stod(cell)) << name << " " << column << " day " << days;
            }
        }
        EXPECT_EQ(days, int(series[0].persons.size())) << name;
    }
}

}  // namespace
}  // namespace nuzuh
