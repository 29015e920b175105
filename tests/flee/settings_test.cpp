// simsetting.yml: every key of Flee 3 changes a run as it says, changes nothing in Flee either, or is named as
// not simulated.
#include <gmock/gmock.h>

#include "sim/engine/flee3/flee3.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "tests/flee/cases.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using test::CaseFiles;
using test::CaseFolder;
using ::testing::HasSubstr;

/// The small case, made larger until every key has something to act on: two conflicts of which one is
/// older, a town with two ways to a camp of little room, a camp for people of the country itself, and a hub.
CaseFiles rich_case(const std::string& simsetting) {
    auto files = test::small_case();
    files["simsetting.yml"] = simsetting;
    files["input_csv/sim_period.csv"] = "StartDate,2020-01-01\nLength,12\n";
    files["input_csv/locations.csv"] =
        "#name,region,country,lat,lon,location_type,conflict_date,population/capacity\n"
        "Alpha-Town,North,Home,1.5,30.5,conflict_zone,0,3000\n"
        "Beta,North,Home,1.6,30.6,town,0,20000\n"
        "Gamma,North,Home,1.6,30.7,conflict_zone,0,5000\n"
        "Hub,South,Home,1.7,30.7,forwarding_hub,,\n"
        "Inner,South,Home,1.7,30.6,idpcamp,0,4000\n"
        "First,East,Abroad,1.8,30.8,camp,0,1500\n"
        "Second,East,Abroad,1.9,30.9,camp,0,3000\n";
    files["input_csv/routes.csv"] =
        "#name1,name2,distance,forced_redirection\nAlpha-Town,Beta,110,\nBeta,Hub,120,\nBeta,Gamma,40,\n"
        "Beta,Inner,150,\nHub,First,30,\nHub,Second,400,\nBeta,First,300,\n";
    files["input_csv/conflicts.csv"] = "#Day,Alpha-Town,Gamma\n";
    for (int day = 0; day < 12; ++day)
        files["input_csv/conflicts.csv"] += fmt::format("{},1,{}\n", day, day < 2 ? 0 : 0.5);
    files["input_csv/closures.csv"] = "#type,name1,name2,start,end\n";
    files.erase("input_csv/registration_corrections.csv");
    files["source_data/data_layout.csv"] = "total,refugees.csv\nFirst,a.csv\nSecond,b.csv\nInner,c.csv\n";
    files["source_data/refugees.csv"] = "2020-01-01,500\n2020-01-12,9000\n";
    files["source_data/a.csv"] = "2020-01-01,600\n2020-01-12,2600\n";
    files["source_data/b.csv"] = "2020-01-01,100\n2020-01-12,2100\n";
    files["source_data/c.csv"] = "2020-01-01,50\n2020-01-12,2050\n";
    return files;
}

/// Where everybody is, each day of a run.
std::vector<Eigen::ArrayXXd> days_of(const std::string& simsetting) {
    const CaseFolder folder(rich_case(simsetting));
    const auto loaded = load_scenario(folder.path());
    if (!loaded) throw std::runtime_error(simsetting + report(loaded.findings()));
    const World world = test::built(loaded->settings);
    flee3::Flee3 engine(world, Draws(1, 0));
    std::vector<Eigen::ArrayXXd> days;
    StepRecord record;
    for (int day = 0; day < world.steps; ++day) {
        engine.step(record);
        days.push_back(record.place);
    }
    return days;
}

bool same(const std::vector<Eigen::ArrayXXd>& a, const std::vector<Eigen::ArrayXXd>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return (x == y).all(); });
}

/// A key with another value than Flee's default, and what else has to be set for it to matter.
struct Key {
    std::string section, key, value, beside;
};

std::string with(const Key& key, bool set) {
    std::string text;
    for (const char* section : {"spawn_rules", "move_rules", "optimisations"}) {
        std::string below = key.section == section ? key.beside : "";
        if (set && key.section == section) below += fmt::format("  {}: {}\n", key.key, key.value);
        if (!below.empty()) text += fmt::format("{}:\n{}", section, below);
    }
    return text;
}

