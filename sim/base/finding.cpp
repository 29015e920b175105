#include "sim/base/finding.hpp"

#include <algorithm>

namespace nuzuh {

bool has_errors(const Findings& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& f) { return f.severity == Severity::error; });
}

}  // namespace nuzuh
