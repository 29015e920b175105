// conflicts.csv.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario::flee {
namespace {

constexpr double no_conflict = 1e-6;  ///< intensity up to which Flee sees none

/// A place's column of conflicts.csv.
struct Column {
    Cell name;
    std::vector<double> intensity;  ///< by day

    bool is_quiet() const {
        return std::all_of(intensity.begin(), intensity.end(),
                           [](double value) { return value <= no_conflict; });
    }
};

/// The entries of one place, one for each run of days with the same intensity.
class Entries {
public:
    Entries(Reading& reading, const Place& place, const Spot& spot, Node& list)
        : reading_(reading), place_(place), spot_(spot), list_(list) {}

    void put(const std::vector<double>& intensity) {
        const int days = int(intensity.size());
        int day = begin_at_once(intensity);
        while (day < days) {
            const double value = intensity[std::size_t(day)];
            int last = day;
            while (last + 1 < days && intensity[std::size_t(last) + 1] == value) ++last;
            if (value > no_conflict) add(day, last, value);
            if (value > no_conflict && last + 1 < days && intensity[std::size_t(last) + 1] > no_conflict)
                reading_.notes.warning(
                    spot_, "",
                    fmt::format("Flee ignores that the intensity in {} changes while the conflict lasts",
                                in_quotes(place_.name)),
                    "flee3.quirks.frozen_intensity: corrected follows it");
            day = last + 1;
        }
    }

private:
    /// A conflict of locations.csv lasts until conflicts.csv has begun and ended one. The first day after.
    int begin_at_once(const std::vector<double>& intensity) {
        const int days = int(intensity.size());
        if (!(place_.intensity_at_once > no_conflict) || (days > 0 && intensity[0] > no_conflict)) return 0;
        int day = 0;
        while (day < days && intensity[std::size_t(day)] <= no_conflict) ++day;
        add(-1, day < days ? day - 1 : std::max(days, reading_.days) - 1, place_.intensity_at_once);
        if (days > 0)
            reading_.notes.warning(spot_, "",
                                   fmt::format("{} begins as a conflict zone in locations.csv and stays one, "
                                               "although conflicts.csv says 0",
                                               in_quotes(place_.name)));
        return day;
    }

    void add(int from, int to, double value) {
        Node node = map_at(spot_);
        flee::put(node, "place", place_.id, spot_);
        flee::put(node, "from", iso(reading_.start + from), spot_);
        flee::put(node, "to", iso(reading_.start + to), spot_);
        if (value != 1) flee::put(node, "intensity", plain(value), spot_);
        list_.items.push_back(std::move(node));
    }

    Reading& reading_;
    const Place& place_;
    Spot spot_;
    Node& list_;
};

/// Flee counts rows and does not look at their number: said once where the two part.
void tell_days(Reading& reading, const Sheet& sheet) {
    for (std::size_t day = 0; day < sheet.rows.size(); ++day) {
        const Cell& cell = sheet.rows[day][0];
        if (cell.text == fmt::format("{}", day)) continue;
        return reading.notes.warning(
            cell.spot, "",
            fmt::format("found day {}; Flee counts rows, and this is day {}", in_quotes(cell.text), day));
    }
}

/// One cell as an intensity; 0, and a warning, where Flee would stop or sees none.
double intensity_in(Reading& reading, const Row& row, std::size_t column) {
    if (column >= row.size() || row[column].text.empty()) {
        const Spot& spot = column < row.size() ? row[column].spot : row.back().spot;
        reading.notes.warning(spot, "", "a day without an intensity is read as one without conflict");
        return 0;
    }
    const double value = reading.number(row[column], "the intensity").value_or(0);
    if (value >= 0) return value;
    reading.notes.warning(row[column].spot, "", fmt::format("an intensity of {} is none", row[column].text));
    return 0;
}

/// Columns with a name, each name once.
std::vector<Column> columns_of(Reading& reading, const Sheet& sheet) {
    std::vector<Column> columns;
    for (std::size_t c = 1; c < sheet.header.size(); ++c) {
        const Cell& name = sheet.header[c];
        if (name.text.empty()) continue;
        Column column{name, {}};
        for (const Row& row : sheet.rows) column.intensity.push_back(intensity_in(reading, row, c));
        const auto first = std::find_if(columns.begin(), columns.end(),
                                        [&](const Column& other) { return other.name.text == name.text; });
        if (first == columns.end()) {
            columns.push_back(std::move(column));
            continue;
        }
        const bool same = first->intensity == column.intensity;
        reading.notes.warning(
            name.spot, "",
            fmt::format("a second column for {}: {}", in_quotes(name.text),
                        same ? "the two say the same" : "the first counts; Flee mixes the two"));
    }
    return columns;
}

}  // namespace

std::optional<Sheet> read_conflict_sheet(Reading& reading) {
    auto sheet = reading.sheet("input_csv/conflicts.csv", true, Header::first_line);
    if (!sheet) return {};
    const int days = int(sheet->rows.size());
    if (sheet->header.empty() || days == 0) {
        reading.notes.error({sheet->source, 1, 1, 1}, "",
                            "expects '#Day' and the names of places, and a row for each day");
        return {};
    }
    tell_days(reading, *sheet);
    if (days < reading.days) {
        reading.notes.warning(
            sheet->rows.back()[0].spot, "",
            fmt::format("conflicts.csv ends after {} days of {}: the run ends there", days, reading.days),
            "Flee stops with an error where the rows end");
        reading.days = days;
    }
    return sheet;
}

void read_conflicts(Reading& reading, const Sheet& sheet, const std::vector<Place>& places, Node& scenario) {
    Node list = list_at({sheet.source});
    std::map<std::string, const Place*> unlisted;
    for (const Place& place : places) unlisted[place.name] = &place;
    for (const Column& column : columns_of(reading, sheet)) {
        const auto known = unlisted.find(column.name.text);
        if (known == unlisted.end()) {
            reading.not_a_place(column.name, column.is_quiet()
                                                 ? "its column, all 0, is left out"
                                                 : "Flee leaves its conflict out, and so is it here");
            continue;
        }
        Entries(reading, *known->second, column.name.spot, list).put(column.intensity);
        unlisted.erase(known);
    }
    for (const Place& place : places) {
        if (unlisted.count(place.name)) Entries(reading, place, place.spot, list).put({});
    }
    put(scenario, "conflicts", std::move(list));
}

}  // namespace nuzuh::scenario::flee
