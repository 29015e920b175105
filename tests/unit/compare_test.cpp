// Two runs held against each other, by hand.
#include "sim/study/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nuzuh {
namespace {

MeasuredRun run_with(std::vector<double> at_risk, std::vector<double> arrivals_west = {}) {
    MeasuredRun run;
    run.title = "base";
    run.engine = "compartments";
    run.mode = "stochastic";
    run.seed = 7;
    run.from = "2024-03-01";
    run.to = "2024-04-30";
    run.places = {"east", "west"};
    run.routes = {"road"};
    run.members = at_risk.size();
    if (arrivals_west.empty()) arrivals_west.assign(at_risk.size(), 100);
    run.measures = {{"person_days_at_risk", "person-days", "", "", std::move(at_risk)},
                    {"arrivals", "persons", "", "east", std::vector<double>(run.members, 50)},
                    {"arrivals", "persons", "", "west", std::move(arrivals_west)},
                    {"arrivals", "persons", "east", "west", std::vector<double>(run.members, 30)}};
    return run;
}

TEST(Compare, members_of_a_pair_are_held_against_each_other) {
    const auto a = run_with({100, 200, 300}), b = run_with({90, 180, 290});
    const auto paired = compare(a, b, true);
    const auto& risk = overall(paired, "person_days_at_risk");
    EXPECT_EQ(risk.a_median, 200);
    EXPECT_EQ(risk.b_median, 180);
    EXPECT_EQ(risk.band[2], -10) << "differences are -10, -20, -10; those of medians would be -20";
    EXPECT_DOUBLE_EQ(risk.mean, -40.0 / 3);
    EXPECT_DOUBLE_EQ(risk.band[0], -19) << "5 % of the way from -20 to -10, twice over";
    EXPECT_EQ(risk.share_less, 1);
    EXPECT_EQ(risk.share_more, 0);
}

TEST(Compare, without_pairs_every_member_meets_every_other_and_the_band_is_wider) {
    const auto a = run_with({100, 200}), b = run_with({90, 190, 290});
    const auto apart = compare(a, b, false);
    const auto& risk = overall(apart, "person_days_at_risk");
    // -10, 90, 190, -110, -10, 90
    EXPECT_EQ(risk.band[2], 40);
    EXPECT_DOUBLE_EQ(risk.share_less, 0.5);
    EXPECT_DOUBLE_EQ(risk.mean, 40);
    EXPECT_FALSE(apart.paired);
}

TEST(Compare, says_why_runs_cannot_be_compared_or_paired) {
    const auto a = run_with({1, 2});
    auto b = a;
    EXPECT_EQ(why_not_comparable(a, b), "");
    EXPECT_EQ(why_not_paired(a, b), "");
    b.seed = 8;
    EXPECT_THAT(why_not_paired(a, b), testing::HasSubstr("seeds, 7 and 8"));
    b = run_with({1, 2, 3});
    EXPECT_THAT(why_not_paired(a, b), testing::HasSubstr("members, 2 and 3"));
    b = a;
    b.engine = "agents";
    EXPECT_THAT(why_not_paired(a, b), testing::HasSubstr("engines"));
    b.places = {"east"};
    EXPECT_THAT(why_not_comparable(a, b), testing::HasSubstr("places"));
    b = a;
    b.to = "2024-05-01";
    EXPECT_THAT(why_not_comparable(a, b), testing::HasSubstr("2024-05-01"));
}

TEST(Compare, who_is_diverted_where_leaves_out_places_without_a_difference) {
    const auto comparison = compare(run_with({1, 2}), run_with({1, 2}, {140, 160}), true);
    const auto places = diverted(comparison);
    ASSERT_EQ(places.size(), 1u);
    EXPECT_EQ(places[0].measure.place, "west");
    EXPECT_EQ(places[0].band[2], 50);
}

TEST(Compare, the_headline_says_how_much_and_how_sure) {
    const auto a = run_with({123'456, 123'456});
    auto b = run_with({100'000, 100'000});
    b.title = "truce";
    EXPECT_EQ(headline(compare(a, b, true)),
              "\"truce\" against \"base\": 23,500 person-days at risk averted in the median, 23,500 to "
              "23,500 in 90 % "
              "of pairs of runs with the same chance; fewer in 100 % of them.");
    EXPECT_THAT(headline(compare(b, a, true)), testing::HasSubstr("23,500 person-days at risk more"));
    EXPECT_THAT(headline(compare(a, a, true)), testing::HasSubstr("the same person-days at risk"));
}

}  // namespace
}  // namespace nuzuh
