// A scenario that Python holds, with the worlds that are made of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <pybind11/pybind11.h>

#include "output/results_in_memory.hpp"
#include "sim/scenario/load.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh::python {

/// How a run is asked for; what is not given is as the scenario says.
struct RunAsked {
    std::optional<int> members;
    std::optional<std::int64_t> seed;
    std::optional<std::string> engine, mode;
    int threads = 0;
    bool fixed = false;

    /// Whether the same world is meant: all but the threads.
    bool is_alike(const RunAsked& other) const {
        return std::tie(members, seed, engine, mode, fixed) ==
               std::tie(other.members, other.seed, other.engine, other.mode, other.fixed);
    }
};

/// What a run is made of.
struct Prepared {
    RunAsked asked;
    std::shared_ptr<const World> world;
    Unknowns unknowns;
};

/// Everything raises nuzuh.ScenarioError for what cannot be.
class Scenario {
public:
    Scenario(const std::string& path, const std::vector<std::string>& overrides);

    /// Sets one setting; raises what is wrong, and then nothing is changed.
    void set(const std::string& key, const std::string& value);

    pybind11::object number(const std::string& key) const;
    std::string yaml() const;
    pybind11::list warnings() const;

    std::shared_ptr<ResultsInMemory> run(const RunAsked& asked, const pybind11::object& progress);

    /// What a run that is asked for so is made of, kept for the next that is asked for alike.
    std::shared_ptr<const Prepared> prepared_for(const RunAsked& asked);

    const LoadedScenario& loaded() const { return loaded_; }
    const World& world() const { return *world_; }
    const std::string& path() const { return path_; }

private:
    void take(ScenarioSettings settings);
    std::shared_ptr<const World> world_for(const RunAsked& asked) const;
    std::string input_files() const;

    std::string path_;
    LoadedScenario loaded_;
    Findings notes_;
    std::shared_ptr<const World> world_;
    std::shared_ptr<const Prepared> prepared_;
};

}  // namespace nuzuh::python
