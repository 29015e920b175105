// Regions calibrated together: what one tells of a parameter counts in the other as far as they are alike.
#include <numeric>

#include <gmock/gmock.h>

#include "sim/base/samplers.hpp"
#include "sim/study/calibrate.hpp"
#include "sim/study/regional_prior.hpp"
#include "tests/uncertainty/joint_ranks.hpp"
#include "tests/uncertainty/observed.hpp"

namespace nuzuh {
namespace {

using test::access, test::Asked, test::flows, test::observed, test::settings_of, test::world_of;

const std::string four_parameters =
    "uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n"
    "engine: {kind: pooled}\n"
    "behaviour: {leave: {daily_noise: 0, run_noise: 0}}\n"
    "parameters:\n  prior:\n"
    "    - {setting: behaviour.leave.h_max, spread: 1}\n"
    "    - {setting: behaviour.leave.onward_without_shelter, spread: 1}\n"
    "    - {setting: behaviour.leave.displaced_factor, spread: 0.6}\n"
    "    - {setting: behaviour.choose.attraction_camp, spread: 1}\n";

/// A region without fronts, by whose figures its parameters are known or hardly.
World region(const std::vector<std::pair<std::string, double>>& values,
             const std::vector<Asked>& asked = flows) {
    auto settings = settings_of(four_parameters);
    settings.fronts.clear();  // where one stands, strikes matter little
    return world_of(observed(
        settings, values, [](std::size_t) { return 0.0; }, asked));
}

CalibrationSpec quick(int particles) {
    CalibrationSpec spec;
    spec.particles = particles;
    return spec;
}

CalibratedScenario all_of(const World& world) { return {&world, world.settings.period.to}; }

double log_width(const Band& band) { return std::log(band.back() / band.front()); }

const std::vector<std::pair<std::string, double>> true_values = {{"behaviour.leave.h_max", 0.12},
                                                                 {"behaviour.choose.attraction_camp", 6}};
const std::vector<Asked> hardly_any = {{Quantity::arrivals, "camp", 30}};

TEST(CalibrateTogether, of_one_scenario_is_calibrating_it) {
    const World world = region(true_values);
    auto spec = quick(60);
    spec.until = world.settings.period.to;
    const auto alone = calibrate(world, access(), spec);
    const std::vector one{all_of(world)};
    const auto together = calibrate_together(one, access(), spec);
    ASSERT_TRUE(alone && together);
    EXPECT_EQ(together->regions.front().particles, alone->particles);
    EXPECT_FALSE(together->elsewhere);
}

TEST(CalibrateTogether, finds_parameters_where_figures_tell_little_by_a_region_that_is_like_it) {
    const World known = region(true_values), hardly = region(true_values, hardly_any);
    const std::vector scenarios{all_of(known), all_of(hardly)};
    const auto found = calibrate_together(scenarios, access(), quick(300));
    auto spec = quick(300);
    spec.until = hardly.settings.period.to;
    const auto alone = calibrate(hardly, access(), spec);
    ASSERT_TRUE(found && alone);
    const auto& h_max = found->regions[1].parameters[0];
    EXPECT_LT(log_width(h_max.after), 0.85 * log_width(alone->parameters[0].after));
    EXPECT_GE(0.12, h_max.after.front());
    EXPECT_LE(0.12, h_max.after.back());
    const auto& first = found->regions[0].parameters;
    for (const auto& [k, value] : {std::pair{0, 0.12}, {3, 6.0}}) {
        EXPECT_GE(value, first[std::size_t(k)].after.front());
        EXPECT_LE(value, first[std::size_t(k)].after.back());
    }
    const auto& elsewhere = found->elsewhere->parameters[0];
    EXPECT_GT(log_width(elsewhere.after), log_width(first[0].after))
        << "a region of which nothing was reported";
    EXPECT_LT(log_width(elsewhere.after), log_width(elsewhere.before));
}

TEST(CalibrateTogether, lets_regions_differ_where_their_figures_do) {
    const auto other = [](double h_max, double camp) {
        return region({{"behaviour.leave.h_max", h_max}, {"behaviour.choose.attraction_camp", camp}});
    };
    const World a = other(0.12, 1), b = other(1.4, 40), like_a = other(0.12, 1);
    const auto between = [&](const World& one, const World& two) {
        const std::vector scenarios{all_of(one), all_of(two)};
        return *calibrate_together(scenarios, access(), quick(200));
    };
    const auto differ = between(a, b), alike = between(a, like_a);
    EXPECT_GT(differ.between[2], alike.between[2] + 0.15);
    for (const auto& [r, h_max] : {std::pair{0, 0.12}, {1, 1.4}}) {
        const auto& after = differ.regions[std::size_t(r)].parameters[0].after;
        EXPECT_NEAR(std::log(after[2] / h_max), 0, 0.5) << r;
    }
}

TEST(CalibrateTogether, goes_on_from_any_state_to_the_same_end_for_any_number_of_threads) {
    const World a = region(true_values), b = region(true_values, hardly_any);
    const std::vector scenarios{all_of(a), all_of(b)};
    auto spec = quick(60);
    std::vector<std::vector<std::byte>> states;
    spec.keep = [&](std::vector<std::byte> state) { states.push_back(std::move(state)); };
    const auto undisturbed = calibrate_together(scenarios, access(), spec);
    spec.keep = {};
    for (std::size_t at = 0; at < states.size(); at += 5) {
        spec.threads = 1 + int(at % 2);
        spec.from = states[at];
        const auto resumed = calibrate_together(scenarios, access(), spec);
        for (std::size_t r : {0u, 1u})
            EXPECT_EQ(resumed->regions[r].particles, undisturbed->regions[r].particles) << at;
        EXPECT_EQ(resumed->elsewhere->particles, undisturbed->elsewhere->particles) << at;
        EXPECT_EQ(resumed->between, undisturbed->between) << at;
    }
    spec.from->pop_back();
    EXPECT_THROW(calibrate_together(scenarios, access(), spec), std::out_of_range);
}

TEST(CalibrateTogether, ranks_of_what_regions_were_drawn_with_are_uniform) {
    // The long one, of 300 draws, is among the slow tests.
    test::RegionsDrawn regions(40, 3);
    for (int d = 0; d < 30; ++d) regions.draw(d);
    for (const auto& [what, p] : regions.p_values()) EXPECT_GT(p, 1e-4) << what;
}

TEST(CalibrateTogether, refuses_regions_that_have_nothing_in_common) {
    const World a = region(true_values);
    auto settings = a.settings;
    settings.parameters.prior.own()[0].spread = 0.3;
    const World otherwise = world_of(settings);
    settings.parameters.prior.own().clear();
    settings.parameters.prior.own().push_back({"behaviour.leave.reach_km", 0.3, {}, {}, ""});
    const World nothing = world_of(settings);
    settings.reported.own().clear();
    const World unreported = world_of(settings);
    for (const auto& [other, why] : {std::pair{&otherwise, "h_max has different priors in the scenarios"},
                                     {&nothing, "have no parameter in common"},
                                     {&unreported, "Three places: no reported figure ends by 2024-03-31"}}) {
        const std::vector scenarios{all_of(a), all_of(*other)};
        const auto found = calibrate_together(scenarios, access(), quick(60));
        ASSERT_FALSE(found);
        EXPECT_THAT(found.findings().front().message, testing::HasSubstr(why));
    }
}

PriorParameter parameter(const char* key) { return {key, 1, 0.5, 0, 0}; }

/// Draws from the prior of three regions of two parameters, of which they share one.
class SharedInPart : public testing::Test {
protected:
    RegionalPrior shared_ = *RegionalPrior::of({{parameter("a"), parameter("own")},
                                                {parameter("more"), parameter("a")},
                                                {parameter("a"), parameter("other")}});
    std::vector<std::vector<double>> z_ = {{0, 0}, {0, 0}, {0, 0}};

