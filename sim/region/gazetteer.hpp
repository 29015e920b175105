// Places of a region from the tables that planners have, and how many people live there.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/model/settings.hpp"
#include "sim/region/roads.hpp"
#include "sim/region/sheet.hpp"

namespace nuzuh::region {

/// Deepest level of administrative units that is known.
inline constexpr std::size_t admin_levels = 5;

/// P-codes and names of the units that something lies in, from the country (0) down.
struct AdminUnits {
    std::array<std::string, admin_levels> code, name;
};

/// The code of the smallest unit that is known; "" if none is.
std::string deepest_code(const AdminUnits& units);
/// Its name likewise.
std::string deepest_name(const AdminUnits& units);

/// A place, the units it lies in, and where it was read.
struct GazetteerPlace {
    PlaceSettings place;
    AdminUnits units;
    Location row;
};

struct GazetteerOptions {
    std::optional<int> level;    ///< of administrative units; none: the deepest of which places are known
    std::vector<PlaceNode> osm;  ///< places that files of roads hold
    /// Kinds of places that are taken, of OpenStreetMap (place=*) and of GeoNames (feature codes); none: city, town and village of the
    /// one, every populated place that stands of the other.
    std::set<std::string> kinds = {};
};

/// Places, and what was left out or guessed.
struct Gazetteer {
    std::vector<GazetteerPlace> places;
    Findings notes;
    double people = 0;  ///< that the source counts, in these places and in those left out
};

/// Reads places: a dump of GeoNames (19 columns between tabs), administrative units with P-codes and centres (COD-AB: CSV,
/// XLSX, GeoJSON), or any table with columns name, lat and lon and perhaps population, pcode, name_ar, type, capacity.
///
/// Units without P-code and those no longer in force (valid_to) are left out. Of GeoNames, populated places are taken that are
/// no section, abandoned or historical; camps are taken as idp_camp. Names of places of OpenStreetMap that stand twice
/// within 5 km are one.
///
/// @return  every mistake at once
/// Source   www.geonames.org/export/codes.html; OCHA COD-AB, adm{level}_pcode
Result<Gazetteer> read_gazetteer(const std::vector<std::filesystem::path>& files,
                                 const GazetteerOptions& options);

/// Whether something lies in the unit of a code, of whatever level; never in that of "".
bool lies_in(const AdminUnits& units, const std::string& code);

/// Numbers of the places in the unit of a code.
std::vector<std::size_t> places_in(const Gazetteer& gazetteer, const std::string& code);

/// Shares in proportion to people, equal where there are none; they add to 1.
std::vector<double> shares_of(const std::vector<double>& people);
/// The same of places, by their population.
std::vector<double> shares_by_population(const Gazetteer& gazetteer, const std::vector<std::size_t>& places);

/// Whole persons whose sum is that of the people, rounded: what is too much or too little at one passes to the next.
std::vector<double> in_whole_persons(std::vector<double> people);

/// A column of people, and what is to be said of how it was chosen.
struct PeopleColumn {
    std::optional<std::size_t> at;
    std::string note;
};

/// The first column that bears one of some names, else the one that bears one with the latest year behind it, such as pop_2023.
///
/// @param last_year  the latest up to this one; where all are later, the first
PeopleColumn people_column(const Sheet& sheet, std::initializer_list<std::string_view> keys,
                           int last_year = 9999);

/// Whether a year stands for a count better than another: the later one, but not beyond the last.
bool is_better_year(int year, int other, int last_year);

/// What a cell says, without blanks around it; "" where that is a word for nothing, such as None, <Null> or n/a.
std::string said_in(const std::string& text);
/// Whether a unit that was valid to a day, or to none, is in force.
bool is_in_force(const std::string& valid_to);

/// The columns of a table that hold codes and names of units, such as ADM2_PCODE, admin2Pcode and Adm3_pcode; GID_2 of
/// GADM, shapeID of geoBoundaries, iso_3166_2 of Natural Earth.
class UnitColumns {
public:
    explicit UnitColumns(const Sheet& sheet);
    AdminUnits of(const SheetRow& row) const;
    /// The deepest level that has a column of P-codes; -1 if none has.
    int deepest() const { return deepest_; }

private:
    void know_other_forms();

    const Sheet& sheet_;
    std::array<std::optional<std::size_t>, admin_levels> code_, name_;
    int deepest_ = -1;
};

/// The deepest level of units that a table of several has rows of; nothing where it has no column of levels.
std::optional<double> deepest_level(const Sheet& sheet, std::optional<std::size_t> column);

/// A table of several countries without the rows of those of which no place has a code; the same table where that is none or all.
///
/// @param notes  gets how many were left out
Sheet of_known_countries(Sheet sheet, const Gazetteer& gazetteer, Findings& notes);

/// How well a table suits where units are looked for: the deepest level, up to the one asked for, that covers as many units of the
/// first level as any.
double suits_level(const Sheet& sheet, std::optional<int> level);

/// What a place says of the units it lies in.
void set_codes(PlaceSettings& place, const AdminUnits& units);

/// Small letters, digits and _ of a name; "" where it has no Latin letters.
std::string identifier_of(std::string_view name);

}  // namespace nuzuh::region
