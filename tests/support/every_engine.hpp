// Tests that run over every engine and mode.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "tests/support/runs.hpp"

namespace nuzuh::test {

struct EngineCase {
    const char* name;
    EngineKind kind;
    DrawMode mode;
};

inline constexpr EngineCase every_engine[] = {
    {"compartments", EngineKind::compartments, DrawMode::stochastic},
    {"compartments_expected", EngineKind::compartments, DrawMode::expected},
    {"pooled", EngineKind::pooled, DrawMode::stochastic},
    {"pooled_expected", EngineKind::pooled, DrawMode::expected},
    {"agents", EngineKind::agents, DrawMode::stochastic},
};
inline constexpr EngineCase every_engine_that_draws[] = {every_engine[0], every_engine[2], every_engine[4]};

inline std::string name_of(const ::testing::TestParamInfo<EngineCase>& info) { return info.param.name; }

/// A test that runs over some of these.
class OverEngines : public ::testing::TestWithParam<EngineCase> {
protected:
    bool draws() const { return GetParam().mode == DrawMode::stochastic; }
    /// Whether homes of displaced people are forgotten.
    bool forgets_homes() const { return GetParam().kind == EngineKind::pooled; }

    EnsembleResult runs(const World& world, int members) const {
        return test::run(world, GetParam().kind, GetParam().mode, members);
    }
    RunResult run(const World& world) const { return runs(world, 1).members[0]; }
    RunResult run(const ScenarioSettings& settings) const { return run(built(settings)); }
};

}  // namespace nuzuh::test
