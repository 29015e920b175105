#include "sim/region/acled.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/nearest.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/event_table.hpp"
#include "sim/region/finding_at.hpp"
#include "sim/scenario/csv.hpp"

namespace nuzuh::region {
namespace {

using scenario::Notes, scenario::Sources, scenario::Spot;

/// Turns events into strikes on places.
class Importer {
public:
    Importer(const Network& network, const AcledOptions& options, Notes& notes)
        : network_(network), options_(options), places_(network, options.reach_km), notes_(notes) {}

    /// Takes the events of one table.
    void take(const std::vector<EventRow>& events) {
        if (!settle_dates(events)) return;
        for (const auto& event : events) add(event);
        events_ += events.size();
    }

    /// @param source  where findings about the events as a whole point
    AcledImport done(int source) {
        say_types(source);
        say_outside();
        if (result_.strikes == 0 && events_ > 0)
            notes_.warning({source}, "", fmt::format("none of {} events is a strike on a place", events_));
        result_.bombardment = result_.strikes_by_day.entries(network_);
        for (auto& [name, type] : types_) result_.types.push_back(type.counted);
        return std::move(result_);
    }

private:
    struct Type {
        AcledType counted;
        EventKind kind = EventKind::unknown;
        std::string event_type, given;
        Spot first;
    };

    static bool is_open(const EventRow& event) { return event.dates.day_first != event.dates.month_first; }

    /// Decides in which order days and months stand. Gives whether that is known.
    bool settle_dates(const std::vector<EventRow>& events) {
        std::vector<DateReadings> dates;
        for (const auto& event : events) dates.push_back(event.dates);
        order_ = date_order(dates, options_.period);
        const auto first = std::find_if(events.begin(), events.end(), is_open);
        if (order_ == DateOrder::unknown) return refuse_dates(events);
        if (first != events.end()) {
            const auto date = date_of(*first);
            result_.dates_read =
                fmt::format("Dates were read with the {} first: '{}' as {}",
                            order_ == DateOrder::day_first ? "day" : "month", first->date_text, iso(date));
        }
        return true;
    }

    bool refuse_dates(const std::vector<EventRow>& events) {
        const auto both = std::find_if(events.begin(), events.end(), [](const EventRow& e) {
            return is_open(e) && e.dates.day_first && e.dates.month_first;
        });
        const auto& shown =
            both != events.end() ? *both : *std::find_if(events.begin(), events.end(), is_open);
        const auto meaning = [](const std::optional<Date>& date) { return date ? iso(*date) : "no day"; };
        notes_.error(shown.date_spot, "event_date",
                     fmt::format("{} is {} with the day first and {} with the month first; nothing in the "
                                 "table tells which it is",
                                 scenario::in_quotes(shown.date_text), meaning(shown.dates.day_first),
                                 meaning(shown.dates.month_first)),
                     "write dates as 2019-08-17 or 17 August 2019");
        return false;
    }

    Date date_of(const EventRow& event) const {
        return order_ == DateOrder::month_first ? *event.dates.month_first : *event.dates.day_first;
    }

    void add(const EventRow& event) {
        const auto type = event_type(event.event_type, event.sub_event_type, options_.strike_types);
        const bool strikes = type.kind == EventKind::strike;
        const auto given = event.sub_event_type.empty() ? event.event_type : event.sub_event_type;
        const auto name = type.kind == EventKind::misspelt_strike ? given : type.name;
        const auto [at, is_new] = types_.try_emplace(name);
        Type& counted = at->second;
        if (is_new) {
            counted.counted.sub_event_type = name;
            counted.counted.strikes = strikes;
            counted.counted.known = strikes || type.kind == EventKind::no_strike;
            counted.kind = type.kind;
            counted.event_type = event.event_type;
            counted.given = type.name;
            counted.first = event.type_spot;
        }
        ++counted.counted.events;
        if (!strikes) return;
        if (event.geo_precision >= 3)
            strike_somewhere(event, date_of(event));
        else
            strike(event, date_of(event));
    }

    /// The days on one of which an event was, from the precision of its date: the day, the week around it, its month.
    static std::pair<Date, Date> days_of(Date date, int time_precision) {
        if (time_precision <= 1) return {date, date};
        if (time_precision == 2) return {date + -3, date + 3};
        Date first = date, last = date;
        const auto month = iso(date).substr(0, 7);
        while (iso(first + -1).starts_with(month)) first = first + -1;
        while (iso(last + 1).starts_with(month)) last = last + 1;
        return {first, last};
    }

    void strike(const EventRow& event, Date date) {
        const auto found = places_.find(event.location, event.lat, event.lon);
        if (found.place < 0) {
            ++result_.far_away;
            return say_far_away(event, found);
        }
        if (found.namesake >= 0) say_namesake(event, found);
        result_.by_name += found.by_name;
        result_.near += event.geo_precision == 2;
        put(event, date,
            event.geo_precision == 2 ? places_.around(found.place, event.lat, event.lon)
                                     : PlaceShares{{found.place, 1.0}});
    }

