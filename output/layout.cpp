#include "output/layout.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "sim/engine/record.hpp"

namespace nuzuh {

namespace {

using Table = std::vector<DatasetInfo>;
using Axes = std::vector<std::string>;

const char* over_time(Kind kind) { return kind == Kind::flow ? "time: sum" : "time: point"; }

Axes first(const char* axis, Axes tail) {
    tail.insert(tail.begin(), axis);
    return tail;
}

/// Who could not leave is counted anew every day: what is summed over days are person-days.
std::string unit_of(const FieldInfo& field) {
    return field.name.find("could_not_leave") != std::string_view::npos ? "person-days"
                                                                        : std::string(field.unit);
}

std::string sentence(std::string_view text, std::string_view more) { return fmt::format("{}{}", text, more); }

// Sentences about every dataset, laid out by hand.
// clang-format off

void add_coordinates(Table& table) {
    table.push_back({.name = "time", .dimensions = {"time"}, .stored = Stored::float64,
                     .unit = "days since the start", .meaning = "last day of the record", .standard_name = "time",
                     .attributes = {{"calendar", "standard"}, {"axis", "T"},
                     {"comment", "Flows are summed over the days since the record before; stocks are those at the "
                                 "end of this day."}}});
    table.push_back({.name = "member", .dimensions = {"member"}, .stored = Stored::int32, .unit = "1",
                     .meaning = "member of the ensemble: the run number with which its random numbers are drawn",
                     .standard_name = "realization"});
    table.push_back({.name = "quantile", .dimensions = {"quantile"}, .stored = Stored::float64, .unit = "1",
                     .meaning = "share of members at or below the value"});
    table.push_back({.name = "level", .dimensions = {"level"}, .stored = Stored::float64, .unit = "1",
                     .meaning = "displaced people at a place, as a share of its capacity", .since = "1.1"});
}

void add_places(Table& table) {
    const Axes place{"place"};
    table.push_back({.name = "place", .dimensions = place, .stored = Stored::text,
                     .meaning = "place, by its identifier in the scenario", .since = "2.0"});
    table.push_back({.name = "lat", .dimensions = place, .stored = Stored::float64, .unit = "degrees_north",
                     .meaning = "latitude of the place", .standard_name = "latitude"});
    table.push_back({.name = "lon", .dimensions = place, .stored = Stored::float64, .unit = "degrees_east",
                     .meaning = "longitude of the place", .standard_name = "longitude"});
    table.push_back({.name = "place_name", .dimensions = place, .stored = Stored::text,
                     .meaning = "name of the place in Latin letters", .attributes = {{"cf_role", "timeseries_id"}}});
    const std::vector<std::pair<const char*, const char*>> texts = {
        {"place_id", "identifier of the place in the scenario"},
        {"place_name_ar", "name of the place in Arabic letters"},
        {"place_pcode", "P-code of the place, finest level known (OCHA)"},
        {"place_adm3_pcode", "P-code of the place's sub-district (OCHA)"},
        {"place_type", "kind of place: town, camp, crossing or abroad"}};
    for (auto [name, meaning] : texts) table.push_back({.name = name, .dimensions = place, .stored = Stored::text,
                                                        .meaning = meaning});
    table.push_back({.name = "place_adm3", .dimensions = place, .stored = Stored::text,
                     .meaning = "name of the place's sub-district", .since = "1.1"});
    for (auto [name, meaning] : {std::pair{"place_adm1_pcode", "P-code of the place's governorate, if given"},
                                 {"place_adm2_pcode", "P-code of the place's district, if given"}})
        table.push_back({.name = name, .dimensions = place, .stored = Stored::text, .meaning = meaning,
                         .since = "2.0"});
    table.push_back({.name = "population", .dimensions = place, .unit = "persons",
                     .meaning = "people living at the place when the run starts, in whole households; members draw around it as far as "
                                "uncertainty.population says"});
    table.push_back({.name = "capacity", .dimensions = place, .unit = "persons",
                     .meaning = "displaced people the place can shelter, around which members draw as far as uncertainty.capacity says; "
                                "missing where there is no limit",
                     .may_be_missing = true});
}

/// The axis of homes has no values of its own: cdo takes no second axis of text.
void add_homes(Table& table) {
    const auto add = [&](const char* name, Stored stored, const char* unit, const char* meaning) {
        table.push_back({.name = name, .dimensions = {"origin"}, .stored = stored, .unit = unit, .meaning = meaning,
                         .when = When::origins, .since = "2.5"});
    };
    add("origin_id", Stored::text, "", "identifier of the home in the scenario");
    add("origin_name", Stored::text, "", "name of the home in Latin letters");
    add("origin_name_ar", Stored::text, "", "name of the home in Arabic letters");
    add("origin_adm3_pcode", Stored::text, "", "P-code of the home's sub-district (OCHA)");
    add("origin_lat", Stored::float64, "degrees_north", "latitude of the home");
    add("origin_lon", Stored::float64, "degrees_east", "longitude of the home");
}

constexpr const char* wgs84_text =
    R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],)"
    R"(AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]])";

