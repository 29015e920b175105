// Scores of runs as tables, and the run in results as scores need it.
#pragma once

#include <string>
#include <vector>

#include "output/results.hpp"
#include "sim/model/world.hpp"
#include "sim/study/run_scores.hpp"

namespace nuzuh {

/// The world that results were made in, from the scenario that they carry.
Result<World> world_of(const Results& results);

/// The run in results.
///
/// @param world  see `world_of`
/// @throws       ResultsError if its places are not those of the world
ScoredRun scored_run(const Results& results, const World& world);

/// A row for each form, model and camp, with the mean and the sum over camps; an empty cell where a score is not defined.
std::string scores_csv(const std::vector<FormScores>& forms);

/// The run and the counts by form, camp and day.
std::string score_series_csv(const std::vector<FormScores>& forms);

}  // namespace nuzuh
