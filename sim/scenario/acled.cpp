#include "sim/scenario/acled.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/model/network.hpp"
#include "sim/scenario/csv.hpp"
#include "sim/scenario/scan.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh {
namespace {

using scenario::Entry, scenario::Node, scenario::Notes, scenario::Scan, scenario::Sources, scenario::Spot;

struct KnownType {
    std::string_view event_type;
    std::string_view sub_event_type;
    bool strikes;
};

/// Event types of the ACLED codebook.
constexpr std::array<KnownType, 25> known_types{{
    {"Explosions/Remote violence", "Air/drone strike", true},
    {"Explosions/Remote violence", "Shelling/artillery/missile attack", true},
    {"Explosions/Remote violence", "Chemical weapon", true},
    {"Explosions/Remote violence", "Grenade", false},
    {"Explosions/Remote violence", "Remote explosive/landmine/IED", false},
    {"Explosions/Remote violence", "Suicide bomb", false},
    {"Battles", "Armed clash", false},
    {"Battles", "Government regains territory", false},
    {"Battles", "Non-state actor overtakes territory", false},
    {"Violence against civilians", "Abduction/forced disappearance", false},
    {"Violence against civilians", "Attack", false},
    {"Violence against civilians", "Sexual violence", false},
    {"Protests", "Excessive force against protesters", false},
    {"Protests", "Peaceful protest", false},
    {"Protests", "Protest with intervention", false},
    {"Riots", "Mob violence", false},
    {"Riots", "Violent demonstration", false},
    {"Strategic developments", "Agreement", false},
    {"Strategic developments", "Arrests", false},
    {"Strategic developments", "Change to group/activity", false},
    {"Strategic developments", "Disrupted weapons use", false},
    {"Strategic developments", "Headquarters or base established", false},
    {"Strategic developments", "Looting/property destruction", false},
    {"Strategic developments", "Non-violent transfer of territory", false},
    {"Strategic developments", "Other", false},
}};

constexpr std::array<std::string_view, 8> columns{"event_id_cnty",  "event_date",   "event_type",
                                                  "sub_event_type", "location",     "latitude",
                                                  "longitude",      "geo_precision"};

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};

std::string in_small_letters(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    return result;
}

/// Reads `17 August 2019`, the form of ACLED's export tool.
std::optional<Date> written_out(std::string_view text) {
    const std::string small = in_small_letters(text);
    Scan scan(small);
    const auto day = scan.number(1, 2);
    scan.spaces();
    const auto name = scan.run("abcdefghijklmnopqrstuvwxyz");
    scan.spaces();
    const auto year = scan.number(4, 4);
    if (!day || !name || !year || !scan.at_end()) return {};
    const auto month = std::find(months.begin(), months.end(), *name);
    if (month == months.end()) return {};
    return parse_date(fmt::format("{:04}-{:02}-{:02}", *year, month - months.begin() + 1, *day));
}

/// Letters and digits of a name in small letters: `Ma'arrat al-Numan` and `maarrat_al_numan` are one.
std::string bare(std::string_view name) {
    std::string result;
    for (char c : in_small_letters(name)) {
        if (std::isalnum(static_cast<unsigned char>(c))) result += c;
    }
    return result;
}

/// Reads the rows of one table.
class EventTable {
public:
    EventTable(const Network& network, double reach_km, Notes& notes)
        : network_(network), reach_km_(reach_km), notes_(notes) {}

    AcledImport read(const Node& table) {
        if (has_columns(table)) {
            for (const Node& row : table.items) add(row);
        }
        for (const auto& [where, strikes] : strikes_) {
            BombardmentSettings row;
            row.place = network_.places[std::size_t(where.first)].place;
            row.from = row.to = where.second;
            row.strikes_per_day = strikes;
            row.source = "ACLED";
            result_.bombardment.push_back(row);
        }
        for (auto& [name, type] : types_) result_.types.push_back(type);
        return std::move(result_);
    }

private:
    bool has_columns(const Node& table) {
        if (table.items.empty()) return false;
        const auto& header = *table.items.front().header;
        bool all = true;
        for (std::string_view column : columns) {
            if (std::find(header.columns.begin(), header.columns.end(), column) != header.columns.end())
                continue;
            const std::string near = nearest_word(column, header.columns);
            notes_.error(header.spot, "", fmt::format("there is no column '{}'", column),
                         near.empty() ? "export the events with all columns"
                                      : fmt::format("is it the column '{}'?", near));
            all = false;
        }
        return all;
    }