void add_routes(Table& table) {
    table.push_back({.name = "routes", .stored = Stored::int32,
                     .meaning = "network of places and the routes between them",
                     .attributes = {{"cf_role", "mesh_topology"}, {"node_coordinates", "lon lat"},
                     {"edge_node_connectivity", "edge_nodes"}, {"node_id", "place_name"}}});
    table.push_back({.name = "two", .dimensions = {"two"}, .stored = Stored::int32, .unit = "1",
                     .meaning = "end of a route", .since = "2.0", .attributes = {{"axis", "Y"}}});
    table.push_back({.name = "edge_nodes", .dimensions = {"route", "two"}, .stored = Stored::int32,
                     .meaning = "places at the two ends of the route, counted from 0",
                     .attributes = {{"cf_role", "edge_node_connectivity"}}});
    table.push_back({.name = "wgs84", .stored = Stored::int32,
                     .meaning = "coordinate reference system of lat and lon",
                     .attributes = {{"grid_mapping_name", "latitude_longitude"}, {"EPSG_code", "EPSG:4326"},
                     {"spatial_ref", wgs84_text}, {"GeoTransform", "0 1 0 0 0 -1"},
                     {"comment", "spatial_ref and GeoTransform make GDAL keep the order of rows; read as rasters, "
                                 "arrays are tables numbered by row and column, not maps."}}});
    table.push_back({.name = "route_id", .dimensions = {"route"}, .stored = Stored::text,
                     .meaning = "identifier of the route in the scenario"});
    table.push_back({.name = "route_length", .dimensions = {"route"}, .unit = "km",
                     .meaning = "length of the route by road"});
}

void add_border(Table& table) {
    auto add = [&](const char* name, Stored stored, const char* unit, const char* meaning) {
        table.push_back({.group = "border", .name = name, .dimensions = {"border_point"}, .stored = stored,
                         .unit = unit, .meaning = meaning});
    };
    add("part", Stored::int32, "1", "line that the point belongs to; points of a line stand in order");
    add("lat", Stored::float64, "degrees_north", "latitude of the border's point");
    add("lon", Stored::float64, "degrees_east", "longitude of the border's point");
}

void add_groups(Table& table) {
    const Axes group{"group"};
    table.push_back({.name = "group_name", .dimensions = group, .stored = Stored::text,
                     .meaning = "group of the population, by class of threshold"});
    table.push_back({.name = "group_household_size", .dimensions = group, .unit = "persons",
                     .meaning = "people in a household of the group"});
    table.push_back({.name = "group_threshold", .dimensions = group, .unit = "strikes",
                     .meaning = "exposure at which the group's leave hazard is half of its maximum; missing for "
                                "those who cannot or will not leave",
                     .may_be_missing = true});
}

void add_inputs(Table& table) {
    const Axes axes{"time", "place"};
    table.push_back({.name = "strikes", .dimensions = axes, .unit = "strikes/day",
                     .meaning = "strikes aimed at the place, mean over the record", .cell_methods = "time: mean"});
    table.push_back({.name = "exposure", .dimensions = axes, .unit = "strikes",
                     .meaning = "strikes in reach of the place that are in memory", .cell_methods = "time: point"});
    table.push_back({.name = "danger", .dimensions = axes, .unit = "1",
                     .meaning = "danger index: 1 at a steady strike a day, one more with each doubling",
                     .cell_methods = "time: point"});
    table.push_back({.name = "fallen", .dimensions = axes, .unit = "1",
                     .meaning = "1 once the place has fallen, else 0", .cell_methods = "time: point"});
}

