// What an engine says about a step, and what is kept of a run.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include "sim/engine/fields.hpp"

namespace nuzuh {

/// Totals over all places, derived from the place fields.
enum class TotalField {
    movements,
    people_displaced,
    displaced,
    without_shelter,
    on_the_road,
    waiting,
    abroad,
    returned,
    remaining,
    could_not_leave,
    with_shelter,
    households_in_tents,
    person_days_displaced,
    moved_on,
    count_
};
constexpr int total_field_count = int(TotalField::count_);

constexpr std::array<FieldInfo, total_field_count> total_fields{{
    {"total_movements", "persons", Kind::stock,
     "departures in flight since the start: a person who fled twice counts twice"},
    {"total_people_displaced", "persons", Kind::stock, "people who have left home at least once"},
    {"total_displaced", "persons", Kind::stock, "displaced people staying at places inside the country"},
    {"total_without_shelter", "persons", Kind::stock, "displaced people without shelter"},
    {"total_on_the_road", "persons", Kind::stock, "people travelling"},
    {"total_waiting", "persons", Kind::stock, "people waiting at crossings or turned away"},
    {"total_abroad", "persons", Kind::stock, "people who crossed the border"},
    {"total_returned", "persons", Kind::stock, "arrivals back home since the start"},
    {"total_remaining", "persons", Kind::stock, "people still at home where there is danger"},
    {"total_could_not_leave", "persons", Kind::flow, "people who wanted to leave and could not"},
    {"total_with_shelter", "persons", Kind::stock,
     "displaced people inside the country within the capacity of the place where they stay", "1.1"},
    {"total_households_in_tents", "households", Kind::stock,
     "displaced households in tents or in the open: all in camps, those beyond capacity elsewhere, and those "
     "waiting (persons by the mean household)",
     "1.1"},
    {"total_person_days_displaced", "person-days", Kind::flow,
     "days spent displaced inside the country: staying, waiting or on the road", "1.1"},
    {"total_moved_on", "persons", Kind::stock,
     "departures in flight that were not the first from home, since the start: movements without first "
     "flights",
     "2.3"},
}};

constexpr const FieldInfo& info(TotalField field) { return total_fields[std::size_t(field)]; }

/// Quantities summed over the places inside the country that are equally dangerous (rules/danger.hpp, DangerBand).
enum class BandField {
    at_home,
    displaced,
    could_not_leave,
    person_days_at_home,
    person_days_displaced,
    count_
};
constexpr int band_field_count = int(BandField::count_);

constexpr std::array<FieldInfo, band_field_count> band_fields{{
    {"at_home_by_danger", "persons", Kind::stock, "people at home, by danger there", "1.1"},
    {"displaced_by_danger", "persons", Kind::stock,
     "displaced people staying or waiting inside the country, by danger there", "1.1"},
    {"could_not_leave_by_danger", "persons", Kind::flow,
     "people who wanted to leave and could not, by danger where they are", "1.1"},
    {"person_days_at_home_by_danger", "person-days", Kind::flow, "days spent at home, by danger there",
     "1.1"},
    {"person_days_displaced_by_danger", "person-days", Kind::flow,
     "days spent displaced, staying or waiting inside the country, by danger there", "1.1"},
}};

constexpr const FieldInfo& info(BandField field) { return band_fields[std::size_t(field)]; }

/// Shares of its capacity of which each place's first day is kept.
constexpr std::array<double, 3> full_levels{0.8, 1.0, 1.2};

/// People of one home at one place.
struct FromHome {
    int place;
    int home;  ///< place
    double persons;
};

/// One step as an engine reports it. Reused from step to step.
///
/// Shape    P places, R routes.
struct StepRecord {
    Eigen::ArrayXXd place;  ///< [P, place_field_count] persons or households
    Eigen::ArrayXd route;   ///< [R] persons setting out over each route during the step, both ways
    Eigen::ArrayXd
        last_road;  ///< [2 R] persons arriving in flight at the first and second end of each road, who came over
                    ///< it last; empty where they are not counted, or nobody arrived
    bool tells_origins = false;            ///< whether the next two are known
    std::vector<FromHome> arrivals_from;   ///< arriving in flight; a pair may occur twice
    std::vector<FromHome> displaced_from;  ///< displaced; a pair occurs once

    double& at(int i, PlaceField field) { return place(i, int(field)); }
    double at(int i, PlaceField field) const { return place(i, int(field)); }

    void reset(int places, int routes, bool origins = true);
};

/// What can happen to a traced household. The numbers stand in results files.
enum class TraceKind : std::int32_t {
    leaves = 0,
    arrives = 1,
    returns_home = 2,
    turned_away = 3,
    crosses = 4,  ///< the border
};

/// Something that happened to a traced household.
struct TraceEvent {
    std::int32_t household;
    std::int32_t step;
    std::int32_t home;   ///< place
    std::int32_t place;  ///< where it is now, or where it sets out from
    TraceKind event;
};

/// What only agents can tell: distributions over households at the end of the run, by home.
///
/// Shape    [home P, bins]; the last bin holds everything at or above it.
struct Histories {
    static constexpr int bins = 16;
    static constexpr double km_a_bin = 25;
    Eigen::ArrayXXd times_displaced;  ///< households by number of departures in flight
    Eigen::ArrayXXd places_visited;   ///< households by number of arrivals in flight
    Eigen::ArrayXXd days_on_road;     ///< households by whole days travelled
    Eigen::ArrayXXd
        distance;  ///< households by distance travelled: none, up to km_a_bin, up to twice that, ...
    std::vector<TraceEvent> traces;
};

/// One run as it is kept: records every few days.
///
/// Shape    T records, P places, R routes, B danger bands; row-major, single precision (exact to 16.7 million).
struct RunResult {
    std::array<std::vector<float>, place_field_count> place;  ///< [T, P]
    std::array<std::vector<float>, total_field_count> total;  ///< [T]
    std::array<std::vector<float>, band_field_count> band;    ///< [T, B]
    std::vector<float> first_day_full;  ///< [full_levels, P] days since the start; NaN: never, or no capacity
    std::vector<float> route;           ///< [T, R] persons
    std::vector<float> arrivals_from;   ///< [home P, P] persons over the whole run; empty without origins
    std::vector<float> displaced_from;  ///< [home P, P] persons at the end of the run; likewise
    Histories histories;                ///< empty unless the engine is agents
};

}  // namespace nuzuh
