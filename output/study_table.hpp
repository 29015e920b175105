// A study as its results file tells of it.
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include "output/reader.hpp"
#include "output/scalar_output.hpp"

namespace nuzuh {

/// What was varied, and how the runs belong together.
struct StudyTable {
    std::string design;             ///< as studies write it: `saltelli`
    int block_size = 1;             ///< sets that an analysis needs together
    int morris_levels = 0;          ///< 0 in other designs
    int replicates = 1;             ///< runs of each set
    std::vector<std::string> axes;  ///< keys
    Eigen::ArrayXXd sets;    ///< [set, axis] numbers; where settings are words, in order of appearance from 0
    std::vector<bool> done;  ///< [run]
    std::vector<Date> days;  ///< last day of each record
    std::vector<std::string> places;
    std::vector<std::string> bands;  ///< of danger; empty if nothing was collected by danger
};

/// @throws  h5::Error if the file holds no study
StudyTable read_study_table(const ResultsFile& file);

/// Outputs that a study kept for every run, as in the file: `total_movements`, `arrivals`.
std::vector<std::string> stored_outputs(const ResultsFile& file);

/// What keeps an output from being read from the file: not collected, or no such place or danger band. Empty if nothing does.
Findings why_not_in(const ResultsFile& file, const StudyTable& study, const ScalarOutput& output);

/// An output at every set, mean over its replicates.
///
/// @return  [set]; NaN where a replicate was not done
/// Cost     reads a run at a time
Eigen::ArrayXd values_of_sets(const ResultsFile& file, const StudyTable& study, const ScalarOutput& output);

}  // namespace nuzuh
