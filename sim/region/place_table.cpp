#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/region/place_list.hpp"

namespace nuzuh::region {
namespace {

/// Why a text is no identifier of a place; "" where it is one.
std::string why_no_identifier(const std::string& text) {
    if (text.empty()) return "is empty";
    if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        return "is more than small letters, digits and _";
    return text[0] >= '0' && text[0] <= '9' ? "is a number" : "";
}

/// A table of places by the names of its columns.
class NamedPlaces {
public:
    NamedPlaces(const Sheet& sheet, const std::set<std::string>& kinds, PlaceList& places)
        : sheet_(sheet),
          kinds_(kinds),
          places_(places),
          units_(sheet),
          name_(sheet.column({"name",      "placename",  "locationname",   "town",    "nameen",
                              "city",      "settlement", "settlementname", "village", "villagename",
                              "sitename",  "nom",        "nombre",         "nome",    "localite",
                              "localidad", "localidade", "ville",          "ciudad",  "cidade",
                              "municipio", "place"})),
          lat_(sheet.column({"lat", "latitude", "y", "centerlat", "latdd", "decimallatitude", "gpslatitude",
                             "pointy", "ycoord", "latitud"})),
          lon_(sheet.column({"lon", "lng", "long", "longitude", "x", "centerlon", "londd", "longdd",
                             "decimallongitude", "gpslongitude", "pointx", "xcoord", "longitud"})),
          english_(sheet.column("nameen")),
          kind_of_osm_(sheet.column("osmid") ? sheet.column({"place", "fclass"}) : std::nullopt),
          feature_class_(sheet.column("featureclass")),
          feature_code_(sheet.column("featurecode")),
          people_(people_column(sheet, {"population", "pop", "poptotal", "totalpopulation", "popmax",
                                        "inhabitants", "populationtotale", "habitants", "poblacion",
                                        "poblaciontotal", "habitantes", "populacao", "populacaototal"})),
          population_(people_.at),
          type_(sheet.column({"type", "tipo"})),
          capacity_(sheet.column({"capacity", "capacite", "capacidad", "capacidade"})),
          pcode_(sheet.column("pcode")),
          name_ar_(sheet.column({"namear", "nameararabic"})) {}

    void add() {
        if (!name_ || !lat_ || !lon_) {
            places_.say(sheet_.error(
                fmt::format("places need columns {}{}{}and there are {}", name_ ? "" : "name ",
                            lat_ ? "" : "lat ", lon_ ? "" : "lon ", fmt::join(sheet_.columns, ", ")),
                "GeoNames, COD-AB with P-codes and centres, or name, lat, lon"));
            return;
        }
        if (!people_.note.empty()) places_.note({sheet_.name, 0, 0, 1}, people_.note);
        id_ = identifiers();
        by_points_ = sheet_.points_are_thousands(population_);
        room_by_points_ = sheet_.points_are_thousands(capacity_);
        if (by_points_)
            places_.note({sheet_.name, 0, 0, 1},
                         "points in the column of people are read as standing between thousands");
        for (const auto& row : sheet_.rows) take(row);
        places_.note_left_out(sheet_, left_out_, "");
        const auto unread = sheet_.not_asked_for();
        if (!unread.empty() && !kind_of_osm_ && !feature_code_)
            places_.note({sheet_.name, 0, 0, 1}, "columns of which nothing is read: " + unread);
    }

private:
    /// The column of identifiers. One of names, kinds of places or numbers of rows is none, which is said.
    std::optional<std::size_t> identifiers() {
        const auto id = sheet_.column({"place", "id"});
        if (!id || id == name_ || id == kind_of_osm_) return {};
        for (const auto& row : sheet_.rows) {
            const auto& own = sheet_.text(row, id);
            const bool is_kind = !own.starts_with("PPL") && why_no_kind(own).empty();
            const auto why = is_kind ? std::string("is a kind of place") : why_no_identifier(own);
            if (why.empty()) continue;
            places_.note({sheet_.name, row.line, 0, 1},
                         fmt::format("the column '{}' holds no identifiers, since '{}' {}: names are taken",
                                     sheet_.columns[*id], own, why));
            return {};
        }
        return id;
    }

    /// Whether a row is left out for its kind.
    bool leaves_out(const SheetRow& row) {
        if (const auto& kind = sheet_.text(row, kind_of_osm_); kind_of_osm_ && !takes_kind(kinds_, kind)) {
            ++left_out_[kind.empty() ? "without a kind" : kind];
            return true;
        }
        if (!feature_class_ || !feature_code_) return false;
        const auto& code = sheet_.text(row, feature_code_);
        if (type_of_geonames(sheet_.text(row, feature_class_), code)) return false;
        ++left_out_[code.empty() ? "without a feature code" : code];
        return true;
    }

