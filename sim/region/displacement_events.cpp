#include "sim/region/displacement_events.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/model/network.hpp"
#include "sim/region/days.hpp"

namespace nuzuh::region {
namespace {

constexpr double centroid_km =
    100;  ///< farthest that the middle of a district or province lies from its towns; judgement

/// A time of 11 or 12 hours and more is midnight of the next day somewhere east.
std::optional<Date> local_day(std::optional<Date> day, const std::string& text) {
    if (!day || text.size() < 13 || text[10] != 'T') return day;
    return *day + (text.substr(11, 2) >= "11" ? 1 : 0);
}

Bound bound_of(const std::string& word) {
    const std::string key = column_key(word);
    if (key == "morethan") return Bound::over;
    if (key == "atleast") return Bound::at_least;
    if (key == "lessthan" || key == "upto" || key == "almost") return Bound::almost;
    return Bound::about;
}

/// The place nearest to a point, and how far it is [km].
std::pair<const PlaceSettings*, double> nearest_to(const Gazetteer& gazetteer, double lat, double lon) {
    std::pair<const PlaceSettings*, double> nearest{nullptr, 0};
    for (const auto& one : gazetteer.places) {
        const double km = great_circle_km(lat, lon, one.place.lat, one.place.lon);
        if (!nearest.first || km < nearest.second) nearest = {&one.place, km};
    }
    return nearest;
}

}  // namespace

/// Rows whose figure another one of the same event stands for.
std::set<int> DisplacementEvents::superseded_in(const Sheet& sheet) const {
    const auto role = sheet.column("role"), event = sheet.column({"eventid", "eventname"}),
               where = sheet.column({"locationscoordinates", "centroid"}), made = sheet.column("createdat");
    if (!role || !event) return {};
    std::set<std::string> recommended;
    for (const auto& row : sheet.rows) {
        if (column_key(sheet.text(row, role)).starts_with("recommended"))
            recommended.insert(sheet.text(row, event));
    }
    std::set<int> superseded;
    std::map<std::pair<std::string, std::string>, const SheetRow*> latest;
    for (const auto& row : sheet.rows) {
        if (!column_key(sheet.text(row, role)).starts_with("triangulation")) continue;
        if (recommended.contains(sheet.text(row, event))) {
            superseded.insert(row.line);
            continue;
        }
        auto& last = latest[{sheet.text(row, event), sheet.text(row, where)}];
        const bool is_later = !last || sheet.text(row, made) >= sheet.text(*last, made);
        if (last) superseded.insert(is_later ? last->line : row.line);
        if (is_later) last = &row;
    }
    return superseded;
}

void DisplacementEvents::read(const Sheet& sheet, Findings& wrong) {
    const auto type = sheet.column("displacementtype"), people_at = sheet.column("figure"),
               from = sheet.column({"displacementstartdate", "displacementdate"}),
               to = sheet.column({"displacementenddate", "displacementdate"}), lat = sheet.column("latitude"),
               lon = sheet.column("longitude"), word = sheet.column("qualifier"), id = sheet.column("id"),
               accuracy = sheet.column("locationsaccuracy");
    const auto superseded = superseded_in(sheet);
    const Days days(sheet, {from, to}, period_, wrong);
    int taken = 0, disasters = 0, outside = 0, twice = 0, far = 0, vague = 0, beside = 0;
    for (const auto& row : sheet.rows) {
        if (column_key(sheet.text(row, type)) != "conflict") {
            ++disasters;
            continue;
        }
        if (superseded.contains(row.line)) {
            ++beside;
            continue;
        }
        const auto& own = sheet.text(row, id);
        if (!own.empty() && !seen_.insert(own).second) {
            ++twice;
            continue;
        }
        const auto people = sheet.number(row, people_at), at_lat = sheet.number(row, lat),
                   at_lon = sheet.number(row, lon);
        const auto first = local_day(days.of(row, from), sheet.text(row, from)),
                   last = local_day(days.of(row, to), sheet.text(row, to));
        if (!people || *people < 0 || !at_lat || !at_lon || !first || !last || *last < *first) {
            wrong.push_back(sheet.error(row, "an event needs a figure, two dates, latitude and longitude"));
            continue;
        }
        if (!is_in(period_, *first) || !is_in(period_, *last)) {
            ++outside;
            continue;
        }
        const auto [place, km] = nearest_to(gazetteer_, *at_lat, *at_lon);
        const bool is_vague = sheet.text(row, accuracy).find("ADM0") != std::string::npos;
        if (is_vague || km > centroid_km) {
            ++(is_vague ? vague : far);
            continue;
        }
        ReportedFigure event;
        event.figure = fmt::format("IDU {}", own.empty() ? fmt::format("row {}", row.line) : own);
        event.quantity = Quantity::departures;
        event.place = place->place;
        event.from = *first;
        event.to = *last;
        event.bound = bound_of(sheet.text(row, word));
        event.persons = *people;
        event.source = fmt::format("IDMC IDU, row {}; the point is a centroid", row.line);
        figures_.push_back(std::move(event));
        ++taken;
    }
    notes_.push_back(sheet.warning(
        {}, fmt::format(
                "{} conflict events taken, at the place nearest to their point; set aside: {} disasters, "
                "{} outside the period, {} beside a figure that is recommended or later, {} given twice, {} "
                "farther than {:.0f} km from every place, {} of which only the country is known. Events may "
                "overlap",
                taken, disasters, outside, beside, twice, far, centroid_km, vague)));
}

void DisplacementEvents::put(RegionReports& reports) const {
    reports.figures.insert(reports.figures.end(), figures_.begin(), figures_.end());
    append(reports.notes, notes_);
}

}  // namespace nuzuh::region
