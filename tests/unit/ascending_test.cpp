// Looking up in ascending lists, and households taken one by one.
#include "sim/base/ascending.hpp"

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "sim/base/drawn_one_by_one.hpp"

namespace nuzuh {
namespace {

TEST(Ascending, finds_what_searches_of_the_standard_library_find) {
    for (int listed = 0; listed < 1 << 7; ++listed) {
        std::vector<int> indices;
        for (int n = 0; n < 7; ++n) {
            if (listed >> n & 1) indices.push_back(n);
        }
        for (int index = 0; index < 7; ++index) {
            const auto first = std::ranges::lower_bound(indices, index);
            EXPECT_EQ(first_not_below(indices, index, 7), std::size_t(first - indices.begin()));
            const auto above = std::ranges::upper_bound(indices, index);
            EXPECT_EQ(first_above(indices, index), std::size_t(above - indices.begin()));
        }
    }
    const std::vector<double> sums{0, 0, 1, 1, 1, 2.5, 2.5, 4};  // stretches of no length are never found
    for (const double point : {0.0, 0.5, 1.0, 2.49, 2.5, 3.9, 4.0, 9.0}) {
        const auto above = std::ranges::upper_bound(sums, point);
        EXPECT_EQ(first_above(sums, point), std::size_t(above - sums.begin()));
    }
}

TEST(Ascending, finds_in_long_lists_too) {
    for (const int size : {1, 95, 96, 97, 1000, 4096}) {
        std::vector<double> numbers;
        std::vector<Count> counts;
        for (int n = 0; n < size; ++n) {
            numbers.push_back(n / 3 * 0.5);
            counts.push_back(n / 3);
        }
        for (int n = -1; n <= size / 3 + 1; ++n) {
            const auto above = std::ranges::upper_bound(counts, n) - counts.begin();
            EXPECT_EQ(first_above(counts, n), std::size_t(above)) << size;
            EXPECT_EQ(first_above(numbers, n * 0.5), std::size_t(above)) << size;
            EXPECT_EQ(first_above(numbers, n * 0.5 + 0.25), std::size_t(above)) << size;
        }
    }
}

/// Calls `visit` with the cells of every way to take n out of these cells one after the other, all as likely.
template <class Visit>
void each_way(const std::vector<Count>& cells, int n, std::vector<Count> taken, const Visit& visit) {
    HouseholdsInCells households;
    households.stand(cells);
    std::vector<std::size_t> from;
    for (const Count at : taken) {
        const std::size_t seen = households.cell(at);
        from.push_back(households.take(at));
        EXPECT_EQ(from.back(), seen);
    }
    if (n == 0) return visit(from);
    for (Count at = 0; at < households.left(); ++at) {
        taken.push_back(at);
        each_way(cells, n - 1, taken, visit);
        taken.pop_back();
    }
}

TEST(HouseholdsInCells, are_taken_without_order_and_none_twice) {
    const std::vector<Count> cells{2, 0, 3, 1};
    for (int n = 0; n <= 6; ++n) {
        std::map<std::vector<std::size_t>, double> ways, expected;
        each_way(cells, n, {}, [&](const auto& from) { ways[from] += 1; });
        // Households by name: each order of different ones occurs once.
        const std::vector<std::size_t> cell_of{0, 0, 2, 2, 2, 3};
        std::vector<int> chosen;
        const auto choose = [&](const auto& again) -> void {
            if (int(chosen.size()) == n) {
                std::vector<std::size_t> from;
                for (const int one : chosen) from.push_back(cell_of[std::size_t(one)]);
                expected[from] += 1;
                return;
            }
            for (int one = 0; one < 6; ++one) {
                if (std::ranges::find(chosen, one) != chosen.end()) continue;
                chosen.push_back(one);
                again(again);
                chosen.pop_back();
            }
        };
        choose(choose);
        EXPECT_EQ(ways, expected) << n << " taken";
    }
}

}  // namespace
}  // namespace nuzuh
