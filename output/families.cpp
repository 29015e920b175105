#include "output/families.hpp"

#include <fmt/format.h>

#include "output/ensemble_summary.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

void write_family(ResultsBuilder& file, std::string_view name,
                  const std::function<std::span<const float>(std::size_t)>& member, std::size_t members,
                  int threads) {
    const std::string path = fmt::format("/{}", name);
    file.slices(path, member);
    const auto summary = summarise(members, member(0).size(), member, threads);
    file.floats(path + "_mean", summary.mean);
    file.slices(path + "_quantile",
                [&](std::size_t q) { return std::span<const float>(summary.quantile[q]); });
}

void write_first_day(ResultsBuilder& file, const std::string& path, const std::string& chance_path,
                     const std::function<std::span<const float>(std::size_t)>& day, std::size_t members,
                     const std::vector<double>& record_days) {
    const std::size_t count = day(0).size();
    std::vector<float> quantiles(quantile_levels.size() * count), chances(record_days.size() * count);
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<float> sample;
        for (std::size_t m = 0; m < members; ++m) sample.push_back(day(m)[i]);
        for (std::size_t q = 0; q < quantile_levels.size(); ++q)
            quantiles[q * count + i] = day_reached(sample, quantile_levels[q]);
        for (std::size_t t = 0; t < record_days.size(); ++t)
            chances[t * count + i] = float(chance_by(sample, record_days[t]));
    }
    file.slices(path, day);
    file.floats(path + "_quantile", quantiles);
    file.floats(chance_path, chances);
}

}  // namespace nuzuh