    std::vector<double*> to_be_drawn(Stream& stream) {
        std::vector<double*> all;
        for (auto& region : z_) {
            for (double& z : region) z = standard_normal(stream);
            all.push_back(region.data());
        }
        return all;
    }
    std::vector<const double*> points() const { return {z_[0].data(), z_[1].data(), z_[2].data()}; }
};

TEST_F(SharedInPart, regions_have_the_prior_each_and_are_alike_by_the_part_between_them) {
    constexpr int draws = 20000;
    constexpr double between = 0.6;
    double own = 0, both = 0, apart = 0, with_new = 0, of_new = 0;
    for (int d = 0; d < draws; ++d) {
        Stream stream = Draws(3, 0).at(Purpose::calibration, 7, std::uint64_t(d));
        shared_.mix(to_be_drawn(stream), between, stream);
        const double fourth = shared_.elsewhere(points(), between, stream).front();
        own += z_[1][1] * z_[1][1];
        both += z_[0][0] * z_[2][0];
        apart += z_[0][1] * z_[1][0];
        with_new += fourth * z_[1][1];
        of_new += fourth * fourth;
    }
    EXPECT_NEAR(own / draws, 1, 0.04);
    EXPECT_NEAR(both / draws, 1 - between * between, 0.04);
    EXPECT_NEAR(apart / draws, 0, 0.04);
    EXPECT_NEAR(with_new / draws, 1 - between * between, 0.04) << "a fourth region is one like these";
    EXPECT_NEAR(of_new / draws, 1, 0.04);
}

TEST_F(SharedInPart, the_density_is_that_of_the_draws) {
    z_ = {{0.7, 9}, {9, -0.4}, {1.1, 9}};
    constexpr double between = 0.6, common = 1 - between * between;
    // By its conditionals: each region given those before it.
    const std::vector<double> z{0.7, -0.4, 1.1};
    double exact = 0, sum = 0;
    for (std::size_t r = 0; r < z.size(); ++r) {
        const double of_sum = common / (between * between + double(r) * common);
        const double variance = 1 - double(r) * common * of_sum, off = z[r] - of_sum * sum;
        exact -= off * off / variance / 2 + std::log(variance) / 2;
        sum += z[r];
    }
    EXPECT_NEAR(shared_.log_density(points(), between), exact, 1e-12);
    EXPECT_NEAR(shared_.log_density(points(), 1), -(0.49 + 0.16 + 1.21) / 2, 1e-12);
}

}  // namespace
}  // namespace nuzuh
