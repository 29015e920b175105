// Places of a region as they are gathered from tables of several forms.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {

/// Places, each once, and what is to be said of the rows they come from.
class PlaceList {
public:
    /// Takes a place; one of the same name within 5 km (judgement), whose units are not known, is the same.
    void add(PlaceSettings place, AdminUnits units, Location row);
    /// Says of a row what was guessed or left out.
    void note(Location row, std::string message);
    /// Says of a table how many rows of each kind were left out.
    void note_left_out(const Sheet& sheet, const std::map<std::string, int>& left_out, std::string_view what);
    void say(Finding finding) { found_.push_back(std::move(finding)); }
    void say(const Findings& findings) { append(found_, findings); }

    /// All places, with identifiers of their own: those that they have, else their names, apart by P-code or number.
    ///
    /// @return  every mistake; an error where there are no places
    Result<Gazetteer> done();

private:
    void name_them_apart();
    void say_far_off();

    Gazetteer gazetteer_;
    std::map<std::string, std::vector<std::size_t>> by_name_;  ///< places by their names, folded
    Findings found_;
};

/// Whether a table has the columns of a dump of GeoNames, which has no header.
bool is_geonames(const Sheet& sheet);
/// Populated places that stand, and camps, of a dump of GeoNames.
///
/// @param kinds  feature codes of those that are taken; none: all
void add_geonames(const Sheet& sheet, const std::set<std::string>& kinds, PlaceList& places);
/// Units with P-codes and centres.
///
/// @param level  of the units that the table is of
void add_units(const Sheet& sheet, std::size_t level, PlaceList& places);
/// Any table with names and coordinates.
///
/// @param kinds  as `GazetteerOptions` has them
void add_named_places(const Sheet& sheet, const std::set<std::string>& kinds, PlaceList& places);
/// Places that files of roads hold.
void add_osm_places(const GazetteerOptions& options, PlaceList& places);

/// The type of a place with a class and code of GeoNames; nothing where nobody lives there.
///
/// Source   www.geonames.org/export/codes.html
std::optional<PlaceType> type_of_geonames(const std::string& feature_class, const std::string& code);
/// Why a word is no kind of place; "" where it is one.
std::string why_no_kind(const std::string& word);
/// Whether places of a kind of OpenStreetMap are taken.
bool takes_kind(const std::set<std::string>& kinds, const std::string& kind);

/// Whether a text has letters of the Arabic script.
bool is_arabic(std::string_view text);
/// The first number of a text; 0 where it has none.
double people_in(const std::string& text);

}  // namespace nuzuh::region
