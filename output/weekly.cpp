#include "output/weekly.hpp"

#include <fmt/format.h>

#include "sim/study/score.hpp"

namespace nuzuh {

std::vector<std::vector<float>> by_week(const ResultsFile& file, const Gazetteer& g, PlaceField field) {
    const auto values = file.floats(fmt::format("/{}", info(field).name));  // [M, T, P]
    const std::size_t places = g.places.size(), records = g.days.size();
    std::vector<std::vector<float>> weekly(g.members, std::vector<float>(g.weeks.size() * places, 0));
    for (std::size_t m = 0; m < g.members; ++m) {
        for (std::size_t w = 0; w < g.weeks.size(); ++w) {
            const Week& week = g.weeks[w];
            for (std::size_t t = info(field).kind == Kind::stock ? week.last : week.first; t <= week.last;
                 ++t) {
                const float* from = values.data() + (m * records + t) * places;
                for (std::size_t i = 0; i < places; ++i) weekly[m][w * places + i] += from[i];
            }
        }
    }
    return weekly;
}

std::vector<float> quantile_of_members(const std::vector<std::vector<float>>& member, double p) {
    std::vector<float> result;
    std::vector<double> sample(member.size());
    for (std::size_t v = 0; v < member.front().size(); ++v) {
        for (std::size_t m = 0; m < member.size(); ++m) sample[m] = member[m][v];
        result.push_back(float(quantile(sample, p)));
    }
    return result;
}

}  // namespace nuzuh
