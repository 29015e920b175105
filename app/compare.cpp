// nuzuh compare A.h5 B.h5
#include "sim/study/compare.hpp"

#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "output/files.hpp"
#include "output/measure.hpp"
#include "output/pending_file.hpp"
#include "output/study_table.hpp"
#include "sim/study/rounding.hpp"

namespace nuzuh::app {

namespace {

struct CompareOptions {
    std::string a, b, file;
    bool unpaired = false, force = false;
};

std::string signed_text(const Rounding& rounding, double value) {
    const double rounded = rounding.value(value);
    return (rounded > 0 ? "+" : "") + grouped(rounded);
}

/// The cells that every table of differences ends with: A, B, B - A and its band.
std::vector<std::string> difference_cells(const Difference& d) {
    const Rounding rounding(d.band[2], d.band.front(), d.band.back());
    return {Rounding(d.a_median).text(d.a_median), Rounding(d.b_median).text(d.b_median),
            signed_text(rounding, d.band[2]),
            signed_text(rounding, d.band.front()) + " to " + signed_text(rounding, d.band.back())};
}

std::string change_of_totals_text(const Comparison& comparison) {
    TextTable table(
        {"Over the run", "unit", "A (median)", "B (median)", "B - A", "90 % band", "less in", "more in"},
        {1});
    const std::string worst = comparison.record_days == 1
                                  ? "on the worst day"
                                  : fmt::format("worst record of {:.0f} days", comparison.record_days);
    const std::vector<std::pair<std::string, const char*>> shown = {
        {"at risk", "person_days_at_risk"},
        {"movements", "total_movements"},
        {"people displaced", "total_people_displaced"},
        {"could not leave, " + worst, "most_total_could_not_leave"},
        {"could not leave, all days together", "total_could_not_leave"},
        {"without shelter, " + worst, "most_total_without_shelter"},
        {"at the end: without shelter", "total_without_shelter"},
        {"  in tents", "total_households_in_tents"},
        {"  abroad", "total_abroad"},
        {"  at home in danger", "total_remaining"},
        {"returns", "total_returned"}};
    for (const auto& [label, quantity] : shown) {
        const auto* d = overall(comparison, quantity);
        if (!d) continue;
        std::vector<std::string> row{label, d->measure.unit};
        for (auto& cell : difference_cells(*d)) row.push_back(std::move(cell));
        row.push_back(percent(d->share_less));
        row.push_back(percent(d->share_more));
        table.add(std::move(row));
    }
    return table.text();
}

std::string diverted_text(const Comparison& comparison) {
    const auto places = diverted(comparison);
    TextTable table({"Arrivals at, persons", "A (median)", "B (median)", "B - A", "90 % band"});
    for (std::size_t i = 0; i < std::min(places.size(), shown_places); ++i) {
        std::vector<std::string> row{places[i].measure.place};
        for (auto& cell : difference_cells(places[i])) row.push_back(std::move(cell));
        table.add(std::move(row));
    }
    if (table.empty()) return "Nobody arrives elsewhere.\n";
    const auto more = places.size() - std::min(places.size(), shown_places);
    return table.text() + (more > 0 ? fmt::format("and {} more\n", more) : "");
}

/// What is said before the tables: the two titles, the headline, what only one of them has.
std::string introduction(const Comparison& comparison, const CompareOptions& options) {
    std::string text = fmt::format("A: {} ({})\nB: {} ({})\n\n", comparison.a_title, options.a,
                                   comparison.b_title, options.b);
    if (const auto sentence = headline(comparison); !sentence.empty()) text += sentence + "\n\n";
    for (const auto& note : comparison.notes) text += note + "\n";
    return text + (comparison.notes.empty() ? "" : "\n");
}

int compare_results(const CompareOptions& options, const Session& session) {
    std::optional<ResultsFile> a, b;
    try {
        a.emplace(options.a);
        b.emplace(options.b);
        require_scenario(*a, options.a, "a comparison");
        require_scenario(*b, options.b, "a comparison");
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
    if (!options.file.empty()) {
        const std::filesystem::path read[] = {options.a, options.b};
        if (const auto why = why_not_target(options.file, options.force, read); !why.empty()) {
            print_error(why, way_to_write(options.file, read));
            return exit_bad_input;
        }
    }
    const MeasuredRun first = measured(*a), second = measured(*b);
    if (const auto no = why_not_compared(first, second, options.unpaired, {options.a, options.b});
        !no.empty())
        return refuse(no);
    const Comparison comparison = compare(first, second, !options.unpaired);
    if (!options.file.empty()) {
        const CsvTable table = comparison_table(comparison, *a, *b);
        write_whole(options.file, std::as_bytes(std::span(table.content())), options.force);
    }
    print(introduction(comparison, options) + change_of_totals_text(comparison) + "\n" +
          diverted_text(comparison));
    if (!options.file.empty() && !session.quiet) print_note("written: " + options.file);
    return exit_done;
}

}  // namespace

void add_compare(CLI::App& app, Session& session) {
    auto options = std::make_shared<CompareOptions>();
    auto* command =
        app.add_subcommand("compare", "Say how two runs differ, member by member, and how sure that is");
    command->add_option("A", options->a, "Results file")->required();
    command->add_option("B", options->b, "Results file of another scenario with the same seed")->required();
    command->add_option("-o,--output", options->file, "Every difference as CSV")->type_name("FILE");
    command->add_flag("--unpaired", options->unpaired,
                      "Compare runs of other seeds or numbers of members, every member with every other");
    command->add_flag("--force", options->force, "Replace the CSV file if it exists");
    command->footer(
        "Examples:\n"
        "  nuzuh compare results/idlib-2019.h5 results/truce-holds.h5\n"
        "  nuzuh compare results/idlib-2019.h5 results/truce-holds.h5 -o truce.csv\n\n"
        "Members of one number meet the same chance in both, so that their difference is that of the "
        "scenarios.\n"
        "Exit code: 0 done, 1 could not be written, 2 bad input or usage.");
    command->callback([options, &session] { session.exit_code = compare_results(*options, session); });
}

}  // namespace nuzuh::app
