// What a scenario says is what the settings hold: defaults, overlays, tables, options.
#include "scenario_files.hpp"

#include <gmock/gmock.h>

#include "sim/base/sha256.hpp"

namespace nuzuh {
namespace {

using test::base, test::Folder, test::laid_over, test::loaded;
using testing::ElementsAre;

std::vector<std::string> names_of(const std::vector<GroupSettings>& groups) {
    std::vector<std::string> names;
    for (const auto& group : groups) names.push_back(group.name);
    return names;
}

TEST(LoadScenario, fills_what_is_written_and_leaves_defaults) {
    const auto s = laid_over("behaviour: {leave: {h_max: 0.2}}\noutput: {every: 7 days}\n").settings;
    EXPECT_EQ(s.title, "Base");
    EXPECT_EQ(iso(s.period.from), "2024-03-01");
    EXPECT_EQ(s.network.places.size(), 3u);
    EXPECT_EQ(s.network.places[1].capacity, 6000);
    EXPECT_EQ(s.network.places[0].capacity, std::nullopt);
    EXPECT_EQ(s.network.routes[0].road_class, RouteClass::primary);
    EXPECT_EQ(s.network.routes[1].road_class, RouteSettings{}.road_class);
    EXPECT_EQ(s.behaviour.leave.h_max, 0.2);
    EXPECT_EQ(s.behaviour.leave.h0, LeaveSettings{}.h0);
    EXPECT_EQ(s.output.every_days, 7);
}

TEST(LoadScenario, reads_every_way_to_write_a_duration) {
    const std::vector<std::pair<std::string, double>> ways = {
        {"1 day", 1},      {"1/2 day", 0.5}, {"0.25 days", 0.25}, {"6 h", 0.25},
        {"12 hours", 0.5}, {"1/4 d", 0.25},  {"1/7 week", 1}};
    for (const auto& [text, days] : ways) {
        EXPECT_DOUBLE_EQ(laid_over("period: {step: " + text + "}\n").settings.period.step_days, days) << text;
    }
}

TEST(LoadScenario, takes_numbers_in_every_decimal_form) {
    const std::vector<std::pair<std::string, double>> ways = {{"25", 25},  {"+25", 25}, {"2.5e1", 25},
                                                              {"025", 25}, {".5", 0.5}, {"5.", 5}};
    for (const auto& [text, value] : ways) {
        EXPECT_DOUBLE_EQ(
            laid_over("groups: [{name: residents, threshold: " + text + "}]\n").settings.groups[0].threshold,
            value)
            << text;
    }
}

TEST(Overlay, merges_lists_whose_entries_have_an_identity) {
    const auto s =
        laid_over("groups:\n  - {name: residents, threshold: 25}\n  - {name: new, share: 0.1}\n").settings;
    EXPECT_THAT(names_of(s.groups), ElementsAre("residents", "earlier.displaced", "new"));
    EXPECT_EQ(s.groups[0].share, 0.6);
    EXPECT_EQ(s.groups[0].threshold, 25);
}

TEST(Overlay, appends_to_lists_without_identity) {
    const auto s =
        laid_over("bombardment:\n  - {place: west, from: 2024-03-05, to: 2024-03-06, strikes_per_day: 5}\n")
            .settings;
    ASSERT_EQ(s.bombardment.size(), 2u);
    EXPECT_EQ(s.bombardment[0].place, "east");
    EXPECT_EQ(s.bombardment[1].place, "west");
}

TEST(Overlay, null_takes_away_what_the_base_said) {
    const auto s = laid_over(
                       "fronts:\n  - {place: east, falls: ~}\nbombardment: ~\nnetwork:\n  places: [{place: "
                       "west, capacity: ~}]\n")
                       .settings;
    ASSERT_EQ(s.fronts.size(), 1u);
    EXPECT_EQ(s.fronts[0].falls, std::nullopt);
    EXPECT_TRUE(s.fronts[0].assault_from.has_value());
    EXPECT_TRUE(s.bombardment.empty());
    EXPECT_EQ(s.network.places[1].capacity, std::nullopt);
}

TEST(Overlay, replaced_lists_start_anew) {
    const auto s =
        laid_over("replaces: [fronts, bombardment]\nfronts:\n  - {place: west, falls: 2024-03-30}\n")
            .settings;
    ASSERT_EQ(s.fronts.size(), 1u);
    EXPECT_EQ(s.fronts[0].place, "west");
    EXPECT_TRUE(s.bombardment.empty());
}

TEST(Overlay, chains_lie_over_each_other_in_order) {
    const Folder folder;
    folder.write("base.yaml", base);
    folder.write("sub/middle.yaml", "extends: ../base.yaml\ntitle: Middle\nengine: {members: 5, seed: 7}\n");
    const auto s =
        loaded(folder.write("top.yaml", "extends: sub/middle.yaml\nengine: {members: 9}\n")).settings;
    EXPECT_EQ(s.title, "Middle");
    EXPECT_EQ(s.engine.members, 9);
    EXPECT_EQ(s.engine.seed, 7);
}

TEST(Overlay, aliases_repeat_what_they_name) {
    const auto s = laid_over("output: {file: &name run.h5}\nsummary: *name\n").settings;
    EXPECT_EQ(s.summary, "run.h5");
}

constexpr const char* places_csv =
    "\xEF\xBB\xBFplace,name,name_ar,type,lat,lon,population,capacity\r\n#loc,#loc+name,#loc+name+i_ar,,,,#"
    "population,\r\n"
    "east,\"East, the \"\"old\"\" one\",شرق,town,36,37,20000,\r\n\r\nwest,West,,town,36.1,36.7,,500\r\n";
constexpr const char* routes_csv = "route,from,to,km\neast_west,east,west,32\n";

TEST(Tables, stand_in_the_place_of_their_entry) {
    const Folder folder;
    folder.write("net/places.csv", places_csv);
    folder.write("net/routes.csv", routes_csv);
    folder.write(
        "tables/strikes.csv",
        "place,from,to,strikes_per_day\neast,2024-03-02,2024-03-02,4\neast,2024-03-03,2024-03-03,5\n");
    const auto s =
        loaded(folder.write(
                   "a.yaml",
                   "title: T\nperiod: {from: 2024-03-01, to: 2024-03-31}\nnetwork: net\ngroups: [{name: all, "
                   "share: 1}]\n"
                   "bombardment:\n  - {place: west, from: 2024-03-01, to: 2024-03-01, strikes_per_day: 3}\n"
                   "  - {table: tables/strikes.csv}\n  - {place: west, from: 2024-03-04, to: 2024-03-04, "
                   "strikes_per_day: 6}\n"))
            .settings;
    ASSERT_EQ(s.network.places.size(), 2u) << "the row of tags and the empty line are no places";
    EXPECT_EQ(s.network.places[0].name, "East, the \"old\" one");
    EXPECT_EQ(s.network.places[0].name_ar, "شرق");
    EXPECT_EQ(s.network.places[0].capacity, std::nullopt);
    EXPECT_EQ(s.network.places[1].capacity, 500);
    EXPECT_EQ(s.network.places[1].population, 0);
    std::vector<double> strikes;
    for (const auto& entry : s.bombardment) strikes.push_back(entry.strikes_per_day.value());
    EXPECT_THAT(strikes, ElementsAre(3, 4, 5, 6));
}

TEST(Tables, a_network_folder_replaces_and_a_network_in_place_is_laid_over) {
    const Folder folder;
    folder.write("net/places.csv", places_csv);
    folder.write("net/routes.csv", routes_csv);
    folder.write("base.yaml", base);
    folder.write("new.yaml", "extends: base.yaml\nnetwork: net\n");
    const auto replaced = loaded(folder.write("a.yaml", "extends: new.yaml\n")).settings.network;
    EXPECT_EQ(replaced.places.size(), 2u);
    const auto changed =
        loaded(folder.write("b.yaml", "extends: new.yaml\nnetwork: {places: [{place: east, capacity: 7}]}\n"))
            .settings.network;
    ASSERT_EQ(changed.places.size(), 2u);
    EXPECT_EQ(changed.places[0].capacity, 7);
    EXPECT_EQ(changed.places[0].population, 20000);
}

TEST(SetKey, reaches_sections_identities_and_positions) {
    const auto s = laid_over("", {"behaviour.leave.h_max=0.2", "groups.earlier.displaced.share=0.3",
                                  "groups.residents.share=0.7", "network.places.camp.capacity=~",
                                  "bombardment.0.strikes_per_day=2.5", "bombardment[0].source=a = b",
                                  "engine={members: 3, seed: 4}", "title=Another, with a comma"})
                       .settings;
    EXPECT_EQ(s.behaviour.leave.h_max, 0.2);
    EXPECT_EQ(s.groups[0].share, 0.7);
    EXPECT_EQ(s.groups[1].share, 0.3);
    EXPECT_EQ(s.network.places[2].capacity, std::nullopt);
    EXPECT_EQ(s.bombardment[0].strikes_per_day, 2.5);
    EXPECT_EQ(s.bombardment[0].source, "a = b");
    EXPECT_EQ(s.engine.members, 3);
    EXPECT_EQ(s.title, "Another, with a comma");
}

TEST(Inputs, are_listed_with_their_digests_in_the_order_of_reading) {
    const Folder folder;
    folder.write("net/places.csv", places_csv);
    folder.write("net/routes.csv", routes_csv);
    folder.write("base.yaml", base);
    const std::string overlay = "extends: ../base.yaml\nnetwork: ../net\n";
    const auto scenario = loaded(folder.write("sub/top.yaml", overlay), {"engine.seed=3"});
    std::vector<std::string> paths;
    for (const auto& input : scenario.inputs) paths.push_back(input.path);
    EXPECT_THAT(paths, ElementsAre("top.yaml", "../net/places.csv", "../net/routes.csv", "../base.yaml"));
    EXPECT_EQ(scenario.inputs[0].sha256, sha256(overlay));
    EXPECT_EQ(scenario.inputs[1].sha256, sha256(places_csv))
        << "of the bytes as they stand, with mark and line ends";
}

TEST(Located, finds_the_line_of_a_dotted_key_or_of_the_one_above) {
    const auto scenario = laid_over("engine: {seed: 4}\nfronts:\n  - {place: west, falls: 2024-03-09}\n");
    const auto line_of = [&](const std::string& path) {
        const auto found = located(scenario, {Finding{Severity::error, path, "wrong", "", {}, ""}});
        return std::filesystem::path(found[0].location.file).filename().string() +
               fmt::format(":{}:{}", found[0].location.line, found[0].location.column);
    };
    EXPECT_EQ(line_of("engine.seed"), "overlay.yaml:2:16");
    EXPECT_EQ(line_of("engine.mode"), "overlay.yaml:2:1");
    EXPECT_EQ(line_of("fronts[1].falls"), "overlay.yaml:4:26");
    EXPECT_EQ(line_of("fronts[1].source"), "overlay.yaml:4:5");
    EXPECT_EQ(line_of("fronts[0].place"), "base.yaml:17:13");
    EXPECT_EQ(line_of("fronts[9].place"), "overlay.yaml:3:1");
    EXPECT_EQ(line_of("network.places[1].capacity"), "base.yaml:6:97");
    EXPECT_EQ(line_of("crossings"), "overlay.yaml:0:0");
}

TEST(LoadScenario, gives_warnings_beside_the_scenario) {
    const Folder folder;
    const auto result = load_scenario(folder.write("a.yaml", base + "replaces: [fronts]\n"));
    ASSERT_TRUE(result);
    ASSERT_EQ(result.findings().size(), 1u);
    EXPECT_EQ(result.findings()[0].severity, Severity::warning);
}

}  // namespace
}  // namespace nuzuh
