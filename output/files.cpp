#include "output/files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "output/hdf5.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

/// Whether two names are those of one file, by whatever way or link, or would be if it were there.
bool is_same_file(const fs::path& a, const fs::path& b) {
    std::error_code error;
    if (a.empty() || b.empty()) return false;
    if (fs::equivalent(a, b, error) && !error) return true;
    const auto plain = [](const fs::path& path) {
        std::error_code failed;
        const auto whole = fs::weakly_canonical(fs::absolute(path), failed);
        return failed ? path : whole;
    };
    return plain(a) == plain(b);
}

}  // namespace

std::string why_not_target(const fs::path& target, bool force, std::span<const fs::path> spared) {
    remove_orphans(target);
    for (const auto& file : spared) {
        if (is_same_file(target, file))
            return fmt::format("{} is another file of this command, which it reads or writes",
                               target.string());
    }
    return why_not_writable(target, force);
}

std::string way_to_write(bool forcing_helps, std::string_view another) {
    return forcing_helps ? fmt::format("give --force to replace it, or {}", another)
                         : fmt::format("give {}", another);
}

std::string way_to_write(const fs::path& target, std::span<const fs::path> spared, std::string_view another) {
    return way_to_write(why_not_target(target, true, spared).empty(), another);
}

Findings why_no_target(const fs::path& target, bool force, std::span<const fs::path> spared,
                       std::string_view another) {
    auto why = why_not_target(target, force, spared);
    if (why.empty()) return {};
    return one_error("", std::move(why), way_to_write(target, spared, another));
}

void write_together(const std::vector<TextFile>& files, bool force) {
    std::vector<FileContent> contents;
    for (const auto& [path, text] : files) contents.push_back({path, std::as_bytes(std::span(text))});
    write_together(contents, force);
}

std::vector<std::byte> bytes_of(const fs::path& file) {
    std::error_code ignored;
    if (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored))
        throw h5::Error(file.string() + " is no regular file");
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in) throw h5::Error(fmt::format("cannot open {}: {}", file.string(), std::strerror(errno)));
    const std::streamoff size = in.tellg();
    if (size < 0) throw h5::Error("cannot read " + file.string());
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    in.seekg(0);
    if (!in.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(bytes.size())))
        throw h5::Error("cannot read " + file.string());
    return bytes;
}

}  // namespace nuzuh
