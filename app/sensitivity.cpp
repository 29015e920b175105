// nuzuh sensitivity FILE.h5
#include "sim/study/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/table_file.hpp"
#include "output/study_table.hpp"
#include "sim/study/given_data.hpp"
#include "sim/study/run_counts.hpp"

namespace nuzuh::app {

namespace {

struct SensitivityOptions {
    std::string file;
    std::vector<std::string> outputs;
    std::string table;
    Bootstrap bootstrap;
    bool force = false;
};

/// What an analysis says of the axes: a column of estimates under a name.
struct Column {
    std::string name;
    std::vector<Estimate> estimates;  ///< [axis]
};

/// An output analysed.
struct Analysis {
    std::string output;
    std::string unit;      ///< of the columns
    std::string headline;  ///< what is said above the table
    BlockCount blocks;
    std::vector<Column> columns;
    std::size_t weight = 0;     ///< column by which axes are sorted
    const char* of = "blocks";  ///< what is counted
};

/// Numbers without an interval.
std::vector<Estimate> plain(const std::vector<double>& values) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<Estimate> estimates;
    for (const double value : values) estimates.push_back({value, none, none});
    return estimates;
}

Analysis given_data_analysis(const std::string& output, const StudyTable& study, const Eigen::ArrayXd& values,
                             const Bootstrap& bootstrap) {
    const auto found = given_data_indices(values, study.sets, study.is_word, bootstrap);
    const bool varies = std::any_of(found.pawn.begin(), found.pawn.end(),
                                    [](const Estimate& e) { return std::isfinite(e.value); });
    const auto headline =
        found.used < fewest_sets ? fmt::format("fewer than {} sets are whole", fewest_sets)
        : varies
            ? std::string(
                  "rank correlation: which way, -1 to 1; PAWN: how far the axis moves the distribution, 0 "
                  "to 1, where no more than 'by chance' shows nothing")
            : std::string("the same in every run");
    return {output,
            "1",
            headline,
            {found.used, found.dropped},
            {{"rank_correlation", found.rank_correlation},
             {"pawn", found.pawn},
             {"pawn_by_chance", plain(found.pawn_by_chance)}},
            1,
            "sets"};
}

Analysis sobol_analysis(const std::string& output, const StudyTable& study, const Eigen::ArrayXd& values,
                        const Bootstrap& bootstrap) {
    const auto found = sobol_indices(values, int(study.axes.size()), bootstrap);
    double alone = 0;
    for (const auto& index : found.first) alone += index.value;
    const auto headline =
        found.variance > 0
            ? fmt::format("mean {}, standard deviation {} persons; each axis alone explains {:.0f} % in all",
                          grouped(found.mean), grouped(std::sqrt(found.variance)), 100 * alone)
        : found.blocks.used < 2 ? "fewer than two blocks are whole"
                                : "the same in every run";
    return {output, "1", headline, found.blocks, {{"first", found.first}, {"total", found.total}}, 1};
}

Analysis morris_analysis(const std::string& output, const StudyTable& study, const Eigen::ArrayXd& values,
                         const Bootstrap& bootstrap) {
    const auto found = morris_effects(values, study.sets, study.morris_levels, bootstrap);
    return {output,
            "persons",
            "change of the output in persons over the whole range of an axis",
            found.blocks,
            {{"mu", found.mu}, {"mu_star", found.mu_star}, {"sigma", found.sigma}},
            1};
}

std::string number_text(double value, const std::string& unit) {
    if (!std::isfinite(value)) return "-";
    return unit == "1" ? fmt::format("{:.3f}", value) : grouped(value);
}

/// Axes, the one that matters most first.
std::vector<std::size_t> by_weight(const Analysis& analysis) {
    const auto& weights = analysis.columns[analysis.weight].estimates;
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return weights[a].value > weights[b].value; });
    return order;
}

