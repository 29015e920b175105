#include "sim/study/calibrate.hpp"

#include <numbers>

#include <gmock/gmock.h>

#include "sim/study/observation.hpp"
#include "tests/uncertainty/observed.hpp"

namespace nuzuh {
namespace {

using test::access, test::observed, test::settings_of, test::world_of;

const std::string prior =
    "uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n"
    "engine: {kind: pooled}\n"                              // by which `observed` runs
    "behaviour: {leave: {daily_noise: 0, run_noise: 0}}\n"  // else chance at one place hides them
    "parameters:\n  prior:\n"
    "    - {setting: behaviour.leave.h_max, spread: 1}\n"
    "    - {setting: behaviour.choose.attraction_camp, spread: 1}\n";

CalibrationSpec small(const ScenarioSettings& settings) {
    CalibrationSpec spec;
    spec.particles = 120;
    spec.until = settings.period.to;
    return spec;
}

/// Calibrates to figures of two parameters, and holds the posterior against the values they were made with.
void find_what_figures_were_made_with(const std::vector<test::Asked>& asked) {
    auto bombarded = settings_of(prior);
    bombarded.fronts.clear();  // where one stands, strikes matter little
    const auto settings = observed(
        bombarded, {{"behaviour.leave.h_max", 0.12}, {"behaviour.choose.attraction_camp", 6}},
        [](std::size_t) { return 0.0; }, asked);
    const World world = world_of(settings);
    const auto found = calibrate(world, access(), small(settings));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->parameters.size(), 2u);
    const std::array truth{0.12, 6.0};
    for (std::size_t k = 0; k < truth.size(); ++k) {
        const auto& one = found->parameters[k];
        EXPECT_GE(truth[k], one.after.front()) << one.prior.key;
        EXPECT_LE(truth[k], one.after.back()) << one.prior.key;
        EXPECT_NEAR(std::log(one.after[2] / truth[k]), 0, 0.3) << one.prior.key;
        EXPECT_LT(std::log(one.after.back() / one.after.front()),
                  0.75 * std::log(one.before.back() / one.before.front()))
            << one.prior.key;
    }
    for (const auto& one : found->figures) {
        EXPECT_LE(one.posterior.front(), one.figure.persons) << one.figure.figure;
        EXPECT_GE(one.posterior.back(), one.figure.persons) << one.figure.figure;
    }
}

TEST(Calibrate, finds_the_parameters_that_figures_were_made_with) {
    find_what_figures_were_made_with(test::flows);
}

TEST(Calibrate, finds_them_by_who_is_present) {
    find_what_figures_were_made_with({{Quantity::at_home, "east", 9},
                                      {Quantity::present, "east", 14},
                                      {Quantity::displaced, "west", 8},
                                      {Quantity::displaced, "west", 16},
                                      {Quantity::present, "camp", 8},
                                      {Quantity::present, "camp", 16},
                                      {Quantity::displaced, "camp", 12}});
}

TEST(Calibrate, says_how_likely_figures_are_under_the_prior) {
    // Of one figure and a parameter that does nothing it is the mean likelihood over the discrepancy's prior.
    const auto evidence = [](double off) {
        auto settings = settings_of(
            "uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n"
            "engine: {kind: pooled}\n"
            "behaviour: {leave: {daily_noise: 0, run_noise: 0}}\n"
            "parameters: {prior: [{setting: behaviour.return.rate, spread: 0.7}]}\n");
        settings.behaviour.returning.quiet_days = 900;  // nobody returns in a month
        settings = observed(settings, {}, [&](std::size_t) { return off; }, {{Quantity::present, "west", 1}});
        auto spec = small(settings);
        spec.particles = 4000;
        return calibrate(world_of(settings), access(), spec)->log_evidence;
    };
    const auto exact = [](double off) {
        double sum = 0;
        constexpr int points = 2000;
        for (int p = 0; p < points; ++p) {
            const double z = -5 + 10 * (p + 0.5) / points, d = typical_discrepancy * std::exp(0.5 * z);
            const double report = std::log(1.2) / half_width_90, variance = report * report + d * d;
            sum += std::exp(-z * z / 2 - off * off / 2 / variance) / std::sqrt(variance) * 10 / points;
        }
        return std::log(sum / (2 * std::numbers::pi));
    };
    for (const double off : {0.0, 0.35, 1.0}) EXPECT_NEAR(evidence(off), exact(off), 0.1) << off;
}

TEST(Calibrate, gives_the_same_for_any_number_of_threads) {
    const auto settings =
        observed(settings_of(prior), {{"behaviour.leave.h_max", 0.2}}, [](std::size_t) { return 0.0; });
    const World world = world_of(settings);
    auto spec = small(settings);
    spec.particles = 60;
    spec.threads = 1;
    const auto one = calibrate(world, access(), spec);
    spec.threads = 3;
    const auto three = calibrate(world, access(), spec);
    EXPECT_EQ(one->particles, three->particles);
}

TEST(Calibrate, goes_on_from_any_state_to_the_same_end) {
    const auto settings = observed(  // far out in the prior: several temperatures
        settings_of(prior), {{"behaviour.leave.h_max", 0.03}, {"behaviour.choose.attraction_camp", 0.2}},
        [](std::size_t) { return 0.0; });
    const World world = world_of(settings);
    auto spec = small(settings);
    spec.particles = 60;
    std::vector<std::vector<std::byte>> states;
    spec.keep = [&](std::vector<std::byte> state) { states.push_back(std::move(state)); };
    const auto undisturbed = calibrate(world, access(), spec);
    ASSERT_GT(states.size(), 8u) << "two temperatures at least";
    spec.keep = {};
    for (std::size_t at = 0; at < states.size(); at += 2) {
        spec.threads = 1 + int(at % 2);
        spec.from = states[at];
        const auto resumed = calibrate(world, access(), spec);
        EXPECT_EQ(resumed->particles, undisturbed->particles) << at;
        EXPECT_EQ(resumed->runs, undisturbed->runs) << at;
        EXPECT_EQ(resumed->temperatures, undisturbed->temperatures) << at;
        EXPECT_EQ(resumed->figures.front().prior, undisturbed->figures.front().prior) << at;
    }
    spec.from->pop_back();
    EXPECT_THROW(calibrate(world, access(), spec), std::out_of_range);
}

TEST(Calibrate, leaves_alone_what_no_figure_tells) {
    auto settings =
        observed(settings_of("parameters: {prior: [{setting: behaviour.return.rate, spread: 0.7}]}\n"), {},
                 [](std::size_t) { return 0.0; });
    settings.behaviour.returning.quiet_days = 900;  // nobody returns in a month
    const World world = world_of(settings);
    auto spec = small(settings);
    spec.particles = 400;
    const auto found = calibrate(world, access(), spec);
    ASSERT_TRUE(found);
    const auto width = [](const Band& band) { return std::log(band.back() / band.front()); };
    EXPECT_NEAR(width(found->parameters[0].after) / width(found->parameters[0].before), 1, 0.2);
}

TEST(Calibrate, estimates_how_far_a_wrong_model_is_off) {
    const auto made = [](double error) {
        const auto settings =
            observed(settings_of(prior), {}, [&](std::size_t f) { return f % 2 ? error : -error; });
        const World world = world_of(settings);
        return calibrate(world, access(), small(settings))->discrepancy;
    };
    EXPECT_GT(made(1.5), 1.3 * made(0));
}

TEST(Calibrate, uses_no_figure_that_ends_later) {
    const auto settings = observed(settings_of(prior), {}, [](std::size_t) { return 0.0; });
    const World world = world_of(settings);
    auto spec = small(settings);
    spec.until = settings.period.from + 20;
    EXPECT_EQ(calibrate(world, access(), spec)->figures.size(), 2u);
    spec.until = settings.period.from + 2;
    const auto none = calibrate(world, access(), spec);
    ASSERT_FALSE(none);
    EXPECT_THAT(none.findings().front().message, testing::HasSubstr("no reported figure ends by 2024-03-03"));
}

TEST(Calibrate, uses_no_figure_that_is_left_out) {
    const auto settings = observed(settings_of(prior), {}, [](std::size_t) { return 0.0; });
    const World world = world_of(settings);
    auto spec = small(settings);
    spec.left_out = [](const ReportedFigure& figure) { return figure.place == "west"; };
    const auto found = calibrate(world, access(), spec);
    ASSERT_EQ(found->figures.size(), 2u);
    for (const auto& one : found->figures) EXPECT_NE(one.figure.place, "west");
}

TEST(Calibrate, refuses_a_prior_that_cannot_be_run) {
    const auto settings = observed(
        settings_of("parameters: {prior: [{setting: behaviour.choose.capacity_floor, from: 0, to: 40}]}\n"),
        {}, [](std::size_t) { return 0.0; });
    const auto found = calibrate(world_of(settings), access(), small(settings));
    ASSERT_FALSE(found);
    EXPECT_THAT(found.findings().front().message, testing::HasSubstr("cannot be run"));
}

}  // namespace
}  // namespace nuzuh
