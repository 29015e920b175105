// Writes the results of an ensemble.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "output/hdf5.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

/// How the results came to be. Nothing here depends on the machine, the day or the number of threads: the same
/// inputs give the same bytes.
struct Provenance {
    std::string version;   ///< of this program
    std::string revision;  ///< of its source; "" if unknown
    std::string compiler;
    std::string scenario;     ///< effective scenario as YAML
    std::string input_files;  ///< a line each: SHA-256, two spaces, name
};

/// Version, revision and compiler of this program.
Provenance build_provenance();

/// How a results file is written.
struct WriteOptions {
    bool force = false;  ///< replace a file of that name
    int threads = 0;     ///< 0: all cores
};

/// Writes the results file described in output/README.md. The target is whole or absent, also when the disk is
/// full or the process is stopped.
///
/// @throws  h5::Error when it cannot be written
///
/// Cost     dominated by compression, which runs on all threads; the compressed file stands in memory before it
///          goes to disk, about a quarter of the result itself; where members lie on a shelf, it grows on the disk.
void write_results(const std::filesystem::path& target, const World& world, const EnsembleResult& result,
                   const std::vector<FigureComparison>& comparisons,
                   const std::vector<PlanningOutlook>& outlooks, const Provenance& provenance,
                   const WriteOptions& options = {});

}  // namespace nuzuh
