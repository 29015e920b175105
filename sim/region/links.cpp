#include "sim/region/links.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/nearest.hpp"
#include "sim/model/fields.hpp"
#include "sim/model/network.hpp"
#include "sim/region/days.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/sheet.hpp"
#include "sim/region/unpacked.hpp"

namespace nuzuh::region {
namespace {

class LinkReader {
public:
    explicit LinkReader(const Network& network) : network_(network) {
        for (int i = 0; i < int(network.places.size()); ++i) {
            const auto& place = network.places[std::size_t(i)];
            by_id_.emplace(place.place, i);
            if (!place.pcode.empty()) by_code_[place.pcode].insert(i);
            for (const auto& name : folded_names(place)) by_name_[name].insert(i);
        }
    }

    void read(const Sheet& sheet) {
        const auto from = sheet.column({"from", "origin", "origine", "origen", "origem", "de", "desde"}),
                   to = sheet.column({"to", "destination", "destino", "vers", "a", "hasta", "para"}),
                   km = sheet.column({"km", "lengthkm", "distancekm"}),
                   road_class = sheet.column({"class", "roadclass"}), status = sheet.column("status"),
                   id = sheet.column({"route", "id"}), source = sheet.column("source");
        if (!from || !to || !km) {
            found_.push_back(
                sheet.error(fmt::format("links need the columns from, to and km, and there are {}",
                                        fmt::join(sheet.columns, ", ")),
                            "roads as lines are GeoJSON, a shapefile or OpenStreetMap"));
            return;
        }
        const Days days(sheet, {sheet.column("closedfrom"), sheet.column("closedto")}, any_day, found_);
        for (const auto& row : sheet.rows) {
            RouteSettings route;
            const int a = place_of(sheet, row, from), b = place_of(sheet, row, to);
            route.road_class = class_of(sheet, row, road_class);
            route.status = status_of(sheet, row, status);
            route.km = sheet.number(row, km).value_or(0);
            if (!(route.km > 0))
                found_.push_back(sheet.error(
                    row, fmt::format("'{}' is no length of a road", sheet.text(row, km)), "more than 0 km"));
            if (a < 0 || b < 0) continue;
            if (a == b) {
                found_.push_back(sheet.error(row, "a link from a place to itself"));
                continue;
            }
            route.from = network_.places[std::size_t(a)].place;
            route.to = network_.places[std::size_t(b)].place;
            check(sheet, row, route, a, b);
            route.route = sheet.text(row, id).empty() ? fmt::format("r{:03}", links_.routes.size() + 1)
                                                      : sheet.text(row, id);
            route.source = sheet.text(row, source).empty()
                               ? fmt::format("{} row {}",
                                             std::filesystem::path(sheet.name).filename().string(), row.line)
                               : sheet.text(row, source);
            take_closure(sheet, row, route, days);
            links_.routes.push_back(std::move(route));
        }
        if (const auto unread = sheet.not_asked_for(); !unread.empty())
            found_.push_back(sheet.warning({}, "columns of which nothing is read: " + unread));
    }

    Result<Links> done(Findings found) && {
        append(found, found_);
        if (has_errors(found)) return found;
        return {std::move(links_), std::move(found)};
    }

private:
    /// A day; nothing where none is given. One that is none is a mistake.
    std::optional<Date> day(const Sheet& sheet, const SheetRow& row, std::string_view column,
                            const Days& days) {
        const auto& text = sheet.text(row, sheet.column(column));
        const auto read = days.of(row, sheet.column(column));
        if (!read && !text.empty())
            found_.push_back(sheet.error(row, fmt::format("'{}' is no day", text), "a day as 2024-09-23"));
        return read;
    }

    void take_closure(const Sheet& sheet, const SheetRow& row, const RouteSettings& route, const Days& days) {
        const auto from = day(sheet, row, "closedfrom", days), to = day(sheet, row, "closedto", days);
        if (!from && !to) return;
        if (from && to && *to < *from)
            found_.push_back(sheet.error(row, fmt::format("closed from {} to {}", iso(*from), iso(*to)),
                                         "from the first to the last day"));
        const auto& note = sheet.text(row, sheet.column({"closuresource", "closurenote"}));
        links_.closures.push_back(
            {route.route, from, to, note.empty() ? route.source : note, {sheet.name, row.line, 1, 1}});
    }

