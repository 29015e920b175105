// Files inside a ZIP archive.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nuzuh::region {

/// The files of an archive, taken out when they are asked for. Sizes that an archive declares are not trusted.
class ZipArchive {
public:
    /// @return  nothing if the file can't be opened or is no archive
    static std::optional<ZipArchive> open(const std::filesystem::path& file);

    /// Of every file, in alphabetical order.
    std::vector<std::string> names() const;
    bool has(const std::string& name) const { return entries_.contains(name); }
    /// @return  nothing if it is not there, is packed otherwise than by deflate, is damaged or larger than 256 MiB
    std::optional<std::string> read(const std::string& name) const;

private:
    struct Packed {
        std::size_t header = 0, bytes = 0;
        unsigned method = 0, crc = 0;
    };

    std::string bytes_;
    std::map<std::string, Packed> entries_;
};

}  // namespace nuzuh::region
