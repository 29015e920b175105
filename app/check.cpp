// nuzuh check SCENARIO | STUDY
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

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

/// People at home and displaced when the run starts, as given and as simulated in whole households.
std::string people_text(const World& world) {
    double given = 0, simulated = 0, displaced = 0;
    for (int i = 0; i < world.place_count(); ++i) {
        given += world.places[std::size_t(i)].population;
        simulated += world.people_simulated(i);
    }
    for (const auto& row : world.displaced)
        displaced += double(row.households) * world.groups[std::size_t(row.group)].household_size;
    auto text = fmt::format("{} people", grouped(given));
    if (grouped(given) != grouped(simulated)) text += fmt::format(" ({} simulated)", grouped(simulated));
    if (displaced > 0) text += fmt::format(", {} displaced at the start", grouped(displaced));
    return text;
}

/// Strikes that fall in the period, and places in conflict where strikes are not known.
std::string strikes_text(const World& world) {
    const auto& conflicts = world.settings.conflicts;
    const auto in_conflict = (world.conflicts->intensity > 0).rowwise().any().count();
    auto places = fmt::format("{} places in conflict", in_conflict);
    if (world.settings.bombardment.empty() && !conflicts.empty()) return places;
    double strikes = 0;
    for (const auto& inputs : *world.inputs) strikes += inputs.strikes.sum() * world.dt;
    const auto text = fmt::format("{} strikes in the period", grouped(strikes));
    return conflicts.empty() ? text : fmt::format("{}, conflict counted as such; {}", text, places);
}

/// Routes, and how many of them are closed on every day.
std::string routes_text(const World& world) {
    const auto& settings = world.settings;
    int closed = 0;
    for (const auto& route : settings.network.routes) {
        bool is_open = false;
        for (Date date = settings.period.from; date <= settings.period.to && !is_open; date = date + 1) {
            is_open = route.status == RouteStatus::open;
            for (const auto& change : settings.routes)
                if (change.route == route.route && is_on(change, date))
                    is_open = change.status == RouteStatus::open;
        }
        closed += !is_open;
    }
    const auto text = fmt::format("{} routes", settings.network.routes.size());
    return closed == 0 ? text : fmt::format("{} ({} closed the whole time)", text, closed);
}

std::string size_text(const World& world) {
    const auto& period = world.settings.period;
    return fmt::format("{} places, {}, {}, {}, {} days, {} to {}", world.places.size(), routes_text(world),
                       people_text(world), strikes_text(world), period.to - period.from + 1, iso(period.from),
                       iso(period.to));
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
