#include "sim/engine/record.hpp"

namespace nuzuh {

void StepRecord::reset(int places, int routes, bool origins) {
    place.setZero(places, place_field_count);
    route.setZero(routes);
    last_road.resize(0);
    tells_origins = origins;
    arrivals_from.clear();
    displaced_from.clear();
}

}  // namespace nuzuh
