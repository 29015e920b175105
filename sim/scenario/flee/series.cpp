// The registration series of a case.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/base/text.hpp"
#include "sim/model/registrations.hpp"
#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario::flee {
namespace {

struct Count {
    Date date;
    double persons;
    Spot date_spot, persons_spot;
};
using Counts = std::vector<Count>;

/// Dates of one file that do not rise are told: Flee does not sort them.
void lint_order(Reading& reading, const Counts& counts) {
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (counts[i].date > counts[i - 1].date) continue;
        const bool same = counts[i].date == counts[i - 1].date;
        reading.notes.warning(
            counts[i].date_spot, "",
            same ? fmt::format("{} stands here twice; the later row counts", iso(counts[i].date))
                 : fmt::format("{} stands after {}: Flee keeps the order of the rows", iso(counts[i].date),
                               iso(counts[i - 1].date)));
    }
}

/// A series file: rows `date,count`; the first row may be a header without '#'.
std::optional<Counts> read_counts(Reading& reading, const Cell& file) {
    const auto name = fmt::format("source_data/{}", file.text);
    if (!reading.has(name)) {
        reading.notes.error(file.spot, "", fmt::format("there is no file {}", in_quotes(name)),
                            nearest_file(reading.path(name)));
        return {};
    }
    const auto sheet = reading.sheet(name);
    if (!sheet) return {};
    Counts counts;
    for (std::size_t r = 0; r < sheet->rows.size(); ++r) {
        const Row& row = sheet->rows[r];
        const auto first = row[0].text;
        if (r == 0 && (first.empty() || first == "Date" || first == "DateTime")) continue;
        if (row.size() < 2 || row[1].text.empty()) continue;
        const auto date = reading.date(row[0], "the date");
        const auto persons = reading.number(row[1], "the count");
        if (persons && *persons < 0)
            reading.notes.warning(row[1].spot, "", fmt::format("a count of {} is read as 0", row[1].text));
        if (date && persons) counts.push_back({*date, std::max(0.0, *persons), row[0].spot, row[1].spot});
    }
    if (counts.empty())
        reading.notes.error(file.spot, "", fmt::format("{} holds no counts", in_quotes(file.text)));
    lint_order(reading, counts);
    if (counts.empty()) return {};
    return counts;
}

/// Two files of one place as one series, as Flee adds them: without interpolation. Of the first, rows after
/// the end of the second are lost; a row of the second meets the first's row of that day, or else its next
/// one.
Counts merged(const Counts& first, const Counts& second) {
    Counts out;
    std::size_t at = 0;
    double last = 0;
    const auto emit = [&](const Count& when, double persons) {
        out.push_back({when.date, persons, when.date_spot, when.persons_spot});
    };
    for (const Count& count : second) {
        while (count.date > first[at].date) {
            emit(first[at], last + first[at].persons);
            if (at + 1 == first.size()) break;
            ++at;
        }
        const bool same = count.date == first[at].date;
        if (count.date <= first[at].date) {
            emit(count, count.persons + first[at].persons);
            last = count.persons;
        }
        if (same && at + 1 < first.size()) ++at;
    }
    return out;
}

void put_counts(const std::string& place, const Counts& counts, const Spot& spot, Node& list) {
    for (const Count& count : counts) {
        Node node = map_at(count.date_spot);
        put(node, "place", place, spot);
        put(node, "date", iso(count.date), count.date_spot);
        put(node, "persons", plain(count.persons), count.persons_spot);
        list.items.push_back(std::move(node));
    }
}

/// One row of data_layout.csv: a name and its files.
void read_layout_row(Reading& reading, const Row& row, const std::string& place, Node& list) {
    std::optional<Counts> counts;
    for (std::size_t f = 1; f < row.size(); ++f) {
        if (row[f].text.empty()) continue;
        const auto more = read_counts(reading, row[f]);
        if (!more) return;
        counts = counts ? merged(*counts, *more) : *more;
    }
    if (counts) put_counts(place, *counts, row[0].spot, list);
}

std::set<std::string> read_layout(Reading& reading, Node& list) {
    std::set<std::string> named;
    const auto sheet = reading.sheet("source_data/data_layout.csv");
    if (!sheet) return named;
    for (std::size_t r = 0; r < sheet->rows.size(); ++r) {
        const Row& row = sheet->rows[r];
        if (row.size() < 2) continue;
        const bool total = named.empty();
        if (total && in_small_letters(row[0].text) != "total")
            reading.notes.warning(
                row[0].spot, "",
                fmt::format("the first row is 'total,refugees.csv', found {}: Flee takes it for the "
                            "total",
                            in_quotes(row[0].text)));
        if (!named.insert(row[0].text).second) {
            reading.notes.warning(
                row[0].spot, "",
                fmt::format("a second row for {} is left out; Flee counts the first twice among "
                            "those who leave",
                            in_quotes(row[0].text)));
            continue;
        }
        if (total) read_layout_row(reading, row, std::string(everywhere), list);
        if (!total || reading.is_place(row[0].text))
            read_layout_row(reading, row, reading.identifier(row[0].text), list);
    }
    return named;
}

/// A correction whose date is that of a count with one before it; any other scales nothing.
void put_correction(Reading& reading, const Row& row, const std::string& date, const Node& registrations,
                    Node& list) {
    const auto place = reading.identifier(row[0].text);
    int before = 0;
    bool found = false;
    for (const Node& count : registrations.items) {
        if (found || count.find("place")->value.text != place) continue;
        found = count.find("date")->value.text == date;
        if (!found) ++before;
    }
    if (!found || before == 0)
        return reading.notes.warning(
            row[1].spot, "",
            fmt::format("{} has no count on {}{}: the correction is left out", in_quotes(row[0].text), date,
                        found ? " with one before it" : ""),
            "Flee of May 2026 stops here");
    Node node = map_at(row[0].spot);
    put(node, "place", place, row[0].spot);
    put(node, "date", date, row[1].spot);
    list.items.push_back(std::move(node));
}

void read_corrections(Reading& reading, const std::set<std::string>& named, const Node& registrations,
                      Node& scenario) {
    const auto sheet = reading.sheet("input_csv/registration_corrections.csv", false);
    if (!sheet || sheet->rows.empty()) return;
    Node list = list_at({sheet->source});
    for (const Row& row : sheet->rows) {
        if (row[0].text.empty()) continue;
        if (row.size() < 2) {
            reading.notes.error(row[0].spot, "", "expects a camp and a date");
        } else if (!named.count(row[0].text)) {
            reading.notes.error(row[0].spot, "",
                                fmt::format("data_layout.csv has no series for {}", in_quotes(row[0].text)),
                                reading.nearest(row[0].text));
        } else if (const auto date = reading.date(row[1], "the date")) {
            put_correction(reading, row, iso(*date), registrations, list);
        }
    }
    put(scenario, "registration_corrections", std::move(list));
}

}  // namespace

void read_series(Reading& reading, const std::vector<Place>& places, Node& scenario) {
    Node list = list_at({});
    const auto named = read_layout(reading, list);
    if (named.empty()) return;
    for (const Place& place : places) {
        if (place.camp && !named.count(place.name))
            reading.notes.error(
                place.spot, "",
                fmt::format("data_layout.csv has no series for the camp {}", in_quotes(place.name)));
    }
    read_corrections(reading, named, list, scenario);
    put(scenario, "registrations", std::move(list));
}

}  // namespace nuzuh::scenario::flee
