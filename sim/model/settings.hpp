// What a scenario says, as plain structs. The keys, units, ranges, sources and sentences of every member stand
// in fields.hpp; members hold the defaults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/base/date.hpp"
#include "sim/base/list.hpp"

namespace nuzuh {

/// Kinds of places. Nobody stays at a hub or a waypoint; an idp_camp takes in people displaced within their country.
enum class PlaceType { town, camp, idp_camp, hub, waypoint, crossing, abroad };
/// Whether a full place lets people stay without shelter, or turns them away.
enum class Admission { open, hard };
/// Classes of roads, by which speeds differ.
enum class RouteClass { highway, primary, secondary, mountain, track, border };
/// Whether a route or a camp can be used.
enum class RouteStatus { open, closed };
/// Whom a border crossing lets through: nobody, everybody, or a number of people a day.
enum class CrossingPolicy { closed, open, quota };
/// Ways of travelling.
enum class TravelMode { vehicle, foot };
/// What decides and moves together.
enum class MovingUnit { household, person };
/// How people are kept: by home and place, as households, or by place alone.
enum class EngineKind { compartments, agents, pooled };
/// Whether decisions are drawn, or replaced by their means.
enum class DrawMode { stochastic, expected };
/// Sets of rules by which people decide.
enum class Rules { hazard_choice, flee3 };
/// What says how many leave: the hazards of the rules, or growth of the registrations.
enum class DeparturesBy { hazard, registrations };
/// Under the rules of Flee 3: what says how many people are displaced in a day.
enum class SpawnBy { registrations, conflict_constant, conflict_pop_ratio, conflict_poisson };
/// Whether quirks of Flee 3 are as it runs, or as it means to run, where none is set alone.
enum class QuirkPreset { as_run, corrected };
/// One quirk of Flee 3: as the preset says, kept as it runs, or corrected.
enum class Quirk { as_preset, kept, corrected };
/// What a scenario closes or opens when it changes a route.
enum class ClosureScope { link, place, country, flee3_place };
/// Quantities that reported figures and planning figures count.
enum class Quantity {
    movements,
    people_displaced,
    departures,
    arrivals,
    returns,
    displaced,
    abroad,
    at_home,
    present
};
/// How a reported figure was worded.
enum class Bound { about, at_least, over, almost, between };

/// Whether displaced people are taken in and counted there as in a camp.
constexpr bool is_camp(PlaceType type) { return type == PlaceType::camp || type == PlaceType::idp_camp; }

/// Whether a quantity counts people who are there on a day, and not what happens over days.
constexpr bool is_stock(Quantity quantity) { return quantity >= Quantity::displaced; }

/// The days that are simulated, and the length of a step.
struct Period {
    Date from{};
    Date to{};             ///< last day simulated
    double step_days = 1;  ///< [day] 1, 1/2 or 1/4

    bool operator==(const Period&) const = default;
};

/// A place of the network.
struct PlaceSettings {
    std::string place;  ///< identifier used everywhere else
    std::string name;
    std::string name_ar;
    std::string spellings;   ///< other spellings of the name, with ';' between them
    std::string pcode;       ///< OCHA P-code of the finest level known
    std::string adm1_pcode;  ///< "": by the length of codes in the country, as OCHA publishes it
    std::string adm2_pcode;  ///< likewise
    std::string adm3;        ///< sub-district name
    std::string adm3_pcode;
    std::string country;
    std::string region;
    PlaceType type = PlaceType::town;
    double lat = 0;                  ///< [degrees north]
    double lon = 0;                  ///< [degrees east]
    double population = 0;           ///< [persons] living there when the run starts
    std::optional<double> capacity;  ///< [persons] displaced people it can shelter; none: no limit
    Admission admission = Admission::open;
    std::string leads_to;  ///< of a crossing: the place abroad behind it
    std::string source;

    bool operator==(const PlaceSettings&) const = default;
};

/// A road between two places; it carries people both ways.
struct RouteSettings {
    std::string route;
    std::string from;
    std::string to;
    double km = 0;
    RouteClass road_class = RouteClass::secondary;
    RouteStatus status = RouteStatus::open;
    std::string redirects_to;             ///< end to which everyone who is at the other end is sent
    std::optional<Date> redirects_until;  ///< last day of that
    std::optional<double> max_km_per_day;
    double walk_probability = 0;  ///< [1/day] chance of a day on foot
    std::string source;

