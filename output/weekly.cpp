#include "output/weekly.hpp"

#include <cmath>

#include <fmt/format.h>

#include "output/over_run.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

bool tells_weeks(const Gazetteer& g) {
    const int record_days = g.days.size() > 1 ? g.days[1] - g.days[0] : g.days.front() - g.start + 1;
    return record_days == 1 || record_days == 7;
}

std::vector<std::vector<float>> by_week(const ResultsFile& file, const Gazetteer& g, PlaceField field) {
    require_series(file, fmt::format("quantiles of {} by week take", info(field).name));
    const std::size_t places = g.places.size();
    std::vector<std::vector<float>> weekly(g.members, std::vector<float>(g.weeks.size() * places, 0));
    for (std::size_t m = 0; m < g.members; ++m) {
        const auto values = file.slice(fmt::format("/{}", info(field).name), m);  // [T, P]
        for (std::size_t w = 0; w < g.weeks.size(); ++w) {
            const Week& week = g.weeks[w];
            for (std::size_t t = info(field).kind == Kind::stock ? week.last : week.first; t <= week.last;
                 ++t) {
                for (std::size_t i = 0; i < places; ++i) weekly[m][w * places + i] += values[t * places + i];
            }
        }
    }
    return weekly;
}

std::vector<float> quantile_by_week(const ResultsFile& file, const Gazetteer& g, PlaceField field,
                                    std::size_t level) {
    const auto by_record = file.slice(fmt::format("/{}_quantile", info(field).name), level);  // [T, P]
    const std::size_t places = g.places.size();
    std::vector<float> weekly;
    for (const Week& week : g.weeks) {
        const bool is_known = info(field).kind == Kind::stock || week.first == week.last;
        for (std::size_t i = 0; i < places; ++i)
            weekly.push_back(is_known ? by_record[week.last * places + i] : NAN);
    }
    return weekly;
}

template <class Number>
std::vector<float> quantile_of_members(const std::vector<std::vector<Number>>& member, double p) {
    std::vector<float> result;
    std::vector<double> sample(member.size());
    for (std::size_t v = 0; v < member.front().size(); ++v) {
        for (std::size_t m = 0; m < member.size(); ++m) sample[m] = member[m][v];
        result.push_back(float(quantile(sample, p)));
    }
    return result;
}

template std::vector<float> quantile_of_members(const std::vector<std::vector<float>>&, double);
template std::vector<float> quantile_of_members(const std::vector<std::vector<double>>&, double);

}  // namespace nuzuh