/// The field in every member, and what the ensemble says of it.
void add_family(Table& table, const FieldInfo& field, const Axes& tail, std::string_view where,
                When when = When::always) {
    const std::string name{field.name}, unit = unit_of(field), meaning = sentence(field.meaning, where);
    const std::string method = over_time(field.kind);
    table.push_back({.name = name, .dimensions = first("member", tail), .unit = unit, .meaning = meaning,
                     .cell_methods = method, .when = when, .since = field.since});
    table.push_back({.name = name + "_mean", .dimensions = tail, .unit = unit,
                     .meaning = meaning + ", mean over members", .cell_methods = method + " member: mean",
                     .when = when, .since = field.since});
    table.push_back({.name = name + "_quantile", .dimensions = first("quantile", tail), .unit = unit,
                     .meaning = meaning + ", quantiles over members (linear interpolation)", .cell_methods = method,
                     .when = when, .since = field.since});
}

/// The day on which something first happens in every member, the days by which quantiles of members have come to
/// it, and the share of members that have, by date.
void add_first_day(Table& table, const std::string& group, const std::string& name, const std::string& chance,
                   const std::string& what, const Axes& tail, When when) {
    auto add = [&](const std::string& path, const Axes& axes, const std::string& meaning) {
        table.push_back({.group = group, .name = path, .dimensions = axes, .unit = "day", .meaning = meaning,
                         .when = when, .since = "1.1", .may_be_missing = true});
    };
    add(name, first("member", tail), "first day, counted from 0 at the start of the run, on which " + what + "; missing: never");
    add(name + "_quantile", first("quantile", tail),
        "day by which a share of members has come to the first on which " + what + "; missing: fewer members do");
    table.push_back({.group = group, .name = chance, .dimensions = first("time", tail), .unit = "1",
                     .meaning = "share of members that have come to a day on which " + what,
                     .cell_methods = "time: point", .when = when, .since = "1.1"});
}

/// What displaced people need, and what stock and supply leave open.
void add_needs(Table& table) {
    const Axes need{"need"};
    auto of_need = [&](const char* name, Stored stored, const char* unit, const char* meaning) {
        table.push_back({.name = name, .dimensions = need, .stored = stored, .unit = unit, .meaning = meaning,
                         .since = "1.1"});
    };
    of_need("need_name", Stored::text, "", "what displaced people need");
    of_need("need_unit", Stored::text, "", "unit of the stock; water and food are needed in it a day");
    of_need("need_per_person", Stored::float64, "1", "minimum standard, in units of the need a person");
    of_need("need_on_hand", Stored::float64, "1", "stock when the run starts, in units of the need");
    of_need("need_supply", Stored::float64, "1/day", "what comes in, in units of the need a day");
    const auto add_need = [&](const char* name, const std::string& meaning) {
        const auto all = meaning + ", in units of the need: of water and food a day, mean over the record; of the others at its end";
        const auto first_of_family = std::ptrdiff_t(table.size());
        add_family(table, {name, "1", Kind::stock, all, "1.1"}, {"time", "need"}, "");
        for (auto entry = table.begin() + first_of_family; entry != table.end(); ++entry)
            entry->cell_methods = entry->name == std::string(name) + "_mean" ? "member: mean" : "";
    };
    add_need("needed", "what displaced people need by the minimum standard");
    add_need("unmet", "part of the need that stock and supply do not cover");
    add_first_day(table, "", "first_day_short", "chance_short", "stock and supply do not cover the need", need,
                  When::always);
}

