// What the readers of a Flee case share: its sheets, and the nodes they become.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "sim/scenario/csv.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh::scenario::flee {

/// A CSV file of a case: rows with a first cell that begins with '#' are comments.
struct Sheet {
    int source = -1;
    Row header;             ///< the longest comment above the rows; empty if there is none
    std::vector<Row> rows;  ///< neither comments nor empty; cells without blanks around them
};

/// Where the first line that is not empty names the columns, with or without '#'.
enum class Header { comment, first_line };

/// A value that stands at a spot of a file.
Node scalar(std::string text, const Spot& spot);
Node map_at(const Spot& spot);
Node list_at(const Spot& spot);
void put(Node& map, std::string key, Node value);
void put(Node& map, std::string key, std::string text, const Spot& spot);

/// The files of a case as they are read, and the names of its places.
class Reading {
public:
    Reading(std::filesystem::path folder, Sources& sources, Notes& notes)
        : sources(sources), notes(notes), folder_(std::move(folder)) {}

    /// A sheet below the case's folder; a missing one that is not required is an empty sheet.
    std::optional<Sheet> sheet(const std::string& name, bool required = true,
                               Header header = Header::comment);
    bool has(const std::string& name) const;
    /// Whether blanks stood around the cell's text in its file.
    bool was_trimmed(const Cell& cell) const;
    std::filesystem::path path(const std::string& name) const { return folder_ / name; }

    /// Takes a place's name in and gives its identifier: small letters, digits and _, told apart by a number.
    std::string add_place(const Cell& name);
    /// The identifier of a place; nothing, and an error, for a name that locations.csv does not hold.
    std::optional<std::string> place(const Cell& name);
    /// The identifier, also for names of no place, which then keep theirs as it would be.
    std::string identifier(const std::string& name) const;
    bool is_place(const std::string& name) const { return places_.count(name) > 0; }
    /// Says that a name is no place's, and of what Flee does then.
    void not_a_place(const Cell& name, const std::string& what_flee_does);
    /// The name nearest to a wrong one, as a hint.
    std::string nearest(const std::string& name) const;

    /// The cell as a day or a number; nothing, and an error, when it is none.
    std::optional<Date> date(const Cell& cell, const std::string& what);
    std::optional<double> number(const Cell& cell, const std::string& what);
    std::optional<int> whole(const Cell& cell, const std::string& what);

    Date start{};  ///< first day
    int days = 0;
    Sources& sources;
    Notes& notes;

private:
    std::filesystem::path folder_;
    std::map<std::string, std::string> places_;    ///< name in the case -> identifier
    std::set<std::tuple<int, int, int>> trimmed_;  ///< source, line and column of cells
};

/// Letters, digits and _ of a name, all small.
std::string slug(std::string_view name);

}  // namespace nuzuh::scenario::flee
