// A run held against the figures that were reported, and against what was planned for.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/fields.hpp"
#include "sim/model/world.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {

/// Day by which a share p of members has come to something.
///
/// @param days  [members] days since the start; NaN: it never happens
/// @return      the earliest such day; NaN if fewer members come to it at all
float day_reached(std::vector<float> days, double p);

/// Share of members that have come to something by the end of a day [-].
double chance_by(const std::vector<float>& days, double day);

/// The reported figures that lie within the period of a run and begin and end with records, in order.
///
/// @param days  of the records, see `record_days`
std::vector<ReportedFigure> figures_within(const World& world, const std::vector<double>& days);

/// The parts of a run that a figure of this quantity is the sum of: stocks if it is one, else flows.
PlaceFields fields_of(Quantity quantity);

/// Where a figure may lie, with its uncertainty u and its bound: from value / (1 + u) to value * (1 + u); only upward for
/// "at least" and "over", only downward for "almost".
///
/// @return  [persons] ends
std::pair<double, double> reported_range(const ReportedFigure& figure);

/// The quantity of a figure in one run: a flow summed over its days, or a stock at their end.
///
/// @return  [persons]
double simulated(const World& world, const std::vector<double>& days, const RunResult& run,
                 const ReportedFigure& figure);

/// A reported figure beside the same quantity in the run.
struct FigureComparison {
    ReportedFigure figure;
    double reported_low = 0;  ///< [persons] the figure with its own uncertainty and bound
    double reported_high = 0;
    double median = 0;    ///< [persons] simulated
    double low = 0;       ///< 5 % of members lie below
    double high = 0;      ///< 5 % of members lie above
    bool inside = false;  ///< the 90 % band and the reported interval meet
};

/// The comparison for every figure of `figures_within`, in order.
std::vector<FigureComparison> compare_with_reported(const World& world, const EnsembleResult& result);

/// How likely a planning figure is passed during the run, and when.
struct PlanningOutlook {
    PlanningFigure figure;
    double chance = 0;                     ///< [-] share of members that pass it
    std::optional<Date> median_date;       ///< when half of all members have passed it; none if fewer do
    double median = 0, low = 0, high = 0;  ///< [persons] at the end of the run, 90 % band
    std::vector<float> passed_on;          ///< [members] days since the start; NaN: it does not
    std::vector<float> most;               ///< [members] persons: the most that is counted at any time
    double chance_of_warning = 0;  ///< [-] share of members that pass the trigger's share of the figure
    std::vector<float>
        lead_days;  ///< [members] from that day to the one on which the figure is passed; NaN: it never is
};

/// A figure is passed at the end of the first record at which more is counted: of a stock then, of a flow since the start or
/// in the window that ends then.
std::vector<PlanningOutlook> planning_outlook(const World& world, const EnsembleResult& result);

/// 5, 25, 50, 75 and 95 % quantiles of the values that are not missing; NaN if all are.
Band band_of_those_that_have_one(const std::vector<float>& values);

/// Single runs that stand for the 5, 25, 50, 75 and 95 %: members in order of people displaced by the end, then of movements
/// and of their numbers, at the nearest rank.
std::array<int, 5> members_by_rank(const EnsembleResult& result);

/// Which of these are told as cases.
constexpr std::array<std::pair<const char*, std::size_t>, 3> cases_by_rank{
    {{"best", 0}, {"likely", 2}, {"worst", 4}}};

}  // namespace nuzuh
