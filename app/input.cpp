#include "app/input.hpp"

#include "app/console.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/setting.hpp"

namespace nuzuh::app {

std::vector<std::string> with_fixed(std::vector<std::string> overrides, bool fixed) {
    if (fixed) overrides.insert(overrides.end(), all_known.begin(), all_known.end());
    return overrides;
}

void print_findings(Findings findings, const Session& session) {
    if (session.quiet)
        std::erase_if(findings, [](const Finding& finding) { return finding.severity == Severity::warning; });
    if (!findings.empty()) print_note(report(findings, message_colour()));
}

std::optional<CheckedScenario> checked_scenario(const std::string& path,
                                                const std::vector<std::string>& overrides,
                                                const Session& session, const std::string& flee_settings) {
    auto loaded = load_scenario(path, overrides, flee_settings);
    if (!loaded) {
        print_findings(loaded.findings(), session);
        return {};
    }
    auto world = make_world(loaded->settings);
    auto unknowns = Unknowns::of(loaded->settings, setting_access());
    Findings findings = world.findings();
    findings.insert(findings.end(), unknowns.findings().begin(), unknowns.findings().end());
    findings = located(*loaded, std::move(findings));
    findings.insert(findings.begin(), loaded.findings().begin(), loaded.findings().end());
    print_findings(findings, session);
    if (!world || !unknowns) return {};
    return CheckedScenario{std::move(*loaded), std::move(*world), std::move(*unknowns), std::move(findings)};
}

}  // namespace nuzuh::app