TEST(Simsetting, every_key_that_is_followed_changes_the_run) {
    const std::string two_steps = "  awareness_level: 2\n";
    const Key keys[] = {
        {"spawn_rules", "sum_from_camps", "False", ""},
        {"spawn_rules", "insert_day0", "False", ""},
        {"spawn_rules", "empty_camps_on_day0", "True", ""},
        {"spawn_rules", "take_from_population", "True", ""},
        {"spawn_rules", "conflict_spawn_decay", "[1.0, 0.1]", "  conflict_spawn_decay_interval: 3\n"},
        {"spawn_rules", "conflict_spawn_decay_interval", "4", "  conflict_spawn_decay: [1.0, 0.1]\n"},
        {"spawn_rules", "conflict_driven_spawning", "{spawn_mode: constant}", ""},
        {"spawn_rules", "conflict_driven_spawning", "{spawn_mode: poisson, displaced_per_conflict_day: 90}",
         ""},
        {"spawn_rules", "conflict_driven_spawning", "{spawn_mode: pop_ratio}", ""},
        {"move_rules", "max_move_speed", "200", ""},
        {"move_rules", "max_walk_speed", "70", "  start_on_foot: True\n"},
        {"move_rules", "start_on_foot", "True", ""},
        {"move_rules", "avoid_short_stints", "True", ""},
        {"move_rules", "conflict_movechance", "0.5", ""},
        {"move_rules", "camp_movechance", "0.3", ""},
        {"move_rules", "idpcamp_movechance", "0.5", ""},
        {"move_rules", "default_movechance", "0.6", ""},
        {"move_rules", "movechance_pop_base", "1000", "  movechance_pop_scale_factor: 0.5\n"},
        {"move_rules", "movechance_pop_scale_factor", "0.5", ""},
        {"move_rules", "awareness_level", "2", ""},
        {"move_rules", "camp_weight", "3", ""},
        {"move_rules", "foreign_weight", "3", ""},
        {"move_rules", "conflict_weight", "0.01", ""},
        {"move_rules", "softening", "100", ""},
        {"move_rules", "weight_softening", "2", ""},
        {"move_rules", "distance_power", "2", ""},
        {"move_rules", "weight_power", "2", ""},
        {"move_rules", "pruning_threshold", "2", two_steps},
        {"move_rules", "capacity_scaling", "0.5", ""},
        {"move_rules", "capacity_buffer", "0.1", ""},
        {"move_rules", "use_pop_for_loc_weight", "True", ""},
        {"move_rules", "pop_power_for_loc_weight", "0.5", "  use_pop_for_loc_weight: True\n"},
        {"move_rules", "fixed_routes", "True", two_steps},
        {"move_rules", "use_v1_rules", "True", ""},
        {"optimisations", "hasten", "10", ""},
    };
    for (const Key& key : keys)
        EXPECT_FALSE(same(days_of(with(key, false)), days_of(with(key, true))))
            << key.key << ": " << key.value;
}

/// What is said about a key that is on.
std::string said_of(const std::string& section, const std::string& key, const std::string& value) {
    const CaseFolder folder(rich_case(fmt::format("{}:\n  {}: {}\n", section, key, value)));
    const auto loaded = load_scenario(folder.path());
    return (loaded ? "read\n" : "refused\n") + report(loaded.findings());
}

TEST(Simsetting, what_would_change_a_run_and_is_not_simulated_is_named_and_changes_nothing) {
    const auto without = days_of("");
    const auto expect_named = [&](const char* section, const char* key, const char* value) {
        const auto said = said_of(section, key, value);
        EXPECT_THAT(said, ::testing::StartsWith("read\n")) << key;
        EXPECT_THAT(said, HasSubstr(fmt::format("simsetting.yml:2:3: warning: '{}' acts in Flee and is not "
                                                "simulated: people do as if it were off",
                                                key)));
        EXPECT_TRUE(same(without, days_of(fmt::format("{}:\n  {}: {}\n", section, key, value)))) << key;
        EXPECT_THAT(said_of(section, key, "False"), ::testing::Not(HasSubstr("simsetting.yml")))
            << key << " is off";
    };
    for (const char* key :
         {"camps_are_sicks", "flood_zone_spawning_only", "flood_driven_spawning", "flood_driven_spawn_mode",
          "starvation_driven_spawning", "read_from_agents_csv_file"})
        expect_named("spawn_rules", key, "True");
    for (const char* key :
         {"stay_close_to_home", "ChildrenAvoidHazards", "BoysTakeRisk", "WomenAvoidHazards",
          "ElderlyAvoidHazards", "MatchCampEthnicity", "MatchTownEthnicity", "MatchConflictEthnicity",
          "MatchCampReligion", "flee_when_starving", "avoid_food_deprived_locations", "use_economic_pull",
          "harvest_months", "flood_rules"})
        expect_named("move_rules", key, "[6]");
    EXPECT_THAT(said_of("spawn_rules", "starvation_driven_spawning", "True"),
                HasSubstr("who is displaced differs from Flee"));
}

