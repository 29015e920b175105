#include "sim/region/population.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/gdal.hpp"
#include "sim/region/grid_population.hpp"
#include "sim/region/population_rows.hpp"

namespace nuzuh::region {
namespace {

class UnitPopulation {
public:
    UnitPopulation(Sheet sheet, const Gazetteer& gazetteer, int last_year, PeopleCount& people,
                   Findings& found)
        : sheet_(std::move(sheet)),
          gazetteer_(gazetteer),
          people_(people),
          found_(found),
          last_year_(last_year),
          own_(gazetteer.places.size(), 0) {}

    void add() {
        auto rows = rows_of_people(sheet_, last_year_, found_);
        std::erase_if(rows, [&](const CountedRow& one) { return stands_twice(one); });
        std::vector<CountedRow> elsewhere;
        for (auto& one : rows) {
            total_ += one.people;
            ++rows_;
            if (!put_in_own_unit(one)) elsewhere.push_back(std::move(one));
        }
        const auto own = own_;  // what others are divided by
        for (const auto& one : elsewhere) put_nearby(one, own);
        finish();
    }

private:
    bool stands_twice(const CountedRow& one) {
        const auto code = deepest_code(one.units);
        if (code.empty()) return false;
        const auto [before, is_new] = people_.of.try_emplace(code, Location{sheet_.name, one.row.line, 0, 1});
        if (is_new) return false;
        found_.push_back(sheet_.error(one.row,
                                      fmt::format("the people of '{}' stand in {} row {} too", code,
                                                  before->second.file, before->second.line),
                                      "one row a unit: the total of one year"));
        return true;
    }

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
    bool put_in_own_unit(const CountedRow& one) {
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

    /// Of a row without a code: the place that bears its name, else the places of the deepest unit that does, within the province that the
    /// row names; none where several do.
    Places of_name(const AdminUnits& row) const {
        const std::string name = folded(deepest_name(row)), province = folded(row.name[1]);
        if (name.empty()) return {};
        const auto may_be = [&](const AdminUnits& units) {
            return province.empty() || province == name || units.name[1].empty() ||
                   folded(units.name[1]) == province;
        };
        Places places;
        for (std::size_t p = 0; p < gazetteer_.places.size(); ++p) {
            const auto& [place, units, at] = gazetteer_.places[p];
            const auto names = folded_names(place);
            if (may_be(units) && std::find(names.begin(), names.end(), name) != names.end())
                places.push_back(p);
        }
        for (std::size_t level = admin_levels; places.empty() && level-- > 1;) {
            std::set<std::string> codes;
            for (const auto& one : gazetteer_.places) {
                if (may_be(one.units) && folded(one.units.name[level]) == name)
                    codes.insert(one.units.code[level]);
            }
            if (codes.size() > 1) return {};
            if (codes.size() == 1) return places_in(gazetteer_, *codes.begin());
        }
        return places.size() == 1 ? places : Places{};
    }

    /// By name within a unit above, else the places of the deepest unit above that has any, by code or by name.
    void put_nearby(const CountedRow& one, const std::vector<double>& own) {
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
        if (places.empty() && deepest_code(one.units).empty()) {
            places = of_name(one.units);
            how = "to the only place or unit of the name";
        }
        if (places.empty()) {
            found_.push_back(sheet_.error(
                one.row,
                fmt::format("{:.0f} people of '{}' ({}) belong to no place", one.people,
                            deepest_name(one.units), deepest_code(one.units)),
                deepest_code(one.units).empty()
                    ? "a column of P-codes, or names that one place or unit bears"
                    : "tables of two versions of P-codes; add the unit to the places, or correct its code"));
            return;
        }
        divide(one.people, places, own);
        apart_ += one.people;
        const auto code = deepest_code(one.units), called = deepest_name(one.units);
        found_.push_back(sheet_.warning(
            one.row, code.empty()
                         ? fmt::format("'{}' has no P-code: {:.0f} people go {}", called, one.people, how)
                         : fmt::format("P-code '{}' ('{}') is not among the places: {:.0f} people go {}",
                                       code, called, one.people, how)));
    }

    /// Divides people among places in proportion to what they have from rows of their own, else to what the places' own table says,
    /// else equally among the towns.
    ///
    /// @param own  [place]; none: rows of their own are being read
    void divide(double people, const Places& places, const std::vector<double>& own) {
        const auto shares_by = [&](const auto& weight) {
            std::vector<double> weights;
            for (const auto p : places) weights.push_back(weight(gazetteer_.places[p].place, p));
            const bool any = std::any_of(weights.begin(), weights.end(), [](double one) { return one > 0; });
            return any ? shares_of(weights) : std::vector<double>();
        };
        auto shares =
            shares_by([&](const PlaceSettings&, std::size_t p) { return own.empty() ? 0 : own[p]; });
        if (shares.empty())
            shares = shares_by([](const PlaceSettings& place, std::size_t) { return place.population; });
        if (shares.empty())
            shares = shares_by(
                [](const PlaceSettings& place, std::size_t) { return is_camp(place.type) ? 0 : 1; });
        if (shares.empty()) shares = shares_of(std::vector<double>(places.size(), 1));
        for (std::size_t i = 0; i < places.size(); ++i) own_[places[i]] += people * shares[i];
    }

    void finish() {
        for (std::size_t p = 0; p < own_.size(); ++p) people_.at[p] += own_[p];
        people_.total += total_;
        found_.push_back(sheet_.warning(
            {}, fmt::format("{} rows, {:.0f} people; {:.0f} of them by a code of their own, {:.0f} "
                            "by name or by the unit above",
                            rows_, total_, total_ - apart_, apart_)));
    }

    const Sheet sheet_;
    const Gazetteer& gazetteer_;
    PeopleCount& people_;
    Findings& found_;
    const int last_year_;
    std::vector<double> own_;  ///< [place] people of this table
    double total_ = 0, apart_ = 0;
    int rows_ = 0;
};

/// Whether a table counts people at points: it has no units, or several rows of one.
bool is_of_points(const Sheet& sheet) {
    if (!sheet.column({"x", "lon", "longitude"}) || !sheet.column({"y", "lat", "latitude"})) return false;
    const UnitColumns columns(sheet);
    std::set<std::string> codes;
    for (const auto& row : sheet.rows) {
        const auto code = deepest_code(columns.of(row));
        if (columns.deepest() < 0 || code.empty() || !codes.insert(code).second) return true;
    }
    return false;
}

/// Two files that count people at the same places count the same people.
void say_twice(const std::vector<std::filesystem::path>& files,
               const std::vector<std::vector<double>>& by_file, Findings& found) {
    constexpr double same = 0.1;  // part of the smaller that may meet at the edges of both; judgement
    const auto sum = [](const std::vector<double>& some) {
        return std::accumulate(some.begin(), some.end(), 0.0);
    };
    for (std::size_t b = 1; b < by_file.size(); ++b) {
        for (std::size_t a = 0; a < b; ++a) {
            double both = 0;
            for (std::size_t p = 0; p < by_file[a].size(); ++p)
                both += std::min(by_file[a][p], by_file[b][p]);
            if (both <= same * std::min(sum(by_file[a]), sum(by_file[b]))) continue;
            found.push_back(finding_at(
                Severity::error, {files[b].string(), 0, 0, 1},
                fmt::format("{:.0f} people at places where {} counts people too: they would count twice",
                            both, files[a].string()),
                "one source for a place; several files are of several parts of the region"));
        }
    }
}

Findings add_file(const std::filesystem::path& file, const Boundaries& boundaries, const Gazetteer& gazetteer,
                  PeopleCount& people) {
    if (is_grid_of_gdal(file)) return add_grid(file, boundaries, gazetteer, people);
    const auto sheet = read_sheet(
        file, has_columns({"ttl", "population", "populationgroup", "adm3pcode", "adm2pcode", "adm1pcode"}));
    Findings found = sheet.findings();
    if (!sheet) return found;
    if (is_of_points(*sheet))
        add_points(*sheet, boundaries, gazetteer, people, found);
    else
        UnitPopulation(of_known_countries(*sheet, gazetteer, found), gazetteer, people.last_year, people,
                       found)
            .add();
    return found;
}

}  // namespace

Findings add_population(const std::vector<std::filesystem::path>& files, const Boundaries& boundaries,
                        Gazetteer& gazetteer, int last_year) {
    Findings found;
    PeopleCount people{std::vector<double>(gazetteer.places.size(), 0), 0, {}, last_year};
    std::vector<std::vector<double>> by_file;
    for (const auto& file : files) {
        auto before = people.at;
        append(found, add_file(file, boundaries, gazetteer, people));
        std::transform(people.at.begin(), people.at.end(), before.begin(), before.begin(), std::minus<>());
        by_file.push_back(std::move(before));
    }
    say_twice(files, by_file, found);
    if (files.empty() || has_errors(found)) return found;
    const auto whole = in_whole_persons(people.at);
    for (std::size_t p = 0; p < whole.size(); ++p) gazetteer.places[p].place.population = whole[p];
    gazetteer.people = people.total;
    if (const auto empty = std::count(whole.begin(), whole.end(), 0.0); empty > 0)
        found.push_back(
            finding_at(Severity::warning, {}, fmt::format("{} places have no figure: 0 people", empty)));
    return found;
}

}  // namespace nuzuh::region
