// Readers of files that come from anywhere, each as a function of bytes: a fuzzer calls it with what it makes up, a test with
// every sample of corpus/.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuzuh::fuzz {

struct Target {
    std::string_view name;  ///< of its folder in corpus/ too
    void (*read)(std::string_view sample);
};

/// All of them. Each ends the process if a file is refused without a finding, or accepted with numbers that cannot be.
std::span<const Target> targets();

/// Files of a sample: a line `=== NAME`, then what is in it up to the next such line. A sample that does not begin so is
/// the content of `first`. Names with anything but letters, digits, `_`, `-` and `.` are passed over.
std::vector<std::pair<std::string, std::string>> files_of(std::string_view sample, std::string_view first);

}  // namespace nuzuh::fuzz