    /// A strike of which only the province is known.
    void strike_somewhere(const EventRow& event, Date date) {
        const auto towns = places_.in_province(event.province, event.lat, event.lon, options_.provinces);
        if (towns.empty()) {
            ++result_.vague;
            if (said_provinces_.insert(event.province).second)
                notes_.warning(
                    event.location_spot, "",
                    fmt::format("only the province '{}' is known, and none of its towns: its strikes are "
                                "left out",
                                event.province),
                    "give places its P-code, or an area its name");
            return;
        }
        ++result_.provincial;
        put(event, date, towns);
    }

    void put(const EventRow& event, Date date, const PlaceShares& places) {
        const auto [first, last] = days_of(date, event.time_precision);
        result_.strikes_by_day.add(1, first, last, places, "ACLED");
        ++result_.strikes;
        result_.not_to_the_day += event.time_precision > 1;
        const bool before = date<options_.period.from, after = date> options_.period.to;
        result_.before += before;
        result_.after += after;
        if ((before || after) && result_.before + result_.after == 1) outside_ = event.date_spot;
    }

    std::string id_of(int place) const { return network_.places[std::size_t(place)].place; }

    void say_far_away(const EventRow& event, const EventPlace& found) {
        if (!said_.insert(event.location).second) return;
        const auto hint = found.namesake < 0
                              ? std::string()
                              : fmt::format(
                                    "'{}' bears the name and lies {:.0f} km off: --reach, or correct "
                                    "its coordinates",
                                    id_of(found.namesake), found.namesake_km);
        notes_.warning(event.location_spot, "",
                       fmt::format("'{}' lies more than {:g} km from every place: its strikes are left out",
                                   event.location, options_.reach_km),
                       hint);
    }

    void say_namesake(const EventRow& event, const EventPlace& found) {
        if (!said_.insert(event.location).second) return;
        notes_.warning(
            event.location_spot, "",
            fmt::format("'{}' lies {:.0f} km from the place of that name, '{}': its strikes "
                        "count for '{}', which is in reach",
                        event.location, found.namesake_km, id_of(found.namesake), id_of(found.place)),
            "correct the coordinates of one of them, or raise --reach");
    }

    void say_types(int source) {
        for (const auto& [name, type] : types_) {
            if (type.kind == EventKind::misspelt_strike)
                notes_.error(
                    type.first, "sub_event_type",
                    fmt::format("there is no sub-event type '{}' ({} events)", name, type.counted.events),
                    fmt::format("did you mean '{}'? If it is a type of its own: --strikes '{}'", type.given,
                                name));
            if (type.kind == EventKind::unknown || type.kind == EventKind::unknown_explosion)
                notes_.warning(
                    type.first, "sub_event_type",
                    fmt::format("the type '{}' ({}) is not known: {} events are not taken as strikes", name,
                                type.event_type, type.counted.events),
                    type.kind == EventKind::unknown
                        ? ""
                        : fmt::format("if they are strikes, give --strikes '{}'", name));
        }
        for (const auto& wanted : options_.strike_types) say_if_absent(wanted, source);
    }

    void say_if_absent(const std::string& wanted, int source) {
        std::vector<std::string> names;
        for (const auto& [name, type] : types_) {
            if (folded(name) == folded(wanted)) return;
            names.push_back(name);
        }
        const auto near = nearest_word(wanted, names);
        notes_.error({source}, "", fmt::format("no event is of the type '{}', which --strikes names", wanted),
                     near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }

    void say_outside() {
        const int outside = result_.before + result_.after;
        if (outside == 0) return;
        notes_.warning(outside_, "event_date",
                       fmt::format("{} of {} strikes lie outside the period {} to {}: {} before, {} after",
                                   outside, result_.strikes, iso(options_.period.from),
                                   iso(options_.period.to), result_.before, result_.after),
                       "those before act as far as they are remembered, those after do nothing");
    }

    const Network& network_;
    const AcledOptions& options_;
    EventPlaces places_;
    Notes& notes_;
    DateOrder order_ = DateOrder::none_needed;
    AcledImport result_;
    std::size_t events_ = 0;
    Spot outside_;
    std::map<std::string, Type> types_;
    std::set<std::string> said_, said_provinces_;  ///< locations, provinces
};

}  // namespace

Result<AcledImport> import_acled(const std::vector<std::string>& paths, const Network& network,
                                 const AcledOptions& options) {
    Sources sources;
    Notes notes(sources);
    Importer importer(network, options, notes);
    std::set<std::string> seen;
    Findings found;
    int first = -1;
    if (paths.empty()) return one_error("", "no file of events is given", "");
    for (const auto& path : paths) {
        for (const int source : read_event_texts(sources, notes, path, found)) {
            if (first < 0) first = source;
            if (const auto table = scenario::parse_csv(sources, source, notes))
                importer.take(event_rows(*table, seen, notes));
        }
    }
    if (first < 0) {
        append(found, notes.sorted());
        return found;
    }
    AcledImport result = importer.done(first);
    append(found, notes.sorted());
    if (has_errors(found)) return found;
    return {std::move(result), found};
}

}  // namespace nuzuh::region
