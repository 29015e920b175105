#include "output/study.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/study_launch.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/setting.hpp"

namespace nuzuh {

namespace {

void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

std::string set_axis(ScenarioSettings& settings, const Axis& axis, double coordinate) {
    const auto why = set_setting(settings, axis.key, setting_at(axis, coordinate));
    return why.empty() ? "" : fmt::format("{}: {}", axis.key, why);
}

Study complete(const LoadedStudy& loaded, World world, Design design, std::vector<Output> outputs) {
    Study study{.plan = {.base = std::move(world),
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
    auto design = make_design(loaded.study.design);
    auto outputs = outputs_of(loaded.study, loaded.scenario.settings.engine.kind);
    Findings found = world.findings();
    append(found, design.findings());
    if (!outputs) append(found, outputs.findings());
    found = located(loaded.scenario, std::move(found));
    if (!world || !design || !outputs) return found;
    return {complete(loaded, std::move(*world), std::move(*design), std::move(*outputs)), found};
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