    PlaceType type_of(const SheetRow& row) {
        if (feature_class_ && feature_code_)
            return *type_of_geonames(sheet_.text(row, feature_class_), sheet_.text(row, feature_code_));
        static const std::set<std::string> towns{"",       "town",   "city",   "village", "ville",
                                                 "ciudad", "pueblo", "cidade", "vila"};
        static const std::set<std::string> camps{"camp", "idpcamp", "campamento", "acampamento"};
        const auto kind = column_key(sheet_.text(row, type_));
        if (camps.contains(kind)) return PlaceType::idp_camp;
        if (kind == "abroad" || kind == "crossing")
            return kind == "abroad" ? PlaceType::abroad : PlaceType::crossing;
        if (!towns.contains(kind))
            places_.say(sheet_.error(row, fmt::format("type '{}' is none that can be imported", kind),
                                     "town, idp_camp, crossing or abroad"));
        return PlaceType::town;
    }

    /// How many a place can shelter; nothing where it says nothing.
    std::optional<double> room(const SheetRow& row) {
        const auto& written = sheet_.text(row, capacity_);
        const auto persons = sheet_.count(row, capacity_, room_by_points_);
        if (!written.empty() && (!persons || *persons < 0))
            places_.say(sheet_.error(row, fmt::format("'{}' is no capacity", written),
                                     "persons, or an empty cell where there is no limit"));
        return persons;
    }

    void take(const SheetRow& row) {
        if (leaves_out(row)) return;
        PlaceSettings place;
        place.name = sheet_.text(row, sheet_.text(row, english_).empty() ? name_ : english_);
        const auto lat = sheet_.number(row, lat_), lon = sheet_.number(row, lon_);
        if (place.name.empty()) places_.say(sheet_.error(row, "a place without a name"));
        if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) {
            places_.say(sheet_.error(row,
                                     fmt::format("'{}' lies nowhere: lat '{}', lon '{}'", place.name,
                                                 sheet_.text(row, lat_), sheet_.text(row, lon_)),
                                     "degrees, latitude from -90 to 90"));
            return;
        }
        place.lat = *lat;
        place.lon = *lon;
        place.name_ar = sheet_.text(row, name_ar_);
        if (place.name_ar.empty() && is_arabic(sheet_.text(row, name_)))
            place.name_ar = sheet_.text(row, name_);
        place.pcode = sheet_.text(row, pcode_);
        place.place = sheet_.text(row, id_);
        place.type = type_of(row);
        const auto& people = sheet_.text(row, population_);
        const auto counted = sheet_.count(row, population_, by_points_);
        place.population = counted.value_or(people_in(people));
        if (place.population < 0)
            places_.say(sheet_.error(row, fmt::format("'{}' is no number of people", people)));
        place.capacity = room(row);
        place.source =
            fmt::format("{} row {}", std::filesystem::path(sheet_.name).filename().string(), row.line);
        if (feature_code_ && place.type == PlaceType::idp_camp) {
            place.population = 0;
            places_.note({sheet_.name, row.line, 0, 1},
                         fmt::format("'{}' is a camp: nobody lives there at the start", place.name));
        } else if (population_ && !counted) {
            places_.note({sheet_.name, row.line, 0, 1}, fmt::format("'{}': population '{}' is read as {:.0f}",
                                                                    place.name, people, place.population));
        }
        AdminUnits units = units_.of(row);
        if (!place.pcode.empty()) units.code[admin_levels - 1] = place.pcode;
        places_.add(std::move(place), units, {sheet_.name, row.line, 0, 1});
    }

    const Sheet& sheet_;
    const std::set<std::string>& kinds_;
    PlaceList& places_;
    const UnitColumns units_;
    const std::optional<std::size_t> name_, lat_, lon_, english_, kind_of_osm_, feature_class_, feature_code_;
    const PeopleColumn people_;
    const std::optional<std::size_t> population_, type_, capacity_, pcode_, name_ar_;
    std::optional<std::size_t> id_;
    bool by_points_ = false, room_by_points_ = false;
    std::map<std::string, int> left_out_;
};

}  // namespace

void add_named_places(const Sheet& sheet, const std::set<std::string>& kinds, PlaceList& places) {
    NamedPlaces(sheet, kinds, places).add();
}

}  // namespace nuzuh::region
