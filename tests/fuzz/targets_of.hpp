// The targets by name; targets.cpp lists them.
#pragma once

#include "tests/fuzz/targets.hpp"

namespace nuzuh::fuzz {

void read_scenario(std::string_view sample);  ///< YAML, or tables of a network
void read_study(std::string_view sample);     ///< YAML with axes
void read_flee(std::string_view sample);      ///< files of a case
void read_acled(std::string_view sample);     ///< tables of events
void read_region_files(
    std::string_view sample);  ///< what `nuzuh import region` takes, by the beginning of its name
void read_checkpoint_edits(std::string_view sample);  ///< changes of a good one's bytes, sealed anew
void read_results_edits(std::string_view sample);     ///< changes of a good one by HDF5 calls, sealed anew

}  // namespace nuzuh::fuzz
