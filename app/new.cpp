// nuzuh new DIR
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/skeleton.hpp"
#include "app/table_file.hpp"
#include "output/files.hpp"

namespace nuzuh::app {

namespace {

struct NewOptions {
    std::string folder;
    bool force = false;
};

/// Makes the folder, or prints why that is not possible.
bool made_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error && std::filesystem::is_directory(folder)) return true;
    print_error(fmt::format("cannot make the folder '{}': {}", folder.string(),
                            error ? error.message() : "there is a file of this name"));
    return false;
}

int write_skeleton(const NewOptions& options, const Session& session) {
    const std::filesystem::path folder = options.folder;
    if (!made_folder(folder)) return exit_bad_input;
    std::vector<TextFile> files;
    bool can = true;
    for (const auto& [name, text] : skeleton) {
        can &= can_write_table((folder / name).string(), options.force);
        files.push_back({folder / name, std::string(text)});
    }
    if (!can) return exit_bad_input;
    write_together(files, options.force);
    if (!session.quiet)
        print_note(
            fmt::format("written: {0}, which says what to change, and its tables\nnext: nuzuh check {0}",
                        (folder / "scenario.yaml").string()));
    return exit_done;
}

}  // namespace

void add_new(CLI::App& app, Session& session) {
    auto options = std::make_shared<NewOptions>();
    auto* command = app.add_subcommand("new", "Write a small scenario that runs, to make your own");
    command->add_option("folder", options->folder, "Folder for it; made if it is not there")->required();
    command->add_flag("--force", options->force, "Replace files that exist");
    command->footer(
        "Example:\n"
        "  nuzuh new my-region\n"
        "  nuzuh run my-region/scenario.yaml\n\n"
        "Writes scenario.yaml, places.csv, routes.csv and bombardment.csv of an invented region. Comments "
        "say "
        "what to change.\n"
        "Exit code: 0 done, 2 files that are there or a mistake on the command line.");
    command->callback([options, &session] { session.exit_code = write_skeleton(*options, session); });
}

}  // namespace nuzuh::app
