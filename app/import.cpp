// nuzuh import flee DIR
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "output/imports.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct ImportOptions {
    std::string folder;
    std::string settings;
    std::string file;
    bool force = false;
};

int import_flee(const ImportOptions& options, const Session& session) {
    const auto scenario = checked_scenario(options.folder, {}, session, options.settings);
    if (!scenario) return exit_bad_input;
    const auto written = write_flee_case(scenario->loaded, options.folder, options.file, options.force);
    if (!written) return refuse(written.findings());
    if (!session.quiet)
        print_note(fmt::format("written: {} and {} tables in {}", written->front().string(),
                               written->size() - 1, fs::path(written->front()).replace_extension().string()));
    return exit_done;
}

}  // namespace

void add_import(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("import", "Make a scenario of data in another form");
    command->require_subcommand(1);
    add_import_acled(*command, session);
    add_import_region(*command, session);
    auto options = std::make_shared<ImportOptions>();
    auto* flee = command->add_subcommand("flee", "A case of Flee 3: a folder with input_csv and source_data");
    flee->add_option("folder", options->folder, "Folder of the case")->required();
    flee->add_option("--settings", options->settings, "Settings in place of the case's simsetting.yml")
        ->type_name("FILE");
    flee->add_option("-o,--output", options->file, "Scenario file; default: the folder's name with .yaml")
        ->type_name("FILE");
    flee->add_flag("--force", options->force, "Replace files that exist");
    flee->footer(
        "Examples:\n"
        "  nuzuh import flee FabFlee/config_files/flee3_validation/SWEEP/burundi2015\n"
        "  nuzuh run burundi2015.yaml\n"
        "  nuzuh run burundi2015.yaml --set behaviour.rules=hazard_choice -o hazard.h5\n\n"
        "`nuzuh run` and `nuzuh check` also take the folder as it is. What Flee silently ignores is warned "
        "of.\n"
        "Exit code: 0 done, 2 mistakes in the case or on the command line.");
    flee->callback([options, &session] { session.exit_code = import_flee(*options, session); });
}

}  // namespace nuzuh::app