    bool operator==(const RouteSettings&) const = default;
};

/// A place as a member of an area.
struct AreaMember {
    std::string area;
    std::string place;

    bool operator==(const AreaMember&) const = default;
};

/// A point of a border or another line that maps show; the model does not know it.
struct BorderPoint {
    int part = 0;    ///< points of one part, in their order, make one line
    double lat = 0;  ///< [degrees north]
    double lon = 0;  ///< [degrees east]

    bool operator==(const BorderPoint&) const = default;
};

/// Places, the roads between them, and areas of places.
struct Network {
    List<PlaceSettings> places;
    List<RouteSettings> routes;
    List<AreaMember> areas;
    List<BorderPoint> border;

    bool operator==(const Network&) const = default;
};

/// A share of the population that behaves alike.
struct GroupSettings {
    std::string name;
    double share = 1;             ///< [-] of every place's population
    double household_size = 5.5;  ///< [persons]
    double threshold = 30;  ///< [strikes] exposure at half of the strongest leave hazard, median household
    double threshold_spread = 0.8;  ///< [-] standard deviation of the logarithm between households
    int classes = 5;                ///< equally large classes that stand for the spread
    double immobile_share = 0.05;   ///< [-] who cannot or will not leave
    TravelMode travel = TravelMode::vehicle;
    std::string drawn_to;  ///< area to which it is drawn; "": none
    double draw = 1;       ///< [-] attraction there for the group, relative to others

    bool operator==(const GroupSettings&) const = default;
};

/// Whether a dated entry speaks of a day; one without a last day goes on to the end of the run.
template <class Entry>
bool is_on(const Entry& entry, Date date) {
    return entry.from <= date && (!entry.to || date <= *entry.to);
}

/// Strikes on an area or a place from one day to another; a later entry replaces an earlier one, or multiplies it,
/// where both speak of the same place and day.
struct BombardmentSettings {
    std::string area;   ///< its places share the strikes equally
    std::string place;  ///< or one place
    Date from{};
    std::optional<Date> to;                 ///< none: to the end
    std::optional<double> strikes_per_day;  ///< of the whole area; either this
    std::optional<double> factor;           ///< [-] or by how much strikes of earlier entries are multiplied
    std::string source;

    bool operator==(const BombardmentSettings&) const = default;
};

/// A town under ground assault, and the day on which it falls.
struct FrontSettings {
    std::string place;
    std::optional<Date> assault_from;
    std::optional<Date> assault_to;  ///< the assault ends without the place falling
    std::optional<Date> falls;
    std::string source;

    bool operator==(const FrontSettings&) const = default;
};

/// Whom a border crossing lets through, from one day to another.
struct CrossingSettings {
    std::string place;
    std::optional<Date> from;  ///< none: from the start
    std::optional<Date> to;    ///< none: to the end
    CrossingPolicy policy = CrossingPolicy::closed;
    double quota = 0;  ///< [persons/day]
    std::string source;

    bool operator==(const CrossingSettings&) const = default;
};

/// How free the way out of an area or a place is, from one day to another.
struct AccessSettings {
    std::string area;
    std::string place;
    Date from{};
    std::optional<Date> to;  ///< none: to the end
    double access = 1;       ///< [-] share of the leave hazard that can be acted on
    std::string source;

    bool operator==(const AccessSettings&) const = default;
};

/// People of an area or a place are told to leave, and to stay away while the order stands.
struct OrderSettings {
    std::string area;
    std::string place;
    Date from{};
    std::optional<Date> to;            ///< last day on which it stands; none: to the end
    std::optional<double> compliance;  ///< [-] none: `order_compliance` of leaving
    std::optional<double> delay_days;  ///< [day] none: `order_delay_days` of leaving
    std::string source;

    bool operator==(const OrderSettings&) const = default;
};

/// A ceasefire that people of an area or a place know of.
struct CeasefireSettings {
    std::string area;
    std::string place;
    Date from{};
    std::optional<Date> to;  ///< none: to the end
    std::string source;

