#include "app/scenario_files.hpp"

#include "app/table_file.hpp"
#include "output/files.hpp"

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
    std::vector<TextFile> texts;
    for (const auto& [name, text] : files.tables) texts.push_back({target.parent_path() / name, text});
    texts.push_back({target, files.yaml});
    for (const auto& [path, text] : texts) {
        if (!path.parent_path().empty()) fs::create_directories(path.parent_path());
    }
    write_together(texts, force);
}

}  // namespace nuzuh::app
