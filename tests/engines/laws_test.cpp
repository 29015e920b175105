// What holds in every world, whatever its numbers: in worlds drawn at random, for every engine.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/every_engine.hpp"
#include "tests/support/random_world.hpp"

namespace nuzuh {
namespace {

constexpr int worlds = 12;

/// A value of a record, by place.
double value(const World& world, const RunResult& run, PlaceField field, std::size_t record, int place) {
    return run.place[std::size_t(field)][record * std::size_t(world.place_count()) + std::size_t(place)];
}

std::size_t records_of(const RunResult& run) { return run.total[0].size(); }

double sum(const World& world, const RunResult& run, PlaceField field, std::size_t record) {
    double all = 0;
    for (int i = 0; i < world.place_count(); ++i) all += value(world, run, field, record, i);
    return all;
}

ScenarioSettings without_danger(ScenarioSettings s) {
    s.bombardment.clear();
    s.fronts.clear();
    s.orders.clear();
    s.conflicts.clear();
    s.behaviour.leave.h0 = 0;
    s.behaviour.leave.onward_host = s.behaviour.leave.onward_camp = 0;
    s.behaviour.leave.onward_without_shelter = 0;
    return s;
}

class Laws : public test::OverEngines {
protected:
    /// Calls `check` with each of the worlds and a run of it.
    template <class Change, class Check>
    void in_each(Change change, Check check) const {
        for (int number = 0; number < worlds; ++number) {
            SCOPED_TRACE(number);
            const World world = test::built(change(test::random_settings(std::uint64_t(1000 + number))));
            check(world, run(world));
        }
    }
};

constexpr auto as_it_is = [](ScenarioSettings s) { return s; };

TEST_P(Laws, people_are_as_many_as_at_the_start_and_never_fewer_than_none) {
    in_each(as_it_is, [&](const World& world, const RunResult& run) {
        const auto people = [&](std::size_t t) {
            double now = 0;
            for (auto field :
                 {PlaceField::at_home, PlaceField::displaced, PlaceField::waiting, PlaceField::on_the_road})
                now += sum(world, run, field, t);
            return now;
        };
        double at_home = 0;
        for (int k = 0; k < world.group_count(); ++k)
            at_home += world.groups[std::size_t(k)].household_size * double(world.households.row(k).sum());
        EXPECT_GE(people(0), at_home * (1 - 1e-5));
        if (world.displaced.empty()) {
            EXPECT_LE(people(0), at_home * (1 + 1e-5));
        }
        for (std::size_t t = 1; t < records_of(run); ++t)
            EXPECT_NEAR(people(t), people(0), 1e-5 * people(0)) << "record " << t;
        for (int f = 0; f < place_field_count; ++f) {
            const auto& values = run.place[std::size_t(f)];
            const auto wrong = std::find_if(values.begin(), values.end(),
                                            [](float x) { return !(x >= 0 && std::isfinite(x)); });
            EXPECT_EQ(wrong, values.end())
                << place_fields[std::size_t(f)].name << " " << (wrong == values.end() ? 0 : *wrong) << " at "
                << wrong - values.begin();
        }
    });
}

TEST_P(Laws, hard_admission_is_never_exceeded) {
    in_each(as_it_is, [&](const World& world, const RunResult& run) {
        for (int i = 0; i < world.place_count(); ++i) {
            if (world.places[i].admission != Admission::hard) continue;
            double most = world.capacity[i];
            for (std::size_t r = 0; r < world.displaced.size(); ++r) {  // who were there before
                if (world.displaced[r].place == i) most += 1e9;
            }
            for (std::size_t t = 0; t < records_of(run); ++t)
                EXPECT_LE(value(world, run, PlaceField::displaced, t, i), most * (1 + 1e-6) + 1e-3);
        }
    });
}

TEST_P(Laws, without_danger_nobody_leaves) {
    in_each(without_danger, [&](const World& world, const RunResult& run) {
        for (std::size_t t = 0; t < records_of(run); ++t)
            EXPECT_EQ(sum(world, run, PlaceField::first_departures, t), 0);
    });
}

TEST_P(Laws, without_roads_nobody_arrives) {
    const auto close = [](ScenarioSettings s) {
        for (auto& route : s.network.routes.own()) route.status = RouteStatus::closed;
        return s;
    };
    in_each(close, [&](const World& world, const RunResult& run) {
        for (std::size_t t = 0; t < records_of(run); ++t) {
            EXPECT_EQ(sum(world, run, PlaceField::arrivals, t), 0);
            EXPECT_EQ(sum(world, run, PlaceField::departures, t), 0);
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, Laws, ::testing::ValuesIn(test::every_engine), test::name_of);

/// Laws of means: chance would hide them.
class LawsOfMeans : public ::testing::TestWithParam<EngineKind> {
protected:
    RunResult run(const ScenarioSettings& settings) const {
        return test::run(test::built(settings), GetParam(), DrawMode::expected).members[0];
    }
    double over_run(const ScenarioSettings& settings, PlaceField flow, const std::string& place) const {
        const World world = test::built(settings);
        return test::at_end(world, run(settings), flow, place);
    }
};

TEST_P(LawsOfMeans, a_group_in_two_halves_is_one_group) {
    for (int number = 0; number < worlds; ++number) {
        SCOPED_TRACE(number);
        auto whole = test::random_settings(std::uint64_t(1000 + number));
        // Of whole households in every class, and in half of it.
        for (auto& place : whole.network.places.own()) {
            if (place.population > 0) place.population = 6e5;
            if (place.capacity) *place.capacity *= 1000;
        }
        whole.displaced.clear();
        whole.groups.resize(1);
        whole.groups[0].share = 1;
        whole.groups[0].household_size = 5;
        whole.groups[0].immobile_share = 0.1;
        whole.groups[0].drawn_to = "";
        whole.groups[0].draw = GroupSettings{}.draw;
        auto halves = whole;
        halves.groups[0].share = 0.5;
        halves.groups.push_back(halves.groups[0]);
        halves.groups[1].name = "other half";
        const auto a = run(whole), b = run(halves);
        for (std::size_t f = 0; f < a.total.size(); ++f) {
            for (std::size_t t = 0; t < a.total[f].size(); ++t)
                EXPECT_NEAR(a.total[f][t], b.total[f][t], 1e-5 * a.total[f][t] + 0.01)
                    << total_fields[f].name << " record " << t;
        }
    }
}

TEST_P(LawsOfMeans, more_room_at_a_place_lowers_no_arrivals_there) {
    int grew = 0;
    for (int number = 0; number < worlds; ++number) {
        SCOPED_TRACE(number);
        const auto tight = test::random_settings(std::uint64_t(1000 + number));
        for (std::size_t i = 0; i < tight.network.places.size(); ++i) {
            const auto& place = tight.network.places[i];
            if (!place.capacity || place.admission != Admission::hard) continue;
            auto roomy = tight;
            roomy.network.places.own()[i].capacity = *place.capacity + 500;
            const double before = over_run(tight, PlaceField::arrivals, place.place);
            const double after = over_run(roomy, PlaceField::arrivals, place.place);
            EXPECT_GE(after, before * (1 - 1e-6)) << place.place;
            grew += after > before + 1;
        }
    }
    EXPECT_GT(grew, 2);
}

TEST_P(LawsOfMeans, a_stricter_quota_lets_no_more_through) {
    int fell = 0;
    for (int number = 0; number < worlds; ++number) {
        SCOPED_TRACE(number);
        auto s = test::random_settings(std::uint64_t(1000 + number));
        s.crossings[0].policy = CrossingPolicy::quota;
        double before = 0;
        for (const double quota : {2.0, 10.0, 50.0, 1000.0}) {
            s.crossings[0].quota = quota;
            const double crossed = over_run(s, PlaceField::admitted, "gate");
            EXPECT_GE(crossed, before * (1 - 1e-6)) << quota;
            fell += crossed > before + 1;
            before = crossed;
        }
    }
    EXPECT_GT(fell, worlds);
}

INSTANTIATE_TEST_SUITE_P(Engines, LawsOfMeans,
                         ::testing::Values(EngineKind::compartments, EngineKind::pooled),
                         [](const auto& kind) {
                             return kind.param == EngineKind::pooled ? "pooled" : "compartments";
                         });

}  // namespace
}  // namespace nuzuh
