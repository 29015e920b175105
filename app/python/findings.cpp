#include "app/python/findings.hpp"

#include <utility>

namespace py = pybind11;

namespace nuzuh::python {

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

[[noreturn]] void refuse(const Findings& findings) {
    const py::object error = py::module_::import("nuzuh").attr("ScenarioError");
    PyErr_SetObject(error.ptr(), error(told(findings)).ptr());
    throw py::error_already_set();
}

}  // namespace nuzuh::python
