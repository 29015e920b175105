#include "app/scenario_files.hpp"

#include <memory>
#include <span>

#include "output/files.hpp"
#include "output/pending_file.hpp"

namespace nuzuh::app {

namespace fs = std::filesystem;

std::string why_not_written(const fs::path& target, const ScenarioFiles& files, bool force,
                            const std::vector<fs::path>& read) {
    if (fs::is_directory(target.parent_path()) || target.parent_path().empty()) {
        if (auto why = why_not_target(target, force, read); !why.empty()) return why;
    }
    for (const auto& [name, text] : files.tables) {
        const fs::path table = target.parent_path() / name;
        if (!fs::is_directory(table.parent_path())) continue;  // to be made
        if (auto why = why_not_target(table, force, read); !why.empty()) return why;
    }
    return "";
}

void write_scenario(const fs::path& target, const ScenarioFiles& files, bool force) {
    std::vector<std::unique_ptr<PendingFile>> pending;
    const auto add = [&](const fs::path& path, const std::string& text) {
        if (!path.parent_path().empty()) fs::create_directories(path.parent_path());
        pending.push_back(std::make_unique<PendingFile>(path, force));
        pending.back()->write(std::as_bytes(std::span(text)));
    };
    for (const auto& [name, text] : files.tables) add(target.parent_path() / name, text);
    add(target, files.yaml);
    for (auto& file : pending) file->commit();
}

}  // namespace nuzuh::app
