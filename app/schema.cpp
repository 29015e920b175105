// nuzuh schema
#include <CLI/CLI.hpp>

#include "sim/scenario/schema.hpp"

#include "app/commands.hpp"
#include "app/console.hpp"

namespace nuzuh::app {

void add_schema(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("schema", "Print the JSON Schema of scenarios, for editors");
    command->footer(
        "Example:\n"
        "  nuzuh schema > scenario.schema.json\n\n"
        "A first line '# yaml-language-server: $schema=scenario.schema.json' in a scenario then gives\n"
        "completion, units and ranges in editors that know YAML.");
    command->callback([&session] {
        print(json_schema());
        session.exit_code = exit_done;
    });
}

}  // namespace nuzuh::app