void add_results(Table& table) {
    for (const auto& field : total_fields) add_family(table, field, {"time"}, ", all places");
    for (std::size_t f = 0; f < place_fields.size(); ++f)
        add_family(table, place_fields[f], {"time", "place"}, "",
                   is_by_cause(PlaceField(f)) ? When::causes : When::always);
    const FieldInfo route{"route_persons", "persons", Kind::flow,
                          "people setting out over the route, both ways"};
    table.push_back({.name = "route_persons", .dimensions = {"member", "time", "route"}, .unit = "persons",
                     .meaning = std::string(route.meaning), .cell_methods = "time: sum"});
    table.push_back({.name = "route_persons_mean", .dimensions = {"time", "route"}, .unit = "persons",
                     .meaning = sentence(route.meaning, ", mean over members"),
                     .cell_methods = "time: sum member: mean"});
    const Axes flows{"member", "origin", "place"};
    const std::string arrivals_from = "arrivals in flight at the place over the whole run, by home";
    table.push_back({.name = "arrivals_from", .dimensions = flows, .unit = "persons", .meaning = arrivals_from,
                     .when = When::origins});
    table.push_back({.name = "arrivals_from_mean", .dimensions = {"origin", "place"}, .unit = "persons",
                     .meaning = arrivals_from + ", mean over members", .cell_methods = "member: mean",
                     .when = When::origins, .since = "1.1"});
    table.push_back({.name = "arrivals_from_quantile", .dimensions = {"quantile", "origin", "place"},
                     .unit = "persons", .meaning = arrivals_from + ", quantiles over members (linear interpolation)",
                     .when = When::origins, .since = "1.1"});
    table.push_back({.name = "displaced_from_final", .dimensions = flows, .unit = "persons",
                     .meaning = "displaced people staying at the place at the end of the run, by home",
                     .when = When::origins});
    table.push_back({.name = "displaced_from_mean", .dimensions = {"time", "origin", "place"}, .unit = "persons",
                     .meaning = "displaced people staying at the place, by home, mean over members",
                     .cell_methods = "time: point member: mean", .when = When::origins_by_record});
}

void add_over_run(Table& table) {
    const Axes axes{"member", "place"};
    const auto add = [&](const std::string& name, const std::string& unit, const std::string& meaning, const char* method) {
        table.push_back({.name = name, .dimensions = axes, .unit = unit, .meaning = meaning, .cell_methods = method,
                         .when = When::totals_alone, .since = "2.4"});
    };
    for (std::size_t f = 0; !is_by_cause(PlaceField(f)); ++f) {
        const FieldInfo& field = place_fields[f];
        add(over_run_name(field), unit_of(field),
            sentence(field.meaning, field.kind == Kind::flow ? ", over the whole run" : ", at the end of the run"),
            over_time(field.kind));
    }
    add(std::string(most_without_shelter), "persons", "the most people without shelter at the place at any time of the run",
        "time: maximum");
}

void add_planner_quantities(Table& table) {
    table.push_back({.name = "band_name", .dimensions = {"band"}, .stored = Stored::text, .meaning = "danger band",
                     .since = "1.1"});
    for (const auto& field : band_fields) add_family(table, field, {"time", "band"}, "");
    table.push_back({.name = "case_member", .dimensions = {"quantile"}, .stored = Stored::int32, .unit = "1",
                     .meaning = "a single run that stands for the quantile: the member of that rank by people displaced at the end, "
                                "then by movements; best, likely and worst case are those at 5, 50 and 95 %",
                     .since = "2.3"});
    add_first_day(table, "", "first_day_full", "chance_full",
                  "displaced people at the place reach a share of its capacity", {"level", "place"}, When::always);
    add_needs(table);
}

