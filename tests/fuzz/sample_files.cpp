// The files of a sample.
#include <algorithm>
#include <cctype>

#include "tests/fuzz/targets_of.hpp"

namespace nuzuh::fuzz {
namespace {

bool is_plain(std::string_view name) {
    return !name.empty() && name.size() <= 40 && name.front() != '.' &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.'; });
}

}  // namespace

std::vector<std::pair<std::string, std::string>> files_of(std::string_view sample, std::string_view first) {
    constexpr std::string_view mark = "=== ";
    if (!sample.starts_with(mark)) return {{std::string(first), std::string(sample)}};
    std::vector<std::pair<std::string, std::string>> files;
    while (sample.starts_with(mark)) {
        sample.remove_prefix(mark.size());
        const auto end = std::min(sample.find('\n'), sample.size());
        const auto name = sample.substr(0, end);
        sample.remove_prefix(std::min(end + 1, sample.size()));
        const auto next = sample.starts_with(mark) ? 0 : sample.find("\n=== ");
        const auto length = next == std::string_view::npos ? sample.size() : next == 0 ? 0 : next + 1;
        if (is_plain(name)) files.emplace_back(name, sample.substr(0, length));
        sample.remove_prefix(length);
    }
    return files;
}

}  // namespace nuzuh::fuzz
