// A run that is stopped and continued ends as if it had never been stopped.
#include <atomic>
#include <map>
#include <mutex>

#include <gtest/gtest.h>

#include "sim/base/sha256.hpp"
#include "sim/model/fields.hpp"
#include "sim/study/ensemble_keeping.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

class Stopping : public ::testing::TestWithParam<EngineKind> {
protected:
    EnsembleSpec spec(int members = 2) const {
        EnsembleSpec spec;
        spec.engine = GetParam();
        spec.members = members;
        spec.seed = 3;
        spec.threads = 1;
        spec.causes = true;
        if (GetParam() == EngineKind::agents) spec.traces = 40;
        return spec;
    }

    static Checkpoint stopped(ScenarioSettings settings, EnsembleSpec spec, int last_day) {
        settings.period.to = test::day(last_day);
        spec.keep_state = true;
        const auto bytes = checkpoint_bytes(*run_ensemble(test::built(settings), spec).checkpoint);
        return *read_checkpoint(bytes);
    }

    static void expect_same(const World& world, const EnsembleResult& a, const EnsembleResult& b) {
        ASSERT_EQ(a.failure + b.failure, "");
        EXPECT_EQ(a.days, b.days);
        EXPECT_EQ(a.mean_displaced_from, b.mean_displaced_from);
        for (std::size_t m = 0; m < a.members.size(); ++m) {
            EXPECT_TRUE(test::same(world, a.members[m], b.members[m]));
            EXPECT_EQ(a.members[m].total, b.members[m].total);
            EXPECT_EQ(a.members[m].band, b.members[m].band);
            EXPECT_TRUE(test::same_bytes(a.members[m].first_day_full, b.members[m].first_day_full));
            const Histories &x = a.members[m].histories, &y = b.members[m].histories;
            ASSERT_EQ(x.traces.size(), y.traces.size());
            ASSERT_EQ(x.distance.size(), y.distance.size());
            EXPECT_TRUE((x.distance == y.distance).all() && (x.times_displaced == y.times_displaced).all());
        }
    }
};

TEST_P(Stopping, members_that_were_kept_are_those_of_the_undisturbed_ensemble) {
    const World world = test::built(test::rich_settings());
    EnsembleSpec whole = spec(20);
    whole.keep_state = true;
    std::vector<KeptMembers> kept;
    std::atomic<bool> stop = false;
    EnsembleKeeping keeping{.every_seconds = 0, .stop = &stop};
    keeping.keep = [&](const KeptMembers& done) {
        if (!done.in_hand.empty()) return false;  // members in hand are lost
        kept.push_back(*read_kept_members(bytes_of(done, "run"), "run"));
        return kept.size() != 2;  // the second time it could not, and is offered them again
    };
    EnsembleSpec broken = whole;
    broken.progress = [&](int done, int) { stop = done >= 9; };
    EXPECT_FALSE(run_or_go_on(world, broken, keeping).is_whole);
    ASSERT_GE(kept.size(), 3u);
    EXPECT_EQ(kept[2].numbers.front(), kept[1].numbers.front());
    kept.erase(kept.begin() + 1);
    std::size_t members = 0;
    for (const auto& done : kept) members += done.numbers.size();
    EXPECT_LT(members, 20u);

    EnsembleSpec rest = whole;
    rest.threads = 3;
    EnsembleKeeping going_on{.kept = kept};
    const auto [resumed, is_whole] = run_or_go_on(world, rest, going_on);
    const auto undisturbed = run_ensemble(world, whole);
    EXPECT_TRUE(is_whole);
    expect_same(world, undisturbed, resumed);
    EXPECT_EQ(checkpoint_bytes(*resumed.checkpoint), checkpoint_bytes(*undisturbed.checkpoint));
}

/// What lies on the disk of an ensemble: members in hand replace themselves until they are done.
class KeptOnDisk {
public:
    void take(const KeptMembers& members) {
        const auto kept = *read_kept_members(bytes_of(members, "run"), "run");
        if (!kept.in_hand.empty()) {
            in_hand_[kept.in_hand.front().number] = kept;
            return;
        }
        done_.push_back(kept);
        for (const std::int32_t member : kept.numbers) in_hand_.erase(member);
    }
    std::vector<KeptMembers> all() const {
        auto all = done_;
        for (const auto& [first, kept] : in_hand_) all.push_back(kept);
        return all;
    }
    bool has_in_hand() const { return !in_hand_.empty(); }

private:
    std::vector<KeptMembers> done_;
    std::map<std::int32_t, KeptMembers> in_hand_;
};

