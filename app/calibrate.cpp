// nuzuh calibrate SCENARIO
#include "sim/study/calibrate.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/design_text.hpp"
#include "app/input.hpp"
#include "app/interrupt.hpp"
#include "app/kept_calibration.hpp"
#include "app/summary.hpp"
#include "app/table_file.hpp"
#include "output/hdf5.hpp"
#include "output/posterior_table.hpp"
#include "sim/model/fields.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"

namespace nuzuh::app {

namespace {

struct CalibrateOptions {
    std::vector<std::string> scenarios;
    std::string file;
    std::vector<std::string> until;  ///< of all, or of each
    std::string left_out;            ///< month
    std::vector<std::string> overrides;
    CalibrationSpec spec;
    double keep_every = keep_every_by_default;  ///< [min]
    bool force = false;
    bool resume = false;
};

std::string three_digits(double x) { return fmt::format("{:.3g}", x); }

std::string range_of(const Band& band) {
    return three_digits(band.front()) + " to " + three_digits(band.back());
}

std::string persons_of(const Band& band) {
    const Rounding rounding{band[2], band.front(), band.back()};
    return range_text(rounding, band.front(), band.back());
}

/// How much narrower a parameter has become, as widths of 90 % ranges in its prior's own scale.
std::string narrowed(const CalibratedParameter& one) {
    const auto width = [&](const Band& band) {
        return one.prior.spread ? std::log(band.back() / band.front()) : band.back() - band.front();
    };
    return fmt::format("{:.2f}", width(one.after) / width(one.before));
}

std::string parameters_text(const Calibration& calibration) {
    TextTable table({"Parameter", "scenario", "prior 90 %", "median", "posterior 90 %", "width of prior"});
    for (const auto& one : calibration.parameters)
        table.add({one.prior.key, three_digits(one.prior.own), range_of(one.before),
                   three_digits(one.after[2]), range_of(one.after), narrowed(one)});
    return table.text();
}

/// Whether the band of expected values meets where the figure may lie; a number itself must lie in it.
bool holds(const CalibratedFigure& one) {
    const auto& figure = one.figure;
    const auto [low, high] =
        figure.bound == Bound::about ? std::pair(figure.persons, figure.persons) : reported_range(figure);
    return one.posterior.back() >= low && one.posterior.front() <= high;
}

std::string figures_text(const Calibration& calibration) {
    TextTable table({"Figure", "until", "reported", "prior 90 %", "posterior 90 %", "holds it"}, {5});
    int held = 0;
    for (const auto& one : calibration.figures) {
        held += holds(one);
        table.add({one.figure.figure, iso(one.figure.to), reported_value(one.figure), persons_of(one.prior),
                   persons_of(one.posterior), holds(one) ? "yes" : "no"});
    }
    return table.text() +
           fmt::format("{} of {} held by bands of behaviour alone, without chance and inputs\n", held,
                       calibration.figures.size());
}

/// As a scalar of YAML.
std::string quoted(std::string text) {
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 2)
        text.insert(at, 1, '\'');
    return "'" + text + "'";
}

/// A scenario, what of it is used, and where its posterior is written.
struct Region {
    CheckedScenario scenario;
    CalibrationSpec spec;
    std::string path;
    std::string file;

    const World& world() const { return scenario.world; }
};

std::string way_on(const Region& region, const Calibration& calibration) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::absolute(region.path).parent_path();
    const auto figures = calibration.figures.size();
    return fmt::format(
        "In the scenario:\n\n"
        "parameters:\n"
        "  fitted_on: {}\n"
        "  posterior: [table: {}]\n\n"
        "and 'fitted: true' on {}. Values are expected ones of the pooled engine, corrected to the mean of "
        "runs.\n",
        quoted(fitted_on(region.world(), region.spec)),
        quoted(fs::absolute(region.file).lexically_proximate(folder).generic_string()),
        figures == 1 ? "that figure" : fmt::format("those {} figures", figures));
}

/// Everything that the posterior depends on.
std::string identity_of(const std::vector<Region>& regions, const CalibrateOptions& options) {
    std::string identity;
    for (const auto& region : regions) {
        const CalibrationSpec& spec = region.spec;
        identity +=
            effective_yaml(region.world().settings) +
            fmt::format("# {} particles, {} moves, prior wider by {}, until {}, without {}, seed {}\n",
                        spec.particles, spec.moves, spec.prior_width, iso(spec.until),
                        options.left_out.empty() ? "nothing" : options.left_out, spec.seed);
    }
    return identity;
}

/// Asked for by a signal.
struct Stopped {};

/// Prints what was seen of each prior before particles move.
void print_designs(const std::vector<Region>& regions, const std::vector<WideDesign>& designs,
                   const Session& session) {
    for (std::size_t r = 0; r < regions.size(); ++r) {
        const auto& settings = regions[r].world().settings;
        if (regions.size() > 1) print(fmt::format("{}{}\n", r > 0 ? "\n" : "", settings.title));
        print(design_text(designs[r]));
        print_findings(located(regions[r].scenario.loaded, unreached(designs[r], settings.reported)),
                       session);
    }
}

