// What is kept of a run is what a run that keeps everything says.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "sim/study/collect.hpp"
#include "sim/study/ensemble.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

bool same(std::span<const float> a, std::span<const float> b) {
    const auto alike = [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), alike);
}

TEST(Collect, every_output_alone_is_the_same_as_with_all_others) {
    auto settings = test::three_places();
    settings.network.places[2].capacity = 100;  // so that there is a day on which it is full
    const World world = test::built(std::move(settings));
    const EngineSpec spec{EngineKind::compartments, DrawMode::stochastic, 7, 0, 0};
    const RunResult whole = run_members({{{&world, spec}}}, 3, Selection::everything()).front();
    for (const char* name :
         {"total_movements", "total_displaced", "total_abroad", "total_person_days_displaced", "displaced",
          "departures", "at_home_by_danger", "person_days_displaced_by_danger", "first_day_full",
          "route_persons", "arrivals_from", "displaced_from_final"}) {
        StudySettings study;
        study.collect = {{name, Keep::runs}};
        const auto outputs = outputs_of(study, EngineKind::compartments);
        ASSERT_TRUE(outputs) << name;
        const RunResult run = run_members({{{&world, spec}}}, 3, selection_for(*outputs)).front();
        const Output& output = outputs->front();
        EXPECT_TRUE(same(output.values(run), output.values(whole))) << name;
        EXPECT_EQ(output.values(run).size(), value_count(output, world, record_days(world, 3).size()))
            << name;
        EXPECT_TRUE(std::any_of(output.values(run).begin(), output.values(run).end(), [](float x) {
            return x >= 0;
        })) << name;
    }
}

TEST(Collect, by_default_all_totals_of_every_run) {
    const auto outputs = outputs_of({}, EngineKind::compartments);
    ASSERT_TRUE(outputs);
    EXPECT_EQ(outputs->size(), std::size_t(total_field_count));
    for (const auto& output : *outputs) EXPECT_EQ(output.keep, Keep::runs);
}

TEST(Collect, an_unknown_output_is_named_with_the_nearest) {
    StudySettings study;
    study.collect = {{"displaced", Keep::runs}, {"total_movemets", Keep::runs}};
    const auto outputs = outputs_of(study, EngineKind::compartments);
    ASSERT_FALSE(outputs);
    EXPECT_EQ(outputs.findings().front().path, "collect[1].output");
    EXPECT_EQ(outputs.findings().front().hint, "did you mean 'total_movements'?");
}

TEST(Collect, runs_that_forget_homes_have_nothing_by_home) {
    StudySettings study;
    study.collect = {
        {"displaced", Keep::runs}, {"arrivals_from", Keep::runs}, {"displaced_from_final", Keep::runs}};
    EXPECT_TRUE(outputs_of(study, EngineKind::agents));
    const auto outputs = outputs_of(study, EngineKind::pooled);
    ASSERT_FALSE(outputs);
    ASSERT_EQ(outputs.findings().size(), 2u);
    EXPECT_EQ(outputs.findings()[0].path, "collect[1].output");
    EXPECT_EQ(outputs.findings()[1].path, "collect[2].output");
}

TEST(Collect, an_output_is_collected_once) {
    StudySettings study;
    study.collect = {{"displaced", Keep::runs}, {"displaced", Keep::quantiles}};
    const auto outputs = outputs_of(study, EngineKind::compartments);
    ASSERT_FALSE(outputs);
    EXPECT_EQ(outputs.findings().front().path, "collect[1].output");
}

TEST(Collect, what_may_never_happen_has_no_quantiles) {
    StudySettings study;
    study.collect = {{"first_day_full", Keep::quantiles}};
    const auto outputs = outputs_of(study, EngineKind::compartments);
    ASSERT_FALSE(outputs);
    EXPECT_EQ(outputs.findings().front().path, "collect[0].keep");
}

}  // namespace
}  // namespace nuzuh
