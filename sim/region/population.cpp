#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/model/network.hpp"
#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {
namespace {

/// A row's people, and where they belong.
struct Counted {
    SheetRow row;
    AdminUnits units;
    double people = 0;
};

std::string deepest_name(const AdminUnits& units) {
    std::string name;
    for (const auto& one : units.name) name = one.empty() ? name : one;
    return name;
}

/// @param people  [place]
void give_people(Gazetteer& gazetteer, const std::vector<double>& people) {
    const auto whole = in_whole_persons(people);
    for (std::size_t p = 0; p < whole.size(); ++p) gazetteer.places[p].place.population = whole[p];
}

class UnitPopulation {
public:
    UnitPopulation(const Sheet& sheet, Gazetteer& gazetteer, Findings& found)
        : sheet_(sheet), gazetteer_(gazetteer), found_(found), own_(gazetteer.places.size(), 0) {}

    void add() {
        const auto group = sheet_.column("populationgroup");
        const auto people = sheet_.column({"ttl", "population", "poptotal", "total", "pop"});
        if (!people) {
            found_.push_back(
                sheet_.error("no column of people", "T_TL, population or total; of a grid x, y and value"));
            return;
        }
        const UnitColumns columns(sheet_);
        const auto pcode = sheet_.column("pcode");
        std::vector<Counted> elsewhere;
        for (const auto& row : sheet_.rows) {
            if (group && sheet_.text(row, group) != "T_TL") continue;
            const auto persons = sheet_.number(row, people);
            if (!persons || *persons < 0) {
                found_.push_back(
                    sheet_.error(row, fmt::format("'{}' is no number of people", sheet_.text(row, people))));
                continue;
            }
            total_ += *persons;
            ++rows_;
            Counted one{row, columns.of(row), *persons};
            if (pcode && deepest_code(one.units).empty())
                one.units.code[admin_levels - 1] = sheet_.text(row, pcode);
            if (!put_in_own_unit(one)) elsewhere.push_back(std::move(one));
        }
        const auto own = own_;  // what others are divided by
        for (const auto& one : elsewhere) put_nearby(one, own);
        finish();
    }

private:
    using Places = std::vector<std::size_t>;

    template <class Belongs>
    Places places_that(const Belongs& belongs) const {
        Places places;
        for (std::size_t p = 0; p < gazetteer_.places.size(); ++p) {
            if (belongs(gazetteer_.places[p].units)) places.push_back(p);
        }
        return places;
    }

    static bool is_in_same_first_unit(const AdminUnits& units, const AdminUnits& other) {
        return lies_in(units, other.code[1]) ||
               (!other.name[1].empty() && folded(units.name[1]) == folded(other.name[1]));
    }

    /// By the deepest code of the row, where some place has it or lies in it, or by a place's code that the row lies in.
    bool put_in_own_unit(const Counted& one) {
        const std::string code = deepest_code(one.units);
        auto places = places_in(gazetteer_, code);
        for (std::size_t level = admin_levels; places.empty() && level-- > 1;) {
            places = places_that([&](const AdminUnits& units) {
                return !one.units.code[level].empty() && deepest_code(units) == one.units.code[level];
            });
        }
        if (places.empty()) return false;
        divide(one.people, places, {});
        return true;
    }

    /// By name within a unit above, else the places of the deepest unit above that has any, by code or by name.
    void put_nearby(const Counted& one, const std::vector<double>& own) {
        const std::string name = folded(deepest_name(one.units));
        Places places;
        std::string how = "to the place of the same name";
        for (std::size_t p = 0; p < gazetteer_.places.size(); ++p) {
            const auto& [place, units, row] = gazetteer_.places[p];
            if (deepest_code(units).empty() && !name.empty() && folded(place.name) == name)
                places.push_back(p);
        }
        for (std::size_t level = admin_levels - 1; places.empty() && level >= 1; --level) {
            const auto& code = one.units.code[level];
            const std::string unit = folded(one.units.name[level]);
            const auto in_unit = [&](const AdminUnits& units) {
                return lies_in(units, code) || (!unit.empty() && folded(units.name[level]) == unit &&
                                                (level == 1 || is_in_same_first_unit(units, one.units)));
            };
            places = places_that([&](const AdminUnits& units) {
                return in_unit(units) && folded(deepest_name(units)) == name;
            });
            how = fmt::format("to '{}' of the same name", one.units.name[level]);
            if (!places.empty()) break;
            places = places_that(in_unit);
            const bool by_code = std::any_of(places.begin(), places.end(), [&](std::size_t p) {
                return lies_in(gazetteer_.places[p].units, code);
            });
            how = fmt::format("to the places of {} ({})", by_code ? code : one.units.name[level],
                              places.size());
        }
        if (places.empty()) {
            found_.push_back(sheet_.error(
                one.row,
                fmt::format("{:.0f} people of '{}' ({}) belong to no place", one.people,
                            deepest_name(one.units), deepest_code(one.units)),
                "tables of two versions of P-codes; add the unit to the places, or correct its code"));
            return;
        }
        divide(one.people, places, own);
        apart_ += one.people;
        found_.push_back(sheet_.warning(
            one.row, fmt::format("P-code '{}' ('{}') is not among the places: {:.0f} people go {}",
                                 deepest_code(one.units), deepest_name(one.units), one.people, how)));
    }