/// Nothing where a signal broke it off.
std::optional<Result<JointCalibration>> calibrated(const std::vector<Region>& regions, CalibrationSpec spec,
                                                   KeptCalibration& kept, const Session& session) {
    std::atomic<bool> stop = false;
    const FinishOnSignal on_signal(stop);
    spec.watch = [&] {
        if (stop) throw Stopped();
    };
    spec.keep = [&](std::vector<std::byte> state) {
        try {
            kept.take(std::move(state));
        } catch (const h5::Error& error) {
            print_error(error.what(), "what is done is not kept");
        }
    };
    spec.looked = [&](const auto& designs) { print_designs(regions, designs, session); };
    spec.from = kept.state();
    std::vector<CalibratedScenario> scenarios;
    for (const auto& region : regions)
        scenarios.push_back({&region.world(), region.spec.until, region.spec.left_out});
    try {
        return calibrate_together(scenarios, setting_access(), spec);
    } catch (const Stopped&) {
        return {};
    }
}

std::string stem_of(const std::string& path) { return std::filesystem::path(path).stem().string(); }

/// The table of one of several scenarios: posterior.csv becomes posterior.NAME.csv.
std::string file_beside(const std::string& file, const std::string& scenario) {
    const std::filesystem::path whole(file);
    return (whole.parent_path() /
            (whole.stem().string() + "." + stem_of(scenario) + whole.extension().string()))
        .string();
}

/// What is wrong with how several scenarios are given.
Findings misgiven(const CalibrateOptions& options) {
    const auto& all = options.scenarios;
    for (std::size_t r = 0; r < all.size(); ++r) {
        for (std::size_t q = 0; q < r; ++q)
            if (stem_of(all[q]) == stem_of(all[r]))
                return one_error("", fmt::format("{} and {} have the same name", all[q], all[r]),
                                 "each gets a table of its name: rename one");
    }
    if (options.until.size() > 1 && options.until.size() != all.size())
        return one_error(
            "", fmt::format("--until is given {} times for {} scenarios", options.until.size(), all.size()),
            "give it once for all, or once for each in their order");
    return {};
}

/// Reads every scenario, and says what is wrong with any.
std::optional<std::vector<Region>> read_regions(const CalibrateOptions& options, const Session& session) {
    if (const auto no = misgiven(options); !no.empty()) {
        refuse(no);
        return {};
    }
    std::vector<Region> regions;
    bool is_right = true;
    for (std::size_t r = 0; r < options.scenarios.size(); ++r) {
        const auto& path = options.scenarios[r];
        auto scenario = checked_scenario(path, options.overrides, session);
        is_right = is_right && scenario.has_value();
        if (!scenario) continue;
        const std::string until =
            options.until.empty() ? "" : options.until[options.until.size() > 1 ? r : 0];
        CalibrationSpec spec = options.spec;
        const auto no = complete_spec(spec, scenario->world, until, options.left_out);
        if (!no.empty()) refuse(no);
        is_right = is_right && no.empty();
        const bool alone = options.scenarios.size() == 1;
        regions.push_back({std::move(*scenario), std::move(spec), path,
                           alone ? options.file : file_beside(options.file, path)});
    }
    if (!is_right) return {};
    return regions;
}

/// Whether every table can be written.
bool can_write(const CalibrateOptions& options, const std::vector<Region>& regions) {
    std::vector<std::filesystem::path> read;
    for (const auto& region : regions) {
        for (const auto& file : files_of(region.path, region.scenario.loaded)) read.push_back(file);
    }
    bool can = can_write_table(options.file, options.force, read);
    for (const auto& region : regions) {
        if (region.file != options.file) can = can_write_table(region.file, options.force, read) && can;
    }
    return can;
}

void print_calibration(const std::vector<Region>& regions, const CalibrateOptions& options,
                       const JointCalibration& found) {
    const Calibration& first = found.regions.front();
    const std::string evidence =
        fmt::format("Logarithm of the evidence: {:.1f}; compare it between models of the same figures\n\n",
                    first.log_evidence);
    const std::string how =
        fmt::format("{} particles, {} temperatures, {} runs, {:.0f} % of the last proposals taken\n",
                    options.spec.particles, first.temperatures, first.runs, 100 * first.acceptance);
    if (found.elsewhere) print("\n" + how + evidence);
    for (std::size_t r = 0; r < regions.size(); ++r) {
        const auto& calibration = found.regions[r];
        print(fmt::format(
            "{}{}\n{}The model itself is off by a factor of about {:.2f}, one time in three by more\n{}",
            r > 0 ? "\n" : "", regions[r].world().settings.title, found.elsewhere ? "" : how,
            std::exp(calibration.discrepancy), found.elsewhere ? "\n" : evidence));
        print(parameters_text(calibration) + "\n" + figures_text(calibration) + "\n" +
              way_on(regions[r], calibration));
    }
    if (!found.elsewhere) return;
    print(
        fmt::format("\nOf the spread of the prior {} lies between regions ({} before); in a region that is "
                    "none of these:\n\n",
                    range_of(found.between), range_of(found.between_before)));
    print(parameters_text(*found.elsewhere) +
          fmt::format("\nIts draws stand in {}: 'posterior: [table: {}]' where nothing was fitted.\n",
                      options.file, options.file));
}

