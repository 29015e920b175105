#include "sim/scenario/source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/utf8.hpp"
#include "sim/scenario/notes.hpp"
#include "sim/scenario/windows_1252.hpp"

namespace nuzuh::scenario {
namespace {

constexpr std::size_t most_bytes = std::size_t(64) << 20;
constexpr std::size_t most_bytes_together = std::size_t(256) << 20;

/// Lines ended by "\n", whatever ended them before.
std::string with_plain_line_ends(std::string text) {
    std::size_t out = 0;
    for (std::size_t in = 0; in < text.size(); ++in) {
        if (text[in] != '\r')
            text[out++] = text[in];
        else if (in + 1 >= text.size() || text[in + 1] != '\n')
            text[out++] = '\n';
    }
    text.resize(out);
    return text;
}

std::size_t characters(std::string_view text) {
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// What a file seems to be that is not text, from its first bytes; "" if that is not known.
std::string_view known_format(std::string_view bytes) {
    if (bytes.starts_with("PK\x03\x04"))
        return "a spreadsheet (.xlsx, .ods) or ZIP archive; save the sheet as CSV";
    if (bytes.starts_with("\x89HDF")) return "a results file; the scenario is the YAML file it was made from";
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) return "an old spreadsheet (.xls); save the sheet as CSV";
    if (bytes.starts_with("\x1F\x8B")) return "compressed with gzip; unpack it first";
    if (bytes.starts_with("%PDF")) return "a PDF document";
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "UTF-16; save it as UTF-8";
    return "";
}

Spot spot_of_byte(const Sources& sources, int source, std::size_t byte) {
    const auto& lines = sources[source].lines;
    const auto after = std::upper_bound(lines.begin(), lines.end(), byte);
    return {source, int(after - lines.begin()), int(byte - *(after - 1)) + 1, 1};
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/// Says what keeps the text from being read. Gives whether it can be.
bool check_text(const Sources& sources, int source, Notes& notes) {
    const std::string& text = sources[source].text;
    const auto control = std::find_if(text.begin(), text.end(), is_control);
    if (const auto format = known_format(text); !format.empty() && control != text.end()) {
        notes.error({source}, "", "this is not a text file", fmt::format("it looks like {}", format));
        return false;
    }
    if (control != text.end()) {
        const auto at = std::size_t(control - text.begin());
        notes.error(spot_of_byte(sources, source, at), "",
                    fmt::format("control character 0x{:02X}: this is not a text file",
                                static_cast<unsigned char>(*control)),
                    "scenarios are YAML and tables CSV, both as UTF-8 text");
        return false;
    }
    if (const auto bad = first_bad_utf8(text); bad != std::string::npos) {
        notes.error(spot_of_byte(sources, source, bad), "",
                    fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[bad])),
                    "save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')");
        return false;
    }
    return true;
}

}  // namespace

std::string from_windows_1252(std::string_view bytes) {
    constexpr std::array<std::string_view, 32> of_80{"€", "?", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š",
                                                     "‹", "Œ", "?", "Ž", "?", "?", "‘", "’", "“", "”", "•",
                                                     "–", "—", "˜", "™", "š", "›", "œ", "?", "ž", "Ÿ"};
    std::string out;
    for (const unsigned char c : bytes) {
        if (c < 0x80) {
            out += char(c);
        } else if (c < 0xA0) {
            out += of_80[c - 0x80u];
        } else {
            append_utf8(out, c);
        }
    }
    return out;
}

std::string from_utf16(std::string_view bytes) {
    const bool big_end_first = bytes.starts_with("\xFE\xFF");
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]),
                   second = static_cast<unsigned char>(bytes[at + 1]);
        return char32_t(big_end_first ? first << 8 | second : second << 8 | first);
    };
    std::string out;
    for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
        char32_t letter = unit(at);
        const bool is_pair = letter >= 0xD800 && letter < 0xDC00 && at + 3 < bytes.size() &&
                             unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
        if (is_pair) letter = 0x10000 + ((letter - 0xD800) << 10) + (unit(at += 2) - 0xDC00);
        if (letter >= 0xD800 && letter < 0xE000) letter = 0xFFFD;
        append_utf8(out, letter);
    }
    return out;
}

int Sources::add(std::string name, std::filesystem::path path, std::string text) {
    Source source{std::move(name), std::move(path), "", with_plain_line_ends(std::move(text)), {0}};
    for (std::size_t i = 0; i < source.text.size(); ++i) {
        if (source.text[i] == '\n') source.lines.push_back(i + 1);
    }
    source.layer = layer_;
    all_.push_back(std::move(source));
    return size() - 1;
}

std::size_t Sources::bytes() const {
    std::size_t total = 0;
    for (const auto& source : all_) total += source.text.size();
    return total;
}

