#include "sim/study/unknowns.hpp"

#include <cmath>
#include <set>

#include <gmock/gmock.h>

#include "sim/study/quantile.hpp"
#include "tests/uncertainty/cases.hpp"

namespace nuzuh {
namespace {

using test::access, test::settings_of, test::world_of;
using testing::ElementsAre, testing::HasSubstr;

Unknowns unknowns_of(const ScenarioSettings& settings) { return *Unknowns::of(settings, access()); }

const std::string only_h_max = "parameters: {prior: [{setting: behaviour.leave.h_max, spread: 0.5}]}\n";
const std::string nothing_given = "uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n";

TEST(Unknowns, a_scenario_that_says_nothing_draws_behaviour_and_inputs) {
    const auto unknowns = unknowns_of(settings_of());
    EXPECT_THAT(
        unknowns.names(),
        testing::IsSupersetOf({"behaviour.leave.h_max", "groups.residents.threshold", "behaviour.return.rate",
                               "uncertainty.strikes", "uncertainty.front_days", "uncertainty.population",
                               "uncertainty.capacity"}));
}

TEST(Unknowns, nothing_is_drawn_of_a_scenario_taken_as_known) {
    EXPECT_FALSE(unknowns_of(settings_of("parameters: {drawn: false}\n" + nothing_given)).any());
}

TEST(Unknowns, inputs_that_do_not_act_are_not_drawn) {
    auto settings = settings_of();
    settings.bombardment.clear();
    settings.fronts.clear();
    const auto names = unknowns_of(settings).names();
    EXPECT_THAT(names, testing::Not(testing::Contains("uncertainty.strikes")));
    EXPECT_THAT(names, testing::Not(testing::Contains("uncertainty.front_days")));
}

TEST(Unknowns, a_spread_is_the_standard_deviation_of_the_logarithm) {
    const auto settings = settings_of(only_h_max + nothing_given);
    const auto unknowns = unknowns_of(settings);
    ASSERT_THAT(unknowns.names(), ElementsAre("behaviour.leave.h_max"));
    double sum = 0, squares = 0;
    constexpr int draws = 4000;
    for (int d = 0; d < draws; ++d) {
        const auto member = unknowns.draw(settings, MemberBlock::size * d);
        EXPECT_EQ(member.values.front(), member.settings.behaviour.leave.h_max);
        const double x = std::log(member.values.front() / settings.behaviour.leave.h_max);
        sum += x;
        squares += x * x;
    }
    EXPECT_NEAR(sum / draws, 0, 4 * 0.5 / std::sqrt(draws));
    EXPECT_NEAR(std::sqrt(squares / draws), 0.5, 4 * 0.5 / std::sqrt(2.0 * draws));
}

TEST(Unknowns, a_range_is_filled_evenly) {
    const auto settings = settings_of(
        "parameters: {prior: [{setting: behaviour.choose.danger_there, from: 1, to: 3}]}\n" + nothing_given);
    const auto unknowns = unknowns_of(settings);
    int below = 0;
    constexpr int draws = 4000;
    for (int d = 0; d < draws; ++d) {
        const double x = unknowns.draw(settings, MemberBlock::size * d).values.front();
        ASSERT_GE(x, 1);
        ASSERT_LE(x, 3);
        below += x < 1.5;
    }
    EXPECT_NEAR(below / double(draws), 0.25, 4 * std::sqrt(0.25 * 0.75 / draws));
}

TEST(Unknowns, draws_outside_what_a_setting_takes_are_drawn_anew) {
    const auto settings = settings_of(
        "behaviour: {choose: {capacity_floor: 0.9}}\n"
        "parameters: {prior: [{setting: behaviour.choose.capacity_floor, spread: 1}]}\n" +
        nothing_given);
    const auto unknowns = unknowns_of(settings);
    std::set<double> values;
    for (int d = 0; d < 200; ++d) {
        const double x = unknowns.draw(settings, MemberBlock::size * d).values.front();
        EXPECT_LE(x, 1);
        values.insert(x);
    }
    EXPECT_EQ(values.size(), 200u);
}

TEST(Unknowns, factors_on_inputs_have_mean_1_and_the_spread_asked_for) {
    auto settings = settings_of(
        "uncertainty: {strikes: 0.3, front_days: 0, population: 0.1, capacity: 0.2}\n"
        "parameters: {drawn: false}\n");
    const auto unknowns = unknowns_of(settings);
    ASSERT_THAT(unknowns.names(),
                ElementsAre("uncertainty.strikes", "uncertainty.population", "uncertainty.capacity"));
    constexpr int draws = 4000;
    std::array<double, 3> sum{}, squares{};
    for (int d = 0; d < draws; ++d) {
        const auto drawn = unknowns.draw(settings, MemberBlock::size * d).settings;
        const std::array factors{*drawn.bombardment[0].strikes_per_day / 20,
                                 drawn.network.places[0].population / 200000,
                                 *drawn.network.places[1].capacity / 60000};
        for (std::size_t f = 0; f < factors.size(); ++f) {
            sum[f] += factors[f];
            squares[f] += std::pow(std::log(factors[f]), 2);
        }
    }
    const std::array spreads{0.3, 0.1, 0.2};
    for (std::size_t f = 0; f < spreads.size(); ++f) {
        EXPECT_NEAR(sum[f] / draws, 1, 5 * spreads[f] / std::sqrt(draws)) << f;
        const double about = spreads[f] * std::sqrt(1 + spreads[f] * spreads[f] / 4);
        EXPECT_NEAR(std::sqrt(squares[f] / draws), about, 5 * about / std::sqrt(2.0 * draws)) << f;
    }
}

TEST(Unknowns, fronts_move_as_a_whole_and_not_before_the_period) {
    const auto settings = settings_of("uncertainty: {front_days: 4}\n");
    const auto unknowns = unknowns_of(settings);
    std::set<int> shifts;
    for (int d = 0; d < 200; ++d) {
        const auto drawn = unknowns.draw(settings, MemberBlock::size * d).settings;
        const auto& front = drawn.fronts[0];
        EXPECT_EQ(*front.falls - *front.assault_from, 27);
        EXPECT_GE(*front.assault_from, settings.period.from);
        shifts.insert(*front.falls - *settings.fronts[0].falls);
    }
    EXPECT_EQ(*shifts.begin(), -1);
    EXPECT_GT(shifts.size(), 6u);
}

TEST(Unknowns, members_of_a_block_differ_in_one_source_each) {
    const auto settings = settings_of();
    const auto unknowns = unknowns_of(settings);
    for (int block = 0; block < 3; ++block) {
        std::array<ScenarioSettings, MemberBlock::size> m;
        for (int within = 0; within < MemberBlock::size; ++within)
            m[std::size_t(within)] = unknowns.draw(settings, MemberBlock::size * block + within).settings;
        EXPECT_EQ(m[0], m[3]);
        EXPECT_EQ(m[0].behaviour, m[2].behaviour);
        EXPECT_NE(m[0].bombardment, m[2].bombardment);
        EXPECT_NE(m[0].behaviour, m[1].behaviour);
        EXPECT_EQ(m[0].bombardment, m[1].bombardment);
    }
}

TEST(Unknowns, a_what_if_draws_the_same_for_what_it_shares) {
    auto base = settings_of(), what_if = base;
    what_if.bombardment.own().insert(what_if.bombardment.own().begin(),
                                     {"", "west", what_if.period.from, {}, 1.0, {}, ""});
    const auto a = unknowns_of(base).draw(base, 7).settings,
               b = unknowns_of(what_if).draw(what_if, 7).settings;
    EXPECT_EQ(a.bombardment[0], b.bombardment[1]);
    EXPECT_EQ(a.behaviour, b.behaviour);
    EXPECT_EQ(a.network, b.network);
}

const std::string two_draws =
    "parameters:\n  posterior:\n"
    "    - {draw: 0, setting: behaviour.leave.h_max, value: 0.3}\n"
    "    - {draw: 0, setting: behaviour.return.rate, value: 0.005}\n"
    "    - {draw: 1, setting: behaviour.leave.h_max, value: 0.1}\n"
    "    - {draw: 1, setting: behaviour.return.rate, value: 0.01}\n"
    "    - {draw: 2, setting: behaviour.leave.h_max, value: 0.2}\n"
    "    - {draw: 2, setting: behaviour.return.rate, value: 0.02}\n" +
    nothing_given;

std::set<double> hazards_drawn(const ScenarioSettings& settings, double rate_over_hazard) {
    const auto unknowns = unknowns_of(settings);
    std::set<double> drawn;
    for (int member : {0, 1}) {  // draws 0 and 1 of behaviour
        const auto values = unknowns.draw(settings, member).values;
        EXPECT_DOUBLE_EQ(values[1], values[0] * rate_over_hazard);
        drawn.insert(values[0]);
    }
    return drawn;
}

TEST(Unknowns, a_posterior_hands_out_whole_draws_each_before_any_comes_again) {
    const auto settings = settings_of(two_draws);
    ASSERT_THAT(unknowns_of(settings).names(), ElementsAre("behaviour.leave.h_max", "behaviour.return.rate"));
    EXPECT_THAT(hazards_drawn(settings, 0.1), ElementsAre(0.1, 0.2));
}

TEST(Unknowns, a_scenario_with_another_value_moves_the_draws_of_a_posterior_in_proportion) {
    const auto settings = settings_of(two_draws + "behaviour: {leave: {h_max: 0.6}}\n");
    EXPECT_THAT(hazards_drawn(settings, 0.05), ElementsAre(0.2, 0.4));
}

TEST(Unknowns, a_member_runs_as_a_scenario_of_its_own_would) {
    const World world = world_of(settings_of());
    const auto unknowns = unknowns_of(world.settings);
    EnsembleSpec spec;
    spec.members = 6;
    spec.seed = std::uint64_t(world.settings.engine.seed);
    spec.unknowns = &unknowns;
    std::vector<EnsembleResult> results;
    for (int threads : {1, 3}) {
        spec.threads = threads;
        results.push_back(run_ensemble(world, spec));
        ASSERT_EQ(results.back().failure, "");
    }
    for (int m = 0; m < spec.members; ++m) {
        const auto& member = results[0].members[std::size_t(m)];
        EXPECT_EQ(member.place, results[1].members[std::size_t(m)].place);
        const World own = world_of(unknowns.draw(world.settings, m).settings);
        const std::vector<Member> alone{{&own, {.seed = spec.seed, .run = std::uint64_t(m)}}};
        EXPECT_EQ(member.place, run_members(alone, 1, Selection::everything()).front().place) << m;
    }
    EXPECT_NE(results[0].members[0].place, results[0].members[1].place);
}

TEST(Unknowns, bands_widen_by_what_is_not_known) {
    const World world = world_of(settings_of());
    const auto unknowns = unknowns_of(world.settings);
    EnsembleSpec spec;
    spec.members = 80;
    const auto width = [&](const EnsembleResult& result) {
        std::vector<double> displaced;
        for (const auto& run : result.members)
            displaced.push_back(run.total[std::size_t(TotalField::people_displaced)].back());
        const Band band = band_of(displaced);
        return band.back() - band.front();
    };
    const double chance = width(run_ensemble(world, spec));
    spec.unknowns = &unknowns;
    EXPECT_GT(width(run_ensemble(world, spec)), 1.5 * chance);
}

TEST(Unknowns, the_text_says_what_bands_hold_and_what_parameters_rest_on) {
    auto settings = settings_of();
    EXPECT_THAT(band_text(settings, {}), HasSubstr("chance alone"));
    EXPECT_THAT(band_text(settings, {"behaviour.leave.h_max", "uncertainty.strikes"}),
                HasSubstr("chance, 1 parameter, inputs (strikes)"));
    auto expected = settings;
    expected.engine.mode = DrawMode::expected;
    EXPECT_THAT(band_text(expected, {}), HasSubstr("not the mean of runs"));
    ReportedFigure figure;
    settings.reported.push_back(figure);
    settings.parameters.fitted_on = "another region";
    EXPECT_THAT(band_text(settings, {}),
                HasSubstr("fitted on another region. Of 1 figure reported here none is marked"));
    settings.reported.own().front().fitted = true;
    EXPECT_THAT(band_text(settings, {}), HasSubstr("Of 1 figure reported here 1 is marked as used"));
}

}  // namespace
}  // namespace nuzuh
