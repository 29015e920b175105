// Runs side by side are each what they are alone; and where homes do not matter, what they are with origins.
#include <functional>

#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/engine/pooled/kernels.hpp"
#include "sim/study/checkpoint.hpp"
#include "tests/engines/two_samples.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

using test::quantities;
using test::two_sample_p;

/// A road that is closed for some days.
RouteChange closure(const ScenarioSettings& settings, std::size_t road, int from, int to) {
    RouteChange change;
    change.route = settings.network.routes[road].route;
    change.from = test::day(from);
    change.to = test::day(to);
    change.status = RouteStatus::closed;
    return change;
}

using Change = std::function<void(ScenarioSettings&)>;

/// A world, and others in each of which something is changed.
std::vector<World> changed_worlds(const std::vector<Change>& changes) {
    const auto base = test::rich_settings();
    std::vector<World> worlds{test::built(base)};
    for (const Change& change : changes) {
        auto settings = base;
        change(settings);
        auto made = make_world(settings, {&worlds.front()});
        EXPECT_TRUE(made);
        worlds.push_back(std::move(*made));
    }
    return worlds;
}

/// Worlds that share all, some or nothing but their network with the first.
std::vector<World> relatives() {
    std::vector<Change> changes;
    const auto add = [&](Change change) { changes.push_back(std::move(change)); };
    add([](ScenarioSettings& s) { s.behaviour.leave.h_max *= 0.7; });
    add([](ScenarioSettings& s) { s.groups[0].threshold *= 1.5; });
    add([](ScenarioSettings& s) { s.behaviour.choose.distance_power += 0.5; });
    add([](ScenarioSettings& s) { s.behaviour.choose.network_memory_days = 20; });
    add([](ScenarioSettings& s) { s.behaviour.leave.reach_km *= 1.3; });
    add([](ScenarioSettings& s) { s.crossings[0].quota *= 2; });
    add([](ScenarioSettings& s) { s.groups[0].household_size += 1; });
    return changed_worlds(changes);
}

/// Worlds with the same places, whose networks differ: towns fall and roads are closed on other days, or journeys are longer.
std::vector<World> worlds_on_other_networks() {
    std::vector<Change> changes;
    const auto add = [&](Change change) { changes.push_back(std::move(change)); };
    add([](ScenarioSettings& s) { s.fronts[0].falls = test::day(13); });
    add([](ScenarioSettings& s) { s.fronts[0].falls.reset(); });
    add([](ScenarioSettings& s) {
        s.fronts.push_back(s.fronts[0]);
        s.fronts[1].place = "north";
        s.fronts[1].falls = test::day(12);
    });
    add([](ScenarioSettings& s) { s.routes = {closure(s, 2, 5, 20), closure(s, 6, 8, 30)}; });
    add([](ScenarioSettings& s) {
        for (auto& route : s.network.routes.own()) route.km *= 9;
    });
    add([](ScenarioSettings& s) {
        for (auto& place : s.network.places.own()) place.population *= 1.2;
        s.network.places[4].capacity = 900;
        s.fronts[0].assault_from = test::day(6);
    });
    add([](ScenarioSettings& s) {
        s.routes = {closure(s, 4, 3, 39)};
        s.behaviour.leave.h_max *= 0.8;
    });
    return changed_worlds(changes);
}

std::vector<Member> members_of(const std::vector<World>& worlds, DrawMode mode) {
    std::vector<Member> members;
    for (const World& world : worlds)
        members.push_back(
            {&world, {.kind = EngineKind::pooled, .mode = mode, .seed = 5, .run = members.size()}});
    return members;
}

void expect_same_alone(const std::vector<World>& worlds, DrawMode mode) {
    const auto members = members_of(worlds, mode);
    ASSERT_EQ(best_together(members), members.size());
    const auto together = run_members(members, 1, Selection::everything());
    for (std::size_t run = 0; run < members.size(); ++run) {
        const auto alone =
            run_members(std::span(members).subspan(run, 1), 1, Selection::everything()).front();
        EXPECT_TRUE(test::same(worlds[run], together[run], alone)) << run;
        EXPECT_TRUE(test::same_bytes(together[run].route, alone.route)) << run;
        EXPECT_EQ(test::same(worlds[run], together[run], together[0]), run == 0) << run;
    }
}

