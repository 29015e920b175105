// A small world and results made up for it, so that the writer is tested without an engine.
#pragma once

#include "sim/study/ensemble.hpp"
#include "sim/study/score.hpp"

namespace nuzuh::test {

/// Shape of made-up results.
struct SyntheticSize {
    int places = 4;
    int routes = 3;
    int records = 5;
    int members = 3;
    bool agents = false;
    bool origins = true;
    bool origins_by_record = true;  ///< if they are told at all
    int border_points = 0;
};

/// A scenario of that shape: strikes grow by one a day at every place, and the first falls on the fourth day.
ScenarioSettings synthetic_settings(const SyntheticSize& size);
World synthetic_world(const ScenarioSettings& settings);
World synthetic_world(const SyntheticSize& size);

/// Results in which every value tells where it belongs: see synthetic_value.
EnsembleResult synthetic_result(const SyntheticSize& size);

/// Value of place field `field` of member `m`, record `t`, place `i`.
float synthetic_value(int field, int m, int t, int i);

std::vector<FigureComparison> synthetic_comparisons();
std::vector<PlanningOutlook> synthetic_outlooks(const SyntheticSize& size);

}  // namespace nuzuh::test
