// A folder of this process, into which the files of one sample are written.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include <fmt/format.h>

#include "sim/base/finding.hpp"

namespace nuzuh::fuzz {

class Scratch {
public:
    Scratch() : folder_(std::filesystem::temp_directory_path() / fmt::format("nuzuh-fuzz-{}", ::getpid())) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path write(std::string_view name, std::string_view content) const {
        auto file = folder_ / name;
        std::ofstream(file, std::ios::binary).write(content.data(), std::streamsize(content.size()));
        return file;
    }
    const std::filesystem::path& path() const { return folder_; }

private:
    std::filesystem::path folder_;
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
