// A folder into which the files of one sample are written.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "sim/base/finding.hpp"
#include "sim/base/work_folder.hpp"

namespace nuzuh::fuzz {

class Scratch {
public:
    std::filesystem::path write(std::string_view name, std::string_view content) const {
        auto file = path() / name;
        std::ofstream(file, std::ios::binary).write(content.data(), std::streamsize(content.size()));
        return file;
    }
    const std::filesystem::path& path() const { return folder_.path(); }

private:
    WorkFolder folder_;
};

/// Ends the process, as a fuzzer expects of a fault that it found.
inline void require(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "found: %.*s\n", int(what.size()), what.data());
    std::abort();
}

/// That something is refused with a reason.
inline void require_reasons(const Findings& findings) {
    bool error = false;
    for (const auto& one : findings) {
        require(!one.message.empty(), "a finding without words");
        error = error || one.severity == Severity::error;
    }
    require(error, "refused without a reason");
}

}  // namespace nuzuh::fuzz
