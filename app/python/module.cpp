// The library for Python: scenarios, runs and studies. The package around it is nuzuh/__init__.py.
#include <atomic>
#include <memory>
#include <optional>
#include <tuple>

#include <fmt/format.h>
#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "app/python/arrays.hpp"
#include "output/results_in_memory.hpp"
#include "output/study.hpp"
#include "sim/check/make_world.hpp"
#include "sim/model/engine_choice.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/ensemble_keeping.hpp"
#include "sim/study/score.hpp"

namespace py = pybind11;

namespace nuzuh::python {
namespace {

py::list told(const Findings& findings) {
    py::list all;
    for (const Finding& finding : findings) {
        py::dict one;
        one["severity"] = finding.severity == Severity::error ? "error" : "warning";
        one["key"] = finding.path;
        one["message"] = finding.message;
        one["hint"] = finding.hint;
        one["file"] = finding.location.file;
        one["line"] = finding.location.line;
        one["column"] = finding.location.column;
        all.append(one);
    }
    return all;
}

/// Raises nuzuh.ScenarioError with every finding.
[[noreturn]] void refuse(const Findings& findings) {
    const py::object error = py::module_::import("nuzuh").attr("ScenarioError");
    PyErr_SetObject(error.ptr(), error(told(findings)).ptr());
    throw py::error_already_set();
}

Findings one(std::string path, std::string message, std::string hint = "") {
    return {{Severity::error, std::move(path), std::move(message), std::move(hint), {}, {}}};
}

/// A function of Python that hears of progress, and whether Ctrl-C was pressed meanwhile.
class Listener {
public:
    explicit Listener(py::object heard) : heard_(std::move(heard)) {}
    ~Listener() {
        const py::gil_scoped_acquire gil;
        heard_ = py::none();
        error_.reset();
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    void operator()(std::int64_t done, std::int64_t all) {
        const py::gil_scoped_acquire gil;
        if (error_) return;
        try {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            if (!heard_.is_none()) heard_(done, all);
        } catch (py::error_already_set& error) {
            error_.emplace(std::move(error));
            stop = true;
        }
    }
    /// Raises what was raised meanwhile.
    void raise() {
        if (!error_) return;
        py::error_already_set error = std::move(*error_);
        error_.reset();
        throw error;
    }

    std::atomic<bool> stop = false;

private:
    py::object heard_;
    std::optional<py::error_already_set> error_;
};

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

class Scenario {
public:
    Scenario(const std::string& path, const std::vector<std::string>& overrides) {
        auto loaded = load_scenario(path, overrides);
        if (!loaded) refuse(loaded.findings());
        loaded_ = std::move(*loaded);
        notes_ = loaded.findings();
        take(loaded_.settings);
    }

    /// Sets one setting; raises what is wrong, and then nothing is changed.
    void set(const std::string& key, const std::string& value) {
        ScenarioSettings settings = loaded_.settings;
        if (const auto why = set_setting(settings, key, value); !why.empty())
            refuse(one(key, why, setting_access().hint(key)));
        take(std::move(settings));
    }

    py::object number(const std::string& key) const {
        const auto value = number_of_setting(loaded_.settings, key);
        return value ? py::object(py::float_(*value)) : py::object(py::none());
    }

    std::string yaml() const { return effective_yaml(loaded_.settings); }
    py::list warnings() const { return told(notes_); }

