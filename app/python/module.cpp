// The library for Python: scenarios, runs and studies. The package around it is nuzuh/__init__.py.
#include <optional>
#include <string>
#include <utility>

#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "app/python/analyses.hpp"
#include "app/python/arrays.hpp"
#include "app/python/findings.hpp"
#include "app/python/imports.hpp"
#include "app/python/listener.hpp"
#include "app/python/scenario.hpp"
#include "output/study.hpp"
#include "sim/scenario/setting.hpp"

namespace py = pybind11;

namespace nuzuh::python {
namespace {

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
    add_analyses(module);
    add_imports(module);
    module.def("sweep", &sweep, py::arg("study"), py::arg("results"), py::arg("threads"),
               py::arg("progress"));
    module.def("meaning", [](const std::string& key) {
        const auto text = nuzuh::text_of_setting({}, key);
        return std::pair(text.unit, text.meaning);
    });
    module.def("version", [] { return nuzuh::build_provenance().version; });
}