TEST_P(Stopping, members_in_hand_go_on_from_the_day_where_they_stood) {
    auto settings = test::rich_settings();
    settings.output.origins = OriginsKept::every_record;
    const World world = test::built(settings);
    for (int every : {1, 7}) {
        EnsembleSpec whole = spec(7);
        whole.every_steps = every;
        whole.keep_state = true;
        KeptOnDisk disk;
        EnsembleResult result;
        int launches = 0, in_the_middle = 0;
        for (bool is_whole = false; !is_whole; ++launches) {
            ASSERT_LT(launches, 2000);
            in_the_middle += disk.has_in_hand();
            EnsembleSpec part = whole;
            part.threads = 1 + launches % 3;
            std::mutex guard;
            std::atomic<bool> stop = false;
            int calls = 0;
            EnsembleKeeping keeping{.kept = disk.all(), .every_seconds = 0, .stop = &stop};
            keeping.keep = [&](const KeptMembers& kept) {
                const std::lock_guard lock(guard);
                disk.take(kept);
                stop = ++calls >= 11 + launches % 5;
                return true;
            };
            auto went = run_or_go_on(world, part, keeping);
            ASSERT_EQ(went.result.failure, "");
            is_whole = went.is_whole;
            result = std::move(went.result);
        }
        EXPECT_GT(in_the_middle, 2);
        const auto undisturbed = run_ensemble(world, whole);
        expect_same(world, undisturbed, result);
        EXPECT_EQ(checkpoint_bytes(*result.checkpoint), checkpoint_bytes(*undisturbed.checkpoint));
    }
}

TEST_P(Stopping, a_signal_waits_for_a_step_and_not_for_a_run) {
    const World world = test::built(test::rich_settings());
    std::atomic<bool> stop = false;
    EnsembleKeeping keeping{.every_seconds = 0, .stop = &stop};
    std::vector<std::int32_t> steps;
    keeping.keep = [&](const KeptMembers& kept) {
        for (const auto& member : kept.in_hand) steps.push_back(member.steps);
        stop = true;
        return true;
    };
    EXPECT_FALSE(run_or_go_on(world, spec(1), keeping).is_whole);
    EXPECT_EQ(steps, (std::vector<std::int32_t>{
                         1, 2}));  // every step is kept, and that after the signal is the last
}

TEST(KeptMembers, are_not_read_when_they_are_damaged) {
    KeptMembers done{{3}, std::vector<RunResult>(1), {}, {{4, 17, {std::byte{7}}}}, {1, 2, 3}};
    done.results[0].route = {1, 2, 3, 4};
    const auto whole = bytes_of(done, "run");
    EXPECT_EQ(read_kept_members(whole, "run")->results[0].route, done.results[0].route);
    EXPECT_EQ(read_kept_members(whole, "run")->in_hand[0].state, done.in_hand[0].state);
    EXPECT_FALSE(read_kept_members(whole, "another run"));
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto flipped = whole;
        flipped[at] ^= std::byte{16};
        EXPECT_FALSE(read_kept_members(flipped, "run")) << at;
        EXPECT_FALSE(read_kept_members(std::span(whole).first(at), "run")) << at;
    }
}

TEST_P(Stopping, ends_like_the_undisturbed_run) {
    auto settings = test::rich_settings();
    settings.behaviour.choose.overdispersion = 0.3;  // the run is stopped within a period of it
    settings.behaviour.choose.overdispersion_days = 5;
    const World world = test::built(settings);
    for (int every : {1, 7}) {  // records of a week: the run is stopped within one
        EnsembleSpec whole = spec();
        whole.every_steps = every;
        const Checkpoint checkpoint = stopped(settings, whole, 17);
        EnsembleSpec rest = whole;
        rest.from = &checkpoint;
        rest.threads = 3;
        EXPECT_TRUE(why_not_continued(checkpoint, world, rest.terms()).empty());
        expect_same(world, run_ensemble(world, whole), run_ensemble(world, rest));
    }
}

TEST_P(Stopping, ends_like_the_undisturbed_run_in_worlds_drawn_at_random) {
    for (std::uint64_t number = 0; number < 20; ++number) {
        const auto settings = test::random_settings(number);
        const World world = test::built(settings);
        const Checkpoint checkpoint = stopped(settings, spec(1), 4);
        EnsembleSpec rest = spec(1);
        rest.from = &checkpoint;
        expect_same(world, run_ensemble(world, spec(1)), run_ensemble(world, rest));
    }
}

