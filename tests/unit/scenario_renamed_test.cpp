// Former names of keys: read as the names of today wherever a key can stand, and never two at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario_files.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/explain.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/renamed.hpp"
#include "sim/scenario/study.hpp"

namespace nuzuh {
namespace {

using ::testing::HasSubstr;

TEST(FormerKeys, set_what_the_new_names_set) {
    const auto said = [](const std::string& leave, const std::string& choose) {
        return effective_yaml(
            test::laid_over("behaviour: {leave: {" + leave + "}, choose: {" + choose + "}}\n").settings);
    };
    EXPECT_EQ(said("shared_noise: 0.1, lasting_noise: 0.2", "share_noise: 0.3, share_noise_days: 4"),
              said("daily_noise: 0.1, run_noise: 0.2", "overdispersion: 0.3, overdispersion_days: 4"));
}

TEST(FormerKeys, are_read_in_the_scenario_below_in_options_and_in_stored_text) {
    const test::Folder folder;
    folder.write("base.yaml", test::base + "behaviour: {leave: {lasting_noise: 0.7}}\n");
    const auto path =
        folder.write("over.yaml", "extends: base.yaml\nbehaviour: {leave: {shared_noise: 0.6}}\n");
    const auto settings = test::loaded(path, {"behaviour.choose.share_noise=0.5"}).settings;
    EXPECT_EQ(settings.behaviour.leave.run_noise, 0.7);
    EXPECT_EQ(settings.behaviour.leave.daily_noise, 0.6);
    EXPECT_EQ(settings.behaviour.choose.overdispersion, 0.5);
    EXPECT_EQ(test::loaded(path, {"behaviour.leave.run_noise=0.1"}).settings.behaviour.leave.run_noise, 0.1);
    const auto stored = read_scenario_text(test::base + "behaviour: {leave: {lasting_noise: 0.7}}\n");
    ASSERT_TRUE(stored) << report(stored.findings());
    EXPECT_EQ(stored->behaviour.leave.run_noise, 0.7);
}

TEST(FormerKeys, name_axes_of_studies_and_columns_of_their_tables) {
    const test::Folder folder;
    folder.write("sets.csv", "behaviour.leave.shared_noise,behaviour.choose.share_noise\n0.1,0\n0.2,0.3\n");
    const auto study =
        load_study(folder.write("study.yaml", test::base + "axes: {table: sets.csv}\ndesign: list\n"));
    ASSERT_TRUE(study) << report(study.findings());
    EXPECT_EQ(study->study.design.axes[0].key, "behaviour.leave.daily_noise");
    EXPECT_EQ(study->study.design.axes[1].key, "behaviour.choose.overdispersion");
    EXPECT_EQ(study.findings().size(), 2u) << report(study.findings());
}

TEST(FormerKeys, are_explained_by_the_names_of_today) {
    const auto text = explain_key("behaviour.leave.run_noise");
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, HasSubstr("formerly  lasting_noise"));
    EXPECT_EQ(*explain_key("behaviour.leave.lasting_noise"), *text);
    EXPECT_EQ(*explain_key("lasting_noise"), *text);
}

TEST(FormerKeys, lead_to_one_key_and_are_none_themselves) {
    int found = 0;
    for (const auto& key : scenario::all_keys()) {
        if (key.field.formerly.empty()) continue;
        const auto parent = key.parent.empty() ? "" : key.parent + ".";
        const auto former = parent + std::string(key.field.formerly);
        EXPECT_FALSE(scenario::find_key(former)) << former;
        EXPECT_EQ(scenario::path_today(former), key.path);
        ++found;
    }
    EXPECT_GE(found, 4);
    for (const char* path :
         {"behaviour.leave.run_noise", "behaviour.shared_noise", "groups.residents.share", "", "."})
        EXPECT_EQ(scenario::path_today(path), std::nullopt) << path;
}

}  // namespace
}  // namespace nuzuh
