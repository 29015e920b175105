#include "sim/engine/agent/agents_impl.hpp"

namespace nuzuh {

template class Agents<RandomLaw>;

}  // namespace nuzuh
