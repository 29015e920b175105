#include "output/results.hpp"

#include <fmt/format.h>

namespace nuzuh {

std::size_t places_simulated(const Results& results) {
    const std::size_t told = results.doubles("/lat").size();
    return std::size_t(results.number_attribute("/", "places_simulated").value_or(double(told)));
}

bool tells_all_places(const Results& results) {
    return results.doubles("/lat").size() == places_simulated(results);
}

void require_all_places(const Results& results, std::string_view what) {
    if (tells_all_places(results)) return;
    throw ResultsError(
        fmt::format("{} every place, and these results tell of {} of {} (output.places); run the scenario "
                    "again with --set output.places=~",
                    what, results.doubles("/lat").size(), places_simulated(results)));
}

std::string reported_day(const Results& results, const std::string& name) {
    const std::string path = "/reported/" + name;
    return results.has(path) ? path : name == "first_day" ? "/reported/from" : "/reported/to";
}

}  // namespace nuzuh
