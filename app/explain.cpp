// nuzuh explain [KEY | SCENARIO | FILE.h5]
#include "sim/scenario/explain.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "output/files.hpp"
#include "output/over_run.hpp"
#include "output/reader.hpp"
#include "sim/model/default_prior.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/study/checkpoint.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct ExplainOptions {
    std::string what;
    bool scenario_only = false;
};

std::string shape_text(const StoredDataset& dataset) {
    std::string text;
    for (std::size_t axis = 0; axis < dataset.shape.size(); ++axis) {
        const auto name = axis < dataset.dimensions.size() ? dataset.dimensions[axis] : "?";
        text += fmt::format("{}{} {}", axis == 0 ? "" : ", ", name, dataset.shape[axis]);
    }
    return text.empty() ? "scalar" : text;
}

void print_provenance(const ResultsFile& file) {
    auto line = [&](const char* label, const char* attribute) {
        const auto value = file.text_attribute("/", attribute);
        if (value && !value->empty()) print(fmt::format("{:<10} {}\n", label, *value));
    };
    line("title", "title");
    line("summary", "summary");
    line("made by", "source");
    line("compiler", "compiler");
    line("format", "nuzuh_format");
    line("engine", "engine");
    line("mode", "mode");
    print(fmt::format("{:<10} {:.0f}\n", "seed", file.number_attribute("/", "seed").value_or(0)));
    if (!file.is_study() && !keeps_series(file))
        print(
            fmt::format("{:<10} {}\n", "members",
                        "totals alone; by place mean, quantiles, chances and what each comes to over the run "
                        "(output.members: totals)"));
    if (!tells_all_places(file))
        print(fmt::format("{:<10} {} of {} (output.places); totals are those of everyone\n", "places",
                          file.texts("/place_id").size(), places_simulated(file)));
    line("from", "time_coverage_start");
    line("to", "time_coverage_end");
    print(fmt::format("\nread from (SHA-256, name):\n{}\n",
                      file.text_attribute("/provenance", "input_files").value_or("")));
}

int explain_results(const ExplainOptions& options) {
    const ResultsFile file(options.what);
    if (options.scenario_only) {
        print(file.text_attribute("/provenance", "scenario").value_or(""));
        return exit_done;
    }
    print_provenance(file);
    TextTable table({"dataset", "axes", "unit", "meaning"}, {1, 2, 3});
    for (const auto& dataset : file.datasets())
        table.add({dataset.path, shape_text(dataset), dataset.unit, dataset.meaning});
    print(table.text());
    print("\nThe scenario with every default written out: nuzuh explain --scenario " + options.what + "\n");
    return exit_done;
}

int explain_scenario(const std::string& path, const Session& session) {
    const auto scenario = checked_scenario(path, {}, session);
    if (!scenario) return exit_bad_input;
    print(effective_yaml(scenario->world.settings));
    return exit_done;
}

std::string default_prior_text() {
    TextTable table({"default prior", "spread"});
    for (const auto& [setting, spread] : default_prior)
        table.add({std::string(setting), fmt::format("{}", spread)});
    return "\n" + table.text() + "judgement: see sim/model/default_prior.hpp\n";
}

/// A file that is neither a scenario nor results: a checkpoint, or nothing that is known.
int explain_file(const std::string& path) {
    const auto content = bytes_of(path);
    if (!is_checkpoint(content)) {
        print_error(path + " is no scenario, no results and no checkpoint of this version",
                    "a scenario's name ends in .yaml, that of results in .h5 or .nc");
        return exit_bad_input;
    }
    const auto checkpoint = read_checkpoint(content);
    if (!checkpoint) {
        print_note(report(checkpoint.findings(), message_colour()));
        return exit_bad_input;
    }
    print(
        fmt::format("a checkpoint of {}, after {} steps\n", in_words(checkpoint->terms), checkpoint->steps));
    print(fmt::format(
        "nuzuh run SCENARIO --continue {} goes on from it, with the scenario that it was written for "
        "or one that differs later\n",
        path));
    return exit_done;
}

int explain_setting(const std::string& key) {
    const auto text = explain_key(key);
    if (!text) {
        print_note(report(text.findings(), message_colour()));
        return exit_bad_input;
    }
    print(*text);
    if (key == "parameters" || key == "parameters.prior") print(default_prior_text());
    return exit_done;
}

int explain(const ExplainOptions& options, const Session& session) {
    if (options.what.empty()) {
        print(explain_all());
        return exit_done;
    }
    const std::string ending = fs::path(options.what).extension().string();
    const bool is_key = bool(explain_key(options.what));
    const bool is_yaml = ending == ".yaml" || ending == ".yml";
    try {
        if (is_named_as_results(options.what)) return explain_results(options);
        if (!is_yaml && !is_key && fs::is_regular_file(options.what)) return explain_file(options.what);
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
    // A setting comes before a folder of that name.
    const bool is_scenario = is_yaml || (fs::is_directory(options.what) && !is_key);
    return is_scenario ? explain_scenario(options.what, session) : explain_setting(options.what);
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
    auto options = std::make_shared<ExplainOptions>();
    auto* command = app.add_subcommand("explain",
                                       "Say what a setting means, or what a file holds and how it "
                                       "was made");
    command->add_option("what", options->what,
                        "A setting, a scenario (.yaml), results (.h5, .nc) or a checkpoint; "
                        "nothing: every setting");
    command->add_flag("--scenario", options->scenario_only,
                      "Of results: print only the scenario they were "
                      "made from");
    command->footer(
        "Examples:\n"
        "  nuzuh explain behaviour.leave.h_max\n"
        "  nuzuh explain scenarios/idlib-2019.yaml      the scenario with every default written out\n"
        "  nuzuh explain idlib-2019.h5\n"
        "  nuzuh explain --scenario idlib-2019.h5 > again.yaml");
    command->callback([options, &session] { session.exit_code = explain(*options, session); });
}

}  // namespace nuzuh::app
