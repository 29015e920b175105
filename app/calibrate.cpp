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
    std::string scenario;
    std::string file;
    std::string until;
    std::string left_out;  ///< month
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

std::string way_on(const CalibrateOptions& options, const World& world, const Calibration& calibration) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::absolute(options.scenario).parent_path();
    const auto figures = calibration.figures.size();
    return fmt::format(
        "In the scenario:\n\n"
        "parameters:\n"
        "  fitted_on: {}\n"
        "  posterior: [table: {}]\n\n"
        "and 'fitted: true' on {}. Values are expected ones of the pooled engine, corrected to the mean of "
        "runs.\n",
        quoted(fitted_on(world, options.spec)),
        quoted(fs::absolute(options.file).lexically_proximate(folder).generic_string()),
        figures == 1 ? "that figure" : fmt::format("those {} figures", figures));
}

/// Everything that the posterior depends on.
std::string identity_of(const World& world, const CalibrateOptions& options) {
    const CalibrationSpec& spec = options.spec;
    return effective_yaml(world.settings) +
           fmt::format("# {} particles, {} moves, prior wider by {}, until {}, without {}, seed {}\n",
                       spec.particles, spec.moves, spec.prior_width, iso(spec.until),
                       options.left_out.empty() ? "nothing" : options.left_out, spec.seed);
}

/// Asked for by a signal.
struct Stopped {};

/// Nothing where a signal broke it off.
std::optional<Result<Calibration>> calibrated(const World& world, CalibrationSpec spec,
                                              KeptCalibration& kept) {
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
    spec.from = kept.state();
    try {
        return nuzuh::calibrate(world, setting_access(), spec);
    } catch (const Stopped&) {
        return {};
    }
}

int calibrate(CalibrateOptions options, const Session& session) {
    const auto scenario = checked_scenario(options.scenario, options.overrides, session);
    if (!scenario) return exit_bad_input;
    const World& world = scenario->world;
    if (const auto no = complete_spec(options.spec, world, options.until, options.left_out); !no.empty())
        return refuse(no);
    if (options.file.empty())
        options.file = std::filesystem::path(options.scenario).stem().string() + ".posterior.csv";
    if (!can_write_table(options.file, options.force, files_of(options.scenario, scenario->loaded)))
        return exit_bad_input;
    if (!session.quiet)
        options.spec.progress = [](double t) {
            print_note(fmt::format("prior to posterior: {:.3g} %", 100 * t));
        };
    KeptCalibration kept(options.file, identity_of(world, options),
                         std::chrono::duration<double, std::ratio<60>>(options.keep_every));
    if (const auto no = kept.why_not_begun(options.resume, options.force); !no.message.empty()) {
        print_error(no.message, no.hint);
        return exit_bad_input;
    }
    const auto done = calibrated(world, options.spec, kept);
    if (!done) return stopped(kept.write());
    const auto& calibration = *done;
    if (!calibration) {
        print_findings(located(scenario->loaded, calibration.findings()), session);
        return exit_bad_input;
    }
    write_table(options.file, posterior_csv(*calibration), options.force, session);
    kept.remove();
    print(fmt::format(
        "{}\n{} particles, {} temperatures, {} runs, {:.0f} % of the last proposals taken\n"
        "The model itself is off by a factor of about {:.2f}, one time in three by more\n"
        "Logarithm of the evidence: {:.1f}; compare it between models of the same figures\n\n",
        world.settings.title, options.spec.particles, calibration->temperatures, calibration->runs,
        100 * calibration->acceptance, std::exp(calibration->discrepancy), calibration->log_evidence));
    print(parameters_text(*calibration) + "\n" + figures_text(*calibration) + "\n" +
          way_on(options, world, *calibration));
    return exit_done;
}

}  // namespace

void add_calibrate(CLI::App& app, Session& session) {
    auto options = std::make_shared<CalibrateOptions>();
    auto* command = app.add_subcommand("calibrate", "Find which parameters agree with the reported figures");
    command->add_option("scenario", options->scenario, "Scenario file (YAML)")->required();
    command
        ->add_option(
            "-o,--output", options->file,
            "Table of joint draws for parameters.posterior; default: the scenario's name with .posterior.csv")
        ->type_name("FILE");
    command->add_option("--until", options->until, "Use figures that end by this day")->type_name("DATE");
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
        "Example:\n"
        "  nuzuh calibrate scenarios/idlib-2019.yaml --until 2019-11-30 -o posterior.csv\n\n"
        "SIGTERM, SIGINT and SIGUSR1 keep what is done in FILE.state, and --resume goes on from it.\n"
        "Exit code: 0 done, 1 nothing could be written, 2 mistakes in the scenario or on the command line, "
        "75 stopped\n"
        "by a signal.");
    command->callback([options, &session] { session.exit_code = calibrate(*options, session); });
}

}  // namespace nuzuh::app
