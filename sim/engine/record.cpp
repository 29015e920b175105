#include "sim/engine/record.hpp"

namespace nuzuh {

void StepRecord::reset(int places, int routes) {
    place.setZero(places, place_field_count);
    route.setZero(routes);
    arrivals_from.clear();
    displaced_from.clear();
}

}  // namespace nuzuh
