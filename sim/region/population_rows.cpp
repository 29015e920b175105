#include "sim/region/population_rows.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace nuzuh::region {
namespace {

/// Farthest that a total may lie from the sum of its parts: rounded figures, nomads and the like. Judgement.
constexpr double off_total = 0.02;

bool agree(double total, double parts) { return std::abs(total - parts) <= std::max(off_total * total, 1.0); }

/// The year that a text begins with, or is; 0 where it has none.
int year_in(const std::string& text) {
    const auto digits = text.find_first_of("0123456789");
    if (digits == text.npos || text.size() < digits + 4) return 0;
    const auto year = text.substr(digits, 4);
    return year.find_first_not_of("0123456789") == year.npos ? std::stoi(year) : 0;
}

class PeopleRows {
public:
    PeopleRows(const Sheet& sheet, int last_year, Findings& found)
        : sheet_(sheet), last_year_(last_year), found_(found), columns_(sheet) {}

    std::vector<CountedRow> read() {
        // Tables of displaced people and of needs count people too.
        if (sheet_.column({"reportinground", "numpresentidpind", "displacementreason", "asylumlocationcode",
                           "populationstatus", "sectorcode"})) {
            found_.push_back(sheet_.error(
                "people who are displaced or in need, and not who lives there",
                "displaced people are --reported; who lives there is COD-PS, a census or a grid"));
            return {};
        }
        const auto [people, note] = people_column(
            sheet_, {"ttl", "population", "poptotal", "totalpopulation", "populationtotal", "total", "pop"},
            last_year_);
        if (!note.empty()) found_.push_back(sheet_.warning({}, note));
        if (!people) {
            found_.push_back(
                sheet_.error("no column of people", "T_TL, population or total; of a grid x, y and value"));
            return {};
        }
        by_points_ = sheet_.points_are_thousands(people);
        if (by_points_)
            found_.push_back(
                sheet_.warning({}, "points in the column of people are read as standing between thousands"));
        take_rows(*people);
        say_groups_only();
        leave_out_earlier_years();
        leave_out_totals();
        return std::move(rows_);
    }

private:
    /// Whether a row counts everybody: not one sex or age.
    bool is_total(const SheetRow& row) const {
        const auto group = sheet_.column("populationgroup"), gender = sheet_.column({"gender", "sex"}),
                   age = sheet_.column({"agerange", "agegroup"});
        const auto is_all = [&](std::optional<std::size_t> column) {
            static const std::set<std::string> words{"", "all", "total", "both", "bothsexes", "t", "ttl"};
            return words.contains(column_key(sheet_.text(row, column)));
        };
        return (!group || column_key(sheet_.text(row, group)) == "ttl") && is_all(gender) && is_all(age);
    }

    AdminUnits units_of(const SheetRow& row) const {
        auto units = columns_.of(row);
        if (deepest_code(units).empty())
            units.code[admin_levels - 1] = sheet_.text(row, sheet_.column("pcode"));
        if (deepest_name(units).empty())
            units.name[admin_levels - 1] =
                sheet_.text(row, sheet_.column({"name", "nameen", "unit", "locality", "district",
                                                "municipality", "commune", "county", "town", "city", "place",
                                                "province", "governorate", "region", "state"}));
        return units;
    }

    void take_rows(std::size_t people) {
        const auto level = sheet_.column("adminlevel");
        const auto deepest = deepest_level(sheet_, level);
        int without = 0;
        for (const auto& row : sheet_.rows) {
            if (sheet_.number(row, level) != deepest) continue;
            auto units = units_of(row);
            if (!is_total(row)) {
                groups_.try_emplace(deepest_code(units), &row);
                continue;
            }
            const auto& text = sheet_.text(row, people);
            const auto persons = sheet_.count(row, people, by_points_);
            if (said_in(text).empty() && !deepest_code(units).empty()) {
                if (++without <= most_said)
                    found_.push_back(
                        sheet_.warning(row, fmt::format("'{}' ({}) has no figure: nobody is counted there",
                                                        deepest_name(units), deepest_code(units))));
            } else if (!persons || *persons < 0) {
                found_.push_back(sheet_.error(row, fmt::format("'{}' is no number of people", text)));
            } else {
                rows_.push_back({row, std::move(units), *persons});
            }
        }
        if (without > most_said)
            found_.push_back(sheet_.warning({}, fmt::format("{} units have no figure", without)));
    }

    void say_groups_only() {
        for (const auto& one : rows_) groups_.erase(deepest_code(one.units));
        if (groups_.empty()) return;
        found_.push_back(sheet_.error(
            *groups_.begin()->second,
            fmt::format(
                "{} units, such as '{}', have rows of a sex or an age, and none that counts everybody",
                groups_.size(), groups_.begin()->first),
            "a row whose population group is T_TL, or whose gender and age range are all"));
    }

