#include "app/continuing.hpp"

#include <fmt/format.h>

#include "app/console.hpp"
#include "output/files.hpp"
#include "output/hdf5.hpp"

namespace nuzuh::app {

namespace {

void print_findings(const std::filesystem::path& file, const Findings& findings) {
    for (const auto& finding : findings) {
        print_error(fmt::format("{}: {}", file.string(), finding.message), finding.hint);
    }
}

}  // namespace

std::optional<Checkpoint> checkpoint_to_continue(const std::filesystem::path& file, const World& world,
                                                 const EnsembleSpec& spec) {
    std::vector<std::byte> content;
    try {
        content = bytes_of(file);
    } catch (const h5::Error& error) {
        print_error(error.what(), "`nuzuh run --checkpoint FILE` writes a checkpoint");
        return {};
    }
    auto checkpoint = read_checkpoint(content);
    if (!checkpoint) {
        print_findings(file, checkpoint.findings());
        return {};
    }
    const auto reasons = why_not_continued(*checkpoint, world, spec.terms());
    if (!reasons.empty()) {
        print_findings(file, reasons);
        return {};
    }
    return std::move(*checkpoint);
}

}  // namespace nuzuh::app
