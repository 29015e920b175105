// The library refuses what a scenario would refuse, in the same words.
#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"
#include "sim/model/engine_choice.hpp"
#include "tests/flee/nets.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

/// A town in conflict, and a camp behind another town, by the rules of Flee 3.
ScenarioSettings by_flee() {
    return test::toy_net({{"a"}, {"b"}, {"c", PlaceType::camp}}, {{"a", "b", 100}, {"b", "c", 100}});
}

std::string refusal(const World& world, const EngineSpec& spec) {
    try {
        make_engine(world, spec);
    } catch (const std::invalid_argument& why) {
        return why.what();
    }
    return "";
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(MakeEngine, makes_every_engine_that_a_scenario_may_ask_for) {
    const World world = test::built(test::three_places());
    for (const auto kind : {EngineKind::compartments, EngineKind::agents, EngineKind::pooled}) {
        EXPECT_EQ(refusal(world, {.kind = kind}), "");
        const bool draws_only = kind == EngineKind::agents;
        EXPECT_EQ(refusal(world, {.kind = kind, .mode = DrawMode::expected}).empty(), !draws_only);
    }
    EXPECT_EQ(refusal(world, {.kind = EngineKind::agents, .traces = 5}), "");
}

TEST(MakeEngine, refuses_what_a_scenario_refuses) {
    const World world = test::built(test::three_places());
    EXPECT_TRUE(
        says(refusal(world, {.kind = EngineKind::agents, .mode = DrawMode::expected}), "always draw"));
    for (const auto kind : {EngineKind::compartments, EngineKind::pooled})
        EXPECT_TRUE(says(refusal(world, {.kind = kind, .traces = 1}), "no traces"));
    EXPECT_TRUE(says(refusal(world, {.kind = EngineKind::agents, .traces = -1}), "below 0"));
}

TEST(MakeEngine, refuses_other_engines_for_the_rules_of_flee) {
    const World world = test::built(by_flee());
    EXPECT_EQ(refusal(world, {.kind = EngineKind::agents}), "");
    for (const auto kind : {EngineKind::compartments, EngineKind::pooled})
        EXPECT_TRUE(says(refusal(world, {.kind = kind}), "flee3"));
    EXPECT_TRUE(
        says(refusal(world, {.kind = EngineKind::agents, .mode = DrawMode::expected}), "always draw"));
    EXPECT_TRUE(says(refusal(world, {.kind = EngineKind::agents, .traces = 3}), "no traces"));
}

TEST(MakeEngine, refuses_runs_that_cannot_be_moved_together) {
    const World world = test::built(test::three_places());
    const Member alone{&world, {}}, pooled{&world, {.kind = EngineKind::pooled}};
    const Member two_alone[] = {alone, alone}, unlike[] = {pooled, alone}, alike[] = {pooled, pooled};
    EXPECT_THROW(make_engine(std::span<const Member>()), std::invalid_argument);
    EXPECT_THROW(make_engine(two_alone), std::invalid_argument);
    EXPECT_THROW(make_engine(unlike), std::invalid_argument);
    EXPECT_NO_THROW(make_engine(alike));
}

TEST(MakeEngine, an_ensemble_refuses_before_anything_is_simulated) {
    const World world = test::built(test::three_places());
    EnsembleSpec spec;
    spec.mode = DrawMode::expected;
    spec.members = 2;
    EXPECT_THROW(run_ensemble(world, spec), std::invalid_argument);
    EnsembleSpec stopped;
    stopped.engine = EngineKind::agents;
    stopped.keep_state = true;
    EXPECT_THROW(run_ensemble(test::built(by_flee()), stopped), std::invalid_argument);
    EXPECT_NO_THROW(run_ensemble(world, stopped));
}

/// Whatever a scenario asks for: the reader refuses it where the maker does.
TEST(MakeEngine, refuses_exactly_what_the_reader_of_scenarios_refuses) {
    for (const auto kind : {EngineKind::compartments, EngineKind::agents, EngineKind::pooled}) {
        for (const auto mode : {DrawMode::stochastic, DrawMode::expected}) {
            for (const bool flee : {false, true}) {
                const auto right = flee ? by_flee() : test::three_places();
                auto asked = right;
                asked.engine.kind = kind;
                asked.engine.mode = mode;
                EXPECT_EQ(bool(make_world(asked)),
                          refusal(test::built(right), {.kind = kind, .mode = mode}).empty());
            }
        }
    }
}

}  // namespace
}  // namespace nuzuh
