// Tallies: the same counts whatever was tallied together, and quantiles within their stated resolution.
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "sim/study/score.hpp"
#include "sim/study/tally.hpp"

namespace nuzuh {
namespace {

/// Persons at three places in some runs: few, thousands, and mostly nobody.
std::vector<float> draws(int runs) {
    std::mt19937_64 random(20191);
    std::vector<float> values;
    for (int run = 0; run < runs; ++run) {
        values.push_back(float(random() % 50));
        values.push_back(float(std::exp(8.0 + double(random() % 1000) / 300)));
        values.push_back(run % 10 == 0 ? float(random() % 100000) : 0.0f);
    }
    return values;
}

Tally tallied(const std::vector<float>& values, const std::vector<int>& cuts) {
    Tally all(3);
    int from = 0;
    for (int cut : cuts) {
        Tally part(3);
        part.add(std::span(values).subspan(std::size_t(3 * from), std::size_t(3 * (cut - from))),
                 std::size_t(cut - from));
        all.add(part);
        from = cut;
    }
    return all;
}

TEST(Tally, does_not_depend_on_what_was_tallied_together) {
    const auto values = draws(300);
    const Tally whole = tallied(values, {300});
    const Tally parts = tallied(values, {1, 2, 17, 64, 64, 200, 300});
    EXPECT_EQ(whole.runs(), 300);
    EXPECT_EQ(whole.runs(), parts.runs());
    EXPECT_EQ(whole.sum(), parts.sum());
    EXPECT_EQ(whole.first(), parts.first());
    EXPECT_EQ(whole.bin(), parts.bin());
    EXPECT_EQ(whole.count(), parts.count());
}

TEST(Tally, quantiles_are_exact_below_64_and_within_a_bin_above) {
    const auto values = draws(300);
    const Tally tally = tallied(values, {300});
    for (std::size_t place = 0; place < 3; ++place) {
        std::vector<double> sample;
        for (std::size_t run = 0; run < 300; ++run) sample.push_back(values[3 * run + place]);
        for (double p : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0}) {
            const double exact = quantile(sample, p);
            const double allowed = exact < 64 ? 1e-9 : exact / 64;
            EXPECT_NEAR(tally.quantile(place, p), exact, allowed) << "place " << place << ", p " << p;
        }
    }
}

TEST(Tally, mean_is_the_mean) {
    Tally tally(2);
    tally.add(std::vector<float>{1, 100.5f, 2, 200.25f, 6, 0}, 3);
    EXPECT_DOUBLE_EQ(tally.mean(0), 3);
    EXPECT_DOUBLE_EQ(tally.mean(1), 300.75 / 3);
}

TEST(Tally, of_no_runs_is_not_a_number) {
    Tally tally(1);
    tally.add(std::vector<float>{}, 0);
    EXPECT_TRUE(std::isnan(tally.mean(0)));
    EXPECT_TRUE(std::isnan(tally.quantile(0, 0.5)));
}

/// Ten times the runs fill a few more bins at the ends, and counts have a digit more.
TEST(Tally, size_hardly_grows_with_the_number_of_runs) {
    const Tally some = tallied(draws(2000), {2000}), more = tallied(draws(20000), {20000});
    EXPECT_LT(double(more.bin().size()), 2 * double(some.bin().size()));
}

}  // namespace
}  // namespace nuzuh
