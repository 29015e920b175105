#include "output/study.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/study_launch.hpp"
#include "sim/check/make_world.hpp"
#include "sim/model/setting_access.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/setting.hpp"

namespace nuzuh {

namespace {

void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

std::string set_axis(ScenarioSettings& settings, const Axis& axis, double coordinate) {
    const auto why = set_setting(settings, axis.key, setting_at(axis, coordinate));
    return why.empty() ? "" : fmt::format("{}: {}", axis.key, why);
}

/// What replicates draw: nothing where there is one, as for a run of one member.
Result<std::optional<Unknowns>> unknowns_of(const LoadedStudy& loaded) {
    std::vector<std::string> axes;
    for (const auto& axis : loaded.study.design.axes) axes.push_back(axis.key);
    auto unknowns = Unknowns::of(loaded.scenario.settings, setting_access(), axes);
    if (!unknowns) return unknowns.findings();
    const bool draws = loaded.study.replicates > 1 &&
                       (unknowns->any() || std::any_of(axes.begin(), axes.end(), [](const auto& key) {
                            return is_within(key, "uncertainty");
                        }));
    if (!draws) return {std::nullopt, unknowns.findings()};
    return {std::optional(std::move(*unknowns)), unknowns.findings()};
}

Study complete(const LoadedStudy& loaded, World world, std::optional<Unknowns> unknowns, Design design,
               std::vector<Output> outputs) {
    Study study{.plan = {.base = std::move(world),
                         .unknowns = std::move(unknowns),
                         .settings = loaded.study,
                         .design = std::move(design),
                         .axis_texts = {},
                         .outputs = std::move(outputs),
                         .set_axis = set_axis},
                .head = {},
                .provenance = build_provenance()};
    study.head.study = effective_yaml(loaded.scenario.settings, loaded.study);
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

Result<Study> make_study(const LoadedStudy& loaded) {
    auto world = make_world(loaded.scenario.settings);
    auto unknowns = unknowns_of(loaded);
    auto design = make_design(loaded.study.design);
    auto outputs = outputs_of(loaded.study, loaded.scenario.settings.engine.kind,
                              loaded.scenario.settings.behaviour.rules);
    Findings found = world.findings();
    append(found, unknowns.findings());
    append(found, design.findings());
    if (!outputs) append(found, outputs.findings());
    found = located(loaded.scenario, std::move(found));
    if (!world || !unknowns || !design || !outputs) return found;
    return {
        complete(loaded, std::move(*world), std::move(*unknowns), std::move(*design), std::move(*outputs)),
        found};
}

StudyReport run_study(const Study& study, const std::filesystem::path& file, const StudyLaunch& launch) {
    h5::leave_open_at_exit();
    const Ranks alone = Ranks::of_one_process();
    return StudyLauncher(study, file, launch, launch.ranks ? *launch.ranks : alone).run();
}

StudyReport run_study(const LoadedStudy& loaded, const std::filesystem::path& file,
                      const StudyLaunch& launch) {
    const auto study = make_study(loaded);
    if (study) return run_study(*study, file, launch);
    const auto& findings = study.findings();
    const auto error = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.severity == Severity::error; });
    return {StudyEnd::refused, {}, fmt::format("{}: {}", error->path, error->message), error->hint};
}

}  // namespace nuzuh
