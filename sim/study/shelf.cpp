#include "sim/study/shelf.hpp"

#include <utility>

namespace nuzuh {

const std::vector<float>& series_of(const RunResult& run, Series series) {
    if (series < route_series) return run.place[series];
    if (series == route_series) return run.route;
    return series == arrivals_from_series ? run.arrivals_from : run.displaced_from;
}

std::vector<float>& series_of(RunResult& run, Series series) {
    return const_cast<std::vector<float>&>(series_of(std::as_const(run), series));
}

}  // namespace nuzuh