std::string table_text(const Analysis& analysis, const StudyTable& study, const Bootstrap& bootstrap) {
    std::vector<std::string> head{"axis"};
    for (const auto& column : analysis.columns) {
        head.push_back(column.name);
        head.push_back(fmt::format("{:g} % interval", 100 * bootstrap.level));
    }
    TextTable table(head);
    for (const std::size_t axis : by_weight(analysis)) {
        std::vector<std::string> row{study.axes[axis]};
        for (const auto& column : analysis.columns) {
            const Estimate& e = column.estimates[axis];
            row.push_back(number_text(e.value, analysis.unit));
            row.push_back(std::isfinite(e.low) ? fmt::format("{} - {}", number_text(e.low, analysis.unit),
                                                             number_text(e.high, analysis.unit))
                                               : "");
        }
        table.add(row);
    }
    const auto dropped = analysis.blocks.dropped == 0
                             ? ""
                             : fmt::format("; {} of {} {} left out because a run of theirs was not done",
                                           analysis.blocks.dropped,
                                           analysis.blocks.used + analysis.blocks.dropped, analysis.of);
    return fmt::format("{}\n{}{}\n{}\n", analysis.output, analysis.headline, dropped, table.text());
}

/// Tidy: a line for each output, axis and index.
std::string csv_text(const std::vector<Analysis>& analyses, const StudyTable& study) {
    const auto number = [](double value) { return std::isfinite(value) ? fmt::format("{:.6g}", value) : ""; };
    std::string text = "output,unit,axis,index,value,low,high,blocks,blocks_left_out\n";
    for (const auto& analysis : analyses)
        for (std::size_t axis = 0; axis < study.axes.size(); ++axis)
            for (const auto& column : analysis.columns) {
                const Estimate& e = column.estimates[axis];
                text += fmt::format("{},{},{},{},{},{},{},{},{}\n", analysis.output, analysis.unit,
                                    study.axes[axis], column.name, number(e.value), number(e.low),
                                    number(e.high), analysis.blocks.used, analysis.blocks.dropped);
            }
    return text;
}

/// Every total that was kept: those that only rise at the end, the others at their peak.
std::vector<std::string> default_outputs(const ResultsFile& file) {
    const auto rises = [](const std::string& name) {
        return name == "total_movements" || name == "total_people_displaced" || name == "total_returned";
    };
    std::vector<std::string> outputs;
    for (const auto& name : stored_outputs(file))
        if (name.starts_with("total_")) outputs.push_back(name + (rises(name) ? "@end" : "@peak"));
    return outputs;
}

/// The outputs asked for; nothing, with what is wrong printed, if one cannot be had.
std::optional<std::vector<ScalarOutput>> asked_outputs(const SensitivityOptions& options,
                                                       const ResultsFile& file, const StudyTable& study) {
    std::vector<ScalarOutput> outputs;
    Findings wrong;
    for (const auto& text : options.outputs.empty() ? default_outputs(file) : options.outputs) {
        const auto output = parse_scalar_output(text);
        const auto why = output ? why_not_in(file, study, *output) : output.findings();
        wrong.insert(wrong.end(), why.begin(), why.end());
        if (output) outputs.push_back(*output);
    }
    for (const auto& finding : wrong)
        print_error(fmt::format("{}: {}", finding.path, finding.message), finding.hint);
    if (!wrong.empty()) return {};
    if (outputs.empty())
        print_error("the study kept no totals", "name an output: --of arrivals/dana@2019-08-31");
    return outputs.empty() ? std::nullopt : std::optional(outputs);
}

RunCounts counts_of(const StudyTable& study) {
    RunCounts counts;
    for (std::size_t run = 0; run < study.done.size(); ++run)
        counts.add(study.done[run] ? RunStatus::done : RunStatus::failed, study.message[run]);
    return counts;
}

bool is_of_blocks(const StudyTable& study) { return study.design == "saltelli" || study.design == "morris"; }

