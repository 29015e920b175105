#include "sim/engine/compartment/compartments_impl.hpp"

namespace nuzuh {

template class Compartments<RandomLaw>;
template class Compartments<ExpectedLaw>;

}  // namespace nuzuh
