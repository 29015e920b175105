#include "report_of.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/scenario/study.hpp"
#include "sim/study/collect.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh::mistakes {

namespace fs = std::filesystem;

fs::path cases_folder() { return fs::path(NUZUH_SOURCE_DIR) / "tests/mistakes/cases"; }

namespace {

std::string report_of_study(const std::string& study, const std::vector<std::string>& overrides, int most) {
    const auto loaded = load_study(study, overrides);
    std::string out = report(loaded.findings(), Colour::off, most);
    if (!loaded) return out;
    return out +
           report(located(loaded->scenario, outputs_of(loaded->study, loaded->scenario.settings.engine.kind,
                                                       loaded->scenario.settings.behaviour.rules)
                                                .findings()),
                  Colour::off, most);
}

}  // namespace

std::string report_of(const std::string& scenario, const std::vector<std::string>& overrides, int most) {
    if (is_study(scenario)) return report_of_study(scenario, overrides, most);
    const auto loaded = load_scenario(scenario, overrides);
    std::string out = report(loaded.findings(), Colour::off, most);
    if (!loaded) return out;
    const auto world = make_world(loaded->settings);
    const auto unknowns = Unknowns::of(loaded->settings, setting_access());
    Findings findings = world.findings();
    findings.insert(findings.end(), unknowns.findings().begin(), unknowns.findings().end());
    return out + report(located(*loaded, findings), Colour::off, most);
}

bool is_refused(const std::string& report) {
    return report.find(": error: ") != std::string::npos || report.rfind("error: ", 0) == 0;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void expect_as_kept(const std::string& name, const std::string& report) {
    const fs::path file = cases_folder() / (name + ".expected");
    if (std::getenv("NUZUH_UPDATE_GOLDEN")) {
        std::ofstream(file, std::ios::binary) << report;
        return;
    }
    ASSERT_TRUE(fs::exists(file)) << "no report is kept; NUZUH_UPDATE_GOLDEN=1 writes it";
    EXPECT_EQ(report, text_of(file)) << "in " << file;
}

}  // namespace nuzuh::mistakes
