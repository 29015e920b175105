// The datasets of a study's results file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "output/layout.hpp"
#include "sim/study/sweep.hpp"

namespace nuzuh {

/// Datasets that every study has, one value a run.
const std::vector<DatasetInfo>& run_table();

/// The table of a study's file: time, places and routes as in an ensemble's file; the runs; a dataset an axis; and the
/// outputs collected.
std::vector<DatasetInfo> study_layout(const StudyPlan& plan);

/// Names of the datasets of the axes: their keys in letters, digits and `_`, as every program reads them.
std::vector<std::string> axis_names(const Design& design);

bool keeps_quantiles(const StudyPlan& plan);

/// Whether an output that is collected has the axis.
bool has_axis(const StudyPlan& plan, std::string_view axis);

/// Whether the study's replicates draw what is not known, so that its file holds what.
bool draws_unknowns(const StudyPlan& plan);

/// Whether the settings along an axis are numbers.
bool is_numeric(const Axis& axis);

}  // namespace nuzuh
