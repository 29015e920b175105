// Who is registered on the first day is in the camps, in every engine and under every set of rules; and keys of Flee
// that decide who leaves are not passed over in silence where they do not.
#include <map>

#include <gmock/gmock.h>

#include "sim/check/make_world.hpp"
#include "sim/model/homes.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/study/baselines.hpp"
#include "sim/study/forecast.hpp"
#include "tests/flee/cases.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

using test::CaseFiles;
using test::CaseFolder;
using ::testing::HasSubstr;
using ::testing::Not;

/// A town in conflict, a quiet one and two camps for 40 days; registrations by row.
CaseFiles two_camps(const std::string& near, const std::string& far) {
    CaseFiles files{
        {"input_csv/sim_period.csv", "StartDate,2020-01-01\nLength,40\n"},
        {"input_csv/locations.csv",
         "#name,region,country,lat,lon,location_type,conflict_date,population\n"
         "Alpha,r,home,1,30,conflict_zone,0,9000\nBeta,r,home,1,30.5,town,0,3000\n"
         "Near,r,abroad,1,31,camp,0,8000\nFar,r,abroad,1.2,31,camp,0,8000\n"},
        {"input_csv/routes.csv", "#name1,name2,distance\nAlpha,Beta,60\nBeta,Near,50\nBeta,Far,90\n"},
        {"input_csv/closures.csv", "#type\n"},
        {"source_data/data_layout.csv", "total,all.csv\nNear,near.csv\nFar,far.csv\n"},
        {"source_data/all.csv", "2020-01-01,7000\n"},
        {"source_data/near.csv", near},
        {"source_data/far.csv", far},
        {"simsetting.yml", "move_rules: {camp_movechance: 0}\n"}};
    std::string conflicts = "#Day,Alpha\n";
    for (int day = 0; day < 40; ++day) conflicts += fmt::format("{},1\n", day);
    files["input_csv/conflicts.csv"] = conflicts;
    return files;
}

ScenarioSettings settings_of(const CaseFiles& files) {
    const CaseFolder folder(files);
    const auto loaded = load_scenario(folder.path());
    if (!loaded) throw std::runtime_error(report(loaded.findings()));
    return loaded->settings;
}

/// Displaced people at both camps at the end of a run.
double in_camps(const ScenarioSettings& settings, EngineKind engine, DrawMode mode) {
    const World world = test::built(settings);
    const auto result = test::run(world, engine, mode);
    return test::at_end(world, result.members[0], PlaceField::displaced, "near") +
           test::at_end(world, result.members[0], PlaceField::displaced, "far");
}

/// Registrations that never grow: they stay, or shrink.
const std::vector<std::pair<std::string, std::string>> never_growing = {
    {"2020-01-01,4000\n", "2020-01-01,3000\n"},
    {"2020-01-01,4000\n2020-02-09,3000\n", "2020-01-01,3000\n2020-01-20,100\n"},
    {"2019-06-01,4000\n2020-03-01,4000\n", "2020-01-01,3000\n2020-01-15,2999\n"}};

TEST(StockOfTheFirstDay, is_in_the_camps_in_every_engine_and_under_every_set_of_rules) {
    for (const auto& [near, far] : never_growing) {
        auto s = settings_of(two_camps(near, far));
        EXPECT_EQ(in_camps(s, EngineKind::agents, DrawMode::stochastic), 7000) << "flee3 " << near;
        s.behaviour.rules = Rules::hazard_choice;
        EXPECT_EQ(in_camps(s, EngineKind::agents, DrawMode::stochastic), 7000) << near;
        EXPECT_EQ(in_camps(s, EngineKind::compartments, DrawMode::stochastic), 7000) << near;
        EXPECT_NEAR(in_camps(s, EngineKind::compartments, DrawMode::expected), 7000, 1e-6) << near;
        EXPECT_NEAR(in_camps(s, EngineKind::pooled, DrawMode::stochastic), 7000, 1e-6) << near;
    }
}

