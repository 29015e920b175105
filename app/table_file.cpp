#include "app/table_file.hpp"

#include <filesystem>
#include <span>

#include "app/console.hpp"
#include "output/files.hpp"
#include "output/pending_file.hpp"

namespace nuzuh::app {

bool can_write_table(const std::string& target, bool force,
                     const std::vector<std::filesystem::path>& spared) {
    if (target.empty()) return true;
    const auto why = why_not_target(target, force, spared);
    if (why.empty()) return true;
    print_error(why, way_to_write(target, spared));
    return false;
}

void write_table(const std::string& target, const std::string& text, bool force, const Session& session) {
    PendingFile file(target, force);
    file.write(std::as_bytes(std::span(text)));
    file.commit();
    if (!session.quiet) print_note("written: " + target);
}

void write_together(const std::vector<TextFile>& files, bool force) {
    std::vector<FileContent> contents;
    for (const auto& [path, text] : files) contents.push_back({path, std::as_bytes(std::span(text))});
    nuzuh::write_together(contents, force);
}

}  // namespace nuzuh::app
