// Two runs held against each other, by hand.
#include "sim/study/compare.hpp"

#include <algorithm>

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
    const auto& risk = *overall(paired, "person_days_at_risk");
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
    const auto& risk = *overall(apart, "person_days_at_risk");
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
    b.unknowns = "another prior";
    EXPECT_THAT(why_not_paired(a, b), testing::HasSubstr("in different ways"));
    b = a;
    b.engine = "agents";
    EXPECT_THAT(why_not_paired(a, b), testing::HasSubstr("engines"));
    b.places = {"elsewhere"};
    EXPECT_THAT(why_not_comparable(a, b), testing::HasSubstr("no place in common"));
    b = a;
    b.to = "2024-05-01";
    EXPECT_THAT(why_not_comparable(a, b), testing::HasSubstr("2024-05-01"));
}

/// The run with one more place, at which so many arrive in every member.
MeasuredRun with_camp(MeasuredRun run, double arrivals, bool first = false) {
    run.places.insert(first ? run.places.begin() : run.places.end(), "camp");
    run.routes.push_back("way_to_camp");
    const std::vector<double> members(run.members, arrivals);
    run.measures.insert(first ? run.measures.begin() : run.measures.end(),
                        {{"arrivals", "persons", "", "camp", members},
                         {"arrivals", "persons", "camp", "west", members},
                         {"arrivals", "persons", "east", "camp", members}});
    return run;
}

const Difference* at_place(const Comparison& comparison, const std::string& origin,
                           const std::string& place) {
    for (const auto& d : comparison.differences) {
        if (d.measure.quantity == "arrivals" && d.measure.origin == origin && d.measure.place == place)
            return &d;
    }
    return nullptr;
}

TEST(Compare, at_a_place_that_one_run_lacks_nobody_is) {
    const auto base = run_with({1, 2});
    for (bool first : {false, true}) {
        const auto camp = with_camp(base, 70, first);
        EXPECT_EQ(why_not_comparable(base, camp), "");
        const auto more = compare(base, camp, true), less = compare(camp, base, true);
        for (const auto& [origin, place] : {std::pair{"", "camp"}, {"camp", "west"}, {"east", "camp"}}) {
            ASSERT_TRUE(at_place(more, origin, place)) << origin << " to " << place;
            EXPECT_EQ(at_place(more, origin, place)->a_median, 0);
            EXPECT_EQ(at_place(more, origin, place)->band[2], 70);
            EXPECT_EQ(at_place(less, origin, place)->band[2], -70);
        }
        EXPECT_EQ(at_place(more, "", "west")->band[2], 0) << "a place that both have meets itself";
        EXPECT_THAT(more.notes,
                    testing::ElementsAre(testing::HasSubstr("Only B has this place: camp"),
                                         testing::HasSubstr("Only B has this route: way_to_camp")));
        EXPECT_THAT(less.notes[0], testing::HasSubstr("Only A has this place: camp"));
        EXPECT_THAT(pairs_text(more), testing::HasSubstr("where their networks agree"));
    }
}

TEST(Compare, each_run_may_have_a_place_of_its_own) {
    const auto base = run_with({1, 2});
    auto a = with_camp(base, 70), b = with_camp(base, 40);
    for (auto* m : {&a.measures[4], &a.measures[6]}) m->place = "hill";
    a.measures[5].origin = "hill";
    a.places.back() = "hill";
    const auto compared = compare(a, b, true);
    EXPECT_EQ(at_place(compared, "", "hill")->band[2], -70);
    EXPECT_EQ(at_place(compared, "", "camp")->band[2], 40);
    EXPECT_EQ(at_place(compared, "hill", "west")->band[2], -70);
    EXPECT_EQ(at_place(compared, "camp", "west")->band[2], 40);
}

TEST(Compare, what_only_one_run_tells_is_said_and_not_compared) {
    const auto told = run_with({1, 2});
    auto untold = told;
    untold.measures.pop_back();  // homes are not told apart
    for (const auto& compared : {compare(told, untold, true), compare(untold, told, true)}) {
        EXPECT_EQ(compared.differences.size(), 3u);
        ASSERT_EQ(compared.notes.size(), 1u);
        EXPECT_THAT(compared.notes[0], testing::HasSubstr("tells arrivals by home: not compared"));
    }
    auto without_danger = told;
    without_danger.measures.erase(without_danger.measures.begin());
    const auto compared = compare(told, without_danger, true);
    EXPECT_THAT(compared.notes, testing::ElementsAre(testing::HasSubstr("Only A tells person_days_at_risk")));
    EXPECT_EQ(overall(compared, "person_days_at_risk"), nullptr);
    EXPECT_EQ(headline(compared), "");
    // The camp of a run that tells no homes apart says nothing about who came from the camp.
    const auto camp = with_camp(told, 70);
    EXPECT_EQ(at_place(compare(untold, camp, true), "east", "camp"), nullptr);
    EXPECT_EQ(at_place(compare(untold, camp, true), "", "camp")->band[2], 70);
}

TEST(Compare, measures_meet_by_name_in_whatever_order_they_stand) {
    const auto a = run_with({100, 200}, {1, 2});
    auto b = a;
    std::reverse(b.measures.begin(), b.measures.end());
    std::reverse(b.places.begin(), b.places.end());
    for (const auto& d : compare(a, b, true).differences) EXPECT_EQ(d.share_less + d.share_more, 0);
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
    auto b = run_with({100'000, 100'001});
    b.title = "truce";
    EXPECT_EQ(headline(compare(a, b, true)),
              "\"truce\" against \"base\": 23,500 person-days at risk averted in the median, 23,500 to "
              "23,500 in 90 % "
              "of pairs of runs with the same chance; fewer in 100 % of them.")
        << "no digit that the band does not support";
    EXPECT_THAT(headline(compare(b, a, true)), testing::HasSubstr("23,500 person-days at risk more"));
    EXPECT_THAT(headline(compare(a, a, true)), testing::HasSubstr("the same person-days at risk"));
}

}  // namespace
}  // namespace nuzuh
