#include "sim/model/network.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "sim/model/network_states.hpp"
#include "sim/model/reach.hpp"

namespace nuzuh {
namespace {

TEST(GreatCircle, knows_distances_on_the_globe) {
    const double quarter = std::acos(-1.0) / 2 * 6371.0088;
    EXPECT_NEAR(great_circle_km(0, 0, 0, 90), quarter, 1e-6);
    EXPECT_NEAR(great_circle_km(90, 0, 0, 123), quarter, 1e-6);
    EXPECT_NEAR(great_circle_km(0, 0, 0, 180), 2 * quarter, 1e-6);
    EXPECT_NEAR(great_circle_km(0, 179.5, 0, -179.5), quarter / 90, 1e-6);  // across the date line
    EXPECT_EQ(great_circle_km(35.64830, 36.67693, 35.64830, 36.67693), 0);
    // Khan Sheikhoun to Maarat al-Numan: 0.20622 degrees of latitude, 0.02598 of longitude.
    EXPECT_NEAR(great_circle_km(35.44208, 36.65095, 35.64830, 36.67693), 23.05, 0.01);
}

TEST(HoursOnRoad, depend_on_class_by_vehicle_and_not_on_foot) {
    TravelSettings travel;
    travel.speed_kmh = 20;
    travel.factor_mountain = 0.5;
    travel.foot_km_per_day = 32;
    travel.hours_per_day = 8;
    const Road primary{0, 1, 40, RouteClass::primary};
    const Road mountain{0, 1, 40, RouteClass::mountain};
    EXPECT_DOUBLE_EQ(hours_on_road(primary, TravelMode::vehicle, travel), 2);
    EXPECT_DOUBLE_EQ(hours_on_road(mountain, TravelMode::vehicle, travel), 4);
    EXPECT_DOUBLE_EQ(hours_on_road(primary, TravelMode::foot, travel), 10);
    EXPECT_DOUBLE_EQ(hours_on_road(mountain, TravelMode::foot, travel), 10);
}

// A square 0-1-2-3 with a slow diagonal 0-2, and a place 4 with no road.
//
//     0 --1h-- 1
//     |  \5h   |
//     1h    \  1h
//     3 --2h-- 2        4
struct Square : ::testing::Test {
    std::vector<Road> roads{{0, 1, 1, {}}, {1, 2, 1, {}}, {2, 3, 1, {}}, {3, 0, 1, {}}, {0, 2, 1, {}}};
    std::vector<double> hours{1, 1, 2, 1, 5};
    std::vector<bool> open = std::vector<bool>(5, true);
    std::vector<bool> through = std::vector<bool>(5, true);

    FastestWays ways() const { return fastest_ways(5, roads, hours, {open, through}); }
};

TEST_F(Square, ways_are_the_fastest_and_lead_both_ways) {
    const auto fast = ways();
    EXPECT_EQ(fast.hours(0, 2), 2);
    EXPECT_EQ(fast.leg(0, 2)->before, 1);
    EXPECT_EQ(fast.leg(0, 2)->road, 1);
    EXPECT_EQ(fast.hours(2, 0), 2);
    EXPECT_EQ(fast.leg(2, 0)->road, 0);
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 5; ++j) EXPECT_EQ(fast.hours(i, j), fast.hours(j, i));
    }
    EXPECT_EQ(fast.reached(0), (std::vector<int>{1, 3, 2}));
}

TEST_F(Square, what_no_road_leads_to_is_never_reached) {
    const auto fast = ways();
    EXPECT_TRUE(std::isinf(fast.hours(0, 4)));
    EXPECT_FALSE(fast.leg(0, 4));
    EXPECT_EQ(fast.hours(4, 4), 0);
    EXPECT_TRUE(fast.reached(4).empty());
}

TEST_F(Square, a_closed_road_is_gone_round) {
    open[1] = false;
    EXPECT_EQ(ways().hours(0, 2), 3);
    EXPECT_EQ(ways().leg(0, 2)->before, 3);
}

