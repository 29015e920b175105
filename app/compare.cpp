// nuzuh compare A.h5 B.h5
#include "sim/study/compare.hpp"

#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "output/measure.hpp"
#include "output/pending_file.hpp"

namespace nuzuh::app {

namespace {

struct CompareOptions {
    std::string a, b, file;
    bool unpaired = false, force = false;
};

std::string signed_number(double value) {
    return value > 0 ? "+" + grouped(value) : value < 0 ? "-" + grouped(-value) : "0";
}
std::string band(const Difference& d) {
    return fmt::format("{} to {}", signed_number(d.band.front()), signed_number(d.band.back()));
}
std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string change_of_totals_text(const Comparison& comparison) {
    TextTable table({"Over the run", "A (median)", "B (median)", "B - A", "90 % band", "less in", "more in"});
    const std::vector<std::pair<const char*, const char*>> shown = {
        {"person-days at risk", "person_days_at_risk"},
        {"movements", "total_movements"},
        {"people displaced", "total_people_displaced"},
        {"could not leave", "total_could_not_leave"},
        {"most without shelter", "most_total_without_shelter"},
        {"at the end: without shelter", "total_without_shelter"},
        {"  households in tents", "total_households_in_tents"},
        {"  abroad", "total_abroad"},
        {"  at home in danger", "total_remaining"},
        {"returns", "total_returned"}};
    for (const auto& [label, quantity] : shown) {
        const auto& d = overall(comparison, quantity);
        table.add({label, grouped(d.a_median), grouped(d.b_median), signed_number(d.band[2]), band(d),
                   percent(d.share_less), percent(d.share_more)});
    }
    return table.text();
}

std::string diverted_text(const Comparison& comparison) {
    const auto places = diverted(comparison);
    TextTable table({"Arrivals at", "A (median)", "B (median)", "B - A", "90 % band"});
    for (std::size_t i = 0; i < std::min(places.size(), shown_places); ++i) {
        const auto& d = places[i];
        table.add(
            {d.measure.place, grouped(d.a_median), grouped(d.b_median), signed_number(d.band[2]), band(d)});
    }
    if (table.empty()) return "Nobody arrives elsewhere.\n";
    const auto more = places.size() - std::min(places.size(), shown_places);
    return table.text() + (more > 0 ? fmt::format("and {} more\n", more) : "");
}

/// Why these runs are not compared in this way: message and way out, or nothing.
std::optional<std::pair<std::string, std::string>> refusal(const MeasuredRun& a, const MeasuredRun& b,
                                                           const CompareOptions& options) {
    if (const auto why = why_not_comparable(a, b); !why.empty()) {
        return {{fmt::format("{} and {} cannot be compared: {}", options.a, options.b, why),
                 "run both scenarios on one network and over the same days"}};
    }
    const auto why = why_not_paired(a, b);
    if (!why.empty() && !options.unpaired) {
        return {{fmt::format("{} and {} are not pairs: {}", options.a, options.b, why),
                 "run both with the same engine, seed and members; or give --unpaired, for a wider band"}};
    }
    if (why.empty() && options.unpaired) {
        return {{"--unpaired would throw away that these runs met the same chance", "leave it out"}};
    }
    return {};
}

int compare_results(const CompareOptions& options, const Session& session) {
    std::optional<ResultsFile> a, b;
    try {
        a.emplace(options.a);
        b.emplace(options.b);
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
    if (!options.file.empty()) {
        if (const auto why = why_not_writable(options.file, options.force); !why.empty()) {
            print_error(why, "give --force to replace it, or another name with -o");
            return exit_bad_input;
        }
    }
    const MeasuredRun first = measured(*a), second = measured(*b);
    if (const auto no = refusal(first, second, options)) {
        print_error(no->first, no->second);
        return exit_bad_input;
    }
    const Comparison comparison = compare(first, second, !options.unpaired);
    if (!options.file.empty()) {
        PendingFile pending(options.file, options.force);
        const CsvTable table = comparison_table(comparison, *a);
        pending.write(std::as_bytes(std::span(table.content())));
        pending.commit();
    }
    print(fmt::format("A: {} ({})\nB: {} ({})\n\n{}\n\n", first.title, options.a, second.title, options.b,
                      headline(comparison)));
    print(change_of_totals_text(comparison) + "\n" + diverted_text(comparison));
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
