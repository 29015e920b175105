// What is to be said of the files of a region.
#pragma once

#include <string>
#include <utility>

#include "sim/base/finding.hpp"

namespace nuzuh::region {

/// Something to be said of a row of a file, or of a file as a whole.
inline Finding finding_at(Severity severity, Location row, std::string message, std::string hint = "") {
    Finding finding;
    finding.severity = severity;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    finding.location = std::move(row);
    return finding;
}

inline void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

}  // namespace nuzuh::region
