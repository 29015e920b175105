#include "output/over_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/layout.hpp"

namespace nuzuh {

std::vector<double> over_run(std::span<const float> series, std::size_t width, Over how) {
    std::vector<double> result(width, 0);
    for (std::size_t at = how == Over::last ? series.size() - width : 0; at < series.size(); ++at) {
        double& kept = result[at % width];
        kept = how == Over::most ? std::max(kept, double(series[at])) : kept + series[at];
    }
    return result;
}

bool keeps_series(const Results& results) {
    return results.has(fmt::format("/{}", info(PlaceField::displaced).name));
}

void require_series(const Results& results, std::string_view what) {
    if (keeps_series(results)) return;
    throw ResultsError(
        fmt::format("{} the series of each member by place, and this run kept its totals alone "
                    "(output.members: totals); run the "
                    "scenario again with --set output.members=all",
                    what));
}

std::vector<std::vector<double>> places_over_run(const Results& results, PlaceField field, Over how) {
    const std::size_t members = results.doubles("/member").size(), places = results.doubles("/lat").size();
    std::vector<std::vector<double>> all;
    if (keeps_series(results)) {
        for (std::size_t m = 0; m < members; ++m)
            all.push_back(over_run(results.slice(fmt::format("/{}", info(field).name), m), places, how));
        return all;
    }
    const auto name = how == Over::most ? std::string(most_without_shelter) : over_run_name(info(field));
    const auto kept = results.floats("/" + name);
    for (std::size_t m = 0; m < members; ++m)
        all.emplace_back(kept.begin() + std::ptrdiff_t(m * places),
                         kept.begin() + std::ptrdiff_t((m + 1) * places));
    return all;
}

}  // namespace nuzuh
