// What is recorded of every place.
#pragma once

#include <array>
#include <bitset>
#include <string_view>

#include "sim/rules/cause.hpp"

namespace nuzuh {

/// Quantities recorded for every place. Stocks are persons at the end of the step, flows are persons during it.
enum class PlaceField {
    at_home,
    households_at_home,
    displaced,
    households_displaced,
    without_shelter,
    waiting,
    on_the_road,
    remaining,
    departures,
    first_departures,
    arrivals,
    returns,
    could_not_leave,
    turned_away,
    admitted,
    arrivals_by_strikes,  ///< the first of as many as there are causes, in their order
    count_ = arrivals_by_strikes + int(Cause::count_)
};
constexpr int place_field_count = int(PlaceField::count_);

/// Some of the place fields.
using PlaceFields = std::bitset<place_field_count>;

/// Arrivals of those whom a cause made leave the place where they were before.
constexpr PlaceField arrivals_by(Cause cause) {
    return PlaceField(int(PlaceField::arrivals_by_strikes) + int(cause));
}
constexpr bool is_by_cause(PlaceField field) { return field >= PlaceField::arrivals_by_strikes; }
/// Arrivals by every cause.
inline const PlaceFields fields_by_cause = ~PlaceFields() << std::size_t(PlaceField::arrivals_by_strikes);

enum class Kind { stock, flow };

/// Name, unit and meaning of a recorded quantity: the names that results files, exports and plots use.
struct FieldInfo {
    std::string_view name;
    std::string_view unit;
    Kind kind;
    std::string_view meaning;
    std::string_view since = "1.0";  ///< version of the results format that brought it
};

constexpr std::array<FieldInfo, place_field_count> place_fields{{
    {"at_home", "persons", Kind::stock, "people at home, never displaced or returned"},
    {"households_at_home", "households", Kind::stock, "households at home, never displaced or returned"},
    {"displaced", "persons", Kind::stock,
     "displaced people staying at the place; at a place abroad, people who crossed"},
    {"households_displaced", "households", Kind::stock, "displaced households staying at the place"},
    {"without_shelter", "persons", Kind::stock,
     "displaced people beyond the place's capacity, and people waiting there"},
    {"waiting", "persons", Kind::stock,
     "people waiting at a crossing, or turned away at a full place and not yet gone on"},
    {"on_the_road", "persons", Kind::stock, "people travelling to the place"},
    {"remaining", "persons", Kind::stock,
     "people still at home in a place that has fallen, is under ground assault, or has a danger index of 1 "
     "or more"},
    {"departures", "persons", Kind::flow,
     "departures in flight from the place, first and later ones, without journeys home: movements"},
    {"first_departures", "persons", Kind::flow, "people leaving home for the first time: people displaced"},
    {"arrivals", "persons", Kind::flow, "arrivals in flight at the place, without journeys home"},
    {"returns", "persons", Kind::flow, "people arriving back home"},
    {"could_not_leave", "persons", Kind::flow,
     "people who wanted to leave and could not: way out blocked, or nowhere to be reached"},
    {"turned_away", "persons", Kind::flow, "arrivals not let in because the place was full or had fallen"},
    {"admitted", "persons", Kind::flow, "people let through the crossing"},
    {"arrivals_by_strikes", "persons", Kind::flow,
     "arrivals in flight from strikes where they were before, those whom neighbours' leaving moved among "
     "them",
     "2.4"},
    {"arrivals_by_fronts", "persons", Kind::flow,
     "arrivals in flight from ground fighting in reach of where they were before", "2.4"},
    {"arrivals_by_capture", "persons", Kind::flow,
     "arrivals in flight from a place that had fallen, and of people who found their home fallen when they "
     "came back",
     "2.4"},
    {"arrivals_by_orders", "persons", Kind::flow,
     "arrivals in flight under an order to leave where they were before", "2.4"},
    {"arrivals_by_base_rate", "persons", Kind::flow,
     "arrivals in flight at the base rate of leaving, behind which no event stands", "2.4"},
    {"arrivals_by_moving_on", "persons", Kind::flow,
     "arrivals of displaced people who had shelter and moved on without danger driving them", "2.4"},
    {"arrivals_by_no_shelter", "persons", Kind::flow,
     "arrivals of displaced people who moved on for want of shelter, or from the line at a crossing", "2.4"},
    {"arrivals_by_turning_away", "persons", Kind::flow,
     "arrivals of people who were turned away at another place", "2.4"},
    {"arrivals_by_given", "persons", Kind::flow,
     "arrivals in flight after departures that the scenario gives, whose cause it does not say", "2.4"},
}};

constexpr const FieldInfo& info(PlaceField field) { return place_fields[std::size_t(field)]; }

}  // namespace nuzuh
