#include "app/study_input.hpp"

#include <fmt/format.h>

#include "app/input.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/setting.hpp"

namespace nuzuh::app {

namespace {

void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

std::string set_axis(ScenarioSettings& settings, const Axis& axis, double coordinate) {
    const auto why = set_setting(settings, axis.key, setting_at(axis, coordinate));
    return why.empty() ? "" : fmt::format("{}: {}", axis.key, why);
}

CheckedStudy complete(const LoadedStudy& loaded, World world, Design design, std::vector<Output> outputs) {
    CheckedStudy study{{.base = std::move(world),
                        .settings = loaded.study,
                        .design = std::move(design),
                        .axis_texts = {},
                        .outputs = std::move(outputs),
                        .set_axis = set_axis},
                       {},
                       {}};
    study.head.study = effective_yaml(loaded.scenario.settings, loaded.study);
    study.provenance = build_provenance();
    study.provenance.scenario = effective_yaml(loaded.scenario.settings);
    for (const auto& input : loaded.scenario.inputs)
        study.head.input_files += fmt::format("{}  {}\n", input.sha256, input.path);
    study.provenance.input_files = study.head.input_files;
    for (const auto& axis : study.plan.design.axes) {
        const auto text = text_of_setting(study.plan.base.settings, axis.key);
        study.plan.axis_texts.push_back({text.unit, text.meaning});
    }
    return study;
}

}  // namespace

std::optional<CheckedStudy> checked_study(const std::string& path, const std::vector<std::string>& overrides,
                                          const Session& session, bool says) {
    const auto loaded = load_study(path, overrides);
    Findings findings = loaded.findings();
    std::optional<CheckedStudy> study;
    if (loaded) {
        auto world = make_world(loaded->scenario.settings);
        auto design = make_design(loaded->study.design);
        auto outputs = outputs_of(loaded->study, loaded->scenario.settings.engine.kind);
        Findings later = world.findings();
        append(later, design.findings());
        if (!outputs) append(later, outputs.findings());
        append(findings, located(loaded->scenario, later));
        if (world && design && outputs)
            study.emplace(complete(*loaded, std::move(*world), std::move(*design), std::move(*outputs)));
    }
    if (says) print_findings(std::move(findings), session);
    return study;
}

}  // namespace nuzuh::app