TEST(Simsetting, numbers_are_taken_as_flee_takes_them) {
    const auto taken = [](const std::string& text) {
        const CaseFolder folder(rich_case(text));
        const auto loaded = load_scenario(folder.path());
        EXPECT_TRUE(loaded) << text << report(loaded.findings());
        return std::pair(loaded ? loaded->settings.flee3 : Flee3Settings(), report(loaded.findings()));
    };
    const auto [texts, said_of_texts] = taken("move_rules: {max_move_speed: \"200\", softening: '36.5'}\n");
    EXPECT_EQ(texts.max_move_speed, 200);
    EXPECT_EQ(texts.softening, 36.5);
    EXPECT_THAT(said_of_texts, ::testing::Not(HasSubstr("simsetting.yml")));
    const auto [chances, said_of_chances] =
        taken("move_rules: {default_movechance: 1.5, awareness_level: -1, conflict_weight: 0}\n");
    EXPECT_EQ(chances.default_movechance, 1);
    EXPECT_EQ(chances.awareness_level, 1);
    EXPECT_EQ(chances.conflict_weight, 1e-9);
    for (const char* part :
         {"'default_movechance' of 1.5 is taken as 1: no chance is larger",
          "'awareness_level' of -1 is taken as 1: Flee does", "'conflict_weight' of 0 is taken as 1e-9"})
        EXPECT_THAT(said_of_chances, HasSubstr(part));
    const auto [people, said_of_people] =
        taken("spawn_rules:\n  conflict_driven_spawning: {displaced_per_conflict_day: 20.7}\n");
    EXPECT_EQ(people.displaced_per_conflict_day, 20);
    EXPECT_THAT(said_of_people, HasSubstr("20.7 people a day are 20: Flee cuts off what is not whole"));
}

TEST(Simsetting, of_a_key_that_stands_twice_the_last_counts) {
    const CaseFolder folder(
        rich_case("move_rules:\n  softening: 1\n  softening: 7\n"
                  "spawn_rules: {insert_day0: False}\nspawn_rules: {sum_from_camps: False}\n"));
    const auto loaded = load_scenario(folder.path());
    ASSERT_TRUE(loaded) << report(loaded.findings());
    EXPECT_EQ(loaded->settings.flee3.softening, 7);
    EXPECT_TRUE(loaded->settings.flee3.insert_day0);
    EXPECT_FALSE(loaded->settings.flee3.sum_from_camps);
    EXPECT_THAT(report(loaded.findings()),
                ::testing::AllOf(
                    HasSubstr("simsetting.yml:3:3: warning: key 'softening' is given twice; the first is "
                              "on line 2, and this one counts"),
                    HasSubstr("simsetting.yml:5:1: warning: key 'spawn_rules' is given twice")));
}

TEST(Simsetting, what_changes_nothing_in_flee_changes_nothing_and_is_said_so) {
    const std::pair<const char*, const char*> keys[] = {
        {"spawn_rules", "conflict_zone_spawning_only"}, {"spawn_rules", "default_conflict_intensity"},
        {"spawn_rules", "average_social_connectivity"}, {"spawn_rules", "camps_are_sinks"},
        {"move_rules", "max_crossing_speed"},           {"move_rules", "two_system_decision_making"},
        {"move_rules", "home_distance_power"},          {"move_rules", "avg_religion_fraction"}};
    const auto without = days_of("");
    for (const auto& [section, key] : keys) {
        EXPECT_THAT(said_of(section, key, "7"),
                    HasSubstr(fmt::format("'{}' has no effect, in Flee neither", key)));
        EXPECT_TRUE(same(without, days_of(fmt::format("{}:\n  {}: 7\n", section, key)))) << key;
    }
    EXPECT_THAT(said_of("spawn_rules", "conflict_zone_spawning_only", "False"),
                HasSubstr("'conflict_zone_spawning_only' has no effect, in Flee neither"));
    for (const char* key : {"agent", "link", "camp", "conflict", "init", "idp_totals", "granularity"})
        EXPECT_THAT(said_of("log_levels", key, "1"), HasSubstr(fmt::format("'{}' writes no log here", key)));
}

TEST(Simsetting, mistakes_are_said_with_their_place) {
    const auto at = [](const char* text) {
        const CaseFolder folder(rich_case(text));
        return report(load_scenario(folder.path()).findings());
    };
    EXPECT_THAT(at("move_rules:\n  camp_wieght: 2\n"), HasSubstr("simsetting.yml:2:3: warning"));
    EXPECT_THAT(at("move_rules:\n  camp_wieght: 2\n"), HasSubstr("did you mean 'camp_weight'?"));
    EXPECT_THAT(at("move_rule: {}\n"), HasSubstr("did you mean 'move_rules'?"));
    EXPECT_THAT(at("move_rules:\n  softening: far\n"), HasSubstr("simsetting.yml:2:14: error"));
    EXPECT_THAT(at("move_rules:\n  start_on_foot: \"false\"\n"), HasSubstr("expects True or False"));
    EXPECT_THAT(at("spawn_rules:\n  conflict_driven_spawning: {spawn_mode: often}\n"),
                HasSubstr("simsetting.yml:"));
    EXPECT_THAT(at("spawn_rules:\n  conflict_driven_spawning: True\n"), HasSubstr("expects keys below it"));
    EXPECT_THAT(at("spawn_rules:\n  conflict_spawn_decay: 0.5\n"), HasSubstr("expects a list of factors"));
}

}  // namespace
}  // namespace nuzuh