    bool operator==(const CeasefireSettings&) const = default;
};

/// A route that is closed or opened, from one day to another.
struct RouteChange {
    std::string route;
    Date from{};
    std::optional<Date> to;  ///< none: to the end
    RouteStatus status = RouteStatus::closed;
    ClosureScope scope = ClosureScope::link;  ///< what was closed or opened when the route was
    std::string source;

    bool operator==(const RouteChange&) const = default;
};

/// A camp that is not yet, or no longer, one; people pass through as through a town.
struct CampChange {
    std::string place;
    Date from{};
    std::optional<Date> to;  ///< none: to the end
    RouteStatus status = RouteStatus::closed;
    std::string source;

    bool operator==(const CampChange&) const = default;
};

/// A place in conflict, where strikes are not known.
struct ConflictSettings {
    std::string place;
    Date from{};
    std::optional<Date> to;  ///< none: to the end
    double intensity = 1;    ///< [-] in [0, 1]
    std::string source;

    bool operator==(const ConflictSettings&) const = default;
};

/// What is left of a conflict's force after some days.
struct ConflictDecay {
    double after_days = 0;
    double factor = 1;  ///< [-]

    bool operator==(const ConflictDecay&) const = default;
};

/// People counted at a place on a day; of several rows, lines between them, in the order of the rows.
struct RegistrationSettings {
    std::string place;  ///< `all`: the total over everywhere
    Date date{};
    double persons = 0;

    bool operator==(const RegistrationSettings&) const = default;
};

/// The day from which a count was verified; the counts before it are scaled to join it.
struct RegistrationCorrection {
    std::string place;
    Date date{};

    bool operator==(const RegistrationCorrection&) const = default;
};

/// Departures that are given instead of simulated.
struct DepartureSettings {
    std::string place;
    Date date{};
    double persons = 0;

    bool operator==(const DepartureSettings&) const = default;
};

/// Displaced people who are at a place when the run starts; they are not part of its population.
struct DisplacedSettings {
    std::string place;
    std::string home;  ///< where they fled from; empty: unknown, and the place itself stands for it
    double persons = 0;
    std::optional<Date> since;  ///< when they came; none: long ago
    double uncertainty = 0;  ///< [-] relative standard deviation of the number, shared by the rows of a place
    std::string source;

    bool operator==(const DisplacedSettings&) const = default;
};

/// Parameters of leaving.
struct LeaveSettings {
    DeparturesBy departures = DeparturesBy::hazard;
    double conflict_strikes = 1;
    double h0 = 5e-5;
    double h_max = 0.30;
    double steepness = 2;
    double reach_km = 10;
    double memory_half_life_days = 7;
    double neighbours = 1;
    double h_front = 0.2;
    double front_reach_km = 15;
    double front_days = 14;
    double h_capture = 2;
    double order_compliance = 0.6;
    double order_delay_days = 1.5;
    double daily_noise = 0.5;
    double run_noise = 0.4;
    double displaced_factor = 1.2;
    double onward_camp = 0.001;
    double onward_host = 0.01;
    double onward_without_shelter = 0.02;

    bool operator==(const LeaveSettings&) const = default;
};

/// Parameters of the choice of destination.
struct ChooseSettings {
    double distance_power = 1;
    double softening_hours = 0.5;
    double attraction_town = 1;
    double attraction_camp = 2;
    double attraction_crossing = 1;
    double danger_there = 1.3862943611198906;
    double danger_on_way = 0.6931471805599453;
    double network_pull = 0.3;
    double network_softening = 0;
    double network_memory_days = 0;
    double overdispersion = 0;
    double overdispersion_days = 0;
    double population_power = 0.1;
    double capacity_buffer = 0.9;
    double capacity_floor = 0.05;

    bool operator==(const ChooseSettings&) const = default;
};

/// Parameters of travelling.
struct TravelSettings {
    double speed_kmh = 20;
    double hours_per_day = 8;
    double foot_km_per_day = 35;
    double factor_highway = 1.33;
    double factor_primary = 1;
    double factor_secondary = 0.8;
    double factor_mountain = 0.55;
    double factor_track = 0.45;
    double factor_border = 0.5;