void add_figures(Table& table) {
    auto add = [&](const char* name, Stored stored, const char* unit, const char* meaning) {
        table.push_back({.group = "reported", .name = name, .dimensions = {"figure"}, .stored = stored, .unit = unit,
                         .meaning = meaning, .when = When::figures});
    };
    add("name", Stored::text, "", "name of the reported figure");
    add("quantity", Stored::text, "", "what was counted");
    add("place_or_area", Stored::text, "", "where it was counted: a place, an area, or all");
    add("first_day", Stored::text, "", "first day counted; a hyphen: the start of the run");
    add("last_day", Stored::text, "", "last day counted, or the day of a stock");
    add("bound", Stored::text, "", "how the figure was worded");
    add("source", Stored::text, "", "who reported the figure, and when");
    add("persons", Stored::float64, "persons", "the figure as reported");
    add("reported_low", Stored::float64, "persons", "lower end of the figure with its bound and uncertainty");
    add("reported_high", Stored::float64, "persons",
        "upper end of the figure with its bound and uncertainty");
    add("simulated_median", Stored::float64, "persons", "the same quantity in the run, median over members");
    add("simulated_low", Stored::float64, "persons",
        "the same quantity in the run, 5 % of members lie below");
    add("simulated_high", Stored::float64, "persons",
        "the same quantity in the run, 5 % of members lie above");
    add("inside", Stored::int8, "1", "whether the 90 % band and the reported interval meet");
    add("fitted", Stored::int8, "1", "whether parameters were set with the figure in view");
}

void add_planning(Table& table) {
    auto add = [&](const char* name, Stored stored, const char* unit, const char* meaning, const char* since = "1.0") {
        table.push_back({.group = "planning", .name = name, .dimensions = {"planning_figure"}, .stored = stored,
                         .unit = unit, .meaning = meaning, .when = When::planning, .since = since});
    };
    auto of_members = [&](const std::string& name, const char* unit, const std::string& meaning, const char* over, bool may_be_missing) {
        table.push_back({.group = "planning", .name = name, .dimensions = {"member", "planning_figure"}, .unit = unit,
                         .meaning = meaning, .when = When::planning, .since = "2.3", .may_be_missing = may_be_missing});
        table.push_back({.group = "planning", .name = name + "_quantile", .dimensions = {"quantile", "planning_figure"}, .unit = unit,
                         .meaning = meaning + over, .when = When::planning, .since = "2.3", .may_be_missing = may_be_missing});
    };
    add("name", Stored::text, "", "name of the planning figure");
    add("quantity", Stored::text, "", "what the planning figure counts");
    add("place_or_area", Stored::text, "", "where it is counted: a place, an area, or all", "2.3");
    add("within", Stored::float64, "day", "window over which a flow is counted; 0: since the start of the run", "2.3");
    add("persons", Stored::float64, "persons", "the planning figure");
    add("chance", Stored::float64, "1", "share of members that pass the planning figure during the run");
    add("median_date", Stored::text, "",
        "day by which half of all members have passed it; a hyphen: fewer do");
    add("median", Stored::float64, "persons", "the quantity at the end of the run, median over members");
    add("low", Stored::float64, "persons", "the quantity at the end of the run, 5 % of members lie below");
    add("high", Stored::float64, "persons", "the quantity at the end of the run, 5 % of members lie above");
    add_first_day(table, "planning", "passed_on", "chance_passed", "the quantity passes the planning figure",
                  {"planning_figure"}, When::planning);
    of_members("most", "persons", "the most that is counted at any time of the run", ", quantiles over members", false);
    add("trigger", Stored::float64, "1", "share of the planning figure whose passing is taken for a warning", "2.3");
    add("chance_of_warning", Stored::float64, "1",
        "share of members that pass that share of the figure; what chance falls short of it are warnings in vain", "2.3");
    of_members("lead_days", "day", "days from the warning to the passing of the planning figure; missing: it is not passed",
               ", quantiles over members that pass it", true);
}

void add_unknowns(Table& table) {
    table.push_back({.name = "unknown_name", .dimensions = {"unknown"}, .stored = Stored::text,
                     .meaning = "setting that every member drew, by its dotted key", .when = When::unknowns,
                     .since = "2.1"});
    table.push_back({.name = "unknown_value", .dimensions = {"member", "unknown"}, .unit = "1",
                     .meaning = "what the member drew: of a parameter its value in the setting's own unit; of "
                                "uncertainty.strikes, population and capacity the factor on their sum; of "
                                "uncertainty.front_days the mean days by which fronts are moved",
                     .when = When::unknowns, .since = "2.1"});
}

