// nuzuh check SCENARIO | STUDY
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "app/study_input.hpp"
#include "output/files.hpp"
#include "output/network/page.hpp"
#include "output/pending_file.hpp"
#include "sim/check/look.hpp"
#include "sim/model/choice_word.hpp"
#include "sim/model/network_states.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct CheckOptions {
    std::string scenario;
    std::vector<std::string> overrides;
    std::string map;
    bool table = false, force = false;
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
    const RoadStatus status(world);
    const Period& period = world.settings.period;
    std::vector<bool> ever_open(world.roads.size());
    for (Date date = period.from; date <= period.to; date = date + 1) {
        const auto open = status.open_on(date);
        std::transform(open.begin(), open.end(), ever_open.begin(), ever_open.begin(), std::logical_or());
    }
    const auto closed = std::count(ever_open.begin(), ever_open.end(), false);
    const auto text = fmt::format("{} routes", world.roads.size());
    return closed == 0 ? text : fmt::format("{} ({} closed the whole time)", text, closed);
}

std::string size_text(const World& world) {
    const auto& period = world.settings.period;
    return fmt::format("{} places, {}, {}, {}, {} days, {} to {}", world.places.size(), routes_text(world),
                       people_text(world), strikes_text(world), period.to - period.from + 1, iso(period.from),
                       iso(period.to));
}

std::string day_text(const World& world, int day) { return day < 0 ? "" : iso(world.start + day); }

std::string fit_text(RoadFit fit) {
    switch (fit) {
        case RoadFit::too_short:
            return "shorter than the straight line";
        case RoadFit::too_long:
            return "many times the straight line";
        case RoadFit::long_way:
            return "a long way round";
        case RoadFit::fits:
            break;
    }
    return "";
}

/// What is odd about a place.
std::string oddities(const World& world, const PlaceLook& look, const PlaceSettings& place) {
    std::vector<std::string> words;
    if (look.roads == 0 && place.type != PlaceType::abroad)
        words.push_back("no road");
    else if (look.part > 0)
        words.push_back(fmt::format("in part {} of the network", look.part + 1));
    if (look.twin >= 0)
        words.push_back(fmt::format("within 1 km of {}", world.places[std::size_t(look.twin)].place));
    return fmt::format("{}", fmt::join(words, ", "));
}

/// Every place and every road, in the order of the scenario.
std::string network_text(const World& world) {
    const NetworkLook look = look_at(world);
    TextTable places(
        {"place", "type", "people", "displaced", "capacity", "roads", "strikes", "first", "last", "note"},
        {1, 9});
    for (std::size_t i = 0; i < look.places.size(); ++i) {
        const PlaceSettings& place = world.places[i];
        const PlaceLook& seen = look.places[i];
        places.add({place.place, choice_word(place, "type"), grouped(seen.people), grouped(seen.displaced),
                    place.capacity ? grouped(*place.capacity) : "", fmt::format("{}", seen.roads),
                    fmt::format("{:.1f}", seen.strikes), day_text(world, seen.first_strike),
                    day_text(world, seen.last_strike), oddities(world, seen, place)});
    }
    TextTable roads(
        {"route", "from", "to", "class", "km", "straight km", "times", "hours", "days closed", "note"},
        {1, 2, 3, 9});
    for (std::size_t r = 0; r < look.roads.size(); ++r) {
        const RouteSettings& route = world.settings.network.routes[r];
        const RoadLook& seen = look.roads[r];
        roads.add({route.route, route.from, route.to, choice_word(route, "class"),
                   fmt::format("{:g}", route.km), fmt::format("{:.1f}", seen.straight_km),
                   seen.detour > 0 ? fmt::format("{:.2f}", seen.detour) : "",
                   fmt::format("{:.1f}", seen.hours), fmt::format("{}", seen.days_closed),
                   fit_text(seen.fit)});
    }
    return places.text() + "\n" + roads.text();
}

/// Writes the page of the network.
///
/// @return  whether it could be
bool write_map(const CheckOptions& options, const CheckedScenario& scenario, const Session& session) {
    const fs::path target = options.map;
    const auto read = files_of(options.scenario, scenario.loaded);
    const auto why = why_not_target(target, options.force, read);
    if (!why.empty()) {
        print_error(why, way_to_write(target, read, "another name"));
        return false;
    }
    const std::string page = network_page(scenario.world, scenario.notes);
    write_whole(target, std::as_bytes(std::span(page)), options.force);
    if (!session.quiet) print_note("written: " + target.string());
    return true;
}

int check(const CheckOptions& options, const Session& session) {
    if (is_study(options.scenario) && (options.table || !options.map.empty())) {
        print_error("a study has no network of its own", "give its base scenario to --map or --table");
        return exit_bad_input;
    }
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
    if (options.table) print("\n" + network_text(scenario->world));
    if (!options.map.empty() && !write_map(options, *scenario, session)) return exit_bad_input;
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
    command
        ->add_option("--map", options->map,
                     "Draw places, roads and strikes on one page that opens in any browser")
        ->type_name("PAGE");
    command->add_flag("--table", options->table, "Print every place and road as tables");
    command->add_flag("--force", options->force, "Replace the page if it exists");
    command->footer(
        "Examples:\n"
        "  nuzuh check scenarios/idlib-2019.yaml\n"
        "  nuzuh check scenarios/idlib-2019.yaml --set behaviour.leave.h_max=0.4\n"
        "  nuzuh check my-region/scenario.yaml --map network.html\n\n"
        "Exit code: 0 nothing wrong (warnings allowed), 2 mistakes.");
    command->callback([options, &session] { session.exit_code = check(*options, session); });
}

}  // namespace nuzuh::app