    bool operator==(const TravelSettings&) const = default;
};

/// Parameters of returning.
struct ReturnSettings {
    double rate = 0.005;
    double quiet_days = 14;
    double quiet_below = 1;
    double after_ceasefire = 0.15;
    double homes_lost_per_strike = 0;
    double spread = 0;

    bool operator==(const ReturnSettings&) const = default;
};

/// How people decide: a set of rules, and the parameters of `hazard_choice`.
struct BehaviourSettings {
    Rules rules = Rules::hazard_choice;
    LeaveSettings leave;
    ChooseSettings choose;
    TravelSettings travel;
    ReturnSettings returning;

    bool operator==(const BehaviourSettings&) const = default;
};

/// Ways in which Flee 3 does not do what it means to; each can be kept as it runs, or corrected.
struct Flee3Quirks {
    QuirkPreset preset = QuirkPreset::as_run;
    Quirk full_day_on_next_link = Quirk::as_preset;
    Quirk strict_arrival = Quirk::as_preset;
    Quirk frozen_intensity = Quirk::as_preset;
    Quirk capacity_double_count = Quirk::as_preset;
    Quirk day0_double_sum = Quirk::as_preset;
    Quirk forced_redirection = Quirk::as_preset;
    Quirk link_closures = Quirk::as_preset;
    Quirk camp_overshoot = Quirk::as_preset;

    bool operator==(const Flee3Quirks&) const = default;
};

/// The rule set `flee3`, under the names that Flee's own simsetting.yml has.
struct Flee3Settings {
    SpawnBy spawn = SpawnBy::registrations;
    double displaced_per_conflict_day = 500;
    bool sum_from_camps = true;
    bool insert_day0 = true;
    bool empty_camps_on_day0 = false;
    bool take_from_population = false;
    double max_move_speed = 360;
    double max_walk_speed = 35;
    bool start_on_foot = false;
    bool avoid_short_stints = false;
    double conflict_movechance = 1;
    double camp_movechance = 0.001;
    double idpcamp_movechance = 0.1;
    double default_movechance = 0.3;
    double movechance_pop_base = 10000;
    double movechance_pop_scale_factor = 0;
    int awareness_level = 1;
    double camp_weight = 1;
    double foreign_weight = 1;
    double conflict_weight = 0.31622776601683794;
    double softening = 10;
    double weight_softening = 0;
    double distance_power = 1;
    double weight_power = 1;
    double pruning_threshold = 1;
    double capacity_scaling = 1;
    double capacity_buffer = 0.9;
    bool use_pop_for_loc_weight = false;
    double pop_power_for_loc_weight = 0.1;
    bool fixed_routes = false;
    int hasten = 1;
    Flee3Quirks quirks;

    bool operator==(const Flee3Settings&) const = default;
};

/// A value of one setting in a joint draw from a posterior.
struct PosteriorValue {
    int draw = 0;         ///< values of one number belong together
    std::string setting;  ///< dotted key
    double value = 0;     ///< in the setting's own unit

    bool operator==(const PosteriorValue&) const = default;
};

/// What is believed of a setting before figures are looked at.
struct PriorSettings {
    std::string setting;  ///< dotted key
    std::optional<double>
        spread;                  ///< [-] standard deviation of the logarithm around the scenario's own value
    std::optional<double> from;  ///< or the ends between which every value is as likely
    std::optional<double> to;
    std::string source;

    bool operator==(const PriorSettings&) const = default;
};

/// Parameters that every member of an ensemble draws for itself.
struct ParameterSettings {
    bool drawn = true;
    std::string fitted_on;           ///< region, days and figures; "": fitted on none
    List<PosteriorValue> posterior;  ///< either joint draws
    List<PriorSettings> prior;       ///< or each setting by itself; neither: the default prior
    bool operator==(const ParameterSettings&) const = default;
};

/// How well what is given to the model is known; every member draws it for itself.
struct UncertaintySettings {
    double strikes =
        0.3;  ///< [-] standard deviation of the logarithm of a factor on each entry of bombardment
    double front_days = 1;    ///< [day] standard deviation of the days of a front
    double population = 0.1;  ///< [-] of the logarithm of a factor on each place's population
    double capacity = 0.2;    ///< [-] of the logarithm of a factor on each place's capacity

