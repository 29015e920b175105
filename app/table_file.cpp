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
    const auto why = why_no_target(target, force, spared);
    if (why.empty()) return true;
    refuse(why);
    return false;
}

void write_table(const std::string& target, const std::string& text, bool force, const Session& session) {
    write_whole(target, std::as_bytes(std::span(text)), force);
    if (!session.quiet) print_note("written: " + target);
}

}  // namespace nuzuh::app
