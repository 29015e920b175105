#include "tests/fuzz/targets_of.hpp"

namespace nuzuh::fuzz {

std::span<const Target> targets() {
    static constexpr Target all[] = {
        {"scenario", read_scenario},     {"study", read_study},         {"flee", read_flee},
        {"acled", read_acled},           {"region", read_region_files}, {"checkpoint", read_checkpoint_edits},
        {"results", read_results_edits},
    };
    return all;
}

}  // namespace nuzuh::fuzz