    void add(const Node& row) {
        const auto date = date_of(row.find("event_date")->value);
        const auto lat = number(row, "latitude", -90, 90);
        const auto lon = number(row, "longitude", -180, 180);
        const auto precision = number(row, "geo_precision", 1, 3);
        const KnownType* type = type_of(row);
        const bool fresh = first_time(row.find("event_id_cnty")->value);
        if (!date || !lat || !lon || !precision || !type || !fresh) return;
        auto& counted = types_[std::string(type->sub_event_type)];
        counted.sub_event_type = type->sub_event_type;
        counted.strikes = type->strikes;
        ++counted.events;
        if (!type->strikes) return;
        if (*precision >= 3) {
            ++result_.vague;
            return;
        }
        strike(row.find("location")->value, *date, *lat, *lon);
    }

    /// Counts a strike for the place of the same name in reach, else for the nearest.
    void strike(const Node& location, Date date, double lat, double lon) {
        int nearest = -1;
        double nearest_km = reach_km_;
        bool named = false;
        for (int i = 0; i < int(network_.places.size()); ++i) {
            const auto& place = network_.places[std::size_t(i)];
            if (place.type == PlaceType::abroad) continue;
            const double km = great_circle_km(lat, lon, place.lat, place.lon);
            if (km > reach_km_) continue;
            const bool same =
                bare(place.name) == bare(location.text) || bare(place.place) == bare(location.text);
            if (same == named ? km > nearest_km : named) continue;
            nearest = i;
            nearest_km = km;
            named = same;
        }
        if (nearest < 0) {
            ++result_.far_away;
            if (!far_places_.insert(location.text).second) return;
            notes_.warning(location.spot, "",
                           fmt::format("'{}' lies more than {:g} km from every place: its strikes "
                                       "are left out",
                                       location.text, reach_km_));
            return;
        }
        strikes_[{nearest, date}] += 1;
        ++result_.strikes;
        result_.by_name += named;
    }

    std::optional<Date> date_of(const Node& cell) {
        if (const auto date = written_out(cell.text)) return date;
        Date date;
        const auto wrong = scenario::read_date(cell, date);
        if (!wrong) return date;
        notes_.error(cell.spot, "event_date", wrong->message, "expected 2019-08-17 or 17 August 2019");
        return {};
    }

    std::optional<double> number(const Node& row, std::string_view column, double low, double high) {
        const Node& cell = row.find(column)->value;
        double value = 0;
        const auto wrong = scenario::read_number(cell, "", {low, high}, value);
        if (!wrong) return value;
        notes_.error(cell.spot, std::string(column), wrong->message, wrong->hint);
        return {};
    }

    const KnownType* type_of(const Node& row) {
        const Node& cell = row.find("sub_event_type")->value;
        for (const auto& known : known_types) {
            if (known.sub_event_type == cell.text) return &known;
        }
        std::vector<std::string> names;
        for (const auto& known : known_types) names.emplace_back(known.sub_event_type);
        const std::string near = nearest_word(cell.text, names);
        notes_.error(
            cell.spot, "sub_event_type", fmt::format("there is no sub-event type {}", in_words(cell)),
            near.empty() ? "expected one of the ACLED codebook" : fmt::format("did you mean '{}'?", near));
        return nullptr;
    }

    bool first_time(const Node& cell) {
        if (cell.text.empty() || seen_.insert(cell.text).second) return true;
        notes_.warning(cell.spot, "event_id_cnty",
                       fmt::format("event '{}' is given twice and counts once", cell.text));
        return false;
    }

    const Network& network_;
    double reach_km_;
    Notes& notes_;
    AcledImport result_;
    std::map<std::pair<int, Date>, double> strikes_;  ///< by place and day
    std::map<std::string, AcledType> types_;
    std::set<std::string> seen_, far_places_;
};

}  // namespace

Result<AcledImport> import_acled(const std::string& path, const Network& network, double reach_km) {
    Sources sources;
    Notes notes(sources);
    const int source = scenario::read_text(sources, notes, path, {});
    if (source < 0) return notes.sorted();
    const auto table = scenario::parse_csv(sources, source, notes);
    if (!table) return notes.sorted();
    AcledImport result = EventTable(network, reach_km, notes).read(*table);
    if (notes.has_errors()) return notes.sorted();
    return {std::move(result), notes.sorted()};
}

std::string bombardment_csv(const std::vector<BombardmentSettings>& bombardment) {
    std::string text = "place,from,to,strikes_per_day,source\n";
    for (const auto& row : bombardment) {
        text += fmt::format("{},{},{},{:g},{}\n", row.place, iso(row.from), iso(row.to), row.strikes_per_day,
                            row.source);
    }
    return text;
}

}  // namespace nuzuh
