// Drawing where to go without looking at all places, against the weights of all of them.
#include "sim/engine/destinations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <boost/math/distributions/chi_squared.hpp>

#include "sim/base/random.hpp"
#include "sim/engine/draw_policy.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

constexpr int side = 24, home = 5 * side + 5, start = 6 * side + 8;

/// Towns on a grid, joined to their neighbours, one of them struck.
ScenarioSettings grid(int days) {
    ScenarioSettings s = test::three_places();
    s.period = {test::day(0), test::day(days - 1), 1};
    s.network.places = {};
    s.network.routes = {};
    const auto name = [](int row, int column) {
        return "t" + std::to_string(row) + "_" + std::to_string(column);
    };
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            auto town = test::place(name(row, column), PlaceType::town, 35 + row * 0.1, 37 + column * 0.1,
                                    600 + 100 * ((row * 7 + column * 3) % 11));
            town.capacity = 100 + 50 * ((row + column) % 5);
            s.network.places.push_back(town);
            if (column > 0)
                s.network.routes.push_back(test::route(name(row, column - 1), name(row, column), 10));
            if (row > 0)
                s.network.routes.push_back(test::route(name(row - 1, column), name(row, column), 13));
        }
    }
    s.bombardment = {test::strikes(name(8, 8), 0, days - 1, 20)};
    return s;
}

/// A pull with people from one home in several places, one of them full.
Pull pull_of(const World& world) {
    Pull pull(RandomPolicy{Draws(1, 0)}, world, Homes(world, Homes::every_place), true);
    Headcount now(world.place_count(), world.place_count());
    for (int n = 0; n < 40; ++n) now.from[std::size_t(home)].add(7 + 13 * n, 1 + (n * n) % 29);
    now.displaced_persons(7 + 13 * 10) = 1000;
    pull.update(now, 3);
    return pull;
}

/// The destinations of many who leave from there.
Destinations line_from(const World& world, const Pull& pull) {
    Destinations line;
    line.start_from(world, 3, 0, start, pull, 100'000);
    line.of_home(home);
    return line;
}

/// How likely it is that draws differ as much from what is expected, by chance.
double chance_of_difference(const std::vector<double>& weights, const std::vector<int>& drawn) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double draws = std::accumulate(drawn.begin(), drawn.end(), 0.0);
    double square = 0, rare_expected = 0, rare_drawn = 0;
    int cells = 0;
    const auto add = [&](double expected, double n) {
        square += (n - expected) * (n - expected) / expected;
        ++cells;
    };
    for (std::size_t j = 0; j < weights.size(); ++j) {
        const double expected = draws * weights[j] / total;
        if (expected >= 10) {
            add(expected, drawn[j]);
        } else {
            rare_expected += expected;
            rare_drawn += drawn[j];
        }
    }
    if (rare_expected >= 10) add(rare_expected, rare_drawn);
    return boost::math::cdf(complement(boost::math::chi_squared(cells - 1), square));
}

