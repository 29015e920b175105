// nuzuh completion SHELL, nuzuh manual FOLDER: what a shell and a reader of manuals know of the command line
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/completion.hpp"
#include "app/console.hpp"
#include "app/manual.hpp"
#include "app/shell.hpp"
#include "output/files.hpp"

namespace nuzuh::app {

namespace {

int write_manual(const CommandText& program, const std::string& version,
                 const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::vector<TextFile> files;
    for (auto& [name, page] : manual_pages(program, version)) files.push_back({folder / name, page});
    write_together(files, true);
    return exit_done;
}

}  // namespace

void add_completion(CLI::App& app, Session& session) {
    auto shell = std::make_shared<std::string>();
    auto* command =
        app.add_subcommand("completion", "Print a script with which a shell completes the command line");
    command->add_option("shell", *shell, "The shell")
        ->required()
        ->check(CLI::IsMember(
            std::vector<std::string>(std::begin(completed_shells), std::end(completed_shells))));
    command->footer(
        "Examples:\n"
        "  nuzuh completion bash > ~/.local/share/bash-completion/completions/nuzuh\n"
        "  nuzuh completion zsh > ~/.zfunc/_nuzuh      # a folder of $fpath\n"
        "  nuzuh completion fish > ~/.config/fish/completions/nuzuh.fish\n\n"
        "The package for Debian brings all three.");
    command->callback([&app, &session, shell] {
        print(completion_script(described(app), *shell));
        session.exit_code = exit_done;
    });
}

void add_manual(CLI::App& app, Session& session, const std::string& version) {
    auto folder = std::make_shared<std::string>();
    auto* command = app.add_subcommand("manual", "Write the manual pages into a folder")->group("");
    command->add_option("folder", *folder, "The folder")->required();
    command->callback([&app, &session, folder, version] {
        session.exit_code = write_manual(described(app), version, *folder);
    });
}

}  // namespace nuzuh::app
