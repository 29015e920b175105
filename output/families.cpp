#include "output/families.hpp"

#include <fmt/format.h>

#include "output/ensemble_summary.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

void write_family(ResultsSink& to, std::string_view name, const Slices& member, std::size_t members,
                  int threads, Stay stay) {
    const std::string path = fmt::format("/{}", name), mean = path + "_mean", quantile = path + "_quantile";
    to.slices(path, member, stay);
    if (!to.wants_any({mean, quantile})) return;
    auto summary = summarise(members, member(0).size(), member, threads);
    to.put(mean, std::move(summary.mean));
    to.slices(quantile, [&](std::size_t q) { return std::span<const float>(summary.quantile[q]); });
}

void write_first_day(ResultsSink& to, const std::string& path, const std::string& chance_path,
                     const Slices& day, std::size_t members, const std::vector<double>& record_days,
                     Stay stay) {
    const std::string quantile_path = path + "_quantile";
    to.slices(path, day, stay);
    if (!to.wants_any({quantile_path, chance_path})) return;
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
    to.put(quantile_path, std::move(quantiles));
    to.put(chance_path, std::move(chances));
}

}  // namespace nuzuh
