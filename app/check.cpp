// nuzuh check SCENARIO | STUDY
#include <memory>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "app/study_input.hpp"

namespace nuzuh::app {

namespace {

struct CheckOptions {
    std::string scenario;
    std::vector<std::string> overrides;
};

std::string size_text(const World& world) {
    double people = 0;
    for (const auto& place : world.places) people += place.population;
    return fmt::format("{} places, {} routes, {} people, {} to {}", world.places.size(), world.roads.size(),
                       grouped(people), iso(world.settings.period.from), iso(world.settings.period.to));
}

int check(const CheckOptions& options, const Session& session) {
    if (is_study(options.scenario)) {
        const auto study = checked_study(options.scenario, options.overrides, session);
        if (!study) return exit_bad_input;
        if (!session.quiet)
            print(fmt::format("{}: nothing wrong: {} sets, {} runs; {}\n", options.scenario,
                              study->plan.design.count(), grouped(double(study->plan.run_count())),
                              size_text(study->plan.base)));
        return exit_done;
    }
    const auto scenario = checked_scenario(options.scenario, options.overrides, session);
    if (!scenario) return exit_bad_input;
    if (!session.quiet)
        print(fmt::format("{}: nothing wrong: {}\n", options.scenario, size_text(scenario->world)));
    return exit_done;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
    auto options = std::make_shared<CheckOptions>();
    auto* command =
        app.add_subcommand("check", "Say everything that is wrong with a scenario or a study; run nothing");
    command
        ->add_option("scenario", options->scenario,
                     "Scenario or study file (YAML), or a case folder of Flee 3")
        ->required();
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->footer(
        "Examples:\n"
        "  nuzuh check scenarios/idlib-2019.yaml\n"
        "  nuzuh check scenarios/idlib-2019.yaml --set behaviour.leave.h_max=0.4\n\n"
        "Exit code: 0 nothing wrong (warnings allowed), 2 mistakes.");
    command->callback([options, &session] { session.exit_code = check(*options, session); });
}

}  // namespace nuzuh::app