/// The same where registers of no run are left out, as they are where they are narrow.
void expect_same_alone_at_every_width(const std::vector<World>& worlds, DrawMode mode) {
    const auto* widest = &pooled::kernels();
    for (const int width : {2, 4, 8}) {
        const auto* kernels = pooled::kernels_for(width);
        if (!kernels) continue;
        SCOPED_TRACE(width);
        pooled::use_kernels(*kernels);
        expect_same_alone(worlds, mode);
    }
    pooled::use_kernels(*widest);
}

TEST(Pooled, means_of_a_run_do_not_depend_on_who_stands_beside_it) {
    expect_same_alone_at_every_width(relatives(), DrawMode::expected);
}

TEST(Pooled, draws_of_a_run_do_not_depend_on_who_stands_beside_it) {
    expect_same_alone_at_every_width(relatives(), DrawMode::stochastic);
}

TEST(Pooled, draws_of_a_run_do_not_depend_on_the_networks_of_who_stands_beside_it) {
    const auto worlds = worlds_on_other_networks();
    EXPECT_GT(worlds[5].network->longest_journey, worlds[0].network->longest_journey);
    expect_same_alone_at_every_width(worlds, DrawMode::stochastic);
}

TEST(Pooled, a_run_is_the_same_in_registers_of_every_width) {
    const auto* widest = &pooled::kernels();
    const auto* others = pooled::kernels_for(4);
    if (!pooled::kernels_for(8) || !others)
        GTEST_SKIP() << "this processor has one width with fused operations";
    const auto worlds = relatives();
    for (DrawMode mode : {DrawMode::expected, DrawMode::stochastic}) {
        const auto members = members_of(worlds, mode);
        const auto wide = run_members(members, 1, Selection::everything());
        pooled::use_kernels(*others);
        const auto narrow = run_members(members, 1, Selection::everything());
        pooled::use_kernels(*widest);
        for (std::size_t run = 0; run < members.size(); ++run)
            EXPECT_TRUE(test::same(worlds[run], wide[run], narrow[run])) << run;
    }
}

TEST(Pooled, means_hardly_differ_where_the_processor_has_no_fused_operations) {
    const auto worlds = relatives();
    const auto members = members_of(worlds, DrawMode::expected);
    const auto* widest = &pooled::kernels();
    const auto one = run_members(members, 1, Selection::everything());
    pooled::use_kernels(*pooled::kernels_for(2));
    const auto other = run_members(members, 1, Selection::everything());
    pooled::use_kernels(*widest);
    for (std::size_t run = 0; run < members.size(); ++run) {
        for (std::size_t f = 0; f < place_field_count; ++f) {
            const auto &a = one[run].place[f], &b = other[run].place[f];
            ASSERT_EQ(a.size(), b.size());
            for (std::size_t c = 0; c < a.size(); ++c)
                ASSERT_NEAR(a[c], b[c], 1e-6 * (1 + std::abs(a[c]))) << run << " " << place_fields[f].name;
        }
    }
}

TEST(Pooled, means_stand_together_on_one_network_alone_and_draws_between_the_same_places) {
    const auto together = [](const World& one, const World& other, DrawMode mode) {
        const EngineSpec spec{.kind = EngineKind::pooled, .mode = mode};
        const Member members[] = {{&one, spec}, {&other, spec}};
        return best_together(members);
    };
    auto settings = test::rich_settings();
    const World one = test::built(settings);
    settings.network.routes[0].km += 1;
    const World longer = test::built(settings);
    EXPECT_EQ(together(one, longer, DrawMode::expected), 1u);
    EXPECT_EQ(together(one, longer, DrawMode::stochastic), 2u);
    settings.network.places[3].admission = Admission::hard;
    const World gated = test::built(settings);
    EXPECT_EQ(together(one, gated, DrawMode::stochastic), 1u);
}

TEST(Pooled, a_world_takes_states_of_the_network_from_an_earlier_one) {
    for (const World& world : worlds_on_other_networks()) {
        const World alone = test::built(world.settings);
        EXPECT_EQ(fingerprint(world, world.steps), fingerprint(alone, alone.steps));
        EXPECT_EQ(world.network->longest_journey, alone.network->longest_journey);
    }
}

