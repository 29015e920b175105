// The effective scenario, the explanations and the schema come from one list of fields.
#include "scenario_files.hpp"

#include <gmock/gmock.h>

#include "sim/scenario/echo.hpp"
#include "sim/scenario/explain.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/schema.hpp"

namespace nuzuh {
namespace {

using test::base, test::Folder, test::laid_over, test::loaded;
using testing::HasSubstr;

/// Writes the settings out and reads them back.
ScenarioSettings round_trip(const ScenarioSettings& settings) {
    const Folder folder;
    return loaded(folder.write("effective.yaml", effective_yaml(settings))).settings;
}

TEST(EffectiveYaml, reads_back_to_the_same_settings_for_every_shipped_scenario) {
    int scenarios = 0;
    for (const auto& file : std::filesystem::directory_iterator(NUZUH_SOURCE_DIR "/scenarios")) {
        if (file.path().extension() != ".yaml") continue;
        const auto settings = loaded(file.path().string()).settings;
        EXPECT_EQ(effective_yaml(round_trip(settings)), effective_yaml(settings)) << file.path();
        ++scenarios;
    }
    EXPECT_GE(scenarios, 1);
}

TEST(EffectiveYaml, keeps_texts_that_yaml_would_take_for_something_else) {
    for (const std::string text :
         {"null",  "~",    "true",       "no",          "12",   "1e5",        "2024-03-01", "- a",     "a: b",
          "a # b", "it's", "\"quoted\"", "back\\slash", " led", "two\nlines", "*alias",     "&anchor", "!tag",
          "%",     "@",    "{a}",        "[b]",         "شرق",  "a,b",        "=",          "<<",      "?",
          "|",     ">"}) {
        auto settings = laid_over("").settings;
        settings.title = text;
        settings.fronts[0].source = text;
        const auto again = round_trip(settings);
        EXPECT_EQ(again.title, text);
        EXPECT_EQ(again.fronts.at(0).source, text);
    }
}

TEST(EffectiveYaml, keeps_every_digit) {
    auto settings = laid_over("").settings;
    settings.behaviour.leave.h_max = 0.1 + 0.2;
    settings.behaviour.leave.h0 = 1.0 / 3e9;
    settings.engine.seed = 8'999'999'999'999'999;
    settings.output.every_days = 7;
    settings.output.places = {settings.network.places[0].place};
    settings.period.step_days = 0.25;
    const auto again = round_trip(settings);
    EXPECT_EQ(again.behaviour.leave.h_max, settings.behaviour.leave.h_max);
    EXPECT_EQ(again.behaviour.leave.h0, settings.behaviour.leave.h0);
    EXPECT_EQ(again.engine.seed, settings.engine.seed);
    EXPECT_EQ(again.output.every_days, 7);
    EXPECT_EQ(again.output.places, settings.output.places);
    EXPECT_EQ(again.period.step_days, 0.25);
}

TEST(EffectiveYaml, says_units) {
    const auto text = effective_yaml(laid_over("").settings);
    EXPECT_THAT(text, HasSubstr("    reach_km: 10  # km\n"));
    EXPECT_THAT(text, HasSubstr("bombardment:  # strikes_per_day [strikes/day]\n"));
}

TEST(Explain, tells_unit_range_default_and_source) {
    const auto text = explain_key("behaviour.leave.h_max");
    ASSERT_TRUE(text);
    for (const char* part : {"behaviour.leave.h_max\n", "1/day", "0 to 10", "0.3", "Maarat al-Numan"})
        EXPECT_THAT(*text, HasSubstr(part));
}

TEST(Explain, takes_the_last_part_alone_and_positions) {
    EXPECT_EQ(*explain_key("h_max"), *explain_key("behaviour.leave.h_max"));
    EXPECT_EQ(*explain_key("groups[2].share"), *explain_key("groups.share"));
    EXPECT_EQ(*explain_key("groups.2.share"), *explain_key("groups.share"));
}

TEST(Explain, names_the_nearest_key_when_there_is_none) {
    for (const char* wrong : {"behavior.leave.h_max", "behaviour.leave.hmax", "leave.h_mx", "h_maxx"}) {
        const auto text = explain_key(wrong);
        ASSERT_FALSE(text) << wrong;
        EXPECT_EQ(text.findings()[0].hint, "did you mean 'behaviour.leave.h_max'?") << wrong;
    }
    EXPECT_FALSE(explain_key(""));
    EXPECT_FALSE(explain_key("."));
    EXPECT_FALSE(explain_key("no such thing at all"));
}

TEST(Explain, lists_every_key_with_a_sentence) {
    const auto text = explain_all();
    for (const auto& key : scenario::all_keys()) {
        EXPECT_THAT(text, HasSubstr(key.path));
        EXPECT_FALSE(key.field.sentence.empty()) << key.path;
        EXPECT_TRUE(explain_key(key.path)) << key.path;
    }
}

TEST(Keys, have_units_and_ranges_and_defaults_within) {
    for (const auto& key : scenario::all_keys()) {
        if (key.kind != scenario::ValueKind::number && key.kind != scenario::ValueKind::integer) continue;
        EXPECT_FALSE(key.field.unit.empty()) << key.path;
        EXPECT_LE(key.range.low, key.range.high) << key.path;
        if (key.value.empty()) continue;
        EXPECT_GE(std::stod(key.value), key.range.low) << key.path;
        EXPECT_LE(std::stod(key.value), key.range.high) << key.path;
    }
}

TEST(Schema, knows_every_key) {
    const auto schema = json_schema();
    for (const auto& key : scenario::all_keys())
        EXPECT_THAT(schema, HasSubstr(fmt::format("\"{}\": ", key.field.key)));
    EXPECT_THAT(schema, HasSubstr("\"additionalProperties\": false"));
}

}  // namespace
}  // namespace nuzuh
