#include "sim/region/gazetteer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/text.hpp"

namespace nuzuh::region {

std::string deepest_code(const AdminUnits& units) {
    std::string code;
    for (const auto& one : units.code) code = one.empty() ? code : one;
    return code;
}

std::string deepest_name(const AdminUnits& units) {
    std::string name;
    for (const auto& one : units.name) name = one.empty() ? name : one;
    return name;
}

bool lies_in(const AdminUnits& units, const std::string& code) {
    return !code.empty() && std::find(units.code.begin(), units.code.end(), code) != units.code.end();
}

std::vector<std::size_t> places_in(const Gazetteer& gazetteer, const std::string& code) {
    std::vector<std::size_t> places;
    for (std::size_t p = 0; p < gazetteer.places.size(); ++p) {
        if (lies_in(gazetteer.places[p].units, code)) places.push_back(p);
    }
    return places;
}

std::vector<double> shares_of(const std::vector<double>& people) {
    const double all = std::accumulate(people.begin(), people.end(), 0.0);
    std::vector<double> shares;
    for (const double some : people) shares.push_back(all > 0 ? some / all : 1.0 / double(people.size()));
    return shares;
}

std::vector<double> shares_by_population(const Gazetteer& gazetteer, const std::vector<std::size_t>& places) {
    std::vector<double> people;
    for (const auto p : places) people.push_back(gazetteer.places[p].place.population);
    return shares_of(people);
}

std::vector<double> in_whole_persons(std::vector<double> people) {
    double left = 0;
    for (double& some : people) {
        left += some;
        some = std::floor(left + 0.5);
        left -= some;
    }
    return people;
}

namespace {

/// A column of names of units in a language of two letters, such as ADM2_UK.
std::optional<std::size_t> in_another_language(const Sheet& sheet, std::size_t level) {
    for (const auto& start : {fmt::format("adm{}", level), fmt::format("admin{}name", level)}) {
        for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
            const auto& key = sheet.columns[c];
            if (key.size() == start.size() + 2 && key.starts_with(start) && !key.ends_with("id")) return c;
        }
    }
    return {};
}

/// The year that stands behind a name; nothing where none does.
std::optional<int> year_behind(std::string_view column, std::string_view name) {
    if (column.size() != name.size() + 4 || !column.starts_with(name)) return {};
    const auto digits = column.substr(name.size());
    if (digits.find_first_not_of("0123456789") != digits.npos) return {};
    const int year = std::stoi(std::string(digits));
    return year >= 1900 && year < 2100 ? std::optional(year) : std::nullopt;
}

}  // namespace

bool is_better_year(int year, int other, int last_year) {
    if ((year > last_year) != (other > last_year)) return year <= last_year;
    return year > last_year ? year < other : year > other;
}

PeopleColumn people_column(const Sheet& sheet, std::initializer_list<std::string_view> keys, int last_year) {
    if (const auto named = sheet.column(keys)) return {named, ""};
    PeopleColumn people;
    int latest = 0, columns = 0;
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
        for (const auto key : keys) {
            const auto year = year_behind(sheet.columns[c], key);
            columns += year.has_value();
            if (!year || (people.at && !is_better_year(*year, latest, last_year))) continue;
            latest = *year;
            people.at = c;
        }
    }
    if (people.at)
        people.note = fmt::format("people are those of {}, of {} columns of years", latest, columns);
    return people;
}

UnitColumns::UnitColumns(const Sheet& sheet) : sheet_(sheet) {
    const auto column = [&](std::size_t level, std::initializer_list<const char*> forms) {
        for (const char* form : forms) {
            if (const auto found = sheet.column(fmt::format(fmt::runtime(form), level))) return found;
        }
        return std::optional<std::size_t>();
    };
    for (std::size_t level = 0; level < admin_levels; ++level) {
        code_[level] = column(level, {"adm{}pcode", "admin{}pcode", "admin{}pcod", "gid{}"});
        if (code_[level] && level > 0) deepest_ = int(level);
        if (!code_[level]) code_[level] = column(level, {"admin{}code"});
        name_[level] =
            column(level, {"adm{}name", "admin{}name", "adm{}en", "adm{}fr", "adm{}es", "adm{}pt",
                           "admin{}nameen", "admin{}namefr", "admin{}namees", "admin{}namept", "name{}"});
        if (!name_[level]) name_[level] = in_another_language(sheet, level);
    }
    if (deepest_ < 0) know_other_forms();
}

