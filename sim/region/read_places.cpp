#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/text.hpp"
#include "sim/model/network.hpp"
#include "sim/region/gazetteer.hpp"
#include "sim/region/unpacked.hpp"

namespace nuzuh::region {
namespace {

namespace fs = std::filesystem;

bool is_arabic(std::string_view text) {
    // U+0600 to U+06FF begin with the bytes D8 to DB.
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xD8 && byte <= 0xDB;
    });
}

/// Populated places that stand, and camps.
std::optional<PlaceType> type_of_geonames(const std::string& feature_class, const std::string& code) {
    static const std::set<std::string> towns{"PPL",   "PPLA", "PPLA2", "PPLA3", "PPLA4",
                                             "PPLA5", "PPLC", "PPLG",  "PPLS",  "PPLF"};
    if (feature_class == "P" && towns.contains(code)) return PlaceType::town;
    if (code == "CMPRF") return PlaceType::idp_camp;
    return {};
}

constexpr int geonames_columns = 19;

class PlaceReader {
public:
    explicit PlaceReader(const GazetteerOptions& options) : options_(options) {}

    void read(const fs::path& file) {
        if (begins_with_geonames(file)) {
            if (const auto rows = read_tabs(file); rows && is_geonames(*rows)) return geonames(*rows);
        }
        if (!names_in_zip(file, {".txt"}).empty()) {
            const Unpacked inside(file, {".txt"});
            for (const auto& one : inside.files()) {
                if (!begins_with_geonames(one)) continue;
                auto rows = read_tabs(one);
                if (!rows || !is_geonames(*rows)) continue;
                rows->name = inside.name_of(one);
                return geonames(*rows);
            }
        }
        const auto sheet =
            read_sheet(file, [this](const Sheet& one) { return suits_level(one, options_.level); });
        take(sheet.findings());
        if (!sheet) return;
        if (names_places(*sheet)) return named(*sheet);
        const auto level = level_of(*sheet);
        if (level < 0) return named(*sheet);
        units(*sheet, std::size_t(level));
    }

    void osm() {
        std::map<std::string, int> left_out;
        for (const auto& node : options_.osm) {
            if (node.name.empty() || !options_.kinds.contains(node.kind)) {
                ++left_out[node.name.empty() ? "without a name" : node.kind];
                continue;
            }
            PlaceSettings place;
            place.name = node.name;
            place.name_ar = node.name_ar;
            place.lat = node.lat;
            place.lon = node.lon;
            place.country = node.country;
            place.source = fmt::format("OpenStreetMap {}", node.id);
            place.population = people_in(node.population);
            const Location row{"OpenStreetMap " + node.id, 0, 0, 1};
            if (!node.id.starts_with("node"))
                note(row, fmt::format("'{}' is an area: its middle stands for it", node.name));
            if (place.population == 0)
                note(row, fmt::format("'{}' has no population that can be read ('{}'): 0", node.name,
                                      node.population));
            else if (node.population.find_first_not_of("0123456789") != std::string::npos)
                note(row, fmt::format("'{}': population '{}' is read as {:.0f}", node.name, node.population,
                                      place.population));
            add(std::move(place), {}, row);
        }
        for (const auto& [kind, count] : left_out)
            note({"OpenStreetMap", 0, 0, 1}, fmt::format("left out, {}: {}", kind, count));
    }

    Result<Gazetteer> done() {
        if (gazetteer_.places.empty() && !has_errors(found_)) {
            found_.push_back(finding_at(Severity::error, {}, "no places were found", "give --places FILE"));
        }
        if (has_errors(found_)) return found_;
        name_them_apart();
        for (const auto& one : gazetteer_.places) gazetteer_.people += one.place.population;
        gazetteer_.notes = std::move(found_);
        return std::move(gazetteer_);
    }

private:
    void take(const Findings& findings) { found_.insert(found_.end(), findings.begin(), findings.end()); }
    void note(Location row, std::string message) {
        found_.push_back(finding_at(Severity::warning, std::move(row), std::move(message)));
    }

