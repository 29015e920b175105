// What a scenario says, as plain structs. The keys, units, ranges, sources and sentences of every member stand
// in fields.hpp; members hold the defaults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/date.hpp"

namespace nuzuh {

enum class PlaceType { town, camp, crossing, abroad };
enum class Admission { open, hard };
enum class RouteClass { highway, primary, secondary, mountain, track, border };
enum class RouteStatus { open, closed };
enum class CrossingPolicy { closed, open, quota };
enum class TravelMode { vehicle, foot };
enum class MovingUnit { household, person };
enum class EngineKind { compartments, agents };
enum class DrawMode { stochastic, expected };
enum class Rules { hazard_choice };
enum class Quantity { movements, people_displaced, departures, arrivals, returns, displaced, abroad };
enum class Bound { about, at_least, over, almost, between };

struct Period {
    Date from{};
    Date to{};              ///< last day simulated
    double step_days = 1;   ///< [day] 1, 1/2 or 1/4
};

struct PlaceSettings {
    std::string place;      ///< identifier used everywhere else
    std::string name;
    std::string name_ar;
    std::string pcode;      ///< OCHA P-code of the finest level known
    std::string adm3;       ///< sub-district name
    std::string adm3_pcode;
    PlaceType type = PlaceType::town;
    double lat = 0;         ///< [degrees north]
    double lon = 0;         ///< [degrees east]
    double population = 0;  ///< [persons] living there when the run starts
    std::optional<double> capacity;  ///< [persons] displaced people it can shelter; none: no limit
    Admission admission = Admission::open;
    std::string leads_to;   ///< of a crossing: the place abroad behind it
    std::string source;
};

struct RouteSettings {
    std::string route;
    std::string from;
    std::string to;
    double km = 0;
    RouteClass road_class = RouteClass::secondary;
    RouteStatus status = RouteStatus::open;
    std::string source;
};

struct AreaMember {
    std::string area;
    std::string place;
};

/// A point of a border or another line that maps show; the model does not know it.
struct BorderPoint {
    int part = 0;    ///< points of one part, in their order, make one line
    double lat = 0;  ///< [degrees north]
    double lon = 0;  ///< [degrees east]
};

struct Network {
    std::vector<PlaceSettings> places;
    std::vector<RouteSettings> routes;
    std::vector<AreaMember> areas;
    std::vector<BorderPoint> border;
};

struct GroupSettings {
    std::string name;
    double share = 1;             ///< [-] of every place's population
    double household_size = 5.5;  ///< [persons]
    double threshold = 30;        ///< [strikes] exposure at half of the strongest leave hazard, median household
    double threshold_spread = 0.8;///< [-] standard deviation of the logarithm between households
    int classes = 5;              ///< equally large classes that stand for the spread
    double immobile_share = 0.05; ///< [-] who cannot or will not leave
    TravelMode travel = TravelMode::vehicle;
};

/// Strikes on an area or a place from one day to another; a later entry replaces an earlier one where both
/// speak of the same place and day.
struct BombardmentSettings {
    std::string area;   ///< its places share the strikes equally
    std::string place;  ///< or one place
    Date from{};
    Date to{};
    double strikes_per_day = 0;
    std::string source;
};

struct FrontSettings {
    std::string place;
    std::optional<Date> assault_from;
    std::optional<Date> assault_to;  ///< the assault ends without the place falling
    std::optional<Date> falls;
    std::string source;
};

struct CrossingSettings {
    std::string place;
    std::optional<Date> from;  ///< none: from the start
    std::optional<Date> to;    ///< none: to the end
    CrossingPolicy policy = CrossingPolicy::closed;
    double quota = 0;          ///< [persons/day]
    std::string source;
};

struct AccessSettings {
    std::string area;
    std::string place;
    Date from{};
    Date to{};
    double access = 1;  ///< [-] share of the leave hazard that can be acted on
    std::string source;
};

struct RouteChange {
    std::string route;
    Date from{};
    Date to{};
    RouteStatus status = RouteStatus::closed;
    std::string source;
};

/// Departures that are given instead of simulated.
struct DepartureSettings {
    std::string place;
    Date date{};
    double persons = 0;
};

struct LeaveSettings {
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
    double shared_noise = 0.5;
    double lasting_noise = 0.4;
    double displaced_factor = 1.2;
    double onward_camp = 0.001;
    double onward_host = 0.01;
    double onward_without_shelter = 0.02;
};

struct ChooseSettings {
    double distance_power = 1;
    double softening_hours = 0.5;
    double attraction_town = 1;
    double attraction_camp = 2;
    double attraction_crossing = 1;
    double danger_there = 1.3862943611198906;
    double danger_on_way = 0.6931471805599453;
    double network_pull = 0.3;
    double population_power = 0.1;
    double capacity_buffer = 0.9;
    double capacity_floor = 0.05;
};

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
};

struct ReturnSettings {
    double rate = 0.005;
    double quiet_days = 14;
    double quiet_below = 1;
};

struct BehaviourSettings {
    Rules rules = Rules::hazard_choice;
    LeaveSettings leave;
    ChooseSettings choose;
    TravelSettings travel;
    ReturnSettings returning;
};

struct EngineSettings {
    EngineKind kind = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    int members = 1;
    std::int64_t seed = 1;
};

struct PlanningFigure {
    std::string name;
    Quantity quantity = Quantity::people_displaced;
    double persons = 0;
    std::string source;
};

/// What people need at least.
struct StandardSettings {
    double water_litres = 15;        ///< [L/person/day]
    double food_kcal = 2100;         ///< [kcal/person/day]
    double living_space_m2 = 3.5;    ///< [m2/person]
    double persons_per_latrine = 20;
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
};

struct PlanningSettings {
    std::vector<PlanningFigure> figures;
    StandardSettings standards;
    StockSettings stock;
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
    double uncertainty = 0.25; ///< [-] relative
    bool fitted = true;        ///< parameters were set with it in view
    std::string source;
};

struct OutputSettings {
    std::string file;
    double every_days = 1;
};

struct ScenarioSettings {
    std::string title;
    std::string summary;
    Period period;
    MovingUnit unit = MovingUnit::household;
    Network network;
    std::vector<GroupSettings> groups;
    std::vector<BombardmentSettings> bombardment;
    std::vector<FrontSettings> fronts;
    std::vector<CrossingSettings> crossings;
    std::vector<AccessSettings> access;
    std::vector<RouteChange> routes;
    std::vector<DepartureSettings> departures;
    BehaviourSettings behaviour;
    EngineSettings engine;
    PlanningSettings planning;
    std::vector<ReportedFigure> reported;
    OutputSettings output;
};

}  // namespace nuzuh
