#include "sim/region/boundaries.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/event_places.hpp"

namespace nuzuh::region {
namespace {

/// Farthest that a place may lie from the outline of its unit: coasts are drawn coarsely. Judgement.
constexpr double off_shore_km = 2;

/// Units of one table.
class UnitTable {
public:
    UnitTable(const Sheet& sheet, Boundaries& boundaries, std::vector<std::vector<Polygon>>& areas)
        : sheet_(sheet), columns_(sheet), boundaries_(boundaries), areas_(areas) {}

    void read(std::optional<int> level) {
        const auto parent = sheet_.column("parentpcode");
        if (parent && sheet_.column("adminlevel")) return read_list(level);
        if (columns_.deepest() < 0) {
            complain({}, "units without a column of P-codes",
                     "COD-AB has adm2_pcode, ADM2_PCODE or admin2Pcode, GADM GID_2, geoBoundaries shapeID");
            return;
        }
        const bool have_areas = std::any_of(sheet_.rows.begin(), sheet_.rows.end(),
                                            [](const SheetRow& row) { return !row.area.empty(); });
        for (const auto& row : sheet_.rows) take(row, have_areas);
        say(old_, "units left out, no longer in force (valid_to): {}");
        say(nameless_, "units left out, without P-code: {}");
    }

private:
    /// A list of units of all levels, each with the code of the one above.
    void read_list(std::optional<int> wanted) {
        const auto level = sheet_.column("adminlevel"), code = sheet_.column("pcode"),
                   name = sheet_.column("name"), parent = sheet_.column("parentpcode");
        const double deepest = wanted ? double(*wanted) : deepest_level(sheet_, level).value_or(0);
        for (const auto& row : sheet_.rows) {
            const auto of_row = sheet_.number(row, level);
            if (!of_row || *of_row < 0 || *of_row >= double(admin_levels)) {
                complain(row, fmt::format("'{}' is no level of units", sheet_.text(row, level)), "0 to 4");
            } else if (*of_row == deepest) {
                AdminUnits units;
                const auto at = std::size_t(*of_row);
                units.code[at] = sheet_.text(row, code);
                units.name[at] = sheet_.text(row, name);
                if (at > 1) units.code[at - 1] = sheet_.text(row, parent);
                boundaries_.named.push_back(std::move(units));
            }
        }
    }

    void take(const SheetRow& row, bool have_areas) {
        AdminUnits units = columns_.of(row);
        const auto& code = units.code[std::size_t(columns_.deepest())];
        if (code.empty()) {
            ++nameless_;
        } else if (!is_in_force(sheet_.text(row, sheet_.column("validto")))) {
            ++old_;
        } else if (!have_areas) {
            boundaries_.named.push_back(std::move(units));
        } else if (row.area.empty()) {
            complain(row, fmt::format("unit '{}' has no area", code), "others in this file have one");
        } else {
            boundaries_.units.push_back(std::move(units));
            areas_.push_back(row.area);
        }
    }

    void complain(const SheetRow& row, std::string message, std::string hint) {
        boundaries_.notes.push_back(sheet_.error(row, std::move(message), std::move(hint)));
    }
    void say(int count, const char* what) {
        if (count > 0)
            boundaries_.notes.push_back(sheet_.warning({}, fmt::format(fmt::runtime(what), count)));
    }

