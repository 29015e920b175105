// nuzuh brief FILE.h5
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "output/brief/page.hpp"
#include "output/files.hpp"
#include "output/page/words.hpp"
#include "output/pending_file.hpp"
#include "output/study_table.hpp"
#include "output/sweep/page.hpp"
#include "sim/base/nearest.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct BriefOptions {
    std::string results;
    std::string file;
    std::string against;
    std::string language = "en";
    bool force = false, no_levers = false;
};

std::string page_of_study(const ResultsFile& file, const BriefOptions& options) {
    if (!options.against.empty())
        throw h5::Error(fmt::format("{} holds a study, whose page compares its own sets: leave out --against",
                                    options.results));
    if (options.no_levers)
        throw h5::Error(fmt::format("{} holds a study, whose page has no engine: leave out --no-levers",
                                    options.results));
    return study_page(file, options.language);
}

std::string page_of(const BriefOptions& options) {
    const ResultsFile file(options.results);
    if (file.is_study()) return page_of_study(file, options);
    const Levers levers = options.no_levers ? Levers::left_out : Levers::shown;
    if (options.against.empty()) return brief_page(file, nullptr, levers, options.language);
    const ResultsFile against(options.against);
    require_scenario(against, options.against, "a page");
    return brief_page(file, &against, levers, options.language);
}

/// Takes the code of a language of pages, and of another word says which is nearest.
CLI::Validator one_of_the_languages() {
    std::vector<std::string> codes;
    for (const auto& language : page_languages()) codes.emplace_back(language.code);
    const auto check = [codes](const std::string& word) {
        if (std::find(codes.begin(), codes.end(), word) != codes.end()) return std::string();
        const auto near = nearest_word(word, codes);
        return fmt::format("{} is no language of pages: {}{}", word, fmt::join(codes, ", "),
                           near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
    };
    return CLI::Validator(check, fmt::format("{{{}}}", fmt::join(codes, ",")));
}

int brief(const BriefOptions& options, const Session& session) {
    const fs::path target =
        options.file.empty() ? fs::path(options.results).replace_extension(".html") : fs::path(options.file);
    const fs::path read[] = {options.results, options.against};
    const auto why = why_not_target(target, options.force, read);
    if (!why.empty()) {
        print_error(why, way_to_write(target, read));
        return exit_bad_input;
    }
    std::string page;
    try {
        page = page_of(options);
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
    write_whole(target, std::as_bytes(std::span(page)), options.force);
    if (!session.quiet) print_note("written: " + target.string());
    return exit_done;
}

}  // namespace

void add_brief(CLI::App& app, Session& session) {
    auto options = std::make_shared<BriefOptions>();
    auto* command =
        app.add_subcommand("brief", "Make one page of results that opens in any browser and prints");
    command->add_option("results", options->results, "Results file (.h5, .nc)")->required();
    command->add_option("-o,--output", options->file, "Page; default: the results' name with .html")
        ->type_name("FILE");
    command
        ->add_option("--against", options->against,
                     "Results of another scenario on the same network and days: the page says what changes")
        ->type_name("FILE");
    command
        ->add_option("--language", options->language,
                     "Language of the page's own words, numbers and days; what the scenario says stays as it "
                     "was written")
        ->check(one_of_the_languages())
        ->capture_default_str();
    command->add_flag("--no-levers", options->no_levers,
                      "Leave the levers out, and the engine that they move: a page for those who are to read "
                      "and not to try");
    command->add_flag("--force", options->force, "Replace the page if it exists");
    command->footer(
        "Examples:\n"
        "  nuzuh brief idlib-2019.h5\n"
        "  nuzuh brief truce-holds.h5 --against idlib-2019.h5\n"
        "  nuzuh brief idlib-2019.h5 --language ar -o idlib-2019-ar.html\n\n"
        "The page needs no network and no other file. Its levers change strikes, fronts, crossings, roads "
        "and\n"
        "camps, and show at once what follows. Counts by place are rounded to tens, and those below ten "
        "left\n"
        "out, so that it can be handed on. Of a study it "
        "shows the totals of its sets, which a reader chooses by their settings.");
    command->callback([options, &session] { session.exit_code = brief(*options, session); });
}

}  // namespace nuzuh::app