TEST_P(Stopping, goes_on_with_a_scenario_that_differs_only_later) {
    auto settings = test::rich_settings();
    const Checkpoint checkpoint = stopped(settings, spec(), 17);
    settings.bombardment.push_back(test::strikes("north", 25, 30, 40));
    const World world = test::built(settings);
    EnsembleSpec rest = spec();
    rest.from = &checkpoint;
    EXPECT_TRUE(why_not_continued(checkpoint, world, rest.terms()).empty());
    expect_same(world, run_ensemble(world, spec()), run_ensemble(world, rest));
}

TEST_P(Stopping, refuses_what_it_was_not_written_for) {
    auto settings = test::rich_settings();
    const Checkpoint checkpoint = stopped(settings, spec(), 17);
    const auto refusals = [&](const ScenarioSettings& other, const EnsembleSpec& asked) {
        return why_not_continued(checkpoint, test::built(other), asked.terms());
    };
    EXPECT_TRUE(refusals(settings, spec()).empty());
    EXPECT_NE(refusals(settings, spec(3)).at(0).message.find("2 runs"), std::string::npos);
    auto earlier = settings;
    earlier.behaviour.choose.network_pull += 0.1;
    EXPECT_NE(refusals(earlier, spec()).at(0).message.find("another scenario"), std::string::npos);
    earlier = settings;
    earlier.bombardment.push_back(test::strikes("north", 17, 30, 40));
    EXPECT_EQ(refusals(earlier, spec()).size(), 1u);
    auto shorter = settings;
    shorter.period.to = test::day(17);
    EXPECT_NE(refusals(shorter, spec()).at(0).hint.find("--until"), std::string::npos);
}

TEST(Checkpoint, holds_expected_values_too) {
    EnsembleSpec whole;
    whole.mode = DrawMode::expected;
    auto settings = test::rich_settings();
    const World world = test::built(settings);
    settings.period.to = test::day(17);
    EnsembleSpec part = whole, rest = whole;
    part.keep_state = true;
    const auto stopped = run_ensemble(test::built(settings), part);
    rest.from = &*stopped.checkpoint;
    const auto continued = run_ensemble(world, rest);
    ASSERT_EQ(continued.failure, "");
    EXPECT_TRUE(test::same(world, run_ensemble(world, whole).members[0], continued.members[0]));
}

INSTANTIATE_TEST_SUITE_P(Engines, Stopping,
                         ::testing::Values(EngineKind::compartments, EngineKind::agents, EngineKind::pooled),
                         [](const auto& p) { return std::string(word_of(p.param, engine_names)); });

/// As earlier versions wrote them: the engine behind the seed, and whether homes are told apart behind the traces.
TEST(Checkpoint, is_not_gone_on_from_by_members_that_draw_other_unknowns) {
    Checkpoint checkpoint;
    checkpoint.steps = 1;
    checkpoint.members.resize(1);
    checkpoint.terms.unknowns = "a prior";
    const auto read = read_checkpoint(checkpoint_bytes(checkpoint));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->terms.unknowns, "a prior");
    auto terms = checkpoint.terms;
    terms.unknowns = "another";
    const auto findings = why_not_continued(*read, test::built(test::with_border()), terms);
    ASSERT_FALSE(findings.empty());
    EXPECT_NE(findings.front().message.find("drew other unknowns"), std::string::npos);
}

TEST(Checkpoint, is_refused_when_damaged) {
    Checkpoint checkpoint;
    checkpoint.steps = 1;
    checkpoint.members = {std::vector<std::byte>(100, std::byte{7})};
    auto bytes = checkpoint_bytes(checkpoint);
    EXPECT_TRUE(read_checkpoint(bytes));
    bytes[bytes.size() / 2] ^= std::byte{1};
    EXPECT_NE(read_checkpoint(bytes).findings().at(0).message.find("damaged"), std::string::npos);
    bytes.resize(bytes.size() - 1);
    EXPECT_FALSE(read_checkpoint(bytes));
    bytes.resize(5);
    EXPECT_NE(read_checkpoint(bytes).findings().at(0).message.find("no checkpoint"), std::string::npos);
}

}  // namespace
}  // namespace nuzuh