    /// Whether the first line has the columns of a dump: a look that spares reading every other file twice.
    static bool begins_with_geonames(const fs::path& file) {
        std::ifstream in(file);
        std::string line;
        std::getline(in, line);
        return std::count(line.begin(), line.end(), '\t') == geonames_columns - 1;
    }

    static bool is_geonames(const Sheet& sheet) {
        return !sheet.rows.empty() && std::all_of(sheet.rows.begin(), sheet.rows.end(), [](const auto& row) {
            return row.cells.size() == geonames_columns;
        });
    }

    void geonames(const Sheet& sheet) {
        constexpr std::size_t name = 1, other_names = 3, lat = 4, lon = 5, feature_class = 6, code = 7,
                              country = 8, population = 14;
        std::map<std::string, int> left_out;
        for (const auto& row : sheet.rows) {
            const auto type = type_of_geonames(row.cells[feature_class], row.cells[code]);
            const auto at_lat = sheet.number(row, lat), at_lon = sheet.number(row, lon);
            if (!type) {
                ++left_out[row.cells[code]];
                continue;
            }
            if (!at_lat || !at_lon) {
                found_.push_back(sheet.error(row, fmt::format("'{}' has no coordinates", row.cells[name])));
                continue;
            }
            PlaceSettings place;
            place.name = row.cells[name];
            place.type = *type;
            place.lat = *at_lat;
            place.lon = *at_lon;
            place.country = row.cells[country];
            place.population = sheet.number(row, population).value_or(0);
            place.source = fmt::format("GeoNames {}", row.cells[0]);
            set_other_names(place, row.cells[other_names]);
            if (*type == PlaceType::idp_camp) {
                place.population = 0;
                note({sheet.name, row.line, 0, 1},
                     fmt::format("'{}' is a camp: nobody lives there at the start", place.name));
            }
            add(std::move(place), {}, {sheet.name, row.line, 0, 1});
        }
        for (const auto& [kind, count] : left_out)
            note({sheet.name, 0, 0, 1}, fmt::format("rows left out, {}: {}", kind, count));
    }

    static void set_other_names(PlaceSettings& place, const std::string& list) {
        std::set<std::string> known{folded(place.name)};
        for (std::size_t begin = 0; begin < list.size();) {
            const auto end = std::min(list.find(',', begin), list.size());
            const std::string other = list.substr(begin, end - begin);
            begin = end + 1;
            if (!known.insert(folded(other)).second) continue;
            if (place.name_ar.empty() && is_arabic(other)) {
                place.name_ar = other;
            } else {
                place.spellings += (place.spellings.empty() ? "" : ";") + other;
            }
        }
    }

    /// Whether a table is of places, that may have the codes of their units; those of units say since when they are in force.
    static bool names_places(const Sheet& sheet) {
        return sheet.column({"name", "place"}) && !sheet.column({"validon", "validto", "validfrom"});
    }

    /// The level of units that a table is of: -1 where it is of none.
    int level_of(const Sheet& sheet) {
        const int level = UnitColumns(sheet).deepest();
        if (options_.level && level >= 0 && level != *options_.level)
            found_.push_back(sheet.error(
                fmt::format("no units of level {}: this table is of level {}", *options_.level, level)));
        return level;
    }

