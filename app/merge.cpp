// nuzuh merge PART... -o FILE
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/study_input.hpp"
#include "output/files.hpp"
#include "output/parts.hpp"
#include "output/pending_file.hpp"
#include "output/study_writer.hpp"
#include "output/target_claim.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct MergeOptions {
    std::vector<std::string> parts;
    std::string file;
    bool force = false;
};

fs::path folder_of(const fs::path& part) {
    return fs::is_directory(part) ? part : part.has_parent_path() ? part.parent_path() : fs::path(".");
}

/// "runs 64 to 127, 300 to 309, ..."
std::string gaps_text(const StudyPlan& plan, const std::vector<Part>& parts) {
    std::vector<RunRange> done;
    for (const auto& part : parts) done.push_back(part.range);
    std::string text;
    int gaps = 0;
    for (const RunRange& gap : missing_runs({0, plan.run_count()}, done, plan.run_count())) {
        if (++gaps > 3) return text + ", ...";
        text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", gap.first, gap.end - 1);
    }
    return text;
}

int merge(const MergeOptions& options, const Session& session) {
    const auto refuse = [](const std::string& message, const std::string& hint = "") {
        print_error(message, hint);
        return exit_bad_input;
    };
    std::vector<Part> found;
    for (const auto& part : options.parts) {
        if (!fs::exists(part)) return refuse(fmt::format("there is no {}", part));
        const auto more = parts_in(part);
        if (more.empty())
            return refuse(fmt::format("{} is no part of a study, and no folder of parts", part));
        found.insert(found.end(), more.begin(), more.end());
    }
    const fs::path folder = folder_of(options.parts.front());
    const auto head = read_head(folder);
    if (!head)
        return refuse(fmt::format("there is no {}", (folder / "study.yaml").string()),
                      "it says what the parts are parts of");
    if (const auto why = why_not_of_this_program(folder, *head); !why.empty())
        return refuse(why, "put them together with that version");
    std::vector<fs::path> read{folder / "study.yaml"};
    for (const auto& part : found) read.push_back(part.file);
    if (const auto why = why_not_target(options.file, options.force, read); !why.empty())
        return refuse(why, way_to_write(options.file, read));
    const auto study = checked_study((folder / "study.yaml").string(), {}, session);
    if (!study) return exit_bad_input;
    for (const auto& part : options.parts) {
        for (const auto& file : set_damaged_aside(part, {0, study->plan.run_count()}))
            print_error(fmt::format("{} is damaged", file.string()),
                        fmt::format("it is set aside as {}.damaged", file.filename().string()));
    }
    std::erase_if(found, [](const Part& part) { return !fs::exists(part.file); });
    const auto parts = without_overlap(found);
    if (const auto gaps = gaps_text(study->plan, parts); !gaps.empty())
        return refuse(fmt::format("runs are missing: {}", gaps), "nuzuh sweep ... --resume runs them");
    Provenance provenance = study->provenance;
    provenance.input_files = head->input_files;
    const TargetClaim claim(options.file);
    const auto runs = write_study(options.file, study->plan, parts, *head, provenance, {options.force, 0});
    if (!session.quiet) print_note("written: " + options.file);
    if (const auto text = runs.shortfall(); !text.empty()) print_note(text);
    if (runs.done == 0) print_error("not one run could be done");
    return runs.done == 0 ? exit_failed : exit_done;
}

}  // namespace

void add_merge(CLI::App& app, Session& session) {
    auto options = std::make_shared<MergeOptions>();
    auto* command = app.add_subcommand("merge", "Put the parts of a study together into one results file");
    command->add_option("parts", options->parts, "Folders of parts, or parts")
        ->required()
        ->type_name("PART...");
    command->add_option("-o,--output", options->file, "Results file")->required()->type_name("FILE");
    command->add_flag("--force", options->force, "Replace the results file if it exists");
    command->footer(
        "Examples:\n"
        "  nuzuh merge study.h5.parts -o study.h5\n"
        "  nuzuh merge here/study.h5.parts there/study.h5.parts -o study.h5\n\n"
        "The file is the same, byte for byte, however the runs were divided. Exit code: 0 done, 1 it could "
        "not be\n"
        "written, 2 runs are missing, or parts of different studies.");
    command->callback([options, &session] { session.exit_code = merge(*options, session); });
}

}  // namespace nuzuh::app
