#include "output/families.hpp"

#include <fmt/format.h>

#include "output/ensemble_summary.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

namespace {

void put_summary(ResultsSink& to, const std::string& mean, const std::string& quantile,
                 EnsembleSummary summary) {
    to.put(mean, std::move(summary.mean));
    to.slices(quantile, [&](std::size_t q) { return std::span<const float>(summary.quantile[q]); });
}

}  // namespace

void write_family(ResultsSink& to, std::string_view name, const Slices& member, std::size_t members,
                  int threads, Stay stay) {
    const std::string path = fmt::format("/{}", name), mean = path + "_mean", quantile = path + "_quantile";
    to.slices(path, member, stay);
    if (!to.wants_any({mean, quantile})) return;
    put_summary(to, mean, quantile, summarise(members, member(0).size(), member, threads));
}

void write_large(ResultsSink& to, std::string_view path, const EnsembleResult& result, Series series) {
    if (result.shelf) {
        to.packed(path, [&](std::size_t m) { return result.shelf->packed(int(m), series); });
    } else {
        to.slices(
            path, [&](std::size_t m) { return std::span(series_of(result.members[m], series)); },
            Stay::with_the_results);
    }
}

bool has_series(const EnsembleResult& result, Series series) {
    return result.shelf ? !result.shelf->packed(0, series).empty()
                        : !series_of(result.members.front(), series).empty();
}

void write_large_family(ResultsSink& to, std::string_view name, const EnsembleResult& result, Series series,
                        int threads) {
    const std::string path = fmt::format("/{}", name), mean = path + "_mean", quantile = path + "_quantile";
    write_large(to, path, result, series);
    if (!to.wants_any({mean, quantile})) return;
    const std::size_t members = result.members.size();
    EnsembleSummary summary;
    if (result.shelf) {
        const auto member = [&](std::size_t m) { return result.shelf->series(int(m), series); };
        summary = summarise_fetched(members, member(0).size(), member, room_for_summaries, threads);
    } else {
        const auto member = [&](std::size_t m) { return std::span(series_of(result.members[m], series)); };
        summary = summarise(members, member(0).size(), member, threads);
    }
    put_summary(to, mean, quantile, std::move(summary));
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
