// Puts the segments of a study together into one results file.
#pragma once

#include <filesystem>
#include <vector>

#include "output/parts.hpp"
#include "output/writer.hpp"

namespace nuzuh {

/// Writes the results file of a study, described in output/README.md. The bytes do not depend on how the runs were
/// divided into parts. The target is whole or absent.
///
/// @param parts  of this study, without overlap, holding every run
/// @throws  h5::Error when a part is missing or of another study, or the file cannot be written
///
/// Cost     memory for one part and the tallies; values go to the disk as they are read.
void write_study(const std::filesystem::path& target, const StudyPlan& plan, const std::vector<Part>& parts,
                 const PartsHead& head, const Provenance& provenance, const WriteOptions& options = {});

}  // namespace nuzuh
