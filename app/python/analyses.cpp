#include "app/python/analyses.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pybind11/stl.h>

#include "app/python/dataset_source.hpp"
#include "app/python/findings.hpp"
#include "app/python/listener.hpp"
#include "app/python/scenario.hpp"
#include "output/forecast_tables.hpp"
#include "output/measure.hpp"
#include "output/posterior_table.hpp"
#include "output/score_tables.hpp"
#include "output/study_table.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/calibrate.hpp"
#include "sim/study/forecast_asked.hpp"

namespace py = pybind11;

namespace nuzuh::python {
namespace {

/// Does what reads results; a file that cannot be read is a mistake of whoever named it.
template <class Work>
auto reading(Work work) {
    try {
        return work();
    } catch (const h5::Error& error) {
        refuse(one_error("", error.what()));
    }
}

std::string name_of(const py::object& results, const char* otherwise) {
    return py::isinstance<py::str>(results) ? results.cast<std::string>() : otherwise;
}

/// @return  the table, the headline and the notes
py::tuple compare_results(const py::object& a, const py::object& b, bool unpaired) {
    return reading([&] {
        const auto first = source_of(a), second = source_of(b);
        const std::array<std::string, 2> called{name_of(a, "A"), name_of(b, "B")};
        require_scenario(*first, called[0], "a comparison");
        require_scenario(*second, called[1], "a comparison");
        const MeasuredRun here = measured(*first), there = measured(*second);
        if (const auto no = why_not_compared(here, there, unpaired, called); !no.empty()) refuse(no);
        const Comparison comparison = compare(here, there, !unpaired);
        return py::make_tuple(comparison_table(comparison, *first, *second).content(), headline(comparison),
                              comparison.notes);
    });
}

std::string scored(const World& world, const std::optional<ScoredRun>& run, bool series, int threads,
                   const py::object& progress) {
    if (const auto no = why_not_scored(world); !no.empty()) refuse(no);
    Listener listener(progress);
    const ScoringSpec spec{.threads = threads,
                           .progress = [&](int done, int members) { listener.tell(done, members); }};
    const auto forms = without_gil(listener, [&] { return score_forms(world, run, setting_access(), spec); });
    return series ? score_series_csv(forms) : scores_csv(forms);
}

std::string score_results(const py::object& results, bool series, int threads, const py::object& progress) {
    return reading([&] {
        const auto source = source_of(results);
        require_scenario(*source, name_of(results, "the dataset"), "a score");
        const auto world = world_of(*source);
        if (!world) refuse(world.findings());
        return scored(*world, scored_run(*source, *world), series, threads, progress);
    });
}

std::string score_scenario(Scenario& scenario, bool series, bool fixed, int threads,
                           const py::object& progress) {
    RunAsked asked;
    asked.fixed = fixed;
    return scored(*scenario.prepared_for(asked)->world, {}, series, threads, progress);
}

/// A value that a word stands for.
template <class Enum>
std::optional<Enum> value_of(const char* option, const std::optional<std::string>& word,
                             const std::array<std::pair<const char*, Enum>, 2>& values) {
    if (!word) return {};
    for (const auto& [name, value] : values) {
        if (*word == name) return value;
    }
    refuse(one_error(option, fmt::format("{} is '{}'", option, *word),
                     fmt::format("expected {} or {}", values[0].first, values[1].first)));
}

std::optional<Date> day_of(const char* option, const std::optional<std::string>& text) {
    if (!text) return {};
    const auto day = parse_date(*text);
    if (!day)
        refuse(
            one_error(option, fmt::format("{}: '{}' is no date", option, *text), "write it as 2019-11-30"));
    return day;
}

/// What `nuzuh.forecast` was asked, by name.
ForecastAsked asked_by(const py::dict& options) {
    const auto text = [&](const char* name) { return options[name].cast<std::optional<std::string>>(); };
    ForecastAsked asked;
    asked.every_days = options["every"].cast<int>();
    asked.horizons_days = options["ahead"].cast<std::vector<int>>();
    asked.members = options["members"].cast<std::optional<int>>();
    asked.seed = options["seed"].cast<std::uint64_t>();
    asked.threads = options["threads"].cast<int>();
    asked.uncertainty = options["uncertainty"].cast<std::optional<double>>();
    asked.leaving = value_of("--leaving", text("leaving"), leaving_ahead_names);
    asked.hindsight = options["hindsight"].cast<bool>();
    asked.raw = options["raw"].cast<bool>();
    asked.strikes = value_of("--strikes", text("strikes"), strikes_ahead_names);
    asked.from = day_of("--from", text("from"));
    return asked;
}

std::string forecast(Scenario& scenario, const py::dict& options, bool fixed, const py::object& progress) {
    RunAsked as_it_is;
    as_it_is.fixed = fixed;
    const auto prepared = scenario.prepared_for(as_it_is);
    const World& world = *prepared->world;
    ForecastAsked asked = asked_by(options);
    if (const auto no = why_no_forecast(world, asked); !no.empty()) refuse(no);
    Listener listener(progress);
    asked.progress = [&](std::int64_t done, std::int64_t all) { listener.tell(done, all); };
    if (forecasts_registrations(world)) {
        const auto spec = registration_spec(asked, prepared->unknowns);
        return forecasts_csv(world, without_gil(listener, [&] { return forecast_forms(world, spec); }));
    }
    const auto rows =
        without_gil(listener, [&] { return forecast_asked_figures(world, setting_access(), asked); });
    if (!rows) refuse(rows.findings());
    return figure_forecasts_csv(world, *rows);
}

/// The quantiles of a band.
py::list list_of(const Band& band) { return py::cast(std::vector<double>(band.begin(), band.end())); }

/// @return  the table, and what is said of it
py::tuple posterior_told(const Calibration& found, const World& world, const CalibrationSpec& spec) {
    py::dict about;
    about["fitted_on"] = fitted_on(world, spec);
    about["figures"] = found.figures.size();
    about["temperatures"] = found.temperatures;
    about["runs"] = found.runs;
    about["acceptance"] = found.acceptance;
    about["discrepancy"] = found.discrepancy;
    about["log_evidence"] = found.log_evidence;
    about["not_ruled_out"] = found.design.left;
    return py::make_tuple(posterior_csv(found), about);
}

/// Of a region that is none of those calibrated together.
py::object elsewhere_told(const JointCalibration& found) {
    if (!found.elsewhere) return py::none();
    py::dict about;
    about["between"] = list_of(found.between);
    about["between_before"] = list_of(found.between_before);
    return py::make_tuple(posterior_csv(*found.elsewhere), about);
}

/// @param sizes    particles, draws, threads
/// @param doubted  called with the findings of each scenario when a figure is out of reach
/// @return         of each scenario, and of a region that is none of them, what `nuzuh.calibrate_together` gives
py::tuple calibrate_scenarios(const std::vector<Scenario*>& scenarios, const std::vector<std::string>& until,
                              const std::string& left_out, std::array<int, 3> sizes, std::uint64_t seed,
                              const py::object& progress, const py::object& doubted) {
    std::vector<std::shared_ptr<const Prepared>> prepared;
    std::vector<CalibrationSpec> specs;
    std::vector<CalibratedScenario> regions;
    Findings wrong;
    for (std::size_t r = 0; r < scenarios.size(); ++r) {
        const World& world = *prepared.emplace_back(scenarios[r]->prepared_for({}))->world;
        auto& spec = specs.emplace_back(
            CalibrationSpec{.particles = sizes[0], .draws = sizes[1], .seed = seed, .threads = sizes[2]});
        for (auto& one : complete_spec(spec, world, until[r], left_out)) wrong.push_back(std::move(one));
        regions.push_back({&world, spec.until, spec.left_out});
    }
    if (!wrong.empty()) refuse(wrong);
    Listener listener(progress);
    CalibrationSpec spec = specs.front();
    spec.progress = [&](double share) { listener.tell(share); };
    spec.watch = [&] { listener.watch(); };
    spec.looked = [&](const std::vector<WideDesign>& designs) {
        listener.tell_by([&] {
            for (std::size_t r = 0; r < designs.size(); ++r)
                doubted(told(located(scenarios[r]->loaded(),
                                     unreached(designs[r], regions[r].world->settings.reported))));
        });
    };
    const auto found =
        without_gil(listener, [&] { return calibrate_together(regions, setting_access(), spec); });
    if (!found)
        refuse(regions.size() == 1 ? located(scenarios.front()->loaded(), found.findings())
                                   : found.findings());
    py::list told_of;
    for (std::size_t r = 0; r < regions.size(); ++r)
        told_of.append(posterior_told(found->regions[r], *regions[r].world, specs[r]));
    return py::make_tuple(told_of, elsewhere_told(*found));
}

}  // namespace

void add_analyses(py::module_& module) {
    module.def("compare", &compare_results, py::arg("a"), py::arg("b"), py::arg("unpaired"));
    module.def("score_results", &score_results, py::arg("results"), py::arg("series"), py::arg("threads"),
               py::arg("progress"));
    module.def("score", &score_scenario, py::arg("scenario"), py::arg("series"), py::arg("fixed"),
               py::arg("threads"), py::arg("progress"));
    module.def("is_named_as_results", [](const std::string& file) { return is_named_as_results(file); });
    module.def("forecast", &forecast, py::arg("scenario"), py::arg("options"), py::arg("fixed"),
               py::arg("progress"));
    module.def("calibrate", &calibrate_scenarios, py::arg("scenarios"), py::arg("until"),
               py::arg("leave_out"), py::arg("sizes"), py::arg("seed"), py::arg("progress"),
               py::arg("doubted"));
}

}  // namespace nuzuh::python
