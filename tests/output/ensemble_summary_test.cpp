#include "output/ensemble_summary.hpp"

#include <gtest/gtest.h>

#include "sim/base/random.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

using Table = std::vector<std::vector<float>>;

Table random_table(std::size_t members, std::size_t values) {
    Table table(members, std::vector<float>(values));
    auto stream = Draws(5, 0).at(Purpose::bootstrap, 0);
    for (auto& row : table) {
        for (auto& value : row) value = float(stream.uniform() * 1000);
    }
    return table;
}

EnsembleSummary summary_of(const Table& table, int threads) {
    return summarise(
        table.size(), table[0].size(), [&](std::size_t m) { return std::span<const float>(table[m]); },
        threads);
}

TEST(EnsembleSummary, agrees_with_the_plain_quantile_value_by_value) {
    const auto table = random_table(37, 131);  // neither a multiple of a block
    const auto result = summary_of(table, 3);
    for (std::size_t i = 0; i < 131; ++i) {
        std::vector<double> sample;
        double sum = 0;
        for (const auto& row : table) {
            sample.push_back(row[i]);
            sum += row[i];
        }
        EXPECT_EQ(result.mean[i], float(sum / 37));
        for (std::size_t q = 0; q < quantile_levels.size(); ++q)
            EXPECT_NEAR(result.quantile[q][i], quantile(sample, quantile_levels[q]), 1e-3);
    }
}

TEST(EnsembleSummary, of_a_single_member_is_that_member) {
    const auto table = random_table(1, 70);
    const auto result = summary_of(table, 2);
    EXPECT_EQ(result.mean, table[0]);
    for (const auto& values : result.quantile) EXPECT_EQ(values, table[0]);
}

TEST(EnsembleSummary, does_not_depend_on_the_number_of_threads) {
    const auto table = random_table(20, 500);
    const auto one = summary_of(table, 1), four = summary_of(table, 4);
    EXPECT_EQ(one.mean, four.mean);
    EXPECT_EQ(one.quantile, four.quantile);
}

}  // namespace
}  // namespace nuzuh
