// Studies as they are read, and written back.
#include <gtest/gtest.h>

#include "sim/scenario/echo.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/scenario/study.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh {
namespace {

using test::Folder;

const std::string axes = R"(
axes:
  behaviour.leave.h_max: {from: 0.1, to: 0.6, scale: log, levels: 3}
  groups.earlier.displaced.threshold: [10, 20.5]
  fronts.east.falls: [2024-03-15, 2024-03-20]
design: grid
replicates: 4
collect:
  - {output: displaced, keep: quantiles}
on_failure: stop
)";

TEST(StudyLoad, says_what_is_written) {
    const Folder folder;
    const auto study = load_study(folder.write("study.yaml", test::base + axes));
    ASSERT_TRUE(study) << report(study.findings());
    const auto& read = study->study;
    ASSERT_EQ(read.design.axes.size(), 3u);
    EXPECT_EQ(read.design.axes[0].key, "behaviour.leave.h_max");
    EXPECT_EQ(read.design.axes[0].to, 0.6);
    EXPECT_EQ(read.design.axes[0].scale, AxisScale::log);
    EXPECT_EQ(read.design.axes[1].values, (std::vector<std::string>{"10", "20.5"}));
    EXPECT_EQ(read.replicates, 4);
    EXPECT_EQ(study->scenario.settings.engine.members, 4);
    EXPECT_EQ(read.collect.at(0).keep, Keep::quantiles);
    EXPECT_EQ(read.on_failure, OnFailure::stop);
}

TEST(StudyLoad, what_is_written_back_reads_the_same) {
    const Folder folder;
    const auto first = load_study(folder.write("study.yaml", test::base + axes));
    ASSERT_TRUE(first);
    const auto text = effective_yaml(first->scenario.settings, first->study);
    const auto second = load_study(folder.write("again.yaml", text));
    ASSERT_TRUE(second) << report(second.findings()) << text;
    EXPECT_EQ(effective_yaml(second->scenario.settings, second->study), text);
}

TEST(StudyLoad, a_study_laid_over_another_changes_an_axis) {
    const Folder folder;
    folder.write("study.yaml", test::base + axes);
    const auto over = load_study(
        folder.write("over.yaml", "extends: study.yaml\naxes: {behaviour.leave.h_max: {to: 0.5}}\n"));
    ASSERT_TRUE(over) << report(over.findings());
    ASSERT_EQ(over->study.design.axes.size(), 3u);
    EXPECT_EQ(over->study.design.axes[0].from, 0.1);
    EXPECT_EQ(over->study.design.axes[0].to, 0.5);
}

TEST(StudyLoad, replicates_of_expected_values_that_draw_nothing_are_refused) {
    const Folder folder;
    const auto file = folder.write("study.yaml", test::base + axes);
    EXPECT_TRUE(load_study(file, {"engine.mode=expected"}));
    const auto study =
        load_study(file, {"engine.mode=expected", "parameters.drawn=false", "uncertainty.strikes=0",
                          "uncertainty.front_days=0", "uncertainty.population=0", "uncertainty.capacity=0"});
    ASSERT_FALSE(study);
    EXPECT_EQ(study.findings().front().path, "replicates");
    EXPECT_GT(study.findings().front().location.line, 0);
}

TEST(SettingByKey, every_kind_is_set_as_the_reader_would) {
    const Folder folder;
    auto settings = test::loaded(folder.write("base.yaml", test::base)).settings;
    EXPECT_EQ(set_setting(settings, "behaviour.leave.h_max", "0.25"), "");
    EXPECT_EQ(set_setting(settings, "groups.earlier.displaced.classes", "3"), "");
    EXPECT_EQ(set_setting(settings, "fronts.0.falls", "2024-03-21"), "");
    EXPECT_EQ(set_setting(settings, "network.places.camp.capacity", "700"), "");
    EXPECT_EQ(set_setting(settings, "engine.mode", "expected"), "");
    EXPECT_EQ(settings.behaviour.leave.h_max, 0.25);
    EXPECT_EQ(settings.groups[1].classes, 3);
    EXPECT_EQ(settings.groups[0].classes, GroupSettings{}.classes);
    EXPECT_EQ(*settings.fronts[0].falls, *parse_date("2024-03-21"));
    EXPECT_EQ(*settings.network.places[2].capacity, 700);
    EXPECT_EQ(settings.engine.mode, DrawMode::expected);
}

TEST(SettingByKey, what_cannot_be_set_stays_and_is_told) {
    const Folder folder;
    auto settings = test::loaded(folder.write("base.yaml", test::base)).settings;
    EXPECT_NE(set_setting(settings, "behaviour.leave.h_max", "11"), "");
    EXPECT_NE(set_setting(settings, "behaviour.leave.hmax", "0.1"), "");
    EXPECT_NE(set_setting(settings, "behaviour.leave", "0.1"), "");
    EXPECT_NE(set_setting(settings, "groups.nobody.share", "0.1"), "");
    EXPECT_NE(set_setting(settings, "groups.7.share", "0.1"), "");
    EXPECT_NE(set_setting(settings, "engine.mode", "steam"), "");
    EXPECT_EQ(settings.behaviour.leave.h_max, LeaveSettings{}.h_max);
}

}  // namespace
}  // namespace nuzuh