    void units(const Sheet& sheet, std::size_t level) {
        const auto lat = sheet.column({"centerlat", "lat", "latitude", "y"}),
                   lon = sheet.column({"centerlon", "lon", "lng", "longitude", "x"}),
                   until = sheet.column("validto");
        if (!lat || !lon) {
            found_.push_back(
                sheet.error("units without centres: there is no column center_lat and center_lon",
                            "boundaries as GeoJSON have them, and a gazetteer such as GeoNames has towns"));
            return;
        }
        const UnitColumns columns(sheet);
        int old = 0, nameless = 0;
        std::map<std::string, int> row_of_code;
        for (const auto& row : sheet.rows) {
            const AdminUnits units = columns.of(row);
            if (units.code[level].empty()) {
                ++nameless;
                continue;
            }
            if (!sheet.text(row, until).empty()) {
                ++old;
                continue;
            }
            const auto [twice, is_new] = row_of_code.emplace(units.code[level], row.line);
            if (!is_new) {
                found_.push_back(sheet.error(
                    row, fmt::format("P-code '{}' stands in row {} too", units.code[level], twice->second)));
                continue;
            }
            const auto at_lat = sheet.number(row, lat), at_lon = sheet.number(row, lon);
            if (!at_lat || !at_lon) {
                found_.push_back(sheet.error(row, fmt::format("'{}' has no centre", units.name[level])));
                continue;
            }
            PlaceSettings place;
            place.name = units.name[level].empty() ? units.code[level] : units.name[level];
            place.lat = *at_lat;
            place.lon = *at_lon;
            place.source = fmt::format("centre of {}", units.code[level]);
            for (const auto& key : {fmt::format("adm{}ar", level), fmt::format("adm{}name1", level),
                                    fmt::format("adm{}name2", level)}) {
                const auto& other = sheet.text(row, sheet.column(key));
                if (place.name_ar.empty() && is_arabic(other)) place.name_ar = other;
            }
            add(std::move(place), units, {sheet.name, row.line, 0, 1});
        }
        if (old > 0)
            note({sheet.name, 0, 0, 1},
                 fmt::format("units left out, no longer in force (valid_to): {}", old));
        if (nameless > 0)
            note({sheet.name, 0, 0, 1}, fmt::format("units left out, without P-code: {}", nameless));
        note({sheet.name, 0, 0, 1}, fmt::format("{} places are centres of units of level {}, and not towns",
                                                row_of_code.size(), level));
    }