int calibrate(CalibrateOptions options, const Session& session) {
    const bool alone = options.scenarios.size() == 1;
    if (options.file.empty())
        options.file = alone ? stem_of(options.scenarios.front()) + ".posterior.csv" : "posterior.csv";
    const auto regions = read_regions(options, session);
    if (!regions || !can_write(options, *regions)) return exit_bad_input;
    if (!session.quiet)
        options.spec.progress = [](double t) {
            print_note(fmt::format("prior to posterior: {:.3g} %", 100 * t));
        };
    KeptCalibration kept(options.file, identity_of(*regions, options),
                         std::chrono::duration<double, std::ratio<60>>(options.keep_every));
    if (const auto no = kept.why_not_begun(options.resume, options.force); !no.message.empty()) {
        print_error(no.message, no.hint);
        return exit_bad_input;
    }
    const auto done = calibrated(*regions, options.spec, kept, session);
    if (!done) return stopped(kept.write());
    const auto& found = *done;
    if (!found) {
        print_findings(alone ? located(regions->front().scenario.loaded, found.findings()) : found.findings(),
                       session);
        return exit_bad_input;
    }
    for (std::size_t r = 0; r < regions->size(); ++r)
        write_table((*regions)[r].file, posterior_csv(found->regions[r]), options.force, session);
    if (found->elsewhere) write_table(options.file, posterior_csv(*found->elsewhere), options.force, session);
    kept.remove();
    if (alone) print("\n");
    print_calibration(*regions, options, *found);
    return exit_done;
}

}  // namespace

void add_calibrate(CLI::App& app, Session& session) {
    auto options = std::make_shared<CalibrateOptions>();
    auto* command = app.add_subcommand("calibrate", "Find which parameters agree with the reported figures");
    command
        ->add_option("scenarios", options->scenarios,
                     "Scenario files (YAML); of several regions, parameters are shared in part")
        ->required();
    command
        ->add_option("-o,--output", options->file,
                     "Table of joint draws for parameters.posterior; default: the scenario's name with "
                     ".posterior.csv; of "
                     "several, posterior.csv for other regions, and posterior.NAME.csv for each")
        ->type_name("FILE");
    command
        ->add_option("--until", options->until,
                     "Use figures that end by this day; of several scenarios once, or once for each")
        ->allow_extra_args(false)
        ->type_name("DATE");
    command->add_option("--leave-out", options->left_out, "Use no figure that ends in this month: 2019-08")
        ->type_name("MONTH");
    command->add_option("--particles", options->spec.particles, "Points that go from prior to posterior")
        ->check(CLI::Range(50, 100'000));
    command->add_option("--draws", options->spec.draws, "How many of them are written")
        ->check(CLI::Range(2, 100'000));
    command->add_option("--seed", options->spec.seed, "Seed of the calibration's random numbers");
    command
        ->add_option("--threads", options->spec.threads,
                     "Threads; default: all cores. Results do not depend on it")
        ->check(CLI::Range(1, 4096));
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    add_keep_every(*command, options->keep_every, "into FILE.state");
    command->add_flag("--resume", options->resume, "Go on where an earlier launch was stopped or killed");
    command->add_flag("--force", options->force, "Begin anew, and replace the table if it exists");
    command->footer(
        "The prior is the scenario's parameters.prior; without one, the default prior twice as wide, around "
        "the\n"
        "scenario's own values. A posterior that the scenario has is not used. Runs are expected values of "
        "the pooled\n"
        "engine, corrected to the mean of runs by the scenario's own engine. A bound such as 'over' reaches "
        "up to\n"
        "persons * (1 + uncertainty).\n\n"
        "Several scenarios: what the figures of one region say counts in the others as far as regions turn "
        "out to be\n"
        "alike. How far is estimated: the part of each prior's spread that lies between regions, any of 0 to "
        "1 as likely\n"
        "beforehand. Parameters are taken relative to each scenario's own values.\n\n"
        "Examples:\n"
        "  nuzuh calibrate scenarios/idlib-2019.yaml --until 2019-11-30 -o posterior.csv\n"
        "  nuzuh calibrate scenarios/idlib-2019.yaml scenarios/lebanon-2024.yaml --until 2019-11-30 --until "
        "2024-10-10 -o posterior.csv\n\n"
        "SIGTERM, SIGINT and SIGUSR1 keep what is done in FILE.state, and --resume goes on from it.\n"
        "Exit code: 0 done, 1 nothing could be written, 2 mistakes in the scenario or on the command line, "
        "75 stopped\n"
        "by a signal.");
    command->callback([options, &session] { session.exit_code = calibrate(*options, session); });
}

}  // namespace nuzuh::app