TEST(StockOfTheFirstDay, is_there_when_conflicts_drive_those_who_come_later) {
    auto files = two_camps("2020-01-01,4000\n", "2020-01-01,3000\n");
    files["simsetting.yml"] =
        "spawn_rules: {conflict_driven_spawning: {displaced_per_conflict_day: 0}}\nmove_rules: "
        "{camp_movechance: 0}\n";
    EXPECT_EQ(in_camps(settings_of(files), EngineKind::agents, DrawMode::stochastic), 7000);
    files["simsetting.yml"] =
        "spawn_rules: {insert_day0: False, conflict_driven_spawning: "
        "{displaced_per_conflict_day: 0}}\n";
    EXPECT_EQ(in_camps(settings_of(files), EngineKind::agents, DrawMode::stochastic), 0);
}

/// Homes as place and share, of the first day.
std::vector<std::pair<std::string, double>> homes(const ScenarioSettings& settings) {
    const World world = test::built(settings);
    const Eigen::ArrayXXd share = homes_by_day(world);
    std::vector<std::pair<std::string, double>> out;
    for (int i = 0; i < world.place_count() && share.cols() > 0; ++i) {
        if (share(i, 0) > 0) out.emplace_back(world.places[std::size_t(i)].place, share(i, 0));
    }
    return out;
}

TEST(StockOfTheFirstDay, comes_from_conflict_or_else_from_where_people_live) {
    using Homes = std::vector<std::pair<std::string, double>>;
    auto s = settings_of(two_camps(never_growing[0].first, never_growing[0].second));
    s.behaviour.rules = Rules::hazard_choice;
    EXPECT_EQ(homes(s), (Homes{{"alpha", 1}}));
    s.conflicts = {{"beta", s.period.from + 9, s.period.to, 1, ""}};
    EXPECT_EQ(homes(s), (Homes{{"beta", 1}})) << "where conflict comes later";
    s.conflicts[0].place = "near";
    EXPECT_EQ(homes(s), (Homes{{"alpha", 0.75}, {"beta", 0.25}})) << "where nobody lives in conflict";
    for (auto& place : s.network.places.own()) place.population = 0;
    EXPECT_TRUE(homes(s).empty());
    EXPECT_EQ(in_camps(s, EngineKind::compartments, DrawMode::stochastic), 7000);
}

TEST(StockOfTheFirstDay, is_what_a_forecast_starts_from) {
    for (const auto& [near, far] : never_growing) {
        auto s = settings_of(two_camps(near, far));
        s.behaviour.rules = Rules::hazard_choice;
        s.engine.kind = EngineKind::compartments;
        for (const auto& place : {"near", "far"}) {  // reported once more, the same
            for (auto r = s.registrations.size(); r-- > 0;) {
                if (s.registrations[r].place != place) continue;
                s.registrations.push_back({place, s.period.to, s.registrations[r].persons});
                break;
            }
        }
        const World world = test::built(s);
        ForecastSpec spec;
        spec.hindsight = spec.raw = true;
        spec.every_days = 14;
        spec.horizons_days = {7, 14};
        spec.members = 3;
        spec.uncertainty = 0;
        const auto rows = rolling_forecasts(world, spec);
        ASSERT_FALSE(rows.empty());
        for (const auto& row : rows) {
            const double then = registrations_on(world, {double(row.origin - world.start)})
                                    .persons(0, row.place == world.place_index("near") ? 0 : 1);
            EXPECT_NEAR(row.members[0], then, 1) << iso(row.origin);
        }
        for (const auto& skill : forecast_skill(rows, {7, 14, 56}))
            EXPECT_EQ(std::isnan(skill.relative(skill.model)),
                      skill.forecasts == 0 || !(skill.plain[0].log_interval_score > 0));
    }
}

TEST(StockOfTheFirstDay, is_all_that_the_rules_of_flee_begin_with) {
    auto s = settings_of(two_camps("2020-01-01,4000\n2020-02-09,9000\n", "2020-01-01,3000\n"));
    for (const int origin : {10, 20}) {
        const World then = test::built(as_of(test::built(s), origin, 0.02, Eigen::ArrayXd::Constant(7, 100)));
        EXPECT_TRUE(then.settings.displaced.empty());
        const double registered = registrations_on(then, {0}).persons.sum();
        EXPECT_GT(registered, 7500);
        EXPECT_NEAR(in_camps(then.settings, EngineKind::agents, DrawMode::stochastic), registered, 800)
            << origin;
    }
    s.displaced = {{"near", "", 500, {}, 0, ""}};
    const auto world = make_world(s);
    EXPECT_FALSE(world);
    EXPECT_THAT(report(world.findings()),
                HasSubstr("rules: flee3 begins with who is registered on the first day"));
    s.behaviour.rules = Rules::hazard_choice;
    EXPECT_TRUE(make_world(s));
}