    void named(const Sheet& sheet) {
        const auto name = sheet.column({"name", "placename", "locationname", "town", "nameen", "place"}),
                   lat = sheet.column({"lat", "latitude", "y", "centerlat"}),
                   lon = sheet.column({"lon", "lng", "long", "longitude", "x", "centerlon"});
        if (!name || !lat || !lon) {
            found_.push_back(sheet.error(fmt::format("places need columns {}{}{}", name ? "" : "name ",
                                                     lat ? "" : "lat ", lon ? "" : "lon "),
                                         "GeoNames, COD-AB with P-codes and centres, or name, lat, lon"));
            return;
        }
        const auto english = sheet.column("nameen"),
                   kind_of_osm = sheet.column("osmid") ? sheet.column("place") : std::nullopt;
        std::map<std::string, int> left_out;
        const auto population = sheet.column({"population", "pop"}), pcode = sheet.column("pcode"),
                   arabic = sheet.column({"namear", "nameararabic"}), type = sheet.column("type"),
                   capacity = sheet.column("capacity");
        const UnitColumns columns(sheet);
        // Numbers of rows and kinds of places are no identifiers.
        constexpr std::string_view identifier_letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
        auto id = kind_of_osm ? std::nullopt : sheet.column({"place", "id"});
        std::set<std::string> ids;
        if (id == name || std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const SheetRow& row) {
                const auto& text = sheet.text(row, id);
                return text.empty() || !ids.insert(text).second ||
                       text.find_first_not_of(identifier_letters) != std::string::npos ||
                       (text[0] >= '0' && text[0] <= '9');
            }))
            id.reset();
        for (const auto& row : sheet.rows) {
            PlaceSettings place;
            place.name = sheet.text(row, sheet.text(row, english).empty() ? name : english);
            if (const auto& kind = sheet.text(row, kind_of_osm);
                kind_of_osm && !options_.kinds.contains(kind)) {
                ++left_out[kind.empty() ? "without a kind" : kind];
                continue;
            }
            const auto at_lat = sheet.number(row, lat), at_lon = sheet.number(row, lon);
            if (place.name.empty()) found_.push_back(sheet.error(row, "a place without a name"));
            if (!at_lat || !at_lon || std::abs(*at_lat) > 90 || std::abs(*at_lon) > 180) {
                found_.push_back(sheet.error(row,
                                             fmt::format("'{}' lies nowhere: lat '{}', lon '{}'", place.name,
                                                         sheet.text(row, lat), sheet.text(row, lon)),
                                             "degrees, latitude from -90 to 90"));
                continue;
            }
            place.lat = *at_lat;
            place.lon = *at_lon;
            place.name_ar = sheet.text(row, arabic);
            if (place.name_ar.empty() && is_arabic(sheet.text(row, name)))
                place.name_ar = sheet.text(row, name);
            place.pcode = sheet.text(row, pcode);
            place.place = sheet.text(row, id);
            place.population = sheet.number(row, population).value_or(people_in(sheet.text(row, population)));
            place.capacity = sheet.number(row, capacity);
            place.source = fmt::format("{} row {}", fs::path(sheet.name).filename().string(), row.line);
            const auto& kind = sheet.text(row, type);
            if (kind == "camp" || kind == "idp_camp")
                place.type = PlaceType::idp_camp;
            else if (kind == "abroad" || kind == "crossing")
                place.type = kind == "abroad" ? PlaceType::abroad : PlaceType::crossing;
            else if (!kind.empty() && kind != "town")
                found_.push_back(sheet.error(row, fmt::format("type '{}' is none that can be imported", kind),
                                             "town, idp_camp, crossing or abroad"));
            if (population && !sheet.number(row, population))
                note({sheet.name, row.line, 0, 1},
                     fmt::format("'{}': population '{}' is read as {:.0f}", place.name,
                                 sheet.text(row, population), place.population));
            AdminUnits units = columns.of(row);
            if (!place.pcode.empty()) units.code[admin_levels - 1] = place.pcode;
            add(std::move(place), units, {sheet.name, row.line, 0, 1});
        }
        for (const auto& [kind, count] : left_out)
            note({sheet.name, 0, 0, 1}, fmt::format("left out, {}: {}", kind, count));
    }

    /// The first number of a text.
    static double people_in(const std::string& text) {
        std::string digits;
        for (const char c : text) {
            if (c >= '0' && c <= '9')
                digits += c;
            else if (!digits.empty() && c != ',' && c != ' ' && c != '\'')
                break;
        }
        return digits.empty() || digits.size() > 9 ? 0 : std::stod(digits);
    }

    void add(PlaceSettings place, AdminUnits units, Location row) {
        constexpr double same_km = 5;  // judgement
        for (auto& there : gazetteer_.places) {
            if (folded(there.place.name) != folded(place.name) || !units.code[1].empty() ||
                great_circle_km(there.place.lat, there.place.lon, place.lat, place.lon) > same_km)
                continue;
            note(row, fmt::format("'{}' stands twice within {:.0f} km: once", place.name, same_km));
            there.place.population = std::max(there.place.population, place.population);
            return;
        }
        gazetteer_.places.push_back({std::move(place), std::move(units), std::move(row)});
    }

    /// Identifiers from names; equal ones get the code of their unit, or a number.
    void name_them_apart() {
        std::map<std::string, int> times;
        for (const auto& one : gazetteer_.places) ++times[identifier_of(one.place.name)];
        std::set<std::string> taken;
        for (auto& one : gazetteer_.places) {
            auto& [place, units, row] = one;
            std::string id = place.place.empty() ? identifier_of(place.name) : place.place;
            const std::string code = deepest_code(units);
            if (id.empty() || (place.place.empty() && times[id] > 1))
                id += (id.empty() ? "place" : "") + (code.empty() ? "" : "_" + in_small_letters(code));
            std::string unique = id;
            for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{}_{}", id, n);
            place.place = unique;
            set_codes(place, units);
        }
    }

    const GazetteerOptions& options_;
    Gazetteer gazetteer_;
    Findings found_;
};

}  // namespace

Result<Gazetteer> read_gazetteer(const std::vector<fs::path>& files, const GazetteerOptions& options) {
    PlaceReader reader(options);
    for (const auto& file : files) reader.read(file);
    if (!options.osm.empty()) reader.osm();
    return reader.done();
}

}  // namespace nuzuh::region