TEST_F(Square, a_place_that_cannot_be_passed_is_reached_and_gone_round) {
    through[1] = false;
    const auto fast = ways();
    EXPECT_EQ(fast.hours(0, 1), 1);
    EXPECT_EQ(fast.hours(0, 2), 3);
    EXPECT_EQ(fast.hours(1, 2), 1) << "those who start there get out";
    through[3] = false;
    EXPECT_EQ(ways().hours(0, 2), 5);
}

TEST_F(Square, equal_ways_are_told_apart_by_the_smaller_place) {
    hours[2] = 1;  // over 1 and over 3 now take as long
    EXPECT_EQ(ways().leg(0, 2)->before, 1);
    std::swap(roads[0], roads[3]);
    std::swap(roads[1], roads[2]);
    EXPECT_EQ(ways().leg(0, 2)->before, 1) << "the order of roads must not matter";
}

/// A network drawn at random, and what can be passed on a day.
struct RandomNetwork {
    int places = 14;
    std::vector<Road> roads;
    std::vector<double> hours;
    std::mt19937 random;

    explicit RandomNetwork(unsigned seed) : random(seed) {
        for (int r = 0; r < 22; ++r) {
            const int from = int(random() % 14), to = int(random() % 14);
            if (from == to) continue;
            roads.push_back({from, to, 1.0 + double(random() % 40), {}});
            hours.push_back(double(1 + random() % 6));
        }
    }
    Passable day() {
        Passable passable{std::vector<bool>(roads.size()), std::vector<bool>(std::size_t(places))};
        for (std::size_t r = 0; r < roads.size(); ++r) passable.open[r] = random() % 5 > 0;
        for (int i = 0; i < places; ++i) passable.through[std::size_t(i)] = random() % 4 > 0;
        return passable;
    }
};

/// That two ways from a place are the same, last roads and lengths too.
void expect_same(const FastestWays& ways, const FastestWays& anew, int i) {
    ASSERT_EQ(ways.from[std::size_t(i)]->hours, anew.from[std::size_t(i)]->hours);
    ASSERT_EQ(ways.reached(i), anew.reached(i));
    for (const int j : anew.reached(i)) {
        ASSERT_EQ(ways.leg(i, j)->before, anew.leg(i, j)->before);
        ASSERT_EQ(ways.leg(i, j)->road, anew.leg(i, j)->road);
        ASSERT_EQ(ways.leg(i, j)->hectometres, anew.leg(i, j)->hectometres);
    }
}

TEST(Ways, asked_for_in_any_order_are_those_that_would_be_found_anew) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        RandomNetwork net(seed);
        std::vector<Passable> days;
        std::vector<FastestWays> ways;
        for (int day = 0; day < 6; ++day) {
            days.push_back(net.day());
            ways.push_back(fastest_ways(net.places, net.roads, net.hours, days.back(),
                                        day > 0 ? &ways.back() : nullptr));
        }
        for (int asked = 0; asked < 60; ++asked) {
            const std::size_t day = net.random() % days.size();
            const int place = int(net.random() % 14);
            expect_same(ways[day], fastest_ways(net.places, net.roads, net.hours, days[day]), place);
            if (testing::Test::HasFatalFailure()) return;
        }
    }
}

TEST(Ways, are_counted_once_where_states_share_them) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        RandomNetwork net(seed);
        std::vector<std::vector<FastestWays>> states;
        Passable passable;
        for (int day = 0; day < 6; ++day) {
            if (day % 2 == 0) passable = net.day();  // every second day changes nothing
            states.push_back({fastest_ways(net.places, net.roads, net.hours, passable,
                                           day > 0 ? &states.back().front() : nullptr)});
        }
        const double counted = distinct_ways(states, net.places);
        std::set<const WaysFrom*> all;
        for (const auto& state : states) {
            for (int i = 0; i < net.places; ++i) all.insert(state.front().from[std::size_t(i)]);
        }
        EXPECT_EQ(counted, double(all.size())) << seed;
        EXPECT_LE(counted, 3 * net.places) << seed;
    }
    EXPECT_EQ(distinct_ways({}, 5), 0);
}

