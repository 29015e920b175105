#include "sim/engine/record.hpp"

namespace nuzuh {

void StepRecord::reset(int places, int routes, bool origins) {
    place.setZero(places, place_field_count);
    route.setZero(routes);
    const int homes = origins ? places : 0;
    arrivals_from.setZero(homes, homes);
    displaced_from.setZero(homes, homes);
}

}  // namespace nuzuh
