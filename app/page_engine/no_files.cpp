// Where there are no files, there are no folders with cases of Flee.
#include "sim/scenario/flee/case.hpp"

namespace nuzuh::scenario {

bool is_flee_case(const std::filesystem::path&) { return false; }

std::optional<Node> read_flee_case(const std::filesystem::path&, const std::filesystem::path&, Sources&,
                                   Notes&) {
    return {};
}

}  // namespace nuzuh::scenario
