// Registrations of camps as daily series, and how many people must have left for them to grow as they did.
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// The name of the series that counts everywhere together.
inline constexpr std::string_view everywhere = "all";

/// People registered at one place, for every day of the period.
struct RegisteredSeries {
    std::string place;       ///< `all` for the total over everywhere
    Eigen::ArrayXd persons;  ///< [days] whole persons at the end of the day
};

/// The registrations of a scenario, a series a place, in the order in which places first appear.
///
/// Counts before a verified one are scaled to join it, each correction in turn. Between two rows, in the order of
/// the rows, the series follows a line and is cut to whole persons; before the first row and after the last it is
/// constant. Rows out of order of date are not sorted: of the rows after the first, the first whose date lies
/// after the day ends the line, and the row before it begins it.
///
/// @param people_each  divides every count before anything else: people that one simulated person stands for
///
/// Source   Flee 3 (Groen and others 2024), so that its cases are judged on the same numbers
std::vector<RegisteredSeries> daily_registrations(const ScenarioSettings& settings, double people_each = 1);

/// How many people set out on each day so that all series together grow as they do: their daily growth, less
/// what earlier days shrank. Nobody sets out on the first day.
///
/// @return  [days] persons
Eigen::ArrayXd departures_behind(const std::vector<RegisteredSeries>& series, int days);

/// Growth of each day less what earlier days shrank: at least 0.
///
/// @param growth  [days] persons, negative where a sum shrinks
Eigen::ArrayXd less_what_shrank(Eigen::ArrayXd growth);

}  // namespace nuzuh