    int place_of(const Sheet& sheet, const SheetRow& row, std::optional<std::size_t> column) {
        const auto& text = sheet.text(row, column);
        if (const auto found = by_id_.find(text); found != by_id_.end()) return found->second;
        auto some = by_code_.find(text);
        if (some == by_code_.end()) {
            some = by_name_.find(folded(text));
            if (some == by_name_.end()) {
                std::vector<std::string> ids;
                for (const auto& [id, i] : by_id_) ids.push_back(id);
                const auto near = nearest_word(text, ids);
                found_.push_back(sheet.error(row, fmt::format("'{}' is no place", text),
                                             near.empty() ? "an identifier, P-code or name of --places"
                                                          : fmt::format("did you mean '{}'?", near)));
                return -1;
            }
        }
        if (some->second.size() == 1) return *some->second.begin();
        std::vector<std::string> ids;
        for (const int i : some->second) ids.push_back(network_.places[std::size_t(i)].place);
        found_.push_back(sheet.error(row, fmt::format("'{}' may be {}", text, fmt::join(ids, " or ")),
                                     "name it by its identifier"));
        return -1;
    }

    RouteClass class_of(const Sheet& sheet, const SheetRow& row, std::optional<std::size_t> column) {
        const auto& text = sheet.text(row, column);
        if (text.empty()) return RouteClass::secondary;
        for (const auto& [word, one] : route_class_names) {
            if (text == word) return one;
        }
        found_.push_back(sheet.error(row, fmt::format("'{}' is no class of roads", text),
                                     "highway, primary, secondary, mountain, track or border"));
        return RouteClass::secondary;
    }

    RouteStatus status_of(const Sheet& sheet, const SheetRow& row, std::optional<std::size_t> column) {
        const auto& text = sheet.text(row, column);
        if (!text.empty() && text != "open" && text != "closed")
            found_.push_back(
                sheet.error(row, fmt::format("'{}' is no status of a road", text), "open or closed"));
        return text == "closed" ? RouteStatus::closed : RouteStatus::open;
    }

    void check(const Sheet& sheet, const SheetRow& row, const RouteSettings& route, int a, int b) {
        constexpr double shorter = 0.9;  // coordinates of towns are good to a tenth of such ways; judgement
        const auto &p = network_.places[std::size_t(a)], &q = network_.places[std::size_t(b)];
        const double straight = great_circle_km(p.lat, p.lon, q.lat, q.lon);
        if (route.km > 0 && route.km < shorter * straight)
            found_.push_back(sheet.warning(
                row, fmt::format("{:g} km from '{}' to '{}', {:.1f} km apart: shorter than the straight line",
                                 route.km, route.from, route.to, straight)));
        const auto [twice, is_new] = rows_.emplace(std::minmax(a, b), row.line);
        if (!is_new)
            found_.push_back(sheet.error(row, fmt::format("the link from '{}' to '{}' stands in row {} too",
                                                          route.from, route.to, twice->second)));
    }

    const Network& network_;
    std::map<std::string, int> by_id_;
    std::map<std::string, std::set<int>> by_code_, by_name_;
    std::map<std::pair<int, int>, int> rows_;
    Links links_;
    Findings found_;
};

}  // namespace

bool is_table_of_links(const std::filesystem::path& file) {
    const auto ending = ending_of(file);
    return ending == ".csv" || ending == ".tsv" || ending == ".xlsx";
}

Result<Links> read_links(const std::vector<std::filesystem::path>& files, const Network& network) {
    LinkReader reader(network);
    Findings found;
    for (const auto& file : files) {
        const auto sheet = read_sheet(file, has_columns({"from", "to", "km"}));
        append(found, sheet.findings());
        if (sheet) reader.read(*sheet);
    }
    return std::move(reader).done(std::move(found));
}

}  // namespace nuzuh::region
