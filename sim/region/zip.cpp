#include "sim/region/zip.hpp"

#include <fstream>
#include <sstream>

#include <zlib.h>

namespace nuzuh::region {
namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20;
constexpr unsigned stored = 0, deflated = 8;

unsigned little(const std::string& bytes, std::size_t at, int count) {
    unsigned value = 0;
    for (int i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + std::size_t(i)]);
    return value;
}

std::optional<std::string> inflated(const char* from, std::size_t size) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(from));
    stream.avail_in = uInt(size);
    std::string out, chunk(1 << 16, '\0');
    int state = Z_OK;
    while (state == Z_OK && out.size() <= most_bytes) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = uInt(chunk.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk, 0, chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || out.size() > most_bytes) return {};
    return out;
}

}  // namespace

std::optional<ZipArchive> ZipArchive::open(const std::filesystem::path& file) {
    std::error_code none;
    if (std::filesystem::file_size(file, none) > most_bytes || none) return {};
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    ZipArchive zip;
    zip.bytes_ = text.str();
    const std::string& b = zip.bytes_;
    constexpr std::size_t end_size = 22, entry_size = 46;
    const auto end = b.rfind(std::string("PK\5\6", 4));
    if (!in || end == std::string::npos || end + end_size > b.size()) return {};
    std::size_t at = little(b, end + 16, 4);
    for (unsigned n = little(b, end + 10, 2); n-- > 0;) {
        if (at + entry_size > b.size() || b.compare(at, 4, std::string("PK\1\2", 4)) != 0) return {};
        const std::size_t name = little(b, at + 28, 2);
        if (at + entry_size + name > b.size()) return {};
        zip.entries_[b.substr(at + entry_size, name)] = {little(b, at + 42, 4), little(b, at + 20, 4),
                                                         little(b, at + 10, 2), little(b, at + 16, 4)};
        at += entry_size + name + little(b, at + 30, 2) + little(b, at + 32, 2);
    }
    return zip;
}

std::vector<std::string> ZipArchive::names() const {
    std::vector<std::string> names;
    for (const auto& [name, packed] : entries_) names.push_back(name);
    return names;
}

std::optional<std::string> ZipArchive::read(const std::string& name) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) return {};
    const auto& [header, bytes, method, crc] = found->second;
    constexpr std::size_t header_size = 30;
    if (header + header_size > bytes_.size()) return {};
    const std::size_t from =
        header + header_size + little(bytes_, header + 26, 2) + little(bytes_, header + 28, 2);
    if (from + bytes > bytes_.size()) return {};
    std::optional<std::string> out;
    if (method == stored) out = bytes_.substr(from, bytes);
    if (method == deflated) out = inflated(bytes_.data() + from, bytes);
    if (!out || crc32(0, reinterpret_cast<const Bytef*>(out->data()), uInt(out->size())) != crc) return {};
    return out;
}

}  // namespace nuzuh::region
