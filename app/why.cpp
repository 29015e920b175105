// nuzuh why FILE.h5 --place PLACE
#include <cmath>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/progress.hpp"
#include "app/table_file.hpp"
#include "output/score_tables.hpp"
#include "output/study_table.hpp"
#include "output/why_table.hpp"
#include "sim/base/nearest.hpp"
#include "sim/model/engine_choice.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/rounding.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct WhyOptions {
    std::string results;
    std::string place;
    std::string from;
    int days = 0;  ///< 0: to the end
    std::string file;
    int threads = 0;
    bool force = false;
};

/// A run that is done, ready to be run anew.
struct DoneRun {
    World world;
    Unknowns unknowns;
    std::vector<double> days;       ///< [T] since the start, at the end of each record
    std::vector<std::string> told;  ///< places of which the file tells
    /// [members][T, told] as the file holds them; of a file without the series of members, their mean alone
    std::vector<std::vector<float>> arrivals;
};

/// @throws  h5::Error
Result<DoneRun> done_run(const WhyOptions& options) {
    const ResultsFile file(options.results);
    require_scenario(file, options.results, "an answer");
    auto world = world_of(file);
    if (!world) return world.findings();
    const auto& engine = world->settings.engine;
    auto no = why_no_engine({.rules = world->settings.behaviour.rules, .kind = engine.kind, .causes = true});
    if (!no.empty())
        return one_error("", no.front().message,
                         "arrivals by home over the whole run are in its table flows.csv");
    auto unknowns = Unknowns::of(world->settings, setting_access());
    if (!unknowns) return unknowns.findings();
    DoneRun done{std::move(*world), std::move(*unknowns), file.doubles("/time"), file.texts("/place_id"), {}};
    if (!file.has("/arrivals")) done.arrivals.push_back(file.floats("/arrivals_mean"));
    for (std::size_t m = 0; m < file.doubles("/member").size() && file.has("/arrivals"); ++m)
        done.arrivals.push_back(file.slice("/arrivals", m));
    return done;
}

/// The first day of a record, since the start.
int first_day_of(const DoneRun& done, std::size_t record) {
    return record == 0 ? 0 : int(done.days[record - 1]) + 1;
}

/// The records asked about.
struct Window {
    std::size_t first, end;  ///< records
};

Result<Window> window_of(const DoneRun& done, const WhyOptions& options) {
    const World& world = done.world;
    const Date start = world.start, last = start + int(done.days.back());
    Date from = start;
    if (!options.from.empty()) {
        const auto day = parse_date(options.from);
        if (!day || *day < start || *day > last)
            return one_error("--from", fmt::format("'{}' is no day of the run", options.from),
                             fmt::format("give one from {} to {}", iso(start), iso(last)));
        from = *day;
    }
    const auto begins = [&](std::size_t record) { return first_day_of(done, record); };
    Window window{0, done.days.size()};
    while (window.first < done.days.size() && begins(window.first) < from - start) ++window.first;
    const int end = options.days > 0 ? from - start + options.days : int(done.days.back()) + 1;
    while (window.end > window.first && begins(window.end) > end) --window.end;
    if (window.end == window.first || begins(window.first) != from - start ||
        (window.end < done.days.size() && begins(window.end) != end))
        return one_error(options.days > 0 ? "--days" : "--from", "the days asked about are not whole records",
                         fmt::format("records are of {:g} days, the first from {}",
                                     world.settings.output.every_days, iso(start)));
    return window;
}

Result<int> place_of(const DoneRun& done, const std::string& id) {
    const World& world = done.world;
    std::vector<std::string> ids;
    for (const auto& place : world.places) ids.push_back(place.place);
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found == ids.end()) {
        const auto near = nearest_word(id, ids);
        return one_error("--place", fmt::format("there is no place '{}'", id),
                         near.empty() ? "places stand in the scenario's network, by their identifiers"
                                      : fmt::format("did you mean '{}'?", near));
    }
    const int place = int(found - ids.begin());
    for (int c = 0; c < world.place_count(); ++c) {
        if (world.abroad_behind[std::size_t(c)] == place)
            return one_error("--place", fmt::format("people come to '{}' through a crossing", id),
                             fmt::format("ask about arrivals at '{}'", ids[std::size_t(c)]));
    }
    if (std::find(done.told.begin(), done.told.end(), id) == done.told.end())
        return one_error(
            "--place",
            fmt::format("the file does not tell of '{}', against which an answer is held (output.places)",
                        id),
            fmt::format("run the scenario again with '{}' among output.places", id));
    return place;
}

/// Whether members arrive as the file says.
bool move_as_before(const DoneRun& done, Window window, int place,
                    const std::vector<ExplainedArrivals>& again) {
    const std::size_t places = done.told.size(), a_mean = again.size() / done.arrivals.size();
    const auto& id = done.world.places[std::size_t(place)].place;
    const auto column = std::size_t(std::find(done.told.begin(), done.told.end(), id) - done.told.begin());
    for (std::size_t m = 0; m < done.arrivals.size(); ++m) {
        double before = 0, now = 0;
        for (std::size_t t = window.first; t < window.end; ++t)
            before += done.arrivals[m][t * places + column];
        for (std::size_t k = m * a_mean; k < (m + 1) * a_mean; ++k) now += again[k].all / double(a_mean);
        if (std::abs(before - now) > 1e-3 + 1e-5 * before) return false;
    }
    return true;
}