/// That those who are many and those who are few draw destinations by their weights.
void expect_weights_of_proposals(const World& world) {
    const Pull pull = pull_of(world);
    Destinations all, few;
    all.start_from(world, 3, 0, start, pull, 100'000);
    few.start_from(world, 3, 0, start, pull, 1);
    for (const int h : {home, start + 1}) {
        all.of_home(h);
        few.of_home(h);
        std::vector<double> weights(all.count());
        all.write(weights);
        EXPECT_EQ(weights[std::size_t(h)], 0);
        EXPECT_EQ(weights[std::size_t(start)], 0);
        Stream stream = Draws(7, 0).at(Purpose::choose, 0, std::uint64_t(h), 0);
        std::vector<int> proposed(weights.size()), on_line(weights.size());
        for (int n = 0; n < 300'000; ++n) {
            ++proposed[std::size_t(few.pick([&] { return stream.uniform(); }))];
            ++on_line[std::size_t(all.pick([&] { return stream.uniform(); }))];
        }
        EXPECT_GT(chance_of_difference(weights, proposed), 1e-4);
        EXPECT_GT(chance_of_difference(weights, on_line), 1e-4);
    }
}

TEST(Destinations, that_are_proposed_and_accepted_have_the_chances_of_their_weights) {
    const World world = test::built(grid(100));  // too large for its attraction to be held
    ASSERT_TRUE(world.attraction->held.empty());
    expect_weights_of_proposals(world);
}

TEST(Destinations, that_people_from_home_make_much_heavier_have_the_chances_of_their_weights) {
    for (const double power : {0.6, 1.0, 1.5}) {  // of up to 29 households
        ScenarioSettings settings = grid(100);
        settings.behaviour.choose.network_pull = power;
        const World world = test::built(settings);
        ASSERT_FALSE(pull_of(world).strong(home).empty());
        expect_weights_of_proposals(world);
    }
}

TEST(Destinations, that_people_from_home_make_little_heavier_have_the_chances_of_their_weights) {
    for (const double power :
         {0.0, 0.1, 0.19, 1.0}) {  // of up to 29 households; the last makes some places much heavier
        ScenarioSettings settings = grid(5);
        settings.behaviour.choose.network_pull = power;
        const World world = test::built(settings);
        const Pull pull = pull_of(world);
        Destinations line;
        line.start_from(world, 3, 0, start, pull, 100'000);
        for (const int h : {home, start + 1, start}) {
            line.of_home(h);
            std::vector<double> weights(line.count());
            line.write(weights);
            Stream stream = Draws(11, 0).at(Purpose::choose, 0, std::uint64_t(h), 0);
            std::vector<int> drawn(weights.size());
            for (int n = 0; n < 300'000; ++n)
                ++drawn[std::size_t(line.pick([&] { return stream.uniform(); }))];
            for (std::size_t j = 0; j < weights.size(); ++j)
                EXPECT_TRUE(weights[j] > 0 || drawn[j] == 0) << j << " weighs nothing, power " << power;
            EXPECT_GT(chance_of_difference(weights, drawn), 1e-5) << power << ", home " << h;
        }
    }
}

TEST(Pull, says_what_people_from_home_add_at_every_place) {
    ScenarioSettings settings = grid(5);
    settings.behaviour.choose.network_pull = 0.3;
    const World world = test::built(settings);
    const Pull pull = pull_of(world);
    double most = 1;
    for (int j = 0; j < world.place_count(); ++j) {
        const int n = (j - 7) / 13;
        const bool anyone = j >= 7 && (j - 7) % 13 == 0 && n < 40;
        const double factor = anyone ? std::pow(2 + (n * n) % 29, 0.3) : 1;
        EXPECT_NEAR(pull.network_factor(home, j), factor, 1e-12) << j;
        EXPECT_EQ(pull.network_factor(home + 1, j), 1);
        most = std::max(most, factor);
    }
    EXPECT_LE(pull.common_most(home), most + 1e-12);
    EXPECT_EQ(pull.common_most(home + 1), 1);
}

TEST(Pull, sets_the_few_places_apart_where_people_from_home_add_most) {
    ScenarioSettings settings = grid(5);
    settings.behaviour.choose.network_pull = 1;
    const World world = test::built(settings);
    const Pull pull = pull_of(world);
    const double bound = pull.common_most(home);
    double most = 1;
    std::size_t strong = 0;
    for (int j = 0; j < world.place_count(); ++j) {
        const double factor = pull.network_factor(home, j);
        most = std::max(most, factor);
        if (!(factor > bound)) continue;
        ASSERT_LT(strong, pull.strong(home).size());
        EXPECT_EQ(pull.strong(home)[strong], j);
        EXPECT_NEAR(pull.excess(home)[strong++], factor - bound, 1e-12);
    }
    EXPECT_EQ(strong, pull.strong(home).size());
    EXPECT_GT(strong, 0U);
    EXPECT_LE(strong, 32U);
    EXPECT_LT(bound, most);
    EXPECT_TRUE(pull.strong(home + 1).empty());
}

TEST(Destinations, lie_on_the_line_by_their_weights) {
    const World world = test::built(grid(5));
    const Pull pull = pull_of(world);
    Destinations line = line_from(world, pull);
    std::vector<double> weights(line.count()), length(line.count());
    line.write(weights);
    constexpr int points = 400'000;
    for (int n = 0; n < points; ++n)
        length[std::size_t(line.at((n + 0.5) / points * line.total()))] += line.total() / points;
    for (std::size_t j = 0; j < weights.size(); ++j)
        EXPECT_NEAR(length[j], weights[j], 2 * line.total() / points) << j;
    EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), line.total(), 1e-9 * line.total());
}

TEST(Destinations, weigh_attraction_times_pull) {
    const World world = test::built(grid(5));
    const Pull pull = pull_of(world);
    Destinations line = line_from(world, pull);
    std::vector<double> weights(line.count());
    line.write(weights);
    Eigen::ArrayXXd whole, made;
    pull.write(whole);
    const Eigen::ArrayXXd& attraction = world.attraction->all(world, 3, 0, made);
    for (int j = 0; j < world.place_count(); ++j) {
        const double weight = attraction(j, start) * whole(home, j);
        EXPECT_NEAR(weights[std::size_t(j)], weight, 1e-9 * (line.total() + weight)) << j;
    }
}

TEST(Destinations, hang_neither_on_what_comes_later_nor_on_what_is_held) {
    const World held = test::built(grid(5)), not_held = test::built(grid(100));
    const auto one = make_engine(held, {.seed = 3}), other = make_engine(not_held, {.seed = 3});
    StepRecord a, b;
    double moved = 0;
    for (int step = 0; step < held.steps; ++step) {
        one->step(a);
        other->step(b);
        ASSERT_TRUE((a.place == b.place).all()) << step;
        moved += a.place.col(int(PlaceField::departures)).sum();
    }
    EXPECT_GT(moved, 0);
}

TEST(Attraction, is_the_same_whether_it_is_held_or_not) {
    const World held = test::built(grid(5)), not_held = test::built(grid(100));
    ASSERT_FALSE(held.attraction->held.empty());
    ASSERT_TRUE(not_held.attraction->held.empty());
    Eigen::ArrayXd a, b;
    for (const int i : {0, home, start, side * side - 1}) {
        const double* one = held.attraction->from(held, 4, 0, i, a);
        const double* other = not_held.attraction->from(not_held, 4, 0, i, b);
        for (int j = 0; j < held.place_count(); ++j) ASSERT_EQ(one[j], other[j]) << i << " to " << j;
    }
}

}  // namespace
}  // namespace nuzuh
