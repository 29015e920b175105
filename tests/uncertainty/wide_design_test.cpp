// A first look at a prior: which figures it reaches, and which rule it out.
#include "sim/study/wide_design.hpp"

#include <gmock/gmock.h>

#include "sim/study/calibrate.hpp"
#include "tests/uncertainty/observed.hpp"

namespace nuzuh {
namespace {

using test::access, test::observed, test::settings_of, test::world_of;
using testing::ElementsAre, testing::HasSubstr;

ReportedFigure figure_of(std::string name, Bound bound, double persons, double uncertainty) {
    ReportedFigure figure;
    figure.figure = std::move(name);
    figure.bound = bound;
    figure.persons = persons;
    figure.uncertainty = uncertainty;
    return figure;
}

TEST(Implausibility, is_the_distance_in_standard_deviations) {
    auto number =
        observation_of(figure_of("a number", Bound::about, 1000, std::exp(half_width_90 * 0.3) - 1));
    EXPECT_NEAR(implausibility(number, std::log(1000) + 0.6, 0.4), 0.6 / 0.5, 1e-9);
    EXPECT_NEAR(implausibility(number, std::log(1000) - 0.6, 0.4), 0.6 / 0.5, 1e-9);
    number.chance = 1.2;
    number.bias = 0.3;
    EXPECT_NEAR(implausibility(number, std::log(1000) + 1, 0.4), 1.3 / 1.3, 1e-9);
    const auto bound = observation_of(figure_of("a bound", Bound::over, 1000, 0.5));
    EXPECT_EQ(implausibility(bound, std::log(1200), 0.2), 0);
    EXPECT_NEAR(implausibility(bound, std::log(800), 0.2), std::log(1.25) / 0.2, 1e-9);
    EXPECT_NEAR(implausibility(bound, std::log(3000), 0.2), std::log(2) / 0.2, 1e-9);
}

/// Points of which the first figure, 1,000, is near to half, the second, 1,000, to the other half, and the third to none.
class Look : public testing::Test {
protected:
    static constexpr int half = 20;
    std::vector<Observation> observations_ = {observation_of(figure_of("one", Bound::about, 1000, 0.1)),
                                              observation_of(figure_of("two", Bound::about, 1000, 0.1)),
                                              observation_of(figure_of("three", Bound::about, 1000, 0.1))};
    std::vector<std::vector<double>> simulated_;

    void SetUp() override {
        for (int p = 0; p < half; ++p) {
            simulated_.push_back({log_of(1000), log_of(100), log_of(9000 + p)});
            simulated_.push_back({log_of(100), log_of(1000), log_of(9000 + p)});
        }
    }
    WideDesign look() const {
        std::vector<const std::vector<double>*> all;
        for (const auto& one : simulated_) all.push_back(&one);
        return look_at(observations_, all);
    }
    List<ReportedFigure> reported() const {
        List<ReportedFigure> all{figure_of("not used", Bound::about, 5, 0.1)};
        for (const auto& o : observations_) all.push_back(o.figure);
        return all;
    }
};

TEST_F(Look, counts_what_figures_rule_out) {
    observations_.pop_back();
    for (auto& one : simulated_) one.pop_back();
    simulated_.push_back({log_of(1000), log_of(1000)});
    simulated_.push_back({log_of(10), log_of(10)});
    const auto design = look();
    constexpr double all = 2 * half + 2;
    EXPECT_EQ(design.points, all);
    EXPECT_DOUBLE_EQ(design.left, 1 / all);
    EXPECT_DOUBLE_EQ(design.left_but_for_one, (all - 1) / all);
    for (const auto& reach : design.figures) {
        EXPECT_DOUBLE_EQ(reach.rules_out, (half + 1) / all);
        EXPECT_DOUBLE_EQ(reach.alone, half / all);
        EXPECT_NEAR(reach.nearest, 1000, 1e-9);
    }
    EXPECT_TRUE(unreached(design, reported()).empty());
}

TEST_F(Look, says_which_figures_no_point_reaches_and_which_none_reaches_together) {
    const auto design = look();
    EXPECT_NEAR(design.figures[2].nearest, 9000, 1e-9);
    EXPECT_EQ(design.figures[2].rules_out, 1);
    EXPECT_THAT(design.apart, ElementsAre(std::array<std::size_t, 2>{0, 1}));
    const auto said = unreached(design, reported());
    ASSERT_EQ(said.size(), 2u);
    EXPECT_EQ(said[0].path, "reported[3]");
    EXPECT_THAT(said[0].message,
                HasSubstr("1,000 reported, and of 40 points of the prior none comes nearer than 9,000"));
    EXPECT_EQ(said[1].path, "reported[2]");
    EXPECT_THAT(said[1].message, HasSubstr("'one'"));
    EXPECT_FALSE(has_errors(said));
}

TEST_F(Look, says_which_figure_keeps_all_points_from_the_rest) {
    // The third, which some reach, but none of those that are near to the others.
    for (auto& one : simulated_) one[0] = one[1] = log_of(1000);
    simulated_.push_back({log_of(10), log_of(10), log_of(1000)});
    const auto design = look();
    EXPECT_EQ(design.left, 0);
    EXPECT_TRUE(design.apart.empty()) << "one point is too few to tell";
    const auto said = unreached(design, reported());
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].path, "reported[3]");
    EXPECT_THAT(said[0].message,
                HasSubstr("of 41 points of the prior none comes near to all figures, and 40 would without"));
}