TEST(Pooled, fields_that_are_not_asked_for_change_none_that_are) {
    const auto worlds = relatives();
    auto members = members_of(worlds, DrawMode::stochastic);
    Selection selection;
    selection.place[std::size_t(PlaceField::without_shelter)] = true;
    selection.total[std::size_t(TotalField::households_in_tents)] = true;
    const auto whole = run_members(members, 1, Selection::everything());
    for (Member& member : members) {
        member.spec.fields = fields_behind(selection);
        member.spec.count_routes = false;
    }
    const auto part = run_members(members, 1, selection);
    for (std::size_t run = 0; run < members.size(); ++run) {
        const auto unsheltered = std::size_t(PlaceField::without_shelter);
        EXPECT_TRUE(test::same_bytes(part[run].place[unsheltered], whole[run].place[unsheltered]));
        const auto tents = std::size_t(TotalField::households_in_tents);
        EXPECT_TRUE(test::same_bytes(part[run].total[tents], whole[run].total[tents]));
    }
}

/// False alarm of each comparison 1e-4, about 30 of them: one in 300 changes of seed.
TEST(Pooled, where_homes_change_nothing_draws_have_the_distribution_of_those_with_origins) {
    constexpr int runs = 300;
    auto s = test::rich_settings();
    s.behaviour.choose.network_pull = 0;
    s.behaviour.choose.attraction_town = 1e-12;
    s.behaviour.returning.rate = 0;
    s.ceasefires.clear();
    for (auto& place : s.network.places.own()) {
        place.population /= 10;
        if (place.capacity) *place.capacity /= 10;
    }
    s.crossings[0].quota = 15;
    const World world = test::built(s);
    EnsembleSpec spec;
    spec.members = runs;
    spec.seed = 21;
    spec.threads = 2;
    const auto with = quantities(world, run_ensemble(world, spec));
    spec.seed = 22;
    spec.engine = EngineKind::pooled;
    const auto without = quantities(world, run_ensemble(world, spec));
    for (std::size_t q = 0; q < with.names.size(); ++q)
        EXPECT_GT(two_sample_p(with.samples[q], without.samples[q]), 1e-4) << with.names[q];
}

TEST(Pooled, as_many_leave_as_are_given_and_only_from_where_they_live) {
    auto settings = test::three_places();
    settings.network.places[1].population = 0;  // looked at right after the town, and people flee to it
    for (int n = 1; n < 6; ++n) {
        DepartureSettings row;
        row.place = "town";
        row.date = test::day(n);
        row.persons = 55;
        settings.departures.push_back(row);
    }
    const World world = test::built(settings);
    for (const auto mode : {DrawMode::expected, DrawMode::stochastic}) {
        const Member member{&world, {.kind = EngineKind::pooled, .mode = mode}};
        const auto run = run_members({&member, 1}, 1, Selection::everything()).front();
        EXPECT_NEAR(test::at_end(world, run, PlaceField::first_departures, "town"), 5 * 55, 1e-3);
        EXPECT_NEAR(test::last(run, TotalField::movements), 5 * 55, 1e-3);
        EXPECT_NEAR(test::at_end(world, run, PlaceField::at_home, "town"), 5500 - 5 * 55, 1e-3);
        EXPECT_EQ(test::at_end(world, run, PlaceField::at_home, "city"), 0);
    }
}

TEST(Pooled, a_run_goes_on_from_its_state) {
    for (const auto mode : {DrawMode::expected, DrawMode::stochastic}) {
        const auto worlds = mode == DrawMode::expected ? relatives() : worlds_on_other_networks();
        const auto members = members_of(worlds, mode);
        const auto whole = make_engine(members), first = make_engine(members), second = make_engine(members);
        std::vector<StepRecord> a(members.size()), b(members.size());
        const int half = worlds.front().steps / 2;
        for (int step = 0; step < half; ++step) {
            whole->step(a);
            first->step(b);
        }
        for (std::size_t run = 0; run < members.size(); ++run) {
            Saver to;
            first->save(run, to);
            Loader from(to.bytes());
            second->restore(run, half, from);
        }
        for (int step = half; step < worlds.front().steps; ++step) {
            whole->step(a);
            second->step(b);
            for (std::size_t run = 0; run < members.size(); ++run)
                ASSERT_TRUE((a[run].place == b[run].place).all()) << "run " << run << " step " << step;
        }
    }
}

}  // namespace
}  // namespace nuzuh
