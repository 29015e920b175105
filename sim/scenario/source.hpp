// The files that were read, as text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/scenario/node.hpp"

namespace nuzuh::scenario {

/// A file, or the text of one `--set` option.
struct Source {
    std::string name;                ///< as shown in messages
    std::filesystem::path path;      ///< "" for an option
    std::string sha256;              ///< of the bytes as they stand in the file
    std::string text;                ///< without byte order mark, lines ended by "\n"
    std::vector<std::size_t> lines;  ///< where each line begins
    int layer = 0;                   ///< 0: the scenario; 1: the one it extends, and so on
};

/// All texts that a scenario was read from; an index stands for each.
class Sources {
public:
    /// Takes a text in as it stands; line ends become "\n". Gives its index.
    int add(std::string name, std::filesystem::path path, std::string text);

    /// Layer of the texts that are added from now on.
    void begin_layer(int layer) { layer_ = layer; }

    void set_digest(int source, std::string sha256) { all_[std::size_t(source)].sha256 = std::move(sha256); }

    const Source& operator[](int index) const { return all_[std::size_t(index)]; }
    int size() const { return int(all_.size()); }

    /// Bytes of all texts.
    std::size_t bytes() const;

    /// The line without its end; "" if there is no such line.
    std::string_view line(int source, int line) const;

    /// What stands at a spot and after it, up to the end of the line.
    std::string_view from(const Spot& spot) const;

    /// Turns a spot, counted in bytes, into a location, counted in characters.
    Location location(const Spot& spot) const;

private:
    std::vector<Source> all_;
    int layer_ = 0;
};

class Notes;

/// What a text that is not UTF-8 is taken for.
enum class OtherEncoding { refused, windows_1252 };

/// Reads a file into `sources`: at most 64 MiB of UTF-8 text without control characters.
///
/// @param asked_at  where the file is named; findings about a file that cannot be opened point there
/// @param other     windows_1252: such a text is read as the letters of western Europe, with a warning, and UTF-16 by its mark
/// @return          index of the source, -1 when findings keep it from being used
int read_text(Sources& sources, Notes& notes, const std::filesystem::path& path, const Spot& asked_at,
              OtherEncoding other = OtherEncoding::refused);

/// "did you mean '...'?" with the file of the same folder whose name is nearest; "" if none is near.
std::string nearest_file(const std::filesystem::path& path);

/// Position of the first byte that is not part of a well-formed UTF-8 character; npos if there is none.
///
/// Source   The Unicode Standard, table 3-7 (well-formed UTF-8 byte sequences).
std::size_t first_bad_utf8(std::string_view text);

}  // namespace nuzuh::scenario
