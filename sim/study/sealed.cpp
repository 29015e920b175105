#include "sim/study/sealed.hpp"

#include <string>

#include "sim/base/sha256.hpp"

namespace nuzuh {
namespace {

constexpr std::size_t digest_length = 64;

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::vector<std::byte> sealed(std::string_view heading, std::span<const std::byte> content) {
    const std::string start = std::string(heading) + sha256(as_text(content));
    const auto first = std::as_bytes(std::span(start));
    std::vector<std::byte> file(first.begin(), first.end());
    file.insert(file.end(), content.begin(), content.end());
    return file;
}

bool has_heading(std::span<const std::byte> file, std::string_view heading) {
    return as_text(file).starts_with(heading);
}

std::optional<std::span<const std::byte>> unsealed(std::string_view heading,
                                                   std::span<const std::byte> file) {
    const std::size_t start = heading.size() + digest_length;
    if (!has_heading(file, heading) || file.size() < start) return {};
    const auto content = file.subspan(start);
    if (as_text(file).substr(heading.size(), digest_length) != sha256(as_text(content))) return {};
    return content;
}

}  // namespace nuzuh
