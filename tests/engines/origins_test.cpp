// Without origins: exact where homes do not matter, close where they do, and nothing lost.
#include <gtest/gtest.h>

#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

EnsembleResult run_without_origin(const ScenarioSettings& settings, DrawMode mode, int members = 1) {
    const World world = test::built(settings);
    EnsembleSpec spec;
    spec.mode = mode;
    spec.members = members;
    spec.engine = EngineKind::pooled;
    auto result = run_ensemble(world, spec);
    EXPECT_EQ(result.failure, "");
    return result;
}

/// Relative difference of a total at the end of two runs.
double apart(const RunResult& a, const RunResult& b, TotalField field) {
    const double x = test::last(a, field), y = test::last(b, field);
    return std::abs(x - y) / std::max(1.0, std::max(x, y));
}

TEST(WithoutOrigin, is_exact_where_homes_change_nothing) {
    auto s = test::rich_settings();
    s.behaviour.choose.network_pull = 0;
    s.behaviour.choose.attraction_town = 1e-12;  // nobody could choose a home, own or other
    s.behaviour.returning.rate = 0;
    s.ceasefires.clear();
    const World world = test::built(s);
    const auto with = test::expected(s);
    const auto without = run_without_origin(s, DrawMode::expected);
    for (std::size_t f = 0; f < place_field_count; ++f) {
        const auto& a = with.members[0].place[f];
        const auto& b = without.members[0].place[f];
        for (std::size_t c = 0; c < a.size(); ++c) {
            ASSERT_NEAR(a[c], b[c], 1e-2 + 1e-5 * a[c]) << place_fields[f].name << " " << c;
        }
    }
    EXPECT_EQ(with.members[0].route.size(), without.members[0].route.size());
    for (std::size_t c = 0; c < with.members[0].route.size(); ++c) {
        ASSERT_NEAR(with.members[0].route[c], without.members[0].route[c],
                    1e-2 + 1e-5 * with.members[0].route[c]);
    }
}

TEST(WithoutOrigin, totals_stay_close_where_homes_matter) {
    const auto s = test::rich_settings();
    const auto with = test::expected(s).members[0];
    const auto without = run_without_origin(s, DrawMode::expected).members[0];
    EXPECT_GT(test::last(without, TotalField::returned), 100);
    EXPECT_LT(apart(with, without, TotalField::people_displaced), 0.01);
    EXPECT_LT(apart(with, without, TotalField::movements), 0.05);
    EXPECT_LT(apart(with, without, TotalField::returned), 0.10);
}

TEST(WithoutOrigin, expected_values_are_the_limit_of_many_people) {
    auto s = test::rich_settings();
    for (auto& place : s.network.places.own()) {
        place.population *= 100;
        if (place.capacity) *place.capacity *= 100;
    }
    s.crossings[0].quota *= 100;
    s.behaviour.leave.daily_noise = s.behaviour.leave.run_noise = 0;
    s.behaviour.choose.network_pull = 0;  // (1 + households)^pull is no power law of few households
    const auto mean = run_without_origin(s, DrawMode::expected).members[0];
    const auto drawn = run_without_origin(s, DrawMode::stochastic).members[0];
    for (const auto field :
         {TotalField::movements, TotalField::displaced, TotalField::returned, TotalField::abroad}) {
        EXPECT_LT(apart(mean, drawn, field), 0.01) << info(field).name;
    }
}

TEST(WithoutOrigin, keeps_no_flows_by_home_and_still_feels_pull_and_returns) {
    const auto s = test::rich_settings();
    const World world = test::built(s);
    const auto before = run_without_origin(s, DrawMode::expected);
    EXPECT_TRUE(before.members[0].arrivals_from.empty());
    EXPECT_TRUE(before.mean_displaced_from.empty());
    auto pull = s, rate = s;
    pull.behaviour.choose.network_pull = 0.6;
    rate.behaviour.returning.rate = 0.02;
    EXPECT_FALSE(
        test::same(world, before.members[0], run_without_origin(pull, DrawMode::expected).members[0]));
    EXPECT_FALSE(
        test::same(world, before.members[0], run_without_origin(rate, DrawMode::expected).members[0]));
}

TEST(OriginsKept, say_less_and_change_nothing_else) {
    const World world = test::built(test::rich_settings());
    for (const auto& [kind, mode] : {std::pair(EngineKind::compartments, DrawMode::stochastic),
                                     std::pair(EngineKind::compartments, DrawMode::expected),
                                     std::pair(EngineKind::agents, DrawMode::stochastic)}) {
        EnsembleSpec spec;
        spec.engine = kind;
        spec.mode = mode;
        spec.members = mode == DrawMode::expected ? 1 : 3;
        const EnsembleResult all = run_ensemble(world, spec);
        spec.origins = OriginsKept::at_end;
        const EnsembleResult at_end = run_ensemble(world, spec);
        spec.origins = OriginsKept::nothing;
        const EnsembleResult nothing = run_ensemble(world, spec);
        EXPECT_FALSE(all.mean_displaced_from.empty());
        EXPECT_TRUE(at_end.mean_displaced_from.empty());
        EXPECT_TRUE(nothing.members[0].displaced_from.empty() && nothing.members[0].arrivals_from.empty());
        EXPECT_EQ(at_end.members[0].displaced_from, all.members[0].displaced_from);
        EXPECT_EQ(at_end.members[0].arrivals_from, all.members[0].arrivals_from);
        for (const auto* less : {&at_end, &nothing}) {
            EXPECT_EQ(less->members.back().place, all.members.back().place);
            EXPECT_EQ(less->members.back().route, all.members.back().route);
        }
    }
}

}  // namespace
}  // namespace nuzuh