/// Units of geoBoundaries, whose level stands in each row, and first-level units of Natural Earth.
void UnitColumns::know_other_forms() {
    const auto type = sheet_.column("shapetype"), id = sheet_.column("shapeid"),
               iso = sheet_.column("iso31662");
    if (type && id && !sheet_.rows.empty()) {
        const auto& level = sheet_.text(sheet_.rows.front(), type);
        if (level.size() != 4 || !level.starts_with("ADM") || level[3] < '1' || level[3] > '4') return;
        deepest_ = level[3] - '0';
        code_[std::size_t(deepest_)] = id;
        name_[std::size_t(deepest_)] = sheet_.column("shapename");
    } else if (iso && sheet_.column("adm1code")) {
        deepest_ = 1;
        code_[1] = iso;
        name_[1] = sheet_.column({"nameen", "name"});
    }
}

std::string said_in(const std::string& text) {
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    if (first == text.npos) return "";
    const auto said = text.substr(first, last - first + 1);
    const auto small = in_small_letters(said);
    for (const char* none :
         {"none", "null", "<null>", "nan", "nat", "n/a", "na", "-", "--", "..", "...", "not reported"}) {
        if (small == none) return "";
    }
    return said;
}

bool is_in_force(const std::string& valid_to) {
    const auto until = said_in(valid_to);
    // Days without end, and the day that programs write for none.
    return until.empty() || until.starts_with("1899") || until.starts_with("0000") ||
           until.starts_with("9999") || until.starts_with("2999");
}

AdminUnits UnitColumns::of(const SheetRow& row) const {
    AdminUnits units;
    for (std::size_t level = 0; level < admin_levels; ++level) {
        units.code[level] = said_in(sheet_.text(row, code_[level]));
        units.name[level] = said_in(sheet_.text(row, name_[level]));
    }
    return units;
}

std::optional<double> deepest_level(const Sheet& sheet, std::optional<std::size_t> column) {
    std::optional<double> deepest;
    for (const auto& row : sheet.rows) deepest = std::max(deepest, sheet.number(row, column));
    return deepest;
}

Sheet of_known_countries(Sheet sheet, const Gazetteer& gazetteer, Findings& notes) {
    const auto country =
        sheet.column({"iso3", "locationcode", "countrycode", "adm0pcode", "admin0pcode", "country"});
    if (!country) return sheet;
    std::set<std::string> codes;
    for (const auto& one : gazetteer.places) codes.insert(one.units.code.begin() + 1, one.units.code.end());
    codes.erase("");
    const UnitColumns columns(sheet);
    std::map<std::string, bool> is_known;
    for (const auto& row : sheet.rows) {
        const auto units = columns.of(row);
        is_known[sheet.text(row, country)] |= std::any_of(
            units.code.begin(), units.code.end(), [&](const auto& code) { return codes.contains(code); });
    }
    const auto known =
        std::count_if(is_known.begin(), is_known.end(), [](const auto& one) { return one.second; });
    is_known[""] = true;  // a total, or one of which it is not said
    const auto others =
        std::count_if(is_known.begin(), is_known.end(), [](const auto& one) { return !one.second; });
    if (known == 0 || others == 0) return sheet;
    const auto before = sheet.rows.size();
    std::erase_if(sheet.rows, [&](const SheetRow& row) { return !is_known[sheet.text(row, country)]; });
    notes.push_back(sheet.warning(
        {}, fmt::format("{} rows of {} other countries are left out", before - sheet.rows.size(), others)));
    return sheet;
}

double suits_level(const Sheet& sheet, std::optional<int> level) {
    const UnitColumns columns(sheet);
    if (level && columns.deepest() > *level) return -1;
    std::set<std::string> first_units;
    for (const auto& row : sheet.rows) first_units.insert(columns.of(row).code[1]);
    return columns.deepest() < 0 ? 0 : double(admin_levels * first_units.size()) + columns.deepest();
}

void set_codes(PlaceSettings& place, const AdminUnits& units) {
    if (place.pcode.empty()) place.pcode = deepest_code(units);
    place.adm1_pcode = units.code[1];
    place.adm2_pcode = units.code[2];
    place.adm3_pcode = units.code[3];
    place.adm3 = units.name[3];
}

std::string identifier_of(std::string_view name) {
    std::string id, word;
    const auto close = [&] {
        std::string letters;
        for (const char c : folded(word)) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
        }
        if (!letters.empty()) id += (id.empty() ? "" : "_") + letters;
        word.clear();
    };
    for (const char c : name) {
        if (c == ' ' || c == '-' || c == '/' || c == '(' || c == ')')
            close();
        else
            word += c;
    }
    close();
    return id;
}

}  // namespace nuzuh::region