void print_rows(const char* head, std::string_view by, const std::vector<WhyRow>& rows, double all) {
    TextTable table({head, "share", "persons", "5 %", "95 %"});
    std::size_t shown = 0;
    std::vector<double> others;
    std::size_t count = 0;
    const auto add = [&](const std::string& name, const std::vector<double>& persons, double mean) {
        const Band band = nuzuh::band_of(persons);
        const Rounding rounding(mean, band[0], band[4]);
        table.add({name, fmt::format("{:.1f} %", 100 * mean / all), rounding.text(mean),
                   rounding.text(band[0]), rounding.text(band[4])});
    };
    double mean = 0;
    for (const auto& row : rows) {
        if (row.by != by) continue;
        if (shown++ < shown_places) {
            add(row.name, row.persons, row.mean);
            continue;
        }
        others.resize(row.persons.size());
        for (std::size_t m = 0; m < others.size(); ++m) others[m] += row.persons[m];
        mean += row.mean;
        ++count;
    }
    if (count > 0) add(fmt::format("{} others", count), others, mean);
    if (!table.empty()) print(table.text() + "\n");
}

void print_answer(const DoneRun& done, int place, Date first, Date last,
                  const std::vector<ExplainedArrivals>& members) {
    const World& world = done.world;
    std::vector<double> all;
    double mean = 0;
    for (const auto& member : members) {
        all.push_back(member.all);
        mean += member.all / double(members.size());
    }
    const Band band = nuzuh::band_of(all);
    const Rounding rounding(mean, band[0], band[4]);
    print(fmt::format("{}\n{}, {} to {}: {} arrivals", world.settings.title,
                      world.places[std::size_t(place)].name, iso(first), iso(last), rounding.text(mean)));
    print(members.size() > 1
              ? fmt::format(", mean of {} runs; 5 % of them have fewer than {}, 5 % more than {}\n\n",
                            members.size(), rounding.text(band[0]), rounding.text(band[4]))
              : "\n\n");
    if (!(mean > 0)) return;
    const auto rows = why_rows(world, place, members);
    print_rows("why they left", "cause", rows, mean);
    print_rows("home", "home", rows, mean);
    print_rows("last road", "last road", rows, mean);
    if (world.settings.engine.kind == EngineKind::pooled)
        print("Homes do not apply: pooled runs forget who is from where.\n");
}

int why(const WhyOptions& options, const Session& session) {
    std::optional<Result<DoneRun>> read;
    try {
        read.emplace(done_run(options));
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
    if (!*read) return refuse(read->findings());
    const DoneRun& done = **read;
    const auto place = place_of(done, options.place);
    const auto window = window_of(done, options);
    Findings wrong = place.findings();
    wrong.insert(wrong.end(), window.findings().begin(), window.findings().end());
    if (!wrong.empty()) return refuse(wrong);
    if (!can_write_table(options.file, options.force, {options.results})) return exit_bad_input;
    const Date start = done.world.start;
    const Date first = start + first_day_of(done, window->first);
    const Date last = start + int(done.days[window->end - 1]);
    EnsembleSpec spec = ensemble_spec(done.world, options.threads);
    if (spec.members > 1 && done.unknowns.any()) spec.unknowns = &done.unknowns;
    ProgressBar bar(session.quiet);
    spec.progress = [&](int members, int of) { bar.update(members, of); };
    const auto steps = [&](Date day) { return int(std::lround((day - start) / done.world.dt)); };
    const auto members = explain_arrivals(done.world, spec, {*place, steps(first), steps(last + 1)});
    if (!move_as_before(done, *window, *place, members)) {
        print_error(fmt::format("run anew, members do not move as in {}: another version of nuzuh wrote it",
                                options.results),
                    "run the scenario again: nuzuh explain --scenario gives it");
        return exit_failed;
    }
    if (!options.file.empty())
        write_table(options.file, why_csv(done.world, *place, first, last, members), options.force, session);
    print_answer(done, *place, first, last, members);
    return exit_done;
}

}  // namespace

void add_why(CLI::App& app, Session& session) {
    auto options = std::make_shared<WhyOptions>();
    auto* command = app.add_subcommand("why", "Say why people came to a place: causes, homes and last roads");
    command->add_option("results", options->results, "Results file (.h5, .nc)")->required();
    command->add_option("--place", options->place, "Place at which they arrived, by its identifier")
        ->required();
    command->add_option("--from", options->from, "First day; default: that of the run")->type_name("DATE");
    command->add_option("--days", options->days, "Days from there; default: to the end of the run")
        ->check(CLI::Range(1, 100'000));
    command->add_option("-o,--output", options->file, "Table of all causes, homes and roads, with quantiles")
        ->type_name("FILE");
    command->add_option("--threads", options->threads, "Threads; default: all cores")
        ->check(CLI::Range(1, 4096));
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(
        "Members are run anew, up to the last day asked about, from the scenario that the file carries, and "
        "move "
        "as\n"
        "they did: that is checked. Hazards compete, so each cause has the part of those who left a place "
        "that its\n"
        "hazard has of all; shares are of means over members, and add up to 1.\n\n"
        "Examples:\n"
        "  nuzuh why idlib-2019.h5 --place idlib --from 2019-05-06 --days 7\n"
        "  nuzuh why idlib-2019.h5 --place idlib -o why.csv\n\n"
        "Exit code: 0 done, 1 members do not move as in the file, 2 mistakes in the file or on the command "
        "line.");
    command->callback([options, &session] { session.exit_code = why(*options, session); });
}

}  // namespace nuzuh::app
