// A study as its results file tells of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
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
    Eigen::ArrayXXd sets;  ///< [set, axis] numbers; where settings are words, in order of appearance from 0
    std::vector<bool> is_word;         ///< [axis] whether its settings are words
    std::vector<bool> done;            ///< [run]
    std::vector<std::string> message;  ///< [run] why it was not done
    std::vector<Date> days;            ///< last day of each record
    std::vector<std::string> places;
    std::vector<std::string> bands;  ///< of danger; empty if nothing was collected by danger
};

/// For whoever reads the runs of one scenario, and would find other axes in a study.
///
/// @param path    of the file
/// @param reader  who, as the subject of a sentence: "a page"
/// @throws        h5::Error if the file holds a study; the message says what reads one
void require_scenario(const Results& file, const std::filesystem::path& path, std::string_view reader);

/// Why a file does not hold what would be made from a scenario or a study; "" if it does.
///
/// @param attribute  of its provenance: "scenario" or "study"
/// @param yaml       the effective scenario or study
std::string why_not_made_from(const std::filesystem::path& file, const std::string& attribute,
                              const std::string& yaml);

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
