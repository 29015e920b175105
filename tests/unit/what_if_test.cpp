// What-ifs laid over the scenario that results carry are those laid over its files.
#include "scenario_files.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "sim/scenario/echo.hpp"

namespace nuzuh {
namespace {

using test::base, test::Folder, test::laid_over, test::loaded;
using testing::HasSubstr;

std::string text_of(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

ScenarioBase base_of(const ScenarioSettings& settings) {
    auto read = ScenarioBase::of(effective_yaml(settings));
    EXPECT_TRUE(read) << report(read.findings());
    return std::move(*read);
}

std::string effective(const Result<LoadedScenario>& read) {
    return read ? effective_yaml(read->settings) : report(read.findings());
}

TEST(WhatIf, is_laid_over_as_over_a_file) {
    const auto carried = base_of(laid_over("").settings);
    EXPECT_EQ(effective(carried.with("")), effective_yaml(laid_over("").settings));
    for (const std::string what_if :
         {"bombardment:\n  - {area: all, from: 2024-03-08, factor: 0.5}\n", "replaces: [bombardment]\n",
          "fronts:\n  - {place: east, falls: ~}\n  - {place: west, assault_from: 2024-03-12}\n",
          "network:\n  places:\n    - {place: camp, capacity: 100}\n    - {place: new, name: New, type: "
          "camp, lat: 36.1, lon: 36.9}\n"
          "  routes:\n    - {route: road, from: east, to: new, km: 14}\n",
          "groups:\n  - {name: residents, share: 0.5}\n  - {name: others, share: 0.1}\n",
          "title: Another\nbehaviour: {leave: {h_max: 0.2}}\nengine: {members: 7}\n"}) {
        EXPECT_EQ(effective(carried.with(what_if)), effective_yaml(laid_over(what_if).settings)) << what_if;
        EXPECT_EQ(effective(carried.with("extends: anything.yaml\n" + what_if)),
                  effective_yaml(laid_over(what_if).settings))
            << what_if;
    }
}

TEST(WhatIf, of_the_campaign_are_laid_over_as_over_its_files) {
    const std::string folder = NUZUH_SOURCE_DIR "/scenarios/";
    const auto carried = base_of(loaded(folder + "idlib-2019.yaml").settings);
    for (const char* name : {"truce-holds.yaml", "border-opens.yaml", "idlib-city.yaml"}) {
        EXPECT_EQ(effective(carried.with(text_of(folder + name))),
                  effective_yaml(loaded(folder + name).settings))
            << name;
    }
}

TEST(WhatIf, has_its_mistakes_told_with_line_and_column) {
    const auto carried = base_of(laid_over("").settings);
    const auto wrong = carried.with("title: A\nfrnts:\n  - {place: east}\nperiod: {from: yesterday}\n");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(report(wrong.findings()), HasSubstr("what-if:2:1: error:"));
    EXPECT_THAT(report(wrong.findings()), HasSubstr("did you mean 'fronts'"));
    EXPECT_THAT(report(wrong.findings()), HasSubstr("what-if:4:16: error:"));
}

}  // namespace
}  // namespace nuzuh