void add_agents(Table& table) {
    const Axes axes{"member", "origin", "history_bin"};
    auto history = [&](const char* name, const std::string& meaning, const char* since = "1.0") {
        table.push_back({.group = "histories", .name = name, .dimensions = axes, .unit = "households",
                         .meaning = meaning, .when = When::agents, .since = since});
    };
    history("times_displaced",
            "households by home and number of departures in flight; the last bin: that or more");
    history("places_visited",
            "households by home and number of arrivals in flight; the last bin: that or more");
    history("days_on_road", "households by home and whole days travelled; the last bin: that or more");
    history("distance_travelled",
            fmt::format("households by home and distance travelled by road: bin 0 none, bin b over {0:g} (b - 1) up "
                        "to {0:g} b km; the last bin: that or more",
                        Histories::km_a_bin),
            "1.1");
    auto trace = [&](const char* name, const char* unit, const char* meaning) {
        table.push_back({.group = "traces", .name = name, .dimensions = {"trace"}, .stored = Stored::int32,
                         .unit = unit, .meaning = meaning, .when = When::traces});
    };
    trace("run", "", "member of the ensemble in which it happened");
    trace("household", "", "number of the household in its run");
    trace("step", "", "step of the run, counted from 0");
    trace("home", "", "home of the household, as index among the scenario's places");
    trace("place", "", "where it is now, or where it sets out from, as index among the scenario's places");
    trace("event", "", "0 leaves, 1 arrives, 2 returns home, 3 turned away, 4 crosses the border");
}

// clang-format on

Table make_table() {
    Table table;
    add_coordinates(table);
    add_places(table);
    add_homes(table);
    add_routes(table);
    add_groups(table);
    add_inputs(table);
    add_results(table);
    add_over_run(table);
    add_planner_quantities(table);
    add_border(table);
    add_figures(table);
    add_planning(table);
    add_unknowns(table);
    add_agents(table);
    return table;
}

}  // namespace

const std::vector<Dimension>& dimensions() {
    static const std::vector<Dimension> table = {
        {"", "member", "runs, each with its own chance and its own draw of what is not known"},
        {"", "time", "records"},
        {"", "place", "towns, camps, crossings and regions abroad: all, or those that output.places names"},
        {"", "origin", "homes: all places of the scenario, in its order"},
        {"", "route", "roads between two places of the axis of places"},
        {"", "quantile", "5, 25, 50, 75 and 95 % of members"},
        {"", "level", "80, 100 and 120 % of the capacity of a place"},
        {"", "band", "danger bands, from less than a strike a day to fallen"},
        {"", "need", "water, food, living space and latrines"},
        {"", "group", "groups of the population, divided into classes of threshold"},
        {"", "two", "the two ends of a route"},
        {"", "unknown", "what every member drew for itself"},
        {"border", "border_point", "points of the lines that maps show, such as a border"},
        {"reported", "figure", "reported figures within the period of the run"},
        {"planning", "planning_figure", "planning figures"},
        {"histories", "history_bin", "0, 1, 2, ...; the last holds everything at or above it"},
        {"traces", "trace", "events of traced households, by member"},
        {"", "run", "of a study: its runs, set after set, replicates of a set side by side"},
    };
    return table;
}

std::string DatasetInfo::path() const {
    return group.empty() ? fmt::format("/{}", name) : fmt::format("/{}/{}", group, name);
}

bool is_series_of_members(const DatasetInfo& info) {
    const auto& axes = info.dimensions;
    return axes.size() == 3 && axes[0] == "member" && (axes[1] == "time" || axes[1] == "origin") &&
           (axes[2] == "place" || axes[2] == "route");
}

bool is_of_homes(const DatasetInfo& info) {
    return info.group.empty() && info.dimensions == std::vector<std::string>{"origin"};
}

std::string over_run_name(const FieldInfo& field) {
    return fmt::format("{}{}", field.name, field.kind == Kind::flow ? "_over_run" : "_final");
}

const std::vector<DatasetInfo>& layout() {
    static const Table table = make_table();
    return table;
}

const DatasetInfo& dataset_info(std::string_view path) {
    for (const auto& info : layout()) {
        if (info.path() == path) return info;
    }
    throw std::logic_error(fmt::format("results layout has no dataset {}", path));
}

}  // namespace nuzuh