    bool operator==(const UncertaintySettings&) const = default;
};

/// How the scenario is run.
struct EngineSettings {
    EngineKind kind = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    int members = 1;
    std::int64_t seed = 1;

    bool operator==(const EngineSettings&) const = default;
};

/// A number of people that was planned for.
struct PlanningFigure {
    std::string name;
    Quantity quantity = Quantity::people_displaced;
    std::string area;        ///< sum over the places of an area
    std::string place;       ///< or one place; neither: everywhere
    double within_days = 0;  ///< [day] a flow in any window so long; 0: since the start of the run
    double persons = 0;
    double trigger = 0.5;  ///< [-] share of the figure whose passing is the warning
    std::string source;

    bool operator==(const PlanningFigure&) const = default;
};

/// What people need at least.
struct StandardSettings {
    double water_litres = 15;      ///< [L/person/day]
    double food_kcal = 2100;       ///< [kcal/person/day]
    double living_space_m2 = 3.5;  ///< [m2/person]
    double persons_per_latrine = 20;

    bool operator==(const StandardSettings&) const = default;
};

/// What is on hand when the run starts, and what arrives.
struct StockSettings {
    double water_litres = 0;
    double water_litres_per_day = 0;
    double food_million_kcal = 0;
    double food_million_kcal_per_day = 0;
    double living_space_m2 = 0;
    double latrines = 0;
    std::string source;

    bool operator==(const StockSettings&) const = default;
};

/// What planners hold the run against.
struct PlanningSettings {
    List<PlanningFigure> figures;
    StandardSettings standards;
    StockSettings stock;

    bool operator==(const PlanningSettings&) const = default;
};

/// A figure that was reported, to hold the run against.
struct ReportedFigure {
    std::string figure;
    Quantity quantity = Quantity::movements;
    std::string area;          ///< sum over the places of an area
    std::string place;         ///< or one place; neither: everywhere
    std::optional<Date> from;  ///< first day counted; none: from the start of the run
    Date to{};                 ///< last day counted, or the day of a stock
    Bound bound = Bound::about;
    double persons = 0;
    std::optional<double> persons_high;
    double uncertainty = 0.25;  ///< [-] relative
    bool fitted = false;        ///< parameters were set with it in view
    std::string source;
    std::optional<Date> published;  ///< day on which it became known; none: its last day

    bool operator==(const ReportedFigure&) const = default;
};

/// How much is kept of who is from where.
enum class OriginsKept { every_record, at_end, nothing };
/// What is kept of each member: its series by place and route too, or its totals.
enum class MembersKept { all, totals };

/// Where results go, how often a record is made, and what is kept.
struct OutputSettings {
    std::string file;
    double every_days = 1;
    OriginsKept origins = OriginsKept::every_record;
    MembersKept members = MembersKept::all;
    std::vector<std::string> places;  ///< of which results tell; empty: all
    bool causes = false;

    bool operator==(const OutputSettings&) const = default;
};

/// Everything that a scenario says.
struct ScenarioSettings {
    std::string title;
    std::string summary;
    Period period;
    MovingUnit unit = MovingUnit::household;
    Network network;
    List<GroupSettings> groups;
    List<BombardmentSettings> bombardment;
    List<FrontSettings> fronts;
    List<CrossingSettings> crossings;
    List<AccessSettings> access;
    List<OrderSettings> orders;
    List<CeasefireSettings> ceasefires;
    List<RouteChange> routes;
    List<CampChange> camps;
    List<ConflictSettings> conflicts;
    List<ConflictDecay> conflict_decay;
    List<DepartureSettings> departures;
    List<RegistrationSettings> registrations;
    List<RegistrationCorrection> registration_corrections;
    List<DisplacedSettings> displaced;
    BehaviourSettings behaviour;
    Flee3Settings flee3;
    ParameterSettings parameters;
    UncertaintySettings uncertainty;
    EngineSettings engine;
    PlanningSettings planning;
    List<ReportedFigure> reported;
    OutputSettings output;

    bool operator==(const ScenarioSettings&) const = default;
};

}  // namespace nuzuh