std::string_view Sources::line(int source, int line) const {
    if (source < 0 || line < 1 || line > int((*this)[source].lines.size())) return {};
    const Source& s = (*this)[source];
    const std::size_t begin = s.lines[std::size_t(line) - 1];
    const std::size_t end =
        std::size_t(line) < s.lines.size() ? s.lines[std::size_t(line)] - 1 : s.text.size();
    return std::string_view(s.text).substr(begin, end - begin);
}

std::string_view Sources::from(const Spot& spot) const {
    const auto whole = line(spot.source, spot.line);
    return whole.substr(std::min(whole.size(), std::size_t(std::max(spot.column - 1, 0))));
}

Location Sources::location(const Spot& spot) const {
    if (spot.source < 0) return {};
    Location out{(*this)[spot.source].name, spot.line, 0, 1};
    if (spot.line < 1) return out;
    const auto whole = line(spot.source, spot.line);
    const auto begin = std::min(whole.size(), std::size_t(std::max(spot.column - 1, 0)));
    out.column = int(characters(whole.substr(0, begin))) + 1;
    out.length = std::max(1, int(characters(whole.substr(begin, std::size_t(spot.length)))));
    return out;
}

std::size_t first_bad_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const auto between = [](int b, int low, int high) { return b >= low && b <= high; };
    for (std::size_t i = 0; i < text.size();) {
        const int b0 = byte(i), b1 = byte(i + 1);
        std::size_t length = 0;
        if (b0 < 0x80)
            length = 1;
        else if (between(b0, 0xC2, 0xDF) && between(b1, 0x80, 0xBF))
            length = 2;
        else if (between(b0, 0xE0, 0xEF)) {
            const bool good = between(b1, b0 == 0xE0 ? 0xA0 : 0x80, b0 == 0xED ? 0x9F : 0xBF);
            length = good && between(byte(i + 2), 0x80, 0xBF) ? 3 : 0;
        } else if (between(b0, 0xF0, 0xF4)) {
            const bool good = between(b1, b0 == 0xF0 ? 0x90 : 0x80, b0 == 0xF4 ? 0x8F : 0xBF);
            length = good && between(byte(i + 2), 0x80, 0xBF) && between(byte(i + 3), 0x80, 0xBF) ? 4 : 0;
        }
        if (length == 0) return i;
        i += length;
    }
    return std::string::npos;
}

std::string nearest_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (names.size() < 1000) names.push_back(at->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    const auto name = nearest_word(path.filename().string(), names);
    return name.empty() ? "" : fmt::format("did you mean {}?", in_quotes(name));
}

int read_text(Sources& sources, Notes& notes, const std::filesystem::path& path, const Spot& asked_at,
              OtherEncoding other) {
    const std::string name = path.generic_string();
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        notes.error(asked_at, "", fmt::format("{} is a folder, not a file", in_quotes(name)));
        return -1;
    }
    if (std::filesystem::is_other(path, error) && !error) {
        notes.error(asked_at, "",
                    fmt::format("{} is a pipe or a device, and no file that can be read more than once",
                                in_quotes(name)),
                    "save it as a file");
        return -1;
    }
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        notes.error(asked_at, "", fmt::format("cannot open {}: {}", in_quotes(name), std::strerror(errno)),
                    nearest_file(path));
        return -1;
    }
    std::string bytes;
    std::vector<char> buffer(1 << 16);
    while (bytes.size() <= most_bytes &&
           (file.read(buffer.data(), std::streamsize(buffer.size())), file.gcount() > 0)) {
        bytes.append(buffer.data(), std::size_t(file.gcount()));
    }
    if (file.bad()) {
        notes.error(asked_at, "", fmt::format("cannot read {}: {}", in_quotes(name), std::strerror(errno)));
        return -1;
    }
    if (bytes.size() > most_bytes) {
        notes.error(asked_at, "", fmt::format("{} is larger than 64 MiB", in_quotes(name)),
                    "a scenario is a few pages, a table a few thousand rows");
        return -1;
    }
    if (sources.bytes() + bytes.size() > most_bytes_together) {
        notes.error(asked_at, "", "the scenario's files are larger than 256 MiB together");
        return -1;
    }
    const std::string digest = sha256(bytes);
    const bool has_mark = bytes.starts_with("\xEF\xBB\xBF");
    const bool is_wide = other == OtherEncoding::windows_1252 &&
                         (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"));
    if (is_wide) bytes = from_utf16(bytes);
    const bool is_other = other == OtherEncoding::windows_1252 && !has_mark && !is_wide &&
                          first_bad_utf8(bytes) != std::string::npos && known_format(bytes).empty();
    if (is_other) bytes = from_windows_1252(bytes);
    const int source = sources.add(name, path, has_mark ? bytes.substr(3) : std::move(bytes));
    sources.set_digest(source, digest);
    if (is_other)
        notes.warning({source}, "",
                      "the file is not UTF-8; it is read as Windows-1252, western European letters",
                      "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8') if names come out wrong");
    return check_text(sources, source, notes) ? source : -1;
}

}  // namespace nuzuh::scenario
