// What a results file holds, held against the table of datasets before any value is used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "output/layout.hpp"

namespace nuzuh {

struct StoredDataset;
class Results;

/// Names of a dataset's axes in a file of one scenario or, where runs stand for members, of a study; nothing where the table
/// has no such dataset.
std::optional<std::vector<std::string>> axes_in_table(const std::string& path, bool is_study);

/// Holds every dataset that the table knows against it: its type, and its shape against the lengths of its axes. Values that
/// others are found by must be possible: days that rise, ends of routes that are places.
///
/// @throws  h5::Error naming the first dataset that is not as the table says
void require_layout(const Results& file, const std::vector<StoredDataset>& stored);

}  // namespace nuzuh
