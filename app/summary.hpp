// What a run says, on one screen.
#pragma once

#include <string>
#include <vector>

#include "sim/study/ensemble.hpp"
#include "sim/study/score.hpp"

namespace nuzuh::app {

/// Totals at the end, the places that received most, and when places filled up; medians with 90 % bands over
/// members.
std::string totals_text(const World& world, const EnsembleResult& result);
std::string receiving_places_text(const World& world, const EnsembleResult& result);
std::string full_places_text(const World& world, const EnsembleResult& result);

/// What the bands hold, where their width comes from, and what lies outside all evidence.
std::string bands_text(const World& world, const EnsembleResult& result);

/// What a figure says: "about" is left out, the other bounds are words before the number.
std::string reported_value(const ReportedFigure& figure);

/// Reported beside simulated, and how many of the figures lie inside; "" if there are none.
std::string reported_text(const std::vector<FigureComparison>& comparisons);

/// When what is on hand runs short, for each need of which the scenario lists stock or supply; "" if it lists none.
std::string needs_text(const World& world, const EnsembleResult& result);

/// How likely each planning figure is passed, and when; "" if there are none.
std::string planning_text(const std::vector<PlanningOutlook>& outlooks);

}  // namespace nuzuh::app
