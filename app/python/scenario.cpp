#include "app/python/scenario.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "app/python/findings.hpp"
#include "app/python/listener.hpp"
#include "sim/check/make_world.hpp"
#include "sim/model/engine_choice.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/ensemble.hpp"

namespace py = pybind11;

namespace nuzuh::python {

Scenario::Scenario(const std::string& path, const std::vector<std::string>& overrides) : path_(path) {
    auto loaded = load_scenario(path, overrides);
    if (!loaded) refuse(loaded.findings());
    loaded_ = std::move(*loaded);
    notes_ = loaded.findings();
    take(loaded_.settings);
}

void Scenario::set(const std::string& key, const std::string& value) {
    ScenarioSettings settings = loaded_.settings;
    if (const auto why = set_setting(settings, key, value); !why.empty())
        refuse(one_error(key, why, setting_access().hint(key)));
    take(std::move(settings));
}

py::object Scenario::number(const std::string& key) const {
    const auto value = number_of_setting(loaded_.settings, key);
    return value ? py::object(py::float_(*value)) : py::object(py::none());
}

std::string Scenario::yaml() const { return effective_yaml(loaded_.settings); }

py::list Scenario::warnings() const { return told(notes_); }

std::shared_ptr<ResultsInMemory> Scenario::run(const RunAsked& asked, const py::object& progress) {
    const auto prepared = prepared_for(asked);
    const World& world = *prepared->world;
    EnsembleSpec spec = ensemble_spec(world, asked.threads);
    if (spec.members > 1 && prepared->unknowns.any()) spec.unknowns = &prepared->unknowns;
    const auto no_engine = why_no_engine({.rules = world.settings.behaviour.rules,
                                          .kind = spec.engine,
                                          .mode = spec.mode,
                                          .members = spec.unknowns ? 1 : spec.members,
                                          .traces = 0,
                                          .continues = false});
    if (!no_engine.empty()) refuse(no_engine);
    Listener listener(progress);
    spec.progress = [&](int done, int members) { listener.tell(done, members); };
    auto result = without_gil(listener, [&] { return run_ensemble(world, spec); });
    if (!result.failure.empty()) throw std::runtime_error(result.failure);
    const auto provenance = [world = prepared->world, files = input_files()] {
        Provenance all = build_provenance();
        all.scenario = effective_yaml(world->settings);
        all.input_files = files;
        return all;
    };
    return std::make_shared<ResultsInMemory>(prepared->world, std::move(result), provenance, asked.threads);
}

/// Takes over settings if a world can be made of them.
void Scenario::take(ScenarioSettings settings) {
    auto world = make_world(settings, {world_.get()});
    if (!world) refuse(located(loaded_, world.findings()));
    if (!world_) {
        const auto more = located(loaded_, world.findings());
        notes_.insert(notes_.end(), more.begin(), more.end());
    }
    world_ = std::make_shared<const World>(std::move(*world));
    loaded_.settings = std::move(settings);
    prepared_.reset();
}

std::shared_ptr<const Prepared> Scenario::prepared_for(const RunAsked& asked) {
    if (!prepared_ || !prepared_->asked.is_alike(asked)) {
        auto world = world_for(asked);
        auto unknowns = Unknowns::of(world->settings, setting_access());
        if (!unknowns) refuse(unknowns.findings());
        prepared_ = std::make_shared<const Prepared>(Prepared{asked, std::move(world), std::move(*unknowns)});
    }
    return prepared_;
}

std::shared_ptr<const World> Scenario::world_for(const RunAsked& asked) const {
    ScenarioSettings settings = loaded_.settings;
    const auto lay_over = [&](std::string_view key, const std::string& value) {
        if (const auto why = set_setting(settings, key, value); !why.empty())
            refuse(one_error(std::string(key), why));
    };
    if (asked.members) lay_over("engine.members", std::to_string(*asked.members));
    if (asked.seed) lay_over("engine.seed", std::to_string(*asked.seed));
    if (asked.engine) lay_over("engine.kind", *asked.engine);
    if (asked.mode) lay_over("engine.mode", *asked.mode);
    for (const std::string_view known : all_known) {
        const auto equals = known.find('=');
        if (asked.fixed) lay_over(known.substr(0, equals), std::string(known.substr(equals + 1)));
    }
    auto world = make_world(std::move(settings), {world_.get()});
    if (!world) refuse(located(loaded_, world.findings()));
    return std::make_shared<const World>(std::move(*world));
}

std::string Scenario::input_files() const {
    std::string text;
    for (const auto& input : loaded_.inputs) text += fmt::format("{}  {}\n", input.sha256, input.path);
    return text;
}

}  // namespace nuzuh::python
