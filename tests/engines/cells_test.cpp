// Cells of compartments against a map that does the same.
#include "sim/engine/compartment/cells.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <gtest/gtest.h>

#include "sim/base/count.hpp"
#include "sim/base/random.hpp"

namespace nuzuh::compartment {
namespace {

using ByCell = std::map<std::tuple<int, int, int>, Count>;  ///< place, home, group; never 0

ByCell read(const SparseCells<Count>& cells, int places) {
    ByCell result;
    for (int j = 0; j < places; ++j) {
        int last = -1;
        cells.each(j, [&](int h, std::span<const Count> households) {
            EXPECT_GT(h, last);
            last = h;
            for (std::size_t k = 0; k < households.size(); ++k) {
                EXPECT_EQ(
                    households[k],
                    cells.at(j).of_group(int(
                        k))[std::size_t(std::ranges::find(cells.at(j).home, h) - cells.at(j).home.begin())]);
                if (households[k] != 0) result[{j, h, int(k)}] = households[k];
            }
        });
    }
    return result;
}

TEST(SparseCells, hold_what_was_put_there) {
    constexpr int places = 3, homes = 9, groups = 2;
    Stream stream = Draws(5, 0).at(Purpose::who, 0);
    const auto below = [&](int n) { return int(stream.uniform() * n); };
    SparseCells<Count> cells(places, homes, groups);
    ByCell expected;
    for (int n = 0; n < 4000; ++n) {
        const int j = below(places), h = below(homes), k = below(groups);
        if (below(8) == 0) {
            cells.tidy(j);
            for (int row = 0; row < int(cells.at(j).home.size()); ++row) {
                const int kept = cells.at(j).home[std::size_t(row)];
                EXPECT_TRUE(expected.contains({j, kept, 0}) || expected.contains({j, kept, 1}));
            }
        } else if (below(2) == 0) {
            cells.of(j, h, k) += 1 + below(3);
            expected[{j, h, k}] = cells.of(j, h, k);
        } else {
            EXPECT_EQ(cells.of(j, h, k), expected.contains({j, h, k}) ? expected.at({j, h, k}) : 0);
            cells.of(j, h, k) = 0;
            expected.erase({j, h, k});
        }
        if (n % 100 == 0) {
            ASSERT_EQ(read(cells, places), expected) << n;
        }
    }
    Saver saved;
    cells.save(saved);
    SparseCells<Count> restored(places, homes, groups);
    Loader from(saved.bytes());
    restored.restore(from);
    EXPECT_EQ(read(restored, places), expected);
}

}  // namespace
}  // namespace nuzuh::compartment
