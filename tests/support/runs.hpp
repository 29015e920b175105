// Runs for tests, and what is read off them.
#pragma once

#include <cstring>
#include <numeric>

#include "sim/study/ensemble.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh::test {

inline EnsembleResult run(const World& world, EngineKind engine, DrawMode mode, int members = 1,
                          std::uint64_t seed = 1, int threads = 1) {
    EnsembleSpec spec;
    spec.engine = engine;
    spec.mode = mode;
    spec.members = members;
    spec.seed = seed;
    spec.threads = threads;
    spec.causes = world.settings.output.causes;
    auto result = run_ensemble(world, spec);
    if (!result.failure.empty()) throw std::runtime_error(result.failure);
    return result;
}

inline EnsembleResult expected(const ScenarioSettings& settings) {
    return run(built(settings), EngineKind::compartments, DrawMode::expected);
}

/// Sum of a flow over the whole run, or a stock at its end.
inline double at_end(const World& world, const RunResult& result, PlaceField field,
                     const std::string& place) {
    const auto& values = result.place[std::size_t(field)];
    const auto places = std::size_t(world.place_count());
    const auto i = std::size_t(world.place_index(place));
    double sum = 0;
    for (std::size_t t = 0; t < values.size() / places; ++t) {
        sum = (info(field).kind == Kind::stock ? 0 : sum) + values[t * places + i];
    }
    return sum;
}

inline double last(const RunResult& result, TotalField field) {
    return result.total[std::size_t(field)].back();
}

/// Whether values are the same to the last bit, missing ones too.
inline bool same_bytes(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// Whether everything recorded on the first days is the same to the last bit.
inline bool same_until(const World& world, const RunResult& a, const RunResult& b, std::size_t records) {
    for (std::size_t f = 0; f < place_field_count; ++f) {
        if (a.place[f].empty() && b.place[f].empty()) continue;
        const std::size_t values = records * std::size_t(world.place_count());
        if (std::memcmp(a.place[f].data(), b.place[f].data(), values * sizeof(float)) != 0) return false;
    }
    return true;
}
inline bool same(const World& world, const RunResult& a, const RunResult& b) {
    return same_until(world, a, b, a.total[0].size()) && a.arrivals_from == b.arrivals_from &&
           a.displaced_from == b.displaced_from && a.route == b.route;
}

}  // namespace nuzuh::test