/// Why there is nothing to analyse: message and way out, or nothing.
std::optional<std::pair<std::string, std::string>> refusal(const StudyTable& study, const RunCounts& runs) {
    if (runs.done == 0) return {{"not one run of the study was done: " + runs.shortfall(), ""}};
    if (study.axes.empty()) return {{"the study has no axes", ""}};
    if (!is_of_blocks(study) && study.sets.rows() < fewest_sets)
        return {{fmt::format("{} sets are too few to tell axes apart; at least {} are needed",
                             study.sets.rows(), fewest_sets),
                 "more sets; or design: morris for what matters at all, design: saltelli for shares of the "
                 "variance"}};
    return {};
}

Analysis analysis_of(const std::string& output, const StudyTable& study, const Eigen::ArrayXd& values,
                     const Bootstrap& bootstrap) {
    if (study.design == "morris") return morris_analysis(output, study, values, bootstrap);
    if (study.design == "saltelli") return sobol_analysis(output, study, values, bootstrap);
    return given_data_analysis(output, study, values, bootstrap);
}

int analyse(const SensitivityOptions& options, const Session& session) {
    const ResultsFile file(options.file);
    const StudyTable study = read_study_table(file);
    const RunCounts runs = counts_of(study);
    if (const auto no = refusal(study, runs)) {
        print_error(no->first, no->second);
        return exit_bad_input;
    }
    if (!can_write_table(options.table, options.force, {options.file})) return exit_bad_input;
    const auto outputs = asked_outputs(options, file, study);
    if (!outputs) return exit_bad_input;
    print(fmt::format("{} of {} runs were done\n\n", grouped(double(runs.done)), grouped(double(runs.all))));
    if (const auto text = runs.shortfall(); !text.empty()) print_note(text);
    std::vector<Analysis> analyses;
    for (const auto& output : *outputs) {
        const auto values = values_of_sets(file, study, output);
        analyses.push_back(analysis_of(output.text, study, values, options.bootstrap));
        print(table_text(analyses.back(), study, options.bootstrap));
    }
    if (!options.table.empty()) write_table(options.table, csv_text(analyses, study), options.force, session);
    return exit_done;
}

int sensitivity(const SensitivityOptions& options, const Session& session) {
    try {
        return analyse(options, session);
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
}

}  // namespace

void add_sensitivity(CLI::App& app, Session& session) {
    auto options = std::make_shared<SensitivityOptions>();
    auto* command = app.add_subcommand("sensitivity", "Say which axes of a study its outputs hang on");
    command->add_option("file", options->file, "Results of a study")->required();
    command
        ->add_option("--of", options->outputs,
                     "Output: NAME[/PLACE+PLACE...][@end|peak|DATE|DATE..DATE], of people by danger "
                     "NAME/BAND+BAND...; may be "
                     "repeated; default: all totals at the end and at their peak")
        ->allow_extra_args(false)
        ->type_name("OUTPUT");
    command->add_option("-o,--output", options->table, "Write the table as CSV too")->type_name("FILE");
    command->add_option("--resamples", options->bootstrap.resamples, "Resamples behind an interval")
        ->check(CLI::Range(100, 1'000'000));
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(
        "Of design saltelli: shares of the variance (Sobol' indices); of morris: elementary effects; of any "
        "other:\n"
        "rank correlations and PAWN indices. All with intervals; runs that were not done are left out and "
        "counted.\n\n"
        "Examples:\n"
        "  nuzuh sweep scenarios/studies/what-matters.yaml -o what-matters.h5\n"
        "  nuzuh sensitivity what-matters.h5\n"
        "  nuzuh sensitivity what-matters.h5 --of total_displaced@peak --of arrivals/dana+atmeh@2019-08-31\n"
        "  nuzuh sensitivity what-matters.h5 -o what-matters.csv && scripts/plot_sensitivity.py "
        "what-matters.csv");
    command->callback([options, &session] { session.exit_code = sensitivity(*options, session); });
}

}  // namespace nuzuh::app
