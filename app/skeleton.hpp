// The files that `nuzuh new` writes.
#pragma once

#include <array>
#include <string_view>

namespace nuzuh::app {

/// A file of a new scenario.
struct SkeletonFile {
    std::string_view name;
    std::string_view text;
};

/// A scenario of an invented region that passes `nuzuh check` without a warning and runs; comments and the columns
/// `source` say what to change. All numbers are invented.
extern const std::array<SkeletonFile, 4> skeleton;

}  // namespace nuzuh::app
