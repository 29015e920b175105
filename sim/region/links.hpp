// Roads as a table of links between places.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh::region {

/// Whether a file of roads is a table of links: CSV or XLSX.
bool is_table_of_links(const std::filesystem::path& file);

/// Days on which a link is closed, and where that was read.
struct LinkClosure {
    std::string route;
    std::optional<Date> from;  ///< none: from the first day of the scenario
    std::optional<Date> to;    ///< none: to its last
    std::string source;
    Location row;
};

struct Links {
    std::vector<RouteSettings> routes;
    std::vector<LinkClosure> closures;
};

/// Reads links: columns from, to and km, and perhaps class (highway, primary, secondary, mountain, track, border), status (open,
/// closed), route or id, source, and closed_from and closed_to, the first and last day on which it is closed. Ends are places by identifier, by P-code where one place alone has it, or by name (letters
/// alone, in the columns name, name_ar and spellings).
///
/// @return  every mistake at once, with its row: a day that is none, an end that is no place or may be several, a length that is none, a link that
///          stands twice; a warning where a link is shorter than nine tenths of the straight line (judgement)
Result<Links> read_links(const std::vector<std::filesystem::path>& files, const Network& network);

}  // namespace nuzuh::region