TEST(StockOfTheFirstDay, has_the_homes_it_has_in_whatever_order_places_are_listed) {
    auto s = settings_of(two_camps("2020-01-01,4001\n2020-02-09,6000\n", "2020-01-01,3002\n"));
    s.conflicts.own()[0].place = "near";  // so that homes are where people live: three quarters in one town
    s.behaviour.rules = Rules::hazard_choice;
    const auto stay = [](const ScenarioSettings& settings) {
        const World world = test::built(settings);
        std::map<std::tuple<std::string, std::string>, double> households;
        for (const auto& row : world.displaced)
            households[{world.places[std::size_t(row.place)].place,
                        world.places[std::size_t(row.home)].place}] += double(row.households);
        return households;
    };
    auto other = s;
    std::reverse(other.network.places.own().begin(), other.network.places.own().end());
    EXPECT_GE(stay(s).size(), 2u);
    EXPECT_EQ(stay(s), stay(other));
}

TEST(Baselines, leave_as_registrations_grow_whatever_a_run_did) {
    auto s = settings_of(two_camps("2020-01-01,100\n2020-02-09,500\n", "2020-01-01,0\n2020-02-09,390\n"));
    const std::vector<double> days{0, 9, 39};
    const Eigen::ArrayXXd many = Eigen::ArrayXXd::Constant(3, 4, 1e6);
    for (const Rules rules : {Rules::flee3, Rules::hazard_choice}) {
        s.behaviour.rules = rules;
        const auto left = leaving_as_registered(test::built(s), days, many);
        EXPECT_NEAR(left.sum(), 790, 1e-9);
        EXPECT_NEAR(left.col(0).sum(), 790, 1e-9) << "from the town in conflict";
        EXPECT_EQ(left.row(0).sum(), 0);
    }
    s.behaviour.leave.departures = DeparturesBy::hazard;
    Eigen::ArrayXXd ran = Eigen::ArrayXXd::Zero(3, 4);
    ran(2, 0) = 900, ran(2, 1) = 300;
    const auto left = leaving_as_registered(test::built(s), days, ran);
    EXPECT_NEAR(left.sum(), 790, 1e-9);
    EXPECT_NEAR(left.col(1).sum(), 790 / 4.0, 1e-9);
}

/// What is said of a case under hazard_choice.
std::string said_of(const std::string& spawn_rules, const std::string& near) {
    auto files = two_camps(near, "2020-01-01,3000\n");
    files["simsetting.yml"] = "spawn_rules: " + spawn_rules + "\n";
    const CaseFolder folder(files);
    const auto loaded =
        load_scenario(folder.path(), {"behaviour.rules=hazard_choice", "engine.kind=compartments"});
    EXPECT_TRUE(loaded) << report(loaded.findings());
    const auto world = make_world(loaded->settings);
    return (world ? "" : "refused\n") + report(located(*loaded, world.findings()));
}

TEST(KeysOfFlee, that_decide_who_leaves_are_told_where_other_rules_do) {
    const std::string growing = "2020-01-01,4000\n2020-02-09,5000\n";
    for (const char* key : {"sum_from_camps: False", "insert_day0: False", "empty_camps_on_day0: True",
                            "take_from_population: True"}) {
        const std::string name(key, std::string_view(key).find(':'));
        EXPECT_THAT(
            said_of(fmt::format("{{{}}}", key), growing),
            HasSubstr(fmt::format("warning: '{}' has no effect: it acts with rules: flee3 alone", name)));
    }
    EXPECT_THAT(said_of("{}", growing), Not(HasSubstr("flee3")));
    for (const char* mode : {"constant", "pop_ratio", "poisson"}) {
        const auto rules = fmt::format("{{conflict_driven_spawning: {{spawn_mode: {}}}}}", mode);
        EXPECT_THAT(said_of(rules, growing), HasSubstr("warning: 'spawn' has no effect"));
        EXPECT_THAT(said_of(rules, "2020-01-01,4000\n"), HasSubstr("refused\n"));
        EXPECT_THAT(said_of(rules, "2020-01-01,4000\n"), HasSubstr("error: nobody would leave"));
    }
}

}  // namespace
}  // namespace nuzuh
