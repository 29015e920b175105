// nuzuh import acled FILE
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "output/imports.hpp"
#include "sim/check/admin_units.hpp"
#include "sim/region/acled.hpp"

namespace nuzuh::app {

namespace {

struct ImportedEvents {
    std::vector<std::string> events;
    std::string scenario;
    std::string file;
    region::AcledOptions reading;
    bool force = false;
};

void print_import(const region::AcledImport& imported) {
    TextTable table({"Sub-event type", "events", "taken as"});
    for (const auto& type : imported.types)
        table.add({type.sub_event_type, grouped(type.events),
                   type.strikes ? "strikes" : (type.known ? "-" : "- (not known)")});
    print(table.text());
    print(
        fmt::format("\n{} strikes, {} matched by name; left out: {} too far from every place, {} in a "
                    "province of which no town is "
                    "known\n",
                    imported.strikes, imported.by_name, imported.far_away, imported.vague));
    if (imported.near + imported.provincial > 0)
        print(
            fmt::format("Divided among towns by population: {} near a place, {} somewhere in a province; a "
                        "scenario says so "
                        "by uncertainty: {{strikes: {}}}\n",
                        imported.near, imported.provincial, region::uncertainty_of(imported.strikes_by_day)));
    print(
        fmt::format("Outside the period: {} before it, {} after it; dated to a week or month, and divided "
                    "among its days: {}\n",
                    imported.before, imported.after, imported.not_to_the_day));
    if (!imported.dates_read.empty()) print(imported.dates_read + "\n");
}

int import_events(const ImportedEvents& options, const Session& session) {
    const auto scenario = checked_scenario(options.scenario, {}, session);
    if (!scenario) return exit_bad_input;
    region::AcledOptions how = options.reading;
    how.period = scenario->world.settings.period;
    const auto imported =
        region::import_acled(options.events, with_upper_codes(scenario->world.settings.network), how);
    if (!imported.findings().empty() && !(imported && session.quiet))
        print_note(report(imported.findings(), message_colour()));
    if (!imported) return exit_bad_input;
    const auto written = write_bombardment(imported->bombardment, options.events, options.file, options.force,
                                           files_of(options.scenario, scenario->loaded));
    if (!written) return refuse(written.findings());
    if (!session.quiet) print_note("written: " + written->front().string());
    print_import(*imported);
    return exit_done;
}

}  // namespace

void add_import_acled(CLI::App& import, Session& session) {
    auto options = std::make_shared<ImportedEvents>();
    auto* command = import.add_subcommand("acled", "An export of ACLED events: strikes by place and day");
    command
        ->add_option(
            "events", options->events,
            "Events as CSV, XLSX or JSON, with all columns of ACLED; an event of several files counts once")
        ->required();
    command->add_option("--places", options->scenario, "Scenario whose places the events are matched to")
        ->required()
        ->type_name("SCENARIO");
    command
        ->add_option("--reach", options->reading.reach_km,
                     "Farthest an event may lie from its place, km; twice from one of its name")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 200.0));
    command
        ->add_option("--strikes", options->reading.strike_types,
                     "Sub-event type that is a strike too; may be given again")
        ->allow_extra_args(false)
        ->type_name("TYPE");
    command
        ->add_option("-o,--output", options->file,
                     "Table of strikes; default: the name with .bombardment.csv")
        ->type_name("FILE");
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(
        "Air and drone strikes, shelling, artillery and missile attacks, and chemical weapons are strikes, "
        "one an event;\n"
        "mines, grenades, suicide bombs and what happens on the ground are not. An event counts for the "
        "place of its\n"
        "name within twice the reach, else for the nearest in reach; accents, apostrophes, hyphens and case "
        "do not\n"
        "matter, and names may stand in the columns name, name_ar and spellings.\n"
        "What is known to a week or month is divided among its days; what is known to be near a place "
        "(geo_precision "
        "2) among the\n"
        "towns in reach, and in a province (3) among its towns, by population: those of the area of its "
        "name, or of "
        "its adm1_pcode.\n\n"
        "Example:\n"
        "  nuzuh import acled events.csv --places scenarios/idlib-2019.yaml -o strikes.csv\n"
        "and then in a scenario\n"
        "  bombardment: [{table: strikes.csv}]\n\n"
        "ACLED's terms do not allow passing its events on: keep the tables to yourself.");
    command->callback([options, &session] { session.exit_code = import_events(*options, session); });
}

}  // namespace nuzuh::app
