// The one list of every setting: key, unit, range, sentence, source.
//
// `describe(visitor, settings)` walks a settings struct and hands each member to the visitor with what is
// known about it. The reader, the echo of the effective scenario, `nuzuh explain`, the JSON Schema and the
// attributes of the results are visitors: a setting is declared once, here, and nowhere else.
//
// A visitor has these members, S standing for a settings struct:
//
//     number(Field, double&, Range)            number(Field, std::optional<double>&, Range)
//     integer(Field, int& or int64&, Range)    text(Field, std::string&)
//     name(Field, std::string&, Names)         flag(Field, bool&)
//     date(Field, Date&)                       date(Field, std::optional<Date>&)
//     choice(Field, Enum&, Choices<Enum>)      duration(Field, double& days, Range)
//     section(Field, S&)                       list(Field, List<S>&, identity key or "")
//     network(Field, Network&)                 a folder of tables, or the tables themselves
//     words(Field, std::vector<std::string>&)
#pragma once

#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "sim/model/settings.hpp"

namespace nuzuh {

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// The values that a number may have, ends included.
struct Range {
    double low = -unbounded;
    double high = unbounded;
};

/// What is known about one setting.
struct Field {
    std::string_view key;
    std::string_view unit;  ///< "" where there is none; "-" for a pure number
    std::string_view sentence;
    std::string_view source;  ///< what the default rests on; "judgement" where no direct source exists
    bool required = false;
    std::string_view formerly = {};  ///< name of the key in former versions, still read; "" if it had none
};

/// What a name must be the name of.
enum class Names { place, area, route, crossing, abroad };

template <class E>
using Choices = std::initializer_list<std::pair<std::string_view, E>>;

/// The word for a value; "" if it has none.
template <class E>
std::string_view word_of(E value, Choices<E> choices) {
    for (const auto& [word, meaning] : choices) {
        if (meaning == value) return word;
    }
    return "";
}

/// An entry of the lists whose items are told apart by a key, so that a scenario laid over another can change
/// one of them; "" for lists that only grow.
constexpr std::string_view no_identity = "";

// Sentences, each with its unit, default and source, laid out by hand.
// clang-format off

template <class V>
void describe(V& v, Period& s) {
    v.date({"from", "", "First day simulated.", "", true}, s.from);
    v.date({"to", "", "Last day simulated.", "", true}, s.to);
    v.duration({"step", "day", "Length of a step: 1 day, 1/2 day or 1/4 day.", "MODEL: one day is the "
                "resolution of the reports"}, s.step_days, {0.25, 1});
}

template <class V>
void describe(V& v, PlaceSettings& s) {
    v.text({"place", "", "Identifier: small letters, digits and _.", "", true}, s.place);
    v.text({"name", "", "Name in Latin letters.", "", true}, s.name);
    v.text({"name_ar", "", "Name in Arabic letters.", ""}, s.name_ar);
    v.text({"spellings", "", "Other spellings of the name, in any script, with ';' between them; event tables are "
            "matched by them too.", ""}, s.spellings);
    v.text({"pcode", "", "OCHA P-code of the finest level known.", ""}, s.pcode);
    v.text({"adm1_pcode", "", "P-code of the governorate or its like; leave out to have it cut from adm3_pcode where "
            "OCHA publishes the length of the country's codes.", ""}, s.adm1_pcode);
    v.text({"adm2_pcode", "", "P-code of the district or its like; leave out as adm1_pcode.", ""}, s.adm2_pcode);
    v.text({"adm3", "", "Sub-district.", ""}, s.adm3);
    v.text({"adm3_pcode", "", "P-code of the sub-district.", ""}, s.adm3_pcode);
    v.text({"country", "", "Country it lies in.", ""}, s.country);
    v.text({"region", "", "Region it lies in.", ""}, s.region);
    v.choice({"type", "", "What kind of place it is. Nobody stays at a hub or a waypoint; people displaced within "
              "their country live in an idp_camp.", "", true}, s.type,
             {{"town", PlaceType::town}, {"camp", PlaceType::camp}, {"idp_camp", PlaceType::idp_camp},
              {"hub", PlaceType::hub}, {"waypoint", PlaceType::waypoint},
              {"crossing", PlaceType::crossing}, {"abroad", PlaceType::abroad}});
    v.number({"lat", "degrees_north", "Latitude (WGS 84).", "", true}, s.lat, {-90, 90});
    v.number({"lon", "degrees_east", "Longitude (WGS 84).", "", true}, s.lon, {-180, 180});
    v.number({"population", "persons", "People living there when the run starts.", ""}, s.population,
             {0, 1e8});
    v.number({"capacity", "persons", "Displaced people it can shelter; leave out for no limit.", ""},
             s.capacity, {0, 1e8});
    v.choice({"admission", "", "open: everyone stays, those beyond capacity without shelter. hard: those "
              "beyond capacity are turned away and choose again.", ""}, s.admission,
             {{"open", Admission::open}, {"hard", Admission::hard}});
    v.name({"leads_to", "", "Of a crossing: the place abroad that is reached through it.", ""}, s.leads_to,
           Names::abroad);
    v.text({"source", "", "Where the row comes from.", ""}, s.source);
}

inline const std::initializer_list<std::pair<std::string_view, RouteClass>> route_class_names = {
    {"highway", RouteClass::highway}, {"primary", RouteClass::primary}, {"secondary", RouteClass::secondary},
    {"mountain", RouteClass::mountain}, {"track", RouteClass::track}, {"border", RouteClass::border}};

template <class V>
void describe(V& v, RouteSettings& s) {
    v.text({"route", "", "Identifier.", "", true}, s.route);
    v.name({"from", "", "Place at one end.", "", true}, s.from, Names::place);
    v.name({"to", "", "Place at the other end; routes carry people both ways.", "", true}, s.to,
           Names::place);
    v.number({"km", "km", "Length by road.", "", true}, s.km, {0.01, 5000});
    v.choice({"class", "", "Class of the road; sets the speed.", ""}, s.road_class,
             route_class_names);
    v.choice({"status", "", "Open or closed to people in flight when the run starts.", ""}, s.status,
             {{"open", RouteStatus::open}, {"closed", RouteStatus::closed}});
    v.name({"redirects_to", "", "End to which everyone who reaches the other end is sent on; rules: flee3.", ""},
           s.redirects_to, Names::place);
    v.date({"redirects_until", "", "Last day of that; leave out for the whole run.", ""}, s.redirects_until);
    v.number({"max_km_per_day", "km/day", "Most that is travelled here in a day; rules: flee3.", ""},
             s.max_km_per_day, {0.1, 5000});
    v.number({"walk_probability", "-", "Chance that a day here is walked; rules: flee3.", ""}, s.walk_probability,
             {0, 1});
    v.text({"source", "", "Where the row comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, AreaMember& s) {
    v.text({"area", "", "Name of the area.", "", true}, s.area);
    v.name({"place", "", "A place in it.", "", true}, s.place, Names::place);
}

template <class V>
void describe(V& v, BorderPoint& s) {
    v.integer({"part", "-", "Points of one part, in their order, make one line.", ""}, s.part, {0, 1e6});
    v.number({"lat", "degrees_north", "Latitude (WGS 84).", "", true}, s.lat, {-90, 90});
    v.number({"lon", "degrees_east", "Longitude (WGS 84).", "", true}, s.lon, {-180, 180});
}

template <class V>
void describe(V& v, Network& s) {
    v.list({"places", "", "Towns, camps, crossings and regions abroad.", "", true}, s.places, "place");
    v.list({"routes", "", "Roads between places.", "", true}, s.routes, "route");
    v.list({"areas", "", "Places grouped into areas.", ""}, s.areas, no_identity);
    v.list({"border", "", "Lines that maps show, such as a border.", ""}, s.border, no_identity);
}

template <class V>
void describe(V& v, GroupSettings& s) {
    v.text({"name", "", "Name of the group.", "", true}, s.name);
    v.number({"share", "-", "Share of every place's population; the shares of all groups add to 1.", "",
              true}, s.share, {0, 1});
    v.number({"household_size", "persons", "People a household; the household moves as one.",
              "5.15 to 6.5 in surveys of northwest Syria"}, s.household_size, {1, 30});
    v.number({"threshold", "strikes", "Exposure at which the leave hazard of the median household is half of "
              "its maximum.", "judgement; fitted"}, s.threshold, {1e-3, 1e6});
    v.number({"threshold_spread", "-", "Standard deviation of the logarithm of the threshold between "
              "households.", "judgement; those who can leave go first"}, s.threshold_spread, {0, 5});
    v.integer({"classes", "-", "Equally large classes that stand for the spread of thresholds.",
               "numerical choice"}, s.classes, {1, 20});
    v.number({"immobile_share", "-", "Share that cannot or will not leave, whatever happens.", "judgement"},
             s.immobile_share, {0, 1});
    v.choice({"travel", "", "How the group travels.", ""}, s.travel,
             {{"vehicle", TravelMode::vehicle}, {"foot", TravelMode::foot}});
    v.name({"drawn_to", "", "Area to which the group is drawn, such as a country that its people come from; of a "
            "crossing counts where the place behind it lies.", ""}, s.drawn_to, Names::area);
    v.number({"draw", "-", "How much more places of that area attract the group than they attract others.", "judgement"},
             s.draw, {0, 1e6});
}

template <class V>
void describe(V& v, BombardmentSettings& s) {
    v.name({"area", "", "Area struck, or 'all'; its places share the strikes equally.", ""}, s.area,
           Names::area);
    v.name({"place", "", "Place struck, where reports name it.", ""}, s.place, Names::place);
    v.date({"from", "", "First day.", "", true}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run. A later entry replaces an earlier one for the "
            "same place and day.", ""}, s.to);
    v.number({"strikes_per_day", "strikes/day", "Strikes on the whole area or the place. Either this or 'factor'.", ""},
             s.strikes_per_day, {0, 1e5});
    v.number({"factor", "-", "Multiplies, day by day and place by place, the strikes that earlier entries set there. "
              "Either this or 'strikes_per_day'.", ""}, s.factor, {0, 1000});
    v.text({"source", "", "Where the number comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, FrontSettings& s) {
    v.name({"place", "", "Town under ground assault.", "", true}, s.place, Names::place);
    v.date({"assault_from", "", "First day of the assault.", ""}, s.assault_from);
    v.date({"assault_to", "", "Last day of an assault that ends without the town falling.", ""},
           s.assault_to);
    v.date({"falls", "", "Day on which the town falls.", ""}, s.falls);
    v.text({"source", "", "Where the dates come from.", ""}, s.source);
}

template <class V>
void describe(V& v, CrossingSettings& s) {
    v.name({"place", "", "The crossing.", "", true}, s.place, Names::crossing);
    v.date({"from", "", "First day; leave out for the start of the run.", ""}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run. A later entry replaces an earlier one.",
            ""}, s.to);
    v.choice({"policy", "", "Who is let through.", "", true}, s.policy,
             {{"closed", CrossingPolicy::closed}, {"open", CrossingPolicy::open},
              {"quota", CrossingPolicy::quota}});
    v.number({"quota", "persons/day", "Most people let through in a day; with policy: quota.", ""}, s.quota,
             {0, 1e7});
    v.text({"source", "", "Where the policy comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, AccessSettings& s) {
    v.name({"area", "", "Area, or 'all'.", ""}, s.area, Names::area);
    v.name({"place", "", "Place.", ""}, s.place, Names::place);
    v.date({"from", "", "First day.", "", true}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run. A later entry replaces an earlier one.", ""}, s.to);
    v.number({"access", "-", "Way out: 0 besieged, 1 free. The leave hazard is multiplied by it.", "", true},
             s.access, {0, 1});
    v.text({"source", "", "Where the number comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, OrderSettings& s) {
    v.name({"area", "", "Area whose people are told to leave, or 'all'.", ""}, s.area, Names::area);
    v.name({"place", "", "Place.", ""}, s.place, Names::place);
    v.date({"from", "", "Day of the order.", "", true}, s.from);
    v.date({"to", "", "Last day on which it stands; until then nobody returns there. Leave out for the end of the run. A "
            "second order is heard by those who are still there.", ""}, s.to);
    v.number({"compliance", "-", "Share of those who can leave that do so because of this order; leave out for "
              "behaviour.leave.order_compliance.", ""}, s.compliance, {0, 1});
    v.number({"delay_days", "day", "Mean time until they leave; leave out for behaviour.leave.order_delay_days.", ""},
             s.delay_days, {0.01, 365});
    v.text({"source", "", "Where this comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, CeasefireSettings& s) {
    v.name({"area", "", "Area, or 'all'.", ""}, s.area, Names::area);
    v.name({"place", "", "Place.", ""}, s.place, Names::place);
    v.date({"from", "", "First day; strikes before it frighten nobody any more.", "", true}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run.", ""}, s.to);
    v.text({"source", "", "Where this comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, RouteChange& s) {
    v.name({"route", "", "The route.", "", true}, s.route, Names::route);
    v.date({"from", "", "First day.", "", true}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run. A later entry replaces an earlier one.", ""}, s.to);
    v.choice({"status", "", "Open or closed during these days.", "", true}, s.status,
             {{"open", RouteStatus::open}, {"closed", RouteStatus::closed}});
    v.choice({"scope", "", "What was closed or opened: this link, all links of a place, or a border between countries. "
              "flee3_place: a link that rules: flee3 closes with its place although the closure names another link; "
              "it stays as it is under hazard_choice.", ""}, s.scope,
             {{"link", ClosureScope::link}, {"place", ClosureScope::place}, {"country", ClosureScope::country},
              {"flee3_place", ClosureScope::flee3_place}});
    v.text({"source", "", "Where this comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, CampChange& s) {
    v.name({"place", "", "The camp.", "", true}, s.place, Names::place);
    v.date({"from", "", "First day.", "", true}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run. A later entry replaces an earlier one.", ""}, s.to);
    v.choice({"status", "", "closed: nobody is taken in, people pass through as through a town.", "", true}, s.status,
             {{"open", RouteStatus::open}, {"closed", RouteStatus::closed}});
    v.text({"source", "", "Where this comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, ConflictSettings& s) {
    v.name({"place", "", "Place in conflict.", "", true}, s.place, Names::place);
    v.date({"from", "", "First day.", "", true}, s.from);
    v.date({"to", "", "Last day; leave out for the end of the run. A later entry replaces an earlier one for the "
            "same place and day.", ""}, s.to);
    v.number({"intensity", "-", "Intensity of the conflict.", ""}, s.intensity, {0, 1000});
    v.text({"source", "", "Where this comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, ConflictDecay& s) {
    v.number({"after_days", "day", "Days since the conflict began at the place.", "", true}, s.after_days, {0, 1e5});
    v.number({"factor", "-", "What is left of its force from then on.", "", true}, s.factor, {0, 1000});
}

template <class V>
void describe(V& v, RegistrationSettings& s) {
    v.name({"place", "", "Place where people were counted; all: the total over everywhere.", "", true}, s.place,
           Names::place);
    v.date({"date", "", "Day of the count.", "", true}, s.date);
    v.number({"persons", "persons", "People registered.", "", true}, s.persons, {0, 1e9});
}

template <class V>
void describe(V& v, RegistrationCorrection& s) {
    v.name({"place", "", "Place whose count was verified.", "", true}, s.place, Names::place);
    v.date({"date", "", "Day of the first verified count; earlier counts are scaled to join it.", "", true}, s.date);
}

template <class V>
void describe(V& v, DepartureSettings& s) {
    v.name({"place", "", "Place left.", "", true}, s.place, Names::place);
    v.date({"date", "", "Day.", "", true}, s.date);
    v.number({"persons", "persons", "People leaving their homes there on that day.", "", true}, s.persons,
             {0, 1e8});
}

template <class V>
void describe(V& v, DisplacedSettings& s) {
    v.name({"place", "", "Where they are.", "", true}, s.place, Names::place);
    v.name({"home", "", "Where they fled from; leave out if unknown: the place itself then stands for it.", ""},
           s.home, Names::place);
    v.number({"persons", "persons", "Displaced people there when the run starts; not part of any population.", "",
              true}, s.persons, {0, 1e8});
    v.date({"since", "", "When they came; leave out for long ago. Acts through network_memory_days.", ""}, s.since);
    v.number({"uncertainty", "-", "Relative standard deviation of the number; one draw for a place and run, the sum "
              "over places stays.", ""}, s.uncertainty, {0, 3});
    v.text({"source", "", "Where the number comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, LeaveSettings& s) {
    v.choice({"departures", "", "hazard: people leave by the hazards below. registrations: as many leave as "
              "registrations grow, from places in conflict by population, intensity and decay.", ""}, s.departures,
             {{"hazard", DeparturesBy::hazard}, {"registrations", DeparturesBy::registrations}});
    v.number({"conflict_strikes", "strikes/day", "Strikes that a conflict of intensity 1 stands for, where "
              "'conflicts' say only that there is one.", "judgement: a danger index of 1"}, s.conflict_strikes,
             {0, 1e4});
    v.number({"h0", "1/day", "Hazard of leaving without any danger.", "judgement"}, s.h0, {0, 1});
    v.number({"h_max", "1/day", "Strongest hazard of leaving under bombardment.",
              "0.14 a day out of Maarat al-Numan, 17-21 August 2019"}, s.h_max, {0, 10});
    v.number({"steepness", "-", "Power n of the response x^n / (1 + x^n) to exposure over threshold.",
              "judgement"}, s.steepness, {0.1, 20});
    v.number({"reach_km", "km", "Distance over which a strike's effect falls to 1/e.", "judgement"},
             s.reach_km, {0.1, 500});
    v.number({"memory_half_life_days", "day", "Half-life of exposure in memory.", "judgement"},
             s.memory_half_life_days, {0.1, 1000});
    v.number({"neighbours", "-", "Rise of the hazard when all neighbours have gone.", "judgement"},
             s.neighbours, {0, 20});
    v.number({"h_front", "1/day", "Hazard of leaving next to a ground assault.",
              "judgement; people left ahead of the front"}, s.h_front, {0, 10});
    v.number({"front_reach_km", "km", "Distance over which pressure of the front falls to 1/e.",
              "judgement"}, s.front_reach_km, {0.1, 500});
    v.number({"front_days", "day", "Days after a town falls during which its neighbours feel it.",
              "judgement"}, s.front_days, {0, 365});
    v.number({"h_capture", "1/day", "Hazard of leaving a town that has fallen.",
              "towns that fell were found empty"}, s.h_capture, {0, 50});
    v.number({"order_compliance", "-", "Share of those who can leave that do so because they are told to.",
              "judgement; 66 % said so of a hurricane (doi 10.3390/app13085194), nobody counted it in a war"},
             s.order_compliance, {0, 1});
    v.number({"order_delay_days", "day", "Mean time from an order until those who comply leave.", "judgement"},
             s.order_delay_days, {0.01, 365});
    v.number({"daily_noise", "-", "Environmental noise by day: standard deviation, over a day, of the factor on the "
              "hazard that everyone at a place shares.", "judgement; without it bands are falsely narrow", false,
              "shared_noise"}, s.daily_noise, {0, 3});
    v.number({"run_noise", "-", "Environmental noise by run: standard deviation, between runs, of the factor on the "
              "hazard that everyone at a place shares all the time. How much falls there is known only roughly.",
              "low and high strikes of a phase lie about 45 % from the middle, and how an area's strikes divide "
              "is judgement", false, "lasting_noise"}, s.run_noise, {0, 3});
    v.number({"displaced_factor", "-", "Leave hazard of displaced people relative to residents.",
              "stated intentions, 65-74 % against 53-62 % (REACH 2018)"}, s.displaced_factor, {0, 10});
    v.number({"onward_camp", "1/day", "Rate of moving on from a camp.", "judgement"}, s.onward_camp, {0, 10});
    v.number({"onward_host", "1/day", "Rate of moving on from a host town.", "judgement"}, s.onward_host,
             {0, 10});
    v.number({"onward_without_shelter", "1/day", "Rate of moving on of people without shelter or waiting.",
              "judgement"}, s.onward_without_shelter, {0, 10});
}

template <class V>
void describe(V& v, ChooseSettings& s) {
    v.number({"distance_power", "-", "Power of travel time in the choice of destination.",
              "Flee's distance power"}, s.distance_power, {0, 10});
    v.number({"softening_hours", "h", "Added to travel time, so that the nearest place is not everything.",
              "Flee's 10 km at 20 km/h"}, s.softening_hours, {0.01, 100});
    v.number({"attraction_town", "-", "Attraction of a town.", "reference"}, s.attraction_town, {0, 1000});
    v.number({"attraction_camp", "-", "Attraction of a camp relative to a town.", "Flee's camp weight"},
             s.attraction_camp, {0, 1000});
    v.number({"attraction_crossing", "-", "Attraction of an open crossing relative to a town.", "judgement"},
             s.attraction_crossing, {0, 1000});
    v.number({"danger_there", "-", "Weight z of danger at the destination: factor exp(-z) at one strike a "
              "day.", "Flee's conflict weight 1/4"}, s.danger_there, {0, 100});
    v.number({"danger_on_way", "-", "Weight g of the worst danger passed on the way.", "judgement"},
             s.danger_on_way, {0, 100});
    v.number({"network_pull", "-", "Power of the number of households from the same home already there.",
              "strongest predictor in Colombia (Saldarriaga and Hua 2019); value judged"}, s.network_pull,
             {0, 5});
    v.number({"network_softening", "-", "Share of all who are displaced from the same home below which their number "
              "at a place hardly counts; 0: one household.", "0: as before; fitted to registrations, see the "
              "validation"}, s.network_softening, {0, 100});
    v.number({"network_memory_days", "day", "Half-life with which arrivals cease to pull others after them; 0: all who "
              "are there pull.", "0: as before; fitted to registrations, see the validation"}, s.network_memory_days,
             {0, 1e5});
    v.number({"overdispersion", "-", "How far the shares of places among those who set out depart from what is "
              "expected, alike for all: as if so many decided for everybody that this is one over their root.",
              "0: none; fitted to registrations, see the validation", false, "share_noise"}, s.overdispersion,
             {0, 3});
    v.number({"overdispersion_days", "day", "Days until shares depart anew from what is expected; 0: a whole run.",
              "0: a whole run; fitted to registrations, see the validation", false, "share_noise_days"},
             s.overdispersion_days, {0, 1e5});
    v.number({"population_power", "-", "Power of the destination's population.", "Flee's population power"},
             s.population_power, {0, 5});
    v.number({"capacity_buffer", "-", "Occupancy from which a place becomes less attractive.", "Flee"},
             s.capacity_buffer, {0, 0.999});
    v.number({"capacity_floor", "-", "Attraction that is left when a place is full or over-full.",
              "judgement; hosting saturates and does not stop"}, s.capacity_floor, {0, 1});
}

template <class V>
void describe(V& v, TravelSettings& s) {
    v.number({"speed_kmh", "km/h", "Speed by vehicle in mass flight on a primary road.",
              "judgement; congestion, checkpoints, fuel"}, s.speed_kmh, {0.1, 200});
    v.number({"hours_per_day", "h", "Hours travelled in a day.", "judgement"}, s.hours_per_day, {0.5, 24});
    v.number({"foot_km_per_day", "km/day", "Distance walked in a day.", "Flee"}, s.foot_km_per_day, {1, 200});
    v.number({"factor_highway", "-", "Speed on a highway relative to a primary road.",
              "assumed free speeds, 60 to 45 km/h"}, s.factor_highway, {0.01, 10});
    v.number({"factor_primary", "-", "Speed on a primary road; the reference.", "reference"},
             s.factor_primary, {0.01, 10});
    v.number({"factor_secondary", "-", "Speed on a secondary road.", "assumed free speeds"},
             s.factor_secondary, {0.01, 10});
    v.number({"factor_mountain", "-", "Speed on a mountain road.", "assumed free speeds, 25 to 45 km/h"},
             s.factor_mountain, {0.01, 10});
    v.number({"factor_track", "-", "Speed on a camp track.", "assumed free speeds"}, s.factor_track,
             {0.01, 10});
    v.number({"factor_border", "-", "Speed on a link across the border.", "assumed free speeds"},
             s.factor_border, {0.01, 10});
}

template <class V>
void describe(V& v, ReturnSettings& s) {
    v.number({"rate", "1/day", "Rate of return once home is quiet and has not fallen.",
              "15 % in two months after the truce of August 2019; judgement"}, s.rate, {0, 1});
    v.number({"quiet_days", "day", "Days of quiet at home before people return.", "judgement"}, s.quiet_days,
             {0, 1000});
    v.number({"quiet_below", "strikes/day", "Strikes in reach below which a day counts as quiet.",
              "judgement"}, s.quiet_below, {0, 1e4});
    v.number({"after_ceasefire", "1/day", "Rate of return where a ceasefire is known to hold.", "Lebanon 2006: of "
              "970,000, 550,000 back after 10 days (UNHCR), 700,000 after 9 (government)"}, s.after_ceasefire, {0, 10});
    v.number({"homes_lost_per_strike", "homes/strike", "Homes that a strike on a place destroys: who lived in them does not return.",
              "0: not counted. Lebanon 2006: 15,000 destroyed and as many damaged (UNHCR)"}, s.homes_lost_per_strike,
             {0, 1000});
    v.number({"spread", "-", "Standard deviation of the rate of return between households, over its mean: who is readiest goes first, "
              "and the longer home has been open, the slower those return who are still away.",
              "0: all alike. Of frailty models (Vaupel, Manton, Stallard 1979, doi:10.2307/2061224); its size is not known"},
             s.spread, {0, 10});
}

template <class V>
void describe(V& v, BehaviourSettings& s) {
    v.choice({"rules", "", "Rule set.", ""}, s.rules, {{"hazard_choice", Rules::hazard_choice},
                                                              {"flee3", Rules::flee3}});
    v.section({"leave", "", "When people leave.", ""}, s.leave);
    v.section({"choose", "", "Where they go.", ""}, s.choose);
    v.section({"travel", "", "How they get there.", ""}, s.travel);
    v.section({"return", "", "When they go home.", ""}, s.returning);
}

inline const std::initializer_list<std::pair<std::string_view, Quirk>> quirk_names = {
    {"as_preset", Quirk::as_preset}, {"kept", Quirk::kept}, {"corrected", Quirk::corrected}};

template <class V>
void describe(V& v, Flee3Quirks& s) {
    v.choice({"preset", "", "as_run: Flee 3 as it runs, for comparison. corrected: every quirk below corrected.", ""},
             s.preset, {{"as_run", QuirkPreset::as_run}, {"corrected", QuirkPreset::corrected}});
    v.choice({"full_day_on_next_link", "", "Who arrives with time left has a whole day for the next link. Corrected: "
              "what is left of the day.", ""}, s.full_day_on_next_link, quirk_names);
    v.choice({"strict_arrival", "", "200 km at 200 km/day take two days. Corrected: one.", ""}, s.strict_arrival,
             quirk_names);
    v.choice({"frozen_intensity", "", "A conflict keeps its first intensity while it lasts. Corrected: it changes.",
              ""}, s.frozen_intensity, quirk_names);
    v.choice({"capacity_double_count", "", "People in a camp on the first day also lower its capacity. Corrected: "
              "they only fill it.", ""}, s.capacity_double_count, quirk_names);
    v.choice({"day0_double_sum", "", "Without insert_day0, the first day brings the camps and their total. "
              "Corrected: the camps.", ""}, s.day0_double_sum, quirk_names);
    v.choice({"forced_redirection", "", "Ignored; a route that redirects to its second end counts twice. "
              "Corrected: everyone at the other end takes it.", ""}, s.forced_redirection, quirk_names);
    v.choice({"link_closures", "", "Closures of single links are ignored. Corrected: they close.", ""},
             s.link_closures, quirk_names);
    v.choice({"camp_overshoot", "", "Who chooses a camp does not count those on the way to it. Corrected: counts "
              "them.", ""}, s.camp_overshoot, quirk_names);
}

template <class V>
void describe(V& v, Flee3Settings& s) {
    v.choice({"spawn", "", "Who is displaced each day: as registrations grow, or by conflict zone: a constant number, "
              "a share of the population, or a Poisson draw.", "Flee 3"}, s.spawn,
             {{"registrations", SpawnBy::registrations}, {"conflict_constant", SpawnBy::conflict_constant},
              {"conflict_pop_ratio", SpawnBy::conflict_pop_ratio}, {"conflict_poisson", SpawnBy::conflict_poisson}});
    v.number({"displaced_per_conflict_day", "persons/day", "By conflict zone at intensity 1; of conflict_pop_ratio "
              "the share of the population a day.", "Flee 3"}, s.displaced_per_conflict_day, {0, 1e8});
    v.flag({"sum_from_camps", "", "Registrations summed over camps; false: the total series.", "Flee 3"},
           s.sum_from_camps);
    v.flag({"insert_day0", "", "Camps begin with those registered on the first day.", "Flee 3"}, s.insert_day0);
    v.flag({"empty_camps_on_day0", "", "Registrations of the first day are taken off all later ones.", "Flee 3"},
           s.empty_camps_on_day0);
    v.flag({"take_from_population", "", "Who is displaced is taken from the population.", "Flee 3"},
           s.take_from_population);
    v.number({"max_move_speed", "km/day", "Speed of travel.", "Flee 3"}, s.max_move_speed, {0.1, 1e5});
    v.number({"max_walk_speed", "km/day", "Speed on foot.", "Flee 3"}, s.max_walk_speed, {0.1, 1e5});
    v.flag({"start_on_foot", "", "The first link is walked.", "Flee 3"}, s.start_on_foot);
    v.flag({"avoid_short_stints", "", "Who travelled little of late does not stop in a town.", "Flee 3"},
           s.avoid_short_stints);
    v.number({"conflict_movechance", "-", "Chance of leaving a conflict zone in a day.", "Flee 3"},
             s.conflict_movechance, {0, 1});
    v.number({"camp_movechance", "-", "Chance of leaving a camp in a day.", "Flee 3"}, s.camp_movechance, {0, 1});
    v.number({"idpcamp_movechance", "-", "Chance of leaving a camp within the country in a day.", "Flee 3"},
             s.idpcamp_movechance, {0, 1});
    v.number({"default_movechance", "-", "Chance of leaving a town in a day.", "Flee 3"}, s.default_movechance,
             {0, 1});
    v.number({"movechance_pop_base", "persons", "Population at which these chances hold as they are.", "Flee 3"},
             s.movechance_pop_base, {1, 1e9});
    v.number({"movechance_pop_scale_factor", "-", "Power of population over that in the chance of leaving.", "Flee 3"},
             s.movechance_pop_scale_factor, {-10, 10});
    v.integer({"awareness_level", "-", "Links looked ahead.", "Flee 3"}, s.awareness_level, {1, 8});
    v.number({"camp_weight", "-", "Attraction of a camp.", "Flee 3"}, s.camp_weight, {0, 1e6});
    v.number({"foreign_weight", "-", "Attraction of another country.", "Flee 3"}, s.foreign_weight, {0, 1e6});
    v.number({"conflict_weight", "-", "Attraction of a conflict of intensity 1.", "Flee 3: 10^-1/2"},
             s.conflict_weight, {1e-9, 1e6});
    v.number({"softening", "km", "Added to distances.", "Flee 3"}, s.softening, {0, 1e6});
    v.number({"weight_softening", "-", "Added to attractions.", "Flee 3"}, s.weight_softening, {0, 1e6});
    v.number({"distance_power", "-", "Power of distance in the choice of a route.", "Flee 3"}, s.distance_power,
             {0, 100});
    v.number({"weight_power", "-", "Power of the weight of a route; 0: a random walk.", "Flee 3"}, s.weight_power,
             {0, 100});
    v.number({"pruning_threshold", "-", "Routes whose weight is below the best over this are dropped; 1: none is.",
              "Flee 3"}, s.pruning_threshold, {1, 1e9});
    v.number({"capacity_scaling", "-", "Factor of every capacity.", "Flee 3"}, s.capacity_scaling, {0, 1e6});
    v.number({"capacity_buffer", "-", "Occupancy from which a camp attracts less.", "Flee 3"}, s.capacity_buffer,
             {0, 0.999999});
    v.flag({"use_pop_for_loc_weight", "", "Population attracts, but not to camps.", "Flee 3"},
           s.use_pop_for_loc_weight);
    v.number({"pop_power_for_loc_weight", "-", "Power of population in that.", "Flee 3"}, s.pop_power_for_loc_weight,
             {0, 10});
    v.flag({"fixed_routes", "", "Places keep one best route to each place in reach.", "Flee 3"}, s.fixed_routes);
    v.integer({"hasten", "-", "People that one simulated person stands for.", "Flee 3"}, s.hasten, {1, 1e6});
    v.section({"quirks", "", "What Flee does against its own intention.", ""}, s.quirks);
}

template <class V>
void describe(V& v, PosteriorValue& s) {
    v.integer({"draw", "-", "Number of the draw; values of one number belong together. Draw 0 holds the values of "
               "the scenario that was calibrated: where a scenario has others, all draws move in proportion.", "", true}, s.draw, {0, 1e6});
    v.text({"setting", "", "Setting, by its dotted key: behaviour.leave.h_max.", "", true}, s.setting);
    v.number({"value", "the setting's", "What it is set to.", "", true}, s.value, {});
}

template <class V>
void describe(V& v, PriorSettings& s) {
    v.text({"setting", "", "Setting, by its dotted key: behaviour.leave.h_max.", "", true}, s.setting);
    v.number({"spread", "-", "Standard deviation of the logarithm around the scenario's own value: 0.4 is a factor of "
              "1.5 up or down in two of three draws. Either this or 'from' and 'to'.", ""}, s.spread, {0.001, 5});
    v.number({"from", "the setting's", "Low end of a range in which every value is as likely.", ""},
             s.from, {});
    v.number({"to", "the setting's", "High end of the range.", ""}, s.to, {});
    v.text({"source", "", "What the width rests on.", ""}, s.source);
}

template <class V>
void describe(V& v, ParameterSettings& s) {
    v.flag({"drawn", "", "Whether every member of an ensemble draws parameters of behaviour for itself; false: all have "
            "those of the scenario, and bands hold less.", ""}, s.drawn);
    v.text({"fitted_on", "", "Region, days and figures that the parameters were fitted to; leave out if to none.", ""},
           s.fitted_on);
    v.list({"posterior", "", "Joint draws of settings, as nuzuh calibrate writes them; a member takes one of them.", ""},
           s.posterior, no_identity);
    v.list({"prior", "", "Settings that every member draws, each by itself. Without prior and posterior: the default "
            "prior, which nuzuh explain parameters prints.", ""}, s.prior, "setting");
}

template <class V>
void describe(V& v, UncertaintySettings& s) {
    v.number({"strikes", "-", "How well strikes are known: standard deviation of the logarithm of a factor on each entry "
              "of bombardment. How they divide between places: behaviour.leave.run_noise.",
              "low and high strikes of a phase lie about 45 % from the middle; as a 90 % range"}, s.strikes, {0, 3});
    v.number({"front_days", "day", "How well the days of a front are known: standard deviation by which they are moved.",
              "reports of August 2019 differ by two days"}, s.front_days, {0, 60});
    v.number({"population", "-", "How well populations are known: standard deviation of the logarithm of a factor on each "
              "place; not where departures follow registrations.", "judgement: projections from a census of 2004"},
             s.population, {0, 3});
    v.number({"capacity", "-", "How well capacities are known: standard deviation of the logarithm of a factor on each "
              "place.", "judgement"}, s.capacity, {0, 3});
}

inline const std::initializer_list<std::pair<std::string_view, EngineKind>> engine_names = {
    {"compartments", EngineKind::compartments}, {"agents", EngineKind::agents}, {"pooled", EngineKind::pooled}};

template <class V>
void describe(V& v, EngineSettings& s) {
    v.choice({"kind", "", "compartments: counts. agents: households with a history. Same distribution. pooled: counts "
              "that forget the homes of displaced people; many times faster and an approximation: everyone is drawn to "
              "where most fled, whatever their home, and returns go to open homes as all displaced people are away from "
              "them.", ""}, s.kind, engine_names);
    v.choice({"mode", "", "stochastic: draws. expected: every draw replaced by its mean (not with agents).",
              ""}, s.mode, {{"stochastic", DrawMode::stochastic}, {"expected", DrawMode::expected}});
    v.integer({"members", "-", "Runs; each draws its own chance and, of more than one, what is not known: see parameters "
               "and uncertainty.", ""}, s.members, {1, 1e6});
    v.integer({"seed", "-", "Seed of all random numbers.", ""}, s.seed, {0, 9e15});
}

inline const std::initializer_list<std::pair<std::string_view, Quantity>> quantity_names = {
    {"movements", Quantity::movements},   {"people_displaced", Quantity::people_displaced},
    {"departures", Quantity::departures}, {"arrivals", Quantity::arrivals},
    {"returns", Quantity::returns},       {"displaced", Quantity::displaced},
    {"abroad", Quantity::abroad},         {"at_home", Quantity::at_home},
    {"present", Quantity::present}};

inline const std::initializer_list<std::pair<std::string_view, Bound>> bound_names = {
    {"about", Bound::about},   {"at_least", Bound::at_least}, {"over", Bound::over},
    {"almost", Bound::almost}, {"between", Bound::between}};

template <class V>
void describe(V& v, PlanningFigure& s) {
    v.text({"name", "", "Name of the planning figure.", "", true}, s.name);
    v.choice({"quantity", "", "What it counts; displaced, abroad, at_home and present are stocks, the others are counted since the "
              "start of the run or within some days.", ""}, s.quantity, quantity_names);
    v.name({"area", "", "Area counted.", ""}, s.area, Names::area);
    v.name({"place", "", "Place counted; neither area nor place: everywhere.", ""}, s.place, Names::place);
    v.duration({"within", "day", "Passed as soon as any window so long holds more, in whole records; 0 day: since the start "
                "of the run.", ""}, s.within_days, {0, 1e5});
    v.number({"persons", "persons", "The figure.", "", true}, s.persons, {0, 1e9});
    v.number({"trigger", "-", "Share of the figure whose passing is taken for a warning; the run says how long before the figure "
              "it is passed, and how often in vain.", "judgement"}, s.trigger, {0.01, 1});
    v.text({"source", "", "Where it comes from.", ""}, s.source);
}

template <class V>
void describe(V& v, StandardSettings& s) {
    v.number({"water_litres", "L/person/day", "Water for drinking and hygiene.",
              "Sphere Handbook 2018, water supply standard 2.1: at least 15 litres"}, s.water_litres, {0.1, 1000});
    v.number({"food_kcal", "kcal/person/day", "Energy in food.",
              "Sphere Handbook 2018, food assistance standard 6.1: 2,100 kcal for planning"}, s.food_kcal,
             {1, 10000});
    v.number({"living_space_m2", "m2/person", "Covered living space, without kitchen and washing.",
              "Sphere Handbook 2018, shelter and settlement standard 3: at least 3.5 m2; 4.5 to 5.5 m2 with kitchen "
              "and washing inside, in cold climates and towns"},
             s.living_space_m2, {0.1, 100});
    v.number({"persons_per_latrine", "persons", "People who share a latrine.",
              "Sphere Handbook 2018, excreta management standard 3.2: 20; 50 in the first days"},
             s.persons_per_latrine, {1, 1000});
}

template <class V>
void describe(V& v, StockSettings& s) {
    v.number({"water_litres", "L", "Water in store when the run starts.", ""}, s.water_litres, {0, 1e12});
    v.number({"water_litres_per_day", "L/day", "Water that comes in.", ""}, s.water_litres_per_day, {0, 1e12});
    v.number({"food_million_kcal", "million kcal", "Food in store when the run starts: 6,300 feed 100,000 people "
              "for 30 days.", ""}, s.food_million_kcal, {0, 1e9});
    v.number({"food_million_kcal_per_day", "million kcal/day", "Food that comes in.", ""},
             s.food_million_kcal_per_day, {0, 1e9});
    v.number({"living_space_m2", "m2", "Covered space in tents and other stock, beyond the capacity of places.", ""},
             s.living_space_m2, {0, 1e9});
    v.number({"latrines", "latrines", "Latrines beyond those that belong to the capacity of places.", ""},
             s.latrines, {0, 1e7});
    v.text({"source", "", "Where the numbers come from.", ""}, s.source);
}

template <class V>
void describe(V& v, PlanningSettings& s) {
    v.list({"figures", "", "Planning figures; the run says how likely each is passed, and when.", ""},
           s.figures, "name");
    v.section({"standards", "", "What people displaced need at least.", ""}, s.standards);
    v.section({"stock", "", "What is on hand for them; what is left out counts as nothing.", ""}, s.stock);
}

template <class V>
void describe(V& v, ReportedFigure& s) {
    v.text({"figure", "", "Name of the figure.", "", true}, s.figure);
    v.choice({"quantity", "", "What was counted: movements (all departures in flight), people_displaced (first "
              "departures from home), departures, arrivals and returns (at places); or on the last day displaced (who stay "
              "at places), abroad, at_home (residents who never left or are back) and present (residents, displaced and "
              "waiting people together).", "", true}, s.quantity, quantity_names);
    v.name({"area", "", "Area counted.", ""}, s.area, Names::area);
    v.name({"place", "", "Place counted; neither area nor place: everywhere.", ""}, s.place, Names::place);
    v.date({"from", "", "First day counted; leave out for the start of the run.", ""}, s.from);
    v.date({"to", "", "Last day counted.", "", true}, s.to);
    v.choice({"bound", "", "How the figure was worded: about counts both ways, at_least and over from the figure up to persons * (1 + "
              "uncertainty), almost from persons / (1 + uncertainty) up to it.", ""}, s.bound, bound_names);
    v.number({"persons", "persons", "The figure.", "", true}, s.persons, {0, 1e9});
    v.number({"persons_high", "persons", "Upper end; with bound: between.", ""}, s.persons_high, {0, 1e9});
    v.number({"uncertainty", "-", "Uncertainty u of the figure itself: from value / (1 + u) to value * (1 + u).",
              "OCHA totals 0.25; responders' counts in a town 1, a factor of two"}, s.uncertainty, {0, 9});
    v.flag({"fitted", "", "Whether parameters were set with this figure in view; false: it can check the run.", ""},
           s.fitted);
    v.text({"source", "", "Who reported it, and when.", "", true}, s.source);
    v.date({"published", "", "Day on which it was published: forecasts from days before do not know it; leave out if it "
            "was known on its last day.", ""}, s.published);
}

template <class V>
void describe(V& v, OutputSettings& s) {
    v.text({"file", "", "Results file; default: the scenario's name with .h5.", ""}, s.file);
    v.duration({"every", "day", "Days between records; flows are summed over them, stocks are of the last.",
                ""}, s.every_days, {1, 366});
    v.choice({"origins", "", "How much is kept of who is from where: at every record, at the end, or nothing. The file "
              "and the memory for it grow with the square of the number of places.", ""}, s.origins,
             {{"every_record", OriginsKept::every_record}, {"at_end", OriginsKept::at_end},
              {"nothing", OriginsKept::nothing}});
    v.choice({"members", "", "What is kept of each member: all, or totals, without its series by place and route. Their mean, "
              "quantiles and chances stay, and what each place comes to over the run.", ""}, s.members,
             {{"all", MembersKept::all}, {"totals", MembersKept::totals}});
    v.words({"places", "", "Places of which results tell, by their identifiers, with the routes between them; left out: all. "
             "Everywhere is simulated, and totals are those of everyone.", ""}, s.places);
    v.flag({"causes", "", "Whether arrivals are kept by what made people leave the place before: strikes, fronts, orders, "
            "crowding, ...", ""}, s.causes);
}

template <class V>
void describe(V& v, ScenarioSettings& s) {
    v.text({"title", "", "One line that says what the scenario is.", "", true}, s.title);
    v.text({"summary", "", "What a reader should know before using it.", ""}, s.summary);
    v.section({"period", "", "Days simulated.", "", true}, s.period);
    v.choice({"unit", "", "What moves: households, or single persons (household size 1).", ""}, s.unit,
             {{"household", MovingUnit::household}, {"person", MovingUnit::person}});
    v.network({"network", "", "Folder of CSV tables (places, routes, areas), or the tables themselves.", "",
               true}, s.network);
    v.list({"groups", "", "Shares of the population that behave alike.", "", true}, s.groups, "name");
    v.list({"bombardment", "", "Strikes by area or place and date.", ""}, s.bombardment, no_identity);
    v.list({"fronts", "", "Towns under ground assault, and the days on which they fall.", ""}, s.fronts,
           "place");
    v.list({"crossings", "", "Border policy by date; a crossing that is not listed is closed.", ""},
           s.crossings, no_identity);
    v.list({"access", "", "Sieges and closed ways out.", ""}, s.access, no_identity);
    v.list({"orders", "", "Orders to leave, and to stay away.", ""}, s.orders, no_identity);
    v.list({"ceasefires", "", "Ceasefires that people know of.", ""}, s.ceasefires, no_identity);
    v.list({"routes", "", "Routes opened or closed by date.", ""}, s.routes, no_identity);
    v.list({"camps", "", "Camps closed or opened by date.", ""}, s.camps, no_identity);
    v.list({"conflicts", "", "Places in conflict by date, where strikes are not known.", ""}, s.conflicts,
           no_identity);
    v.list({"conflict_decay", "", "What is left of a conflict's force as it grows old.", ""}, s.conflict_decay,
           no_identity);
    v.list({"departures", "", "Departures by place and day, given instead of simulated.", ""}, s.departures,
           no_identity);
    v.list({"registrations", "", "People registered by place and day, to hold the run against and to draw "
            "departures from.", ""}, s.registrations, no_identity);
    v.list({"registration_corrections", "", "Days from which registrations were verified.", ""},
           s.registration_corrections, no_identity);
    v.list({"displaced", "", "Displaced people who are somewhere when the run starts.", ""}, s.displaced,
           no_identity);
    v.section({"behaviour", "", "How people decide.", ""}, s.behaviour);
    v.section({"flee3", "", "How people decide under rules: flee3; names as in Flee's simsetting.yml.", ""}, s.flee3);
    v.section({"parameters", "", "What is not known of behaviour, drawn by every member.", ""}, s.parameters);
    v.section({"uncertainty", "", "How well what is given is known; drawn by every member.", ""}, s.uncertainty);
    v.section({"engine", "", "How the run is computed.", ""}, s.engine);
    v.section({"planning", "", "What was planned for.", ""}, s.planning);
    v.list({"reported", "", "Figures that were reported, to hold the run against.", ""}, s.reported,
           "figure");
    v.section({"output", "", "What is written.", ""}, s.output);
}

// clang-format on

}  // namespace nuzuh
