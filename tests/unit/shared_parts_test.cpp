// A world that shares parts with an earlier one is the world it would be alone, whatever setting differs between them.
#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/model/fields.hpp"
#include "sim/study/checkpoint.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

/// Changes one setting of all that a scenario has, wherever it stands.
struct ChangeOne {
    int target;
    int seen = 0;
    std::string changed;

    bool is_next(const Field& f) {
        if (seen++ != target) return false;
        changed = f.key;
        return true;
    }
    static double moved(double value, Range range) {
        const double more = value == 0 ? 0.5 : value * 1.3;
        return more <= range.high && more >= range.low ? more : value * 0.7;
    }
    void number(Field f, double& value, Range range) {
        if (is_next(f)) value = moved(value, range);
    }
    void number(Field f, std::optional<double>& value, Range range) {
        if (is_next(f)) value = moved(value.value_or(1000), range);
    }
    template <class Int>
    void integer(Field f, Int& value, Range) {
        if (is_next(f)) ++value;
    }
    void flag(Field f, bool& value) {
        if (is_next(f)) value = !value;
    }
    void date(Field f, Date& value) {
        if (is_next(f)) value = value + 1;
    }
    void date(Field f, std::optional<Date>& value) {
        if (is_next(f)) value = value ? *value + 1 : day_three;
    }
    void duration(Field f, double& days, Range) {
        if (is_next(f)) days /= 2;
    }
    void text(Field f, std::string& value) {
        if (is_next(f)) value += "x";
    }
    void name(Field f, std::string& value, Names) { text(f, value); }
    void words(Field f, std::vector<std::string>& values) {
        if (is_next(f)) values.push_back("x");
    }
    template <class E>
    void choice(Field f, E& value, Choices<E> choices) {
        if (!is_next(f)) return;
        const auto now = std::find_if(choices.begin(), choices.end(),
                                      [&](const auto& choice) { return choice.second == value; });
        value = now + 1 == choices.end() ? choices.begin()->second : (now + 1)->second;
    }
    template <class S>
    void section(Field, S& settings) {
        describe(*this, settings);
    }
    void network(Field, Network& settings) { describe(*this, settings); }
    template <class S>
    void list(Field, List<S>& entries, std::string_view) {
        for (S& entry : entries.own()) describe(*this, entry);
    }

    Date day_three{};
};

/// Who is where at the start, beside what a fingerprint holds.
std::vector<std::byte> people_of(const World& world) {
    Saver to;
    to(world.households_at_start, world.households_from);
    for (const auto& row : world.displaced)
        to(row.place, row.home, row.group, row.households, row.age_days, row.uncertainty);
    const auto bytes = to.bytes();
    return {bytes.begin(), bytes.end()};
}

TEST(SharedParts, a_world_is_the_same_with_and_without_them_whatever_is_changed) {
    const auto base = test::rich_settings();
    const World earlier = test::built(base);
    int compared = 0, differing = 0;
    for (int target = 0;; ++target) {
        auto settings = base;
        ChangeOne change{target, 0, "", earlier.start + 3};
        describe(change, settings);
        if (change.changed.empty()) break;
        const auto alone = make_world(settings);
        const auto sharing = make_world(settings, {nullptr, &earlier});
        ASSERT_EQ(bool(alone), bool(sharing)) << change.changed;
        if (!alone) continue;
        const int steps = std::min(alone->steps, earlier.steps);
        EXPECT_EQ(fingerprint(*alone, steps), fingerprint(*sharing, steps)) << change.changed;
        EXPECT_EQ(people_of(*alone), people_of(*sharing)) << change.changed;
        ++compared;
        differing += fingerprint(*alone, steps) != fingerprint(earlier, steps);
    }
    EXPECT_GT(compared, 250);
    EXPECT_GT(differing, 120);
}

TEST(SharedParts, what_nothing_changed_is_shared) {
    const auto base = test::rich_settings();
    const World earlier = test::built(base);
    const auto sharing = [&](auto change) {
        auto settings = base;
        change(settings);
        return std::move(*make_world(settings, {&earlier}));
    };
    const World hazard = sharing([](ScenarioSettings& s) { s.behaviour.leave.h_max *= 2; });
    EXPECT_TRUE(hazard.attraction.is_shared_with(earlier.attraction));
    EXPECT_TRUE(hazard.responses.is_shared_with(earlier.responses));
    EXPECT_TRUE(hazard.conflicts.is_shared_with(earlier.conflicts));
    const World threshold = sharing([](ScenarioSettings& s) { s.groups[0].threshold *= 2; });
    EXPECT_FALSE(threshold.responses.is_shared_with(earlier.responses));
    EXPECT_TRUE(threshold.attraction.is_shared_with(earlier.attraction));
    const World distance = sharing([](ScenarioSettings& s) { s.behaviour.choose.distance_power *= 2; });
    EXPECT_TRUE(distance.inputs.is_shared_with(earlier.inputs));
    EXPECT_FALSE(distance.attraction.is_shared_with(earlier.attraction));
    const World reach = sharing([](ScenarioSettings& s) { s.behaviour.leave.reach_km *= 2; });
    EXPECT_TRUE(reach.network.is_shared_with(earlier.network));
    EXPECT_FALSE(reach.inputs.is_shared_with(earlier.inputs));
    EXPECT_FALSE(reach.attraction.is_shared_with(earlier.attraction));
}

TEST(SharedParts, a_mistake_in_behaviour_or_groups_is_found_though_the_rest_is_known) {
    auto settings = test::rich_settings();
    const World earlier = test::built(settings);
    settings.groups[0].share *= 0.5;
    const auto made = make_world(settings, {&earlier});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.findings().front().path, "groups");
}

}  // namespace
}  // namespace nuzuh