    std::shared_ptr<ResultsInMemory> run(const RunAsked& asked, const py::object& progress) {
        const Prepared& prepared = prepared_for(asked);
        const World& world = *prepared.world;
        EnsembleSpec spec = ensemble_spec(world, asked.threads);
        if (spec.members > 1 && prepared.unknowns.any()) spec.unknowns = &prepared.unknowns;
        const auto no_engine = why_no_engine({.rules = world.settings.behaviour.rules,
                                              .kind = spec.engine,
                                              .mode = spec.mode,
                                              .members = spec.unknowns ? 1 : spec.members,
                                              .traces = 0,
                                              .continues = false});
        if (!no_engine.empty()) refuse(no_engine);
        Listener listener(progress);
        spec.progress = [&](int done, int members) { listener(done, members); };
        auto [result, is_whole] = [&] {
            const py::gil_scoped_release without_gil;
            EnsembleKeeping keeping;
            keeping.stop = &listener.stop;
            return run_or_go_on(world, spec, keeping);
        }();
        listener.raise();
        if (!result.failure.empty()) throw std::runtime_error(result.failure);
        if (!is_whole) throw std::runtime_error("the run was broken off");
        const auto provenance = [world = prepared.world, files = input_files()] {
            Provenance all = build_provenance();
            all.scenario = effective_yaml(world->settings);
            all.input_files = files;
            return all;
        };
        return std::make_shared<ResultsInMemory>(prepared.world, std::move(result), provenance,
                                                 asked.threads);
    }

private:
    /// Takes over settings if a world can be made of them.
    void take(ScenarioSettings settings) {
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

    /// What a run is made of, kept for the next that is asked for alike.
    struct Prepared {
        RunAsked asked;
        std::shared_ptr<const World> world;
        Unknowns unknowns;
    };

    const Prepared& prepared_for(const RunAsked& asked) {
        if (!prepared_ || !prepared_->asked.is_alike(asked)) {
            auto world = world_for(asked);
            auto unknowns = Unknowns::of(world->settings, setting_access());
            if (!unknowns) refuse(unknowns.findings());
            prepared_ = Prepared{asked, std::move(world), std::move(*unknowns)};
        }
        return *prepared_;
    }

    std::shared_ptr<const World> world_for(const RunAsked& asked) const {
        ScenarioSettings settings = loaded_.settings;
        const auto lay_over = [&](std::string_view key, const std::string& value) {
            if (const auto why = set_setting(settings, key, value); !why.empty())
                refuse(one(std::string(key), why));
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

    std::string input_files() const {
        std::string text;
        for (const auto& input : loaded_.inputs) text += fmt::format("{}  {}\n", input.sha256, input.path);
        return text;
    }

    LoadedScenario loaded_;
    Findings notes_;
    std::shared_ptr<const World> world_;
    std::optional<Prepared> prepared_;
};

/// Runs a study from its file to its results file.
///
/// @return  runs that were done, and all
std::pair<std::int64_t, std::int64_t> sweep(const std::string& study_file, const std::string& results,
                                            int threads, const py::object& progress) {
    const auto loaded = load_study(study_file);
    if (!loaded) refuse(loaded.findings());
    const auto study = make_study(*loaded);
    if (!study) refuse(study.findings());
    Listener listener(progress);
    StudyLaunch launch;
    launch.threads = threads;
    launch.stop = &listener.stop;
    launch.progress = [&](std::int64_t done, std::int64_t all) { listener(done, all); };
    StudyReport report;
    {
        const py::gil_scoped_release without_gil;
        report = run_study(*study, results, launch);
    }
    listener.raise();
    if (report.end != StudyEnd::done && report.end != StudyEnd::none_done)
        throw std::runtime_error(report.message.empty() ? "the study was not done" : report.message);
    return {report.runs.done, report.runs.all};
}

}  // namespace
}  // namespace nuzuh::python

PYBIND11_MODULE(_core, module) {
    using namespace nuzuh::python;
    module.doc() = "The library behind the package nuzuh; use that.";
    add_results(module);
    py::class_<Scenario>(module, "Scenario")
        .def(py::init<const std::string&, const std::vector<std::string>&>(), py::arg("path"),
             py::arg("overrides"))
        .def("set", &Scenario::set)
        .def("number", &Scenario::number)
        .def_property_readonly("yaml", &Scenario::yaml)
        .def_property_readonly("warnings", &Scenario::warnings)
        .def(
            "run",
            [](Scenario& scenario, std::optional<int> members, std::optional<std::int64_t> seed, int threads,
               const std::optional<std::string>& engine, const std::optional<std::string>& mode, bool fixed,
               const py::object& progress) {
                return scenario.run({members, seed, engine, mode, threads, fixed}, progress);
            },
            py::arg("members"), py::arg("seed"), py::arg("threads"), py::arg("engine"), py::arg("mode"),
            py::arg("fixed"), py::arg("progress"));
    module.def("sweep", &sweep, py::arg("study"), py::arg("results"), py::arg("threads"),
               py::arg("progress"));
    module.def("meaning", [](const std::string& key) {
        const auto text = nuzuh::text_of_setting({}, key);
        return std::pair(text.unit, text.meaning);
    });
    module.def("version", [] { return nuzuh::build_provenance().version; });
}
