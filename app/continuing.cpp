#include "app/continuing.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "app/console.hpp"

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
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        print_error(fmt::format("{} cannot be read", file.string()),
                    "`nuzuh run --checkpoint FILE` writes a checkpoint");
        return {};
    }
    const std::vector<char> content{std::istreambuf_iterator<char>(in), {}};
    auto checkpoint = read_checkpoint(std::as_bytes(std::span(content)));
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