TEST(Ways, take_no_longer_than_the_longest_there_can_be) {
    double longest = 0, bound = 0;
    for (unsigned seed = 0; seed < 500; ++seed) {
        RandomNetwork net(seed);
        const FastestWays ways = fastest_ways(net.places, net.roads, net.hours, net.day());
        double longest_here = 0;
        for (int i = 0; i < net.places; ++i) {
            for (const int j : ways.reached(i)) longest_here = std::max(longest_here, ways.hours(i, j));
        }
        ASSERT_GE(ways.longest_hours(), longest_here) << seed;
        ASSERT_LE(ways.longest_hours(), 2.1 * longest_here + 6)
            << seed << ": a road that leads nowhere takes 6 h at most";
        longest += longest_here;
        bound += ways.longest_hours();
    }
    EXPECT_LT(bound, 1.3 * longest);
}

TEST(Ways, shared_with_an_earlier_day_are_those_that_would_be_found_anew) {
    int shared = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        RandomNetwork net(seed);
        Passable then = net.day();
        FastestWays known = fastest_ways(net.places, net.roads, net.hours, then);
        for (int change = 0; change < 8; ++change) {
            Passable now = then;
            if (change % 2 == 0)
                now.open[net.random() % net.roads.size()].flip();
            else
                now.through[net.random() % 14].flip();
            const FastestWays anew = fastest_ways(net.places, net.roads, net.hours, now);
            const FastestWays next = fastest_ways(net.places, net.roads, net.hours, now, &known);
            for (int i = 0; i < net.places; ++i) {
                const WaysFrom* before = known.from[std::size_t(i)];
                shared += next.from[std::size_t(i)] == before;
                expect_same(next, anew, i);
            }
            ASSERT_FALSE(testing::Test::HasFatalFailure()) << seed;
            known = next;
            then = now;
        }
    }
    EXPECT_GT(shared, 1000) << "nothing would be shared otherwise";
}

TEST(MadeWhenAsked, stays_where_it_is_whoever_asks) {
    std::atomic<int> made = 0;
    const MadeWhenAsked<int> squares(200, [&](std::size_t n) {
        ++made;
        return std::make_shared<const int>(int(n * n));
    });
    EXPECT_EQ(squares.if_made(7), nullptr);
    EXPECT_EQ(made, 0);
    std::array<std::vector<const int*>, 4> seen;
    std::vector<std::thread> threads;
    for (auto& by_one : seen) {
        threads.emplace_back([&] {
            for (std::size_t n = 0; n < squares.size(); ++n) by_one.push_back(squares[n]);
        });
    }
    for (auto& thread : threads) thread.join();
    for (std::size_t n = 0; n < squares.size(); ++n) {
        EXPECT_EQ(*seen[0][n], int(n * n));
        EXPECT_EQ(squares.if_made(n).get(), seen[0][n]);
        for (const auto& by_one : seen) EXPECT_EQ(by_one[n], seen[0][n]);
    }
    EXPECT_GE(made, 200);
}

TEST(Reach, is_where_ways_lead) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        RandomNetwork net(seed);
        const Passable day = net.day();
        const FastestWays ways = fastest_ways(net.places, net.roads, net.hours, day);
        const Reach reach = reach_of(net.places, net.roads, day);
        for (int i = 0; i < net.places; ++i) {
            for (int j = 0; j < net.places; ++j)
                ASSERT_EQ(reach.leads(i, j), std::isfinite(ways.hours(i, j)))
                    << seed << ": " << i << " to " << j;
        }
    }
}

}  // namespace
}  // namespace nuzuh
