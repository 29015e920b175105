#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/region/days.hpp"
#include "sim/region/strike_tables.hpp"

namespace nuzuh::region {
namespace {

/// Rates of strikes as a planner writes them.
class RateTable {
public:
    RateTable(const Network& network, RegionStrikes& strikes) : strikes_(strikes) {
        for (const auto& place : network.places) places_.insert(place.place);
        for (const auto& member : network.areas) members_[member.area];
        for (const auto& [area, place] : strikes.areas) {
            auto& list = members_[area];
            list += (list.empty() ? "" : "|") + place;
        }
    }

    void read(const Sheet& sheet) {
        const auto from = sheet.column({"from", "datefrom"}), to = sheet.column({"to", "dateto"}),
                   rate = sheet.column("strikesperday"), area = sheet.column("area"),
                   place = sheet.column("place"), source = sheet.column("source");
        const Days days(sheet, {from, to}, any_day, strikes_.notes);
        for (const auto& row : sheet.rows) {
            BombardmentSettings entry;
            const auto first = days.of(row, from), last = days.of(row, to);
            entry.strikes_per_day = sheet.number(row, rate);
            if (!first || !last || *last < *first || !entry.strikes_per_day || *entry.strikes_per_day < 0) {
                complain(sheet, row, "a rate needs from, to and strikes_per_day",
                         "days as 2024-09-23, from the first to the last");
                continue;
            }
            entry.from = *first;
            entry.to = *last;
            entry.area = sheet.text(row, area);
            entry.place = sheet.text(row, place);
            entry.source = sheet.text(row, source);
            if (entry.area.empty() == entry.place.empty())
                complain(sheet, row, "a rate is of an area or of a place", "one of both");
            if (!entry.place.empty()) know(sheet, row, entry.place);
            if (!entry.area.empty() && entry.area != "all") take_area(sheet, row, entry.area);
            for (const auto& before : strikes_.rates) {
                if (before.area == entry.area && before.place == entry.place && before.from <= *last &&
                    *first <= *before.to)
                    complain(sheet, row,
                             fmt::format("another rate of '{}' begins on {}", entry.area + entry.place,
                                         iso(before.from)),
                             "one rate for a day");
            }
            strikes_.rates.push_back(std::move(entry));
        }
    }

private:
    void complain(const Sheet& sheet, const SheetRow& row, std::string what, std::string hint) {
        strikes_.notes.push_back(sheet.error(row, std::move(what), std::move(hint)));
    }

    bool know(const Sheet& sheet, const SheetRow& row, const std::string& place) {
        if (places_.contains(place)) return true;
        const auto near = nearest_word(place, {places_.begin(), places_.end()});
        complain(sheet, row, fmt::format("'{}' is no place", place),
                 near.empty() ? "an identifier of the places" : fmt::format("did you mean '{}'?", near));
        return false;
    }

    void take_area(const Sheet& sheet, const SheetRow& row, const std::string& area) {
        std::string list = sheet.text(row, sheet.column({"places", "placeids"}));
        std::replace(list.begin(), list.end(), ';', '|');
        const auto found = members_.find(area);
        if (found == members_.end() && list.empty())
            complain(sheet, row, fmt::format("'{}' is no area", area),
                     "name its places in the column places, with | between");
        if (found != members_.end() && !list.empty() && found->second != list)
            complain(sheet, row, fmt::format("the area '{}' has other places elsewhere", area),
                     "one area, one list of places");
        if (found != members_.end() || list.empty()) return;
        members_[area] = list;
        for (std::size_t begin = 0; begin <= list.size();) {
            const auto end = std::min(list.find('|', begin), list.size());
            const std::string place = list.substr(begin, end - begin);
            begin = end + 1;
            if (know(sheet, row, place)) strikes_.areas.push_back({area, place});
        }
    }

    RegionStrikes& strikes_;
    std::set<std::string> places_;
    std::map<std::string, std::string> members_;  ///< of areas, as written; "" of those of the network
};

}  // namespace

void add_rates(const Sheet& sheet, const Network& network, RegionStrikes& strikes) {
    RateTable(network, strikes).read(sheet);
}

}  // namespace nuzuh::region