    void leave_out_earlier_years() {
        const auto column =
            sheet_.column({"year", "referenceyear", "censusyear", "referenceperiodstart", "datestart"});
        if (!column) return;
        const auto year_of = [&](const CountedRow& one) { return year_in(sheet_.text(one.row, column)); };
        const auto unit_of = [](const CountedRow& one) {
            return deepest_code(one.units).empty() ? deepest_name(one.units) : deepest_code(one.units);
        };
        std::map<std::string, int> latest;
        for (const auto& one : rows_) {
            const auto [known, is_new] = latest.try_emplace(unit_of(one), year_of(one));
            if (is_better_year(year_of(one), known->second, last_year_)) known->second = year_of(one);
        }
        const auto before = rows_.size();
        std::erase_if(rows_, [&](const CountedRow& one) { return year_of(one) != latest[unit_of(one)]; });
        if (rows_.size() == before) return;
        std::set<int> years;
        for (const auto& [unit, year] : latest) years.insert(year);
        found_.push_back(sheet_.warning(
            {},
            fmt::format("people are those of the last year of each unit, {}: {} rows of other years are left "
                        "out",
                        fmt::join(years, " and "), before - rows_.size())));
    }

    /// The number of the level of the deepest code; nothing where a row has none.
    static std::optional<std::size_t> level_of(const AdminUnits& units) {
        for (std::size_t level = admin_levels; level-- > 0;) {
            if (!units.code[level].empty()) return level;
        }
        return {};
    }

    using Unit = std::pair<std::size_t, std::string>;  // level and code

    /// Units that rows of deeper ones lie in.
    std::set<Unit> units_with_parts() const {
        std::set<Unit> above;
        for (const auto& one : rows_) {
            const auto level = level_of(one.units);
            if (level.value_or(0) > 0) above.insert({0, ""});
            for (std::size_t up = 0; up < level.value_or(0); ++up) above.insert({up, one.units.code[up]});
        }
        return above;
    }

    void leave_out_totals() {
        const auto above = units_with_parts();
        const auto is_of_parts = [&](const CountedRow& one) {
            const auto level = level_of(one.units);
            return level && (above.contains({*level, one.units.code[*level]}) ||
                             (*level == 0 && above.contains({0, ""})));
        };
        std::map<Unit, double> parts;
        double coded = 0, all = 0;
        for (const auto& one : rows_) {
            all += one.people;
            const auto level = level_of(one.units);
            if (!level || is_of_parts(one)) continue;
            coded += one.people;
            for (std::size_t up = 0; up < *level; ++up) parts[{up, one.units.code[up]}] += one.people;
        }
        std::set<int> left_out;
        for (const auto& one : rows_) {
            const auto level = level_of(one.units);
            double others = coded;
            if (level) {
                if (!is_of_parts(one)) continue;
                if (*level > 0) others = parts[{*level, one.units.code[*level]}];
            } else {
                if (coded <= 0) others = rows_.size() > 3 ? all - one.people : 0;
                if (others <= 0 || !agree(one.people, others)) continue;
            }
            left_out.insert(one.row.line);
            say_total(one, others);
        }
        std::erase_if(rows_, [&](const CountedRow& one) { return left_out.contains(one.row.line); });
    }

    void say_total(const CountedRow& one, double others) {
        const auto name = deepest_name(one.units);
        const auto who = name.empty() ? deepest_code(one.units) : name;
        if (agree(one.people, others))
            found_.push_back(sheet_.warning(
                one.row,
                fmt::format("{:.0f} people of '{}' are the total of other rows, which count {:.0f}: left out",
                            one.people, who, others)));
        else
            found_.push_back(sheet_.error(
                one.row,
                fmt::format(
                    "{:.0f} people of '{}', and {:.0f} in the rows of its parts: one of both is wrong",
                    one.people, who, others),
                "the rows of one level, which count everybody"));
    }

    static constexpr int most_said = 20;  ///< rows of a kind

    const Sheet& sheet_;
    const int last_year_;
    Findings& found_;
    const UnitColumns columns_;
    bool by_points_ = false;
    std::vector<CountedRow> rows_;
    std::map<std::string, const SheetRow*> groups_;  ///< by unit, the first row of a sex or an age
};

}  // namespace

std::vector<CountedRow> rows_of_people(const Sheet& sheet, int last_year, Findings& found) {
    return PeopleRows(sheet, last_year, found).read();
}

}  // namespace nuzuh::region
