// Which closures hold under which rules: the engines, `check` and its map look at the same roads.
#include "sim/check/look.hpp"
#include "sim/model/network_states.hpp"
#include "tests/flee/read_case.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// The days, from the first one, on which each road of the case is closed.
std::vector<std::string> closed_days(const ScenarioSettings& settings) {
    const World world = test::built(settings);
    const RoadStatus status(world);
    std::vector<std::string> out(world.roads.size());
    for (int day = 0; day < world.steps; ++day) {
        const auto open = status.open_on(world.start + day);
        for (std::size_t r = 0; r < out.size(); ++r) out[r] += open[r] ? "." : fmt::format("{}", day);
    }
    return out;
}

/// The small case without its border: a closed link, and a closed place that names the end of one of its links.
ScenarioSettings link_and_place() {
    return test::read_case(
               test::small_case_with("closures.csv", "link,Alpha-Town,Beta,1,3\nlocation,Hub,Second,2,4\n"))
        .settings;
}

TEST(RoadStatus, closures_hold_as_the_rules_say) {
    auto s = link_and_place();
    ASSERT_EQ(s.behaviour.rules, Rules::flee3);
    EXPECT_THAT(closed_days(s), ElementsAre("......", "..23..", "..23..", "..23.."));
    s.flee3.quirks.link_closures = Quirk::corrected;
    EXPECT_THAT(closed_days(s), ElementsAre(".12...", "..23..", "..23..", "..23.."));
    s.flee3.quirks = {};
    s.flee3.quirks.preset = QuirkPreset::corrected;
    EXPECT_EQ(closed_days(s)[0], ".12...");
    s.behaviour.rules = Rules::hazard_choice;
    EXPECT_THAT(closed_days(s), ElementsAre(".12...", "......", "......", "..23.."));
}

TEST(RoadStatus, the_look_at_a_network_counts_days_by_the_same_rules) {
    auto s = link_and_place();
    const auto days = [&] {
        std::vector<int> out;
        for (const auto& road : look_at(test::built(s)).roads) out.push_back(road.days_closed);
        return out;
    };
    EXPECT_THAT(days(), ElementsAre(0, 2, 2, 2));
    s.behaviour.rules = Rules::hazard_choice;
    EXPECT_THAT(days(), ElementsAre(2, 0, 0, 2));
}

TEST(RoadStatus, a_closure_that_the_rules_ignore_is_said_once) {
    const std::string ignored =
        "1 of 4 entries of 'routes' have no effect: Flee ignores closures of single links";
    auto files = test::small_case_with("closures.csv", "link,Alpha-Town,Beta,1,3\nlocation,Hub,Second,2,4\n");
    EXPECT_THAT(test::read_case(files).said, HasSubstr("closures.csv:1:1: warning: " + ignored));
    files["simsetting.yml"] = "";
    auto s = test::read_case(files).settings;
    s.flee3.quirks.link_closures = Quirk::corrected;
    EXPECT_THAT(report(make_world(s).findings()), Not(HasSubstr("single links")));
}

}  // namespace
}  // namespace nuzuh
