// What a run comes to that nobody has reported anywhere.
#pragma once

#include <string>
#include <vector>

#include "sim/study/ensemble.hpp"

namespace nuzuh {

/// Sentences about what lies outside all evidence in the middle of the runs: more movements a person displaced, or more
/// of the people leaving home within a week, than was reported in any displacement that the model has been held against.
///
/// Source   1.4 movements a person in northwest Syria by August 2019 (OCHA; 576,000 movements of over 400,000 people) and
///          about 5 % of the people there in the first week of May; the limits, 3 and 40 %, are judgement. Maarat
///          al-Numan, a single town, lost 60,000 of 140,000 in four days.
std::vector<std::string> outside_evidence(const World& world, const EnsembleResult& result);

}  // namespace nuzuh