    /// @param by  [place] what they are divided in proportion to; none: equally
    void divide(double people, const Places& places, const std::vector<double>& by) {
        std::vector<double> weights;
        for (const auto p : places) weights.push_back(by.empty() ? 0 : by[p]);
        const auto shares = shares_of(weights);
        for (std::size_t i = 0; i < places.size(); ++i) own_[places[i]] += people * shares[i];
    }

    void finish() {
        give_people(gazetteer_, own_);
        const auto empty = std::count_if(gazetteer_.places.begin(), gazetteer_.places.end(),
                                         [](const GazetteerPlace& one) { return one.place.population == 0; });
        gazetteer_.people = total_;
        found_.push_back(sheet_.warning(
            {}, fmt::format("{} rows, {:.0f} people; {:.0f} of them by a code of their own, {:.0f} "
                            "by name or by the unit above",
                            rows_, total_, total_ - apart_, apart_)));
        if (empty > 0)
            found_.push_back(sheet_.warning({}, fmt::format("{} places have no figure: 0 people", empty)));
    }

    const Sheet& sheet_;
    Gazetteer& gazetteer_;
    Findings& found_;
    std::vector<double> own_;  ///< [place] people
    double total_ = 0, apart_ = 0;
    int rows_ = 0;
};

/// People of points to the nearest place.
void add_points(const Sheet& sheet, Gazetteer& gazetteer, Findings& found) {
    constexpr double far_km = 5;  // as far as a town reaches; judgement
    const auto x = sheet.column({"x", "lon", "longitude"}), y = sheet.column({"y", "lat", "latitude"}),
               value = sheet.column({"value", "z", "population", "people", "band1"});
    std::vector<double> sums(gazetteer.places.size(), 0);
    double total = 0, far = 0;
    for (const auto& row : sheet.rows) {
        const auto lon = sheet.number(row, x), lat = sheet.number(row, y), people = sheet.number(row, value);
        if (!lon || !lat || !people || std::abs(*lat) > 90 || std::abs(*lon) > 180) {
            found.push_back(sheet.error(row, "a point needs x, y in degrees and a value"));
            continue;
        }
        if (*people < 0) continue;  // no data
        std::size_t nearest = 0;
        double least = 1e9;
        for (std::size_t p = 0; p < gazetteer.places.size(); ++p) {
            const auto& place = gazetteer.places[p].place;
            const double km = great_circle_km(*lat, *lon, place.lat, place.lon);
            if (km < least) least = km, nearest = p;
        }
        sums[nearest] += *people;
        total += *people;
        far += least > far_km ? *people : 0;
    }
    give_people(gazetteer, sums);
    gazetteer.people = total;
    found.push_back(sheet.warning(
        {}, fmt::format("{:.0f} people on the grid, {:.0f} of them farther than {:.0f} km from every "
                        "place: to the nearest",
                        total, far, far_km)));
}

}  // namespace

Findings add_population(const std::filesystem::path& file, Gazetteer& gazetteer) {
    const auto sheet = read_sheet(
        file, has_columns({"ttl", "population", "populationgroup", "adm3pcode", "adm2pcode", "adm1pcode"}));
    Findings found = sheet.findings();
    if (!sheet) return found;
    const bool points = sheet->column({"x", "lon", "longitude"}) && sheet->column({"y", "lat", "latitude"});
    if (points)
        add_points(*sheet, gazetteer, found);
    else
        UnitPopulation(*sheet, gazetteer, found).add();
    return found;
}

}  // namespace nuzuh::region
