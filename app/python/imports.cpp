#include "app/python/imports.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pybind11/stl.h>

#include "app/python/findings.hpp"
#include "app/python/scenario.hpp"
#include "output/files.hpp"
#include "output/hdf5.hpp"
#include "output/imports.hpp"
#include "sim/check/admin_units.hpp"
#include "sim/check/make_world.hpp"
#include "sim/region/acled.hpp"
#include "sim/region/region.hpp"
#include "sim/scenario/setting.hpp"

namespace py = pybind11;

namespace nuzuh::python {
namespace {

namespace fs = std::filesystem;

/// What was written, what is to be said, and numbers.
py::tuple imported(const Written& written, const Findings& findings, const py::dict& counts) {
    if (!written) refuse(written.findings());
    py::list files;
    for (const auto& file : *written) files.append(file.string());
    return py::make_tuple(files, told(findings), counts);
}

py::tuple import_flee(const std::string& folder, const std::string& settings, const std::string& output,
                      bool force) {
    const auto loaded = load_scenario(folder, {}, settings);
    if (!loaded) refuse(loaded.findings());
    const auto world = make_world(loaded->settings);
    Findings findings = loaded.findings();
    const auto more = located(*loaded, world.findings());
    findings.insert(findings.end(), more.begin(), more.end());
    if (!world) refuse(findings);
    py::dict counts;
    counts["places"] = loaded->settings.network.places.size();
    counts["routes"] = loaded->settings.network.routes.size();
    return imported(write_flee_case(*loaded, folder, output, force), findings, counts);
}

py::tuple import_acled_events(const std::vector<std::string>& events, const Scenario& places, double reach_km,
                              const std::vector<std::string>& strike_types, const std::string& output,
                              bool force) {
    if (events.empty()) refuse(one_error("events", "no table of events is named"));
    if (!(reach_km >= 0.1 && reach_km <= 200))
        refuse(one_error("--reach", fmt::format("--reach is {} km: expected 0.1 to 200", reach_km)));
    const ScenarioSettings& settings = places.loaded().settings;
    const auto read =
        region::import_acled(events, with_upper_codes(settings.network),
                             {.reach_km = reach_km, .period = settings.period, .strike_types = strike_types});
    if (!read) refuse(read.findings());
    py::dict counts, types;
    for (const auto& type : read->types) types[py::str(type.sub_event_type)] = type.events;
    counts["strikes"] = read->strikes;
    counts["by_name"] = read->by_name;
    counts["before"] = read->before;
    counts["after"] = read->after;
    counts["not_to_the_day"] = read->not_to_the_day;
    counts["far_away"] = read->far_away;
    counts["near"] = read->near;
    counts["provincial"] = read->provincial;
    counts["vague"] = read->vague;
    counts["dates_read"] = read->dates_read;
    counts["events"] = types;
    return imported(
        write_bombardment(read->bombardment, events, output, force, files_of(places.path(), places.loaded())),
        read.findings(), counts);
}

std::optional<Date> day_of(const char* option, const std::optional<std::string>& text, Findings& findings) {
    if (!text) return {};
    const auto day = parse_date(*text);
    if (!day)
        findings.push_back(
            one_error(option, fmt::format("{} '{}' is no date", option, *text), "YYYY-MM-DD").front());
    return day;
}

/// What `nuzuh.import_region` was asked, by name.
region::RegionFiles files_by(const py::dict& options, const std::string& folder) {
    const auto paths = [&](const char* name) {
        const auto names = options[name].cast<std::vector<std::string>>();
        return std::vector<fs::path>(names.begin(), names.end());
    };
    const auto text = [&](const char* name) { return options[name].cast<std::optional<std::string>>(); };
    region::RegionFiles files;
    Findings findings;
    files.places = paths("places");
    files.population = paths("population");
    files.boundaries = paths("boundaries");
    files.roads = paths("roads");
    files.bombardment = paths("bombardment");
    files.reported = paths("reported");
    files.level = options["level"].cast<std::optional<int>>();
    const auto kinds = options["kinds"].cast<std::vector<std::string>>();
    files.kinds = {kinds.begin(), kinds.end()};
    files.country = text("country").value_or("");
    files.title = text("title").value_or(fs::weakly_canonical(folder).filename().string());
    files.from = day_of("--from", text("from"), findings);
    files.to = day_of("--to", text("to"), findings);
    files.reach_km = options["reach"].cast<double>();
    files.road_spec.tracks = options["tracks"].cast<bool>();
    files.road_spec.forks = options["forks"].cast<bool>();
    for (const auto& file : files_of(files)) {
        if (!fs::exists(file)) findings.push_back(one_error("", "no such file: " + file.string()).front());
    }
    if (files.level && (*files.level < 1 || *files.level > 4))
        findings.push_back(
            one_error("--level", fmt::format("--level is {}: expected 1 to 4", *files.level)).front());
    if (!(files.reach_km >= 0.1 && files.reach_km <= 500))
        findings.push_back(
            one_error("--reach", fmt::format("--reach is {} km: expected 0.1 to 500", files.reach_km))
                .front());
    if (!findings.empty()) refuse(findings);
    return files;
}

py::tuple import_region(const std::string& folder, const py::dict& options, bool force) {
    const region::RegionFiles files = files_by(options, folder);
    const auto region = [&] {
        const py::gil_scoped_release released;
        return region::read_region(files);
    }();
    if (!region) refuse(region.findings());
    py::dict counts;
    counts["people"] = region->people;
    counts["people_placed"] = region->people_placed;
    counts["places"] = region->settings.network.places.size();
    counts["routes"] = region->settings.network.routes.size();
    counts["bombardment"] = region->settings.bombardment.size();
    counts["reported"] = region->settings.reported.size();
    return imported(write_region(region->settings, region->report, folder, force, files_of(files)),
                    region->report, counts);
}

}  // namespace

void add_imports(py::module_& module) {
    module.def("import_flee", &import_flee, py::arg("folder"), py::arg("settings"), py::arg("output"),
               py::arg("force"));
    module.def("import_acled", &import_acled_events, py::arg("events"), py::arg("places"), py::arg("reach"),
               py::arg("strikes"), py::arg("output"), py::arg("force"));
    module.def("import_region", &import_region, py::arg("folder"), py::arg("options"), py::arg("force"));
}

}  // namespace nuzuh::python
