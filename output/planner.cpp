#include "output/planner.hpp"

#include "output/families.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

void write_by_danger(ResultsSink& to, const EnsembleResult& result, int threads) {
    write_band_names(to);
    for (std::size_t f = 0; f < band_fields.size(); ++f) {
        write_family(
            to, band_fields[f].name, [&](std::size_t m) { return std::span(result.members[m].band[f]); },
            result.members.size(), threads, Stay::with_the_results);
    }
}

void write_full_places(ResultsSink& to, const EnsembleResult& series) {
    const auto day = [&](std::size_t m) { return std::span(series.members[m].first_day_full); };
    write_first_day(to, "/first_day_full", "/chance_full", day, series.members.size(), series.days,
                    Stay::with_the_results);
}

void write_cases(ResultsSink& to, const EnsembleResult& result) {
    to.put("/case_member", [&] {
        const auto members = members_by_rank(result);
        return std::vector<std::int32_t>(members.begin(), members.end());
    });
}

void write_needs(ResultsSink& to, const World& world, const EnsembleResult& result, int threads) {
    if (!to.wants_along("need")) return;
    const auto needs = needs_outlook(world, result);
    const auto texts = [&](const char* path, auto value) {
        std::vector<std::string> values;
        for (const auto& need : needs) values.emplace_back(value(need));
        to.put(path, values);
    };
    const auto numbers = [&](const char* path, auto value) {
        std::vector<double> values;
        for (const auto& need : needs) values.push_back(value(need));
        to.put(path, values);
    };
    using Need = NeedOutlook;
    texts("/need_name", [](const Need& n) { return n.name; });
    texts("/need_unit", [](const Need& n) { return n.unit; });
    numbers("/need_per_person", [](const Need& n) { return n.per_person; });
    numbers("/need_on_hand", [](const Need& n) { return n.on_hand; });
    numbers("/need_supply", [](const Need& n) { return n.supply_per_day; });
    const std::size_t members = result.members.size();
    const auto family = [&](const char* name, auto series) {
        std::vector<std::vector<float>> values(members);  // [members][T, needs]
        for (std::size_t m = 0; m < members; ++m) {
            for (std::size_t t = 0; t < result.days.size(); ++t) {
                for (const auto& need : needs) values[m].push_back(series(need)[m][t]);
            }
        }
        write_family(
            to, name, [&](std::size_t m) { return std::span<const float>(values[m]); }, members, threads,
            Stay::during_the_call);
    };
    family(
        "needed", [](const Need& n) -> const auto& { return n.needed; });
    family(
        "unmet", [](const Need& n) -> const auto& { return n.unmet; });
    std::vector<std::vector<float>> short_on(members);
    for (std::size_t m = 0; m < members; ++m) {
        for (const auto& need : needs) short_on[m].push_back(need.short_on[m]);
    }
    write_first_day(
        to, "/first_day_short", "/chance_short",
        [&](std::size_t m) { return std::span<const float>(short_on[m]); }, members, result.days,
        Stay::during_the_call);
}

}  // namespace

void write_band_names(ResultsSink& to) {
    std::vector<std::string> names;
    for (const auto& [name, meaning] : danger_bands) names.emplace_back(name);
    to.put("/band_name", names);
}

void write_planner_quantities(ResultsSink& to, const World& world, const EnsembleResult& result,
                              const EnsembleResult& series, int threads) {
    write_by_danger(to, result, threads);
    write_cases(to, result);
    write_full_places(to, series);
    write_needs(to, world, result, threads);
}

}  // namespace nuzuh
