// Scenarios of earlier versions: settings under their old names are read, each with a warning.
#include <gtest/gtest.h>

#include "sim/scenario/study.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh {
namespace {

/// What a scenario with this engine reads as; findings as "path: message".
struct Read {
    std::optional<EngineKind> kind;
    std::string errors, warnings;
};

Read read(const std::string& engine, const std::vector<std::string>& overrides = {}) {
    const test::Folder folder;
    const auto file = folder.write("s.yaml", test::base + "engine: " + engine + "\n");
    const auto loaded = load_scenario(file, overrides);
    Read result;
    if (loaded) result.kind = loaded->settings.engine.kind;
    for (const auto& finding : loaded.findings())
        (finding.severity == Severity::error ? result.errors : result.warnings) +=
            finding.path + ": " + finding.message + "\n";
    return result;
}

TEST(OldNames, no_origins_are_pooled_runs) {
    for (const char* engine : {"{track_origin: false}", "{kind: compartments, track_origin: false}",
                               "{track_origin: false, kind: ~}", "{kind: pooled, track_origin: false}"}) {
        const Read one = read(engine);
        EXPECT_EQ(one.kind, EngineKind::pooled) << engine << one.errors;
        EXPECT_NE(one.warnings.find("engine.track_origin: 'track_origin' is an old name"), std::string::npos);
    }
}

TEST(OldNames, origins_change_nothing) {
    EXPECT_EQ(read("{track_origin: true}").kind, EngineKind::compartments);
    EXPECT_EQ(read("{kind: agents, track_origin: true}").kind, EngineKind::agents);
    EXPECT_EQ(read("{kind: agents, track_origin: ~}").kind, EngineKind::agents);
    EXPECT_NE(read("{track_origin: true}").warnings, "");
    EXPECT_EQ(read("{kind: pooled}").warnings, "");
}

TEST(OldNames, that_contradict_new_ones_are_errors) {
    EXPECT_NE(read("{kind: agents, track_origin: false}").errors.find("agents always know"),
              std::string::npos);
    EXPECT_NE(read("{kind: pooled, track_origin: true}").errors.find("pooled runs forget"),
              std::string::npos);
    EXPECT_NE(read("{track_origin: nein}").errors.find("expects true or false"), std::string::npos);
}

TEST(OldNames, are_taken_from_the_command_line) {
    EXPECT_EQ(read("{seed: 3}", {"engine.track_origin=false"}).kind, EngineKind::pooled);
    EXPECT_EQ(read("{track_origin: false}", {"engine.track_origin=true"}).kind, EngineKind::compartments);
    EXPECT_NE(read("{kind: agents}", {"engine.track_origin=false"}).errors, "");
}

TEST(OldNames, are_taken_as_axes_of_a_study) {
    const test::Folder folder;
    for (const char* axis : {"[true, false]", "{values: [true, false]}"}) {
        const auto file =
            folder.write("study.yaml", test::base + "axes: {engine.track_origin: " + std::string(axis) +
                                           "}\ndesign: grid\n");
        const auto study = load_study(file);
        ASSERT_TRUE(study) << study.findings().front().message;
        EXPECT_EQ(study->study.design.axes.front().key, "engine.kind");
        EXPECT_EQ(study->study.design.axes.front().values,
                  (std::vector<std::string>{"compartments", "pooled"}));
    }
}

TEST(OldNames, are_taken_from_the_scenario_kept_in_results) {
    const auto settings = read_scenario_text(test::base + "engine: {track_origin: false}\n");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->engine.kind, EngineKind::pooled);
}

}  // namespace
}  // namespace nuzuh