TEST_F(Look, says_nothing_of_pairs_that_chance_may_keep_apart) {
    simulated_.resize(18);  // of which 4.5 would be near to both if the two had nothing to do with each other
    EXPECT_TRUE(look().apart.empty());
}

const std::string prior =
    "uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n"
    "engine: {kind: pooled}\n"
    "behaviour: {leave: {daily_noise: 0, run_noise: 0}}\n"
    "parameters:\n  prior:\n"
    "    - {setting: behaviour.leave.h_max, spread: 1}\n"
    "    - {setting: behaviour.choose.attraction_camp, spread: 1}\n";

/// What is said before a calibration of figures that the model made, but for errors.
Findings said_of(const std::vector<double>& errors, const std::vector<test::Asked>& asked) {
    auto bombarded = settings_of(prior);
    bombarded.fronts.clear();  // where one stands, everybody leaves whatever the parameters
    const auto settings = observed(
        bombarded, {{"behaviour.leave.h_max", 0.12}}, [&](std::size_t f) { return errors[f]; }, asked);
    const World world = world_of(settings);
    CalibrationSpec spec;
    spec.particles = 60;
    spec.until = settings.period.to;
    int moved = 0;
    Findings said;
    spec.progress = [&](double) { ++moved; };
    spec.looked = [&](const std::vector<WideDesign>& designs) {
        EXPECT_EQ(moved, 0) << "before particles move";
        said = unreached(designs.front(), settings.reported);
    };
    EXPECT_TRUE(calibrate(world, access(), spec));
    EXPECT_GT(moved, 0);
    return said;
}

TEST(WideDesign, says_nothing_of_figures_that_the_model_made) {
    EXPECT_TRUE(said_of({0, 0, 0, 0}, test::flows).empty());
}

TEST(WideDesign, names_the_figure_that_the_model_cannot_reach) {
    // More than the 500,000 who live there could make.
    const auto said = said_of({0, std::log(1000.0), 0, 0}, test::flows);
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(said.front().path, "reported[1]");
}

TEST(WideDesign, names_two_reports_of_the_same_that_contradict_each_other) {
    const test::Asked east{Quantity::departures, "east", 9};
    const auto said = said_of({-0.8, 0.8}, {east, east});
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said.front().path, "reported[1]");
    EXPECT_THAT(said.front().message, HasSubstr("comes near to this figure and to"));
}

}  // namespace
}  // namespace nuzuh