    const Sheet& sheet_;
    UnitColumns columns_;
    Boundaries& boundaries_;
    std::vector<std::vector<Polygon>>& areas_;
    int old_ = 0, nameless_ = 0;
};

/// Whether a code can be of a country; codes begin with its two letters.
bool may_be_in(const std::string& code, const std::string& country) {
    return country.size() != 2 || code.starts_with(country);
}

void put_by_name(const Boundaries& boundaries, Gazetteer& gazetteer, Findings& notes) {
    int given = 0;
    for (auto& [place, units, row] : gazetteer.places) {
        if (!deepest_code(units).empty()) continue;
        const auto names = folded_names(place);
        std::vector<const AdminUnits*> found;
        for (const auto& unit : boundaries.named) {
            const bool same =
                std::find(names.begin(), names.end(), folded(deepest_name(unit))) != names.end();
            if (same && may_be_in(deepest_code(unit), place.country)) found.push_back(&unit);
        }
        if (found.size() != 1) {
            notes.push_back(finding_at(
                Severity::warning, row,
                fmt::format("'{}' gets no P-code: {} units bear its name", place.name, found.size())));
            continue;
        }
        units = *found.front();
        set_codes(place, units);
        ++given;
    }
    notes.push_back(
        finding_at(Severity::warning, {},
                   fmt::format("{} of {} places get a P-code by name", given, gazetteer.places.size())));
}

void put_by_area(const Boundaries& boundaries, GazetteerPlace& one, std::size_t found, Findings& notes) {
    auto& [place, units, row] = one;
    const auto& unit = boundaries.units[found];
    for (std::size_t level = 0; level < admin_levels; ++level) {
        if (units.code[level].empty()) units.code[level] = unit.code[level];
        if (units.name[level].empty()) units.name[level] = unit.name[level];
        if (unit.code[level].empty() || units.code[level] == unit.code[level]) continue;
        notes.push_back(finding_at(Severity::warning, row,
                                   fmt::format("'{}' has the P-code '{}' and lies in '{}': its own stands",
                                               place.name, units.code[level], unit.code[level])));
    }
    set_codes(place, units);
}

/// Places whose names have no Latin letters are called by their P-codes, now that these are known: place_is0101 in place of place_7.
void name_by_code(Gazetteer& gazetteer) {
    std::set<std::string> taken;
    for (const auto& one : gazetteer.places) taken.insert(one.place.place);
    for (auto& [place, units, row] : gazetteer.places) {
        const auto number = place.place.substr(0, 6) == "place_" ? place.place.substr(6) : "";
        const bool is_counted = place.place == "place" ||
                                (!number.empty() && number.find_first_not_of("0123456789") == number.npos);
        const auto code = identifier_of(deepest_code(units));
        if (!is_counted || !identifier_of(place.name).empty() || code.empty()) continue;
        const auto id = "place_" + code;
        place.place = id;
        for (int n = 2; !taken.insert(place.place).second; ++n) place.place = fmt::format("{}_{}", id, n);
    }
}

/// The unit whose area holds a place, or whose outline is near, or whose code the place has.
std::optional<std::size_t> unit_of(const Boundaries& boundaries, const GazetteerPlace& one, Findings& notes) {
    const auto& [place, units, row] = one;
    if (const auto holds = boundaries.areas.find(place.lat, place.lon)) return holds;
    std::string why = fmt::format("lies less than {:.0f} km outside of", off_shore_km);
    auto found = boundaries.areas.nearest(place.lat, place.lon, off_shore_km);
    for (std::size_t u = 0; u < boundaries.units.size() && !found; ++u) {
        if (deepest_code(boundaries.units[u]) != deepest_code(units)) continue;
        why = "has the P-code, and lies outside, of";
        found = u;
    }
    if (found)
        notes.push_back(finding_at(Severity::warning, row,
                                   fmt::format("'{}' {} '{}', and counts as in it", place.name, why,
                                               deepest_code(boundaries.units[*found]))));
    return found;
}

}  // namespace

Result<Boundaries> read_boundaries(const std::vector<std::filesystem::path>& files,
                                   std::optional<int> level) {
    Boundaries boundaries;
    std::vector<std::vector<Polygon>> areas;
    for (const auto& file : files) {
        const auto sheet = read_sheet(file, [level](const Sheet& one) { return suits_level(one, level); });
        append(boundaries.notes, sheet.findings());
        if (sheet) UnitTable(*sheet, boundaries, areas).read(level);
    }
    if (has_errors(boundaries.notes)) return boundaries.notes;
    boundaries.areas = Areas(areas);
    return boundaries;
}

std::vector<bool> put_into_units(const Boundaries& boundaries, Gazetteer& gazetteer, Findings& notes) {
    std::vector<bool> lies_in_any;
    std::set<std::size_t> lived_in;
    for (auto& one : gazetteer.places) {
        const auto found = unit_of(boundaries, one, notes);
        lies_in_any.push_back(found.has_value() || !boundaries.have_areas());
        if (!found) continue;
        lived_in.insert(*found);
        put_by_area(boundaries, one, *found, notes);
    }
    if (lived_in.size() < boundaries.units.size())
        notes.push_back(
            finding_at(Severity::warning, {},
                       fmt::format("{} of {} units hold no place: their people go to places near by",
                                   boundaries.units.size() - lived_in.size(), boundaries.units.size())));
    if (!boundaries.named.empty()) put_by_name(boundaries, gazetteer, notes);
    name_by_code(gazetteer);
    return lies_in_any;
}

}  // namespace nuzuh::region
