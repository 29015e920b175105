// nuzuh export FILE.h5 --to csv|xlsx|geojson|quantiles
#include "output/export.hpp"

#include <map>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "output/files.hpp"
#include "output/gazetteer.hpp"
#include "output/over_run.hpp"
#include "output/workbook.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

const std::map<std::string, ExportFormat> formats = {{"csv", ExportFormat::csv},
                                                     {"geojson", ExportFormat::geojson},
                                                     {"quantiles", ExportFormat::quantiles},
                                                     {"xlsx", ExportFormat::csv}};

const std::map<std::string, char> separators = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}};

struct ExportOptions {
    std::string file;
    std::string to;
    std::string folder;
    std::string separator = "comma";
    bool share = false, bom = false, no_hxl = false, wide = false, force = false;

    bool makes_a_workbook() const { return to == "xlsx"; }
};

/// The folder of tables, or the file of a workbook: beside the results, wherever one stands.
fs::path target_of(const ExportOptions& options) {
    if (!options.folder.empty()) return options.folder;
    const fs::path results(options.file);
    const std::string stem = results.stem().string() + (options.share ? "-shared" : "");
    return results.parent_path() / (stem + (options.makes_a_workbook() ? "." : "-") + options.to);
}

fs::path folder_of(const ExportOptions& options) {
    const fs::path target = target_of(options);
    return options.makes_a_workbook() ? fs::absolute(target).parent_path() : target;
}

using WhyNot = std::optional<std::pair<std::string, std::string>>;

/// Why no workbook can be made of this name.
WhyNot no_workbook(const ExportOptions& options) {
    if (!writes_workbooks()) {
        return {{"this program was built without libxlsxwriter, which writes workbooks",
                 "install libxlsxwriter-dev and build it anew, or give --to csv"}};
    }
    const fs::path target = target_of(options);
    std::error_code ignored;
    if (fs::is_directory(target, ignored)) {
        return {{fmt::format("{} is a folder, and a workbook is one file", target.string()),
                 "give a file that ends in .xlsx with -o"}};
    }
    if (target.extension() != ".xlsx") {
        return {
            {fmt::format("{} does not end in .xlsx, by which spreadsheets know a workbook", target.string()),
             "give a file that ends in .xlsx with -o"}};
    }
    return {};
}

/// An option that changes nothing of what is asked for.
WhyNot without_effect(const ExportOptions& options, const ResultsFile& file) {
    if (options.bom && options.makes_a_workbook())
        return {
            {"--bom has no effect on a workbook, which says itself how it is encoded", "leave out --bom"}};
    if (options.bom && options.to == "geojson")
        return {{"--bom has no effect on GeoJSON, which must not begin with a mark", "leave out --bom"}};
    if (options.no_hxl && options.to == "geojson")
        return {{"--no-hxl has no effect on GeoJSON, which has no hashtags", "leave out --no-hxl"}};
    if (options.separator != "comma" && (options.to == "geojson" || options.makes_a_workbook()))
        return {{fmt::format("--separator has no effect on {}, which separates nothing", options.to),
                 "leave out --separator"}};
    if (options.wide && (formats.at(options.to) != ExportFormat::csv || options.share || file.is_study()))
        return {{"--wide has no effect: only the tables of a run have places to put side by side",
                 "leave it out, or give a run with --to csv or xlsx and without --share"}};
    return {};
}

/// Why this export cannot be made: message and way out, or nothing.
std::optional<std::pair<std::string, std::string>> refusal(const ExportOptions& options,
                                                           const ResultsFile& file, const fs::path& folder) {
    const ExportFormat format = formats.at(options.to);
    if (file.is_study() && (format != ExportFormat::csv || options.share)) {
        return {{fmt::format("{} holds a study of many settings, of which there is one table", options.file),
                 "give --to csv without --share: a row a run, with its settings and outputs"}};
    }
    if (options.share && file.has("/traces")) {
        return {{fmt::format("{} holds traces of single households, which are never shared", options.file),
                 "run the scenario again without --traces"}};
    }
    if (options.share && !keeps_series(file)) {
        return {
            {"--share rounds every count of every member before it adds up, and this run kept totals alone "
             "of each "
             "(output.members: totals)",
             "run the scenario again with --set output.members=all"}};
    }
    if (options.share && !tells_all_places(file)) {
        return {
            {fmt::format(
                 "--share adds places up to sub-districts, which takes every place, and {} tells of {} of {} "
                 "(output.places)",
                 options.file, file.texts("/place_id").size(), places_simulated(file)),
             "run the scenario again with --set output.places=~"}};
    }
    if (auto no = without_effect(options, file)) return no;
    if (options.makes_a_workbook()) {
        if (auto no = no_workbook(options)) return no;
    }
    std::error_code ignored;
    if (fs::exists(folder, ignored) && !fs::is_directory(folder, ignored)) {
        return {{fmt::format("{} is a file, not a folder", folder.string()), "give another folder with -o"}};
    }
    const fs::path parent = fs::absolute(folder).parent_path();
    if (!fs::is_directory(folder, ignored) && !fs::is_directory(parent, ignored)) {
        return {{fmt::format("no folder {}", parent.string()), "make it, or give another folder with -o"}};
    }
    return {};
}

/// The first of the files that cannot be written, if there is one.
std::string why_not(const fs::path& folder, const std::vector<ExportedFile>& files, bool force,
                    const ExportOptions& options) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return "";
    const fs::path read[] = {options.file};
    for (const auto& file : files) {
        if (auto why = why_not_target(folder / file.name, force, read); !why.empty()) return why;
    }
    return "";
}

/// A mark by which Excel knows UTF-8.
void add_marks(std::vector<ExportedFile>& files) {
    for (auto& file : files) {
        if (file.name.ends_with(".csv")) file.content.insert(0, "\xEF\xBB\xBF");
    }
}

int export_results(const ExportOptions& options, const Session& session) {
    std::optional<ResultsFile> file;
    try {
        file.emplace(options.file);
    } catch (const h5::Error& error) {
        print_error(error.what());
        return exit_bad_input;
    }
    const fs::path folder = folder_of(options);
    if (const auto no = refusal(options, *file, folder)) {
        print_error(no->first, no->second);
        return exit_bad_input;
    }
    const ExportFormat format = formats.at(options.to);
    auto files = options.share ? exported_to_share(*file, format) : exported(*file, format);
    if (options.wide) add_wide_tables(files, *file);
    if (options.no_hxl) remove_hashtags(files);
    set_separator(files, separators.at(options.separator));
    if (options.bom) add_marks(files);
    if (options.makes_a_workbook()) files = {workbook(target_of(options).filename().string(), files)};
    if (const auto why = why_not(folder, files, options.force, options); !why.empty()) {
        const bool forcing_helps = why_not(folder, files, true, options).empty();
        print_error(why, way_to_write(forcing_helps, "another folder with -o"));
        return exit_bad_input;
    }
    write_export(folder, files, options.force);
    const auto note = file->is_study() ? "" : unknown_codes_note(read_gazetteer(*file));
    if (!note.empty() && !session.quiet) print_note(note);
    const auto left_out = left_out_note(*file, format);
    if (!left_out.empty() && !session.quiet) print_note(left_out);
    TextTable table({"Written", "bytes"});
    for (const auto& written : files)
        table.add({(folder / written.name).string(), grouped(double(written.content.size()))});
    if (!session.quiet) print(table.text());
    return exit_done;
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
    auto options = std::make_shared<ExportOptions>();
    auto* command =
        app.add_subcommand("export", "Write results as tables, maps or quantiles for other programs");
    command->add_option("file", options->file, "Results file")->required();
    command
        ->add_option("--to", options->to,
                     "csv: tables with hashtags (HXL); xlsx: the same as one workbook; geojson: places and "
                     "routes for QGIS; "
                     "quantiles: 23 levels as forecast hubs take them")
        ->required()
        ->check(CLI::IsMember(formats));
    command
        ->add_option("-o,--output", options->folder,
                     "Folder, or the workbook; default: beside the file, with its name and the format")
        ->type_name("PATH");
    command->add_flag("--share", options->share,
                      "Only what may leave the house: by week and sub-district, rounded to "
                      "tens, counts below ten left out, labelled");
    command->add_flag("--bom", options->bom, "Begin tables with a mark by which Excel knows UTF-8");
    command->add_flag("--no-hxl", options->no_hxl,
                      "Tables without the row of hashtags, for programs that guess types of columns");
    command
        ->add_option("--separator", options->separator,
                     "Between cells; behind a semicolon numbers have a decimal comma, as spreadsheets of "
                     "many countries expect")
        ->check(CLI::IsMember(separators))
        ->capture_default_str();
    command->add_flag("--wide", options->wide,
                      "Also tables with a column a place, by day: who stays, lacks shelter and arrives, and "
                      "needs of water, food, tents, latrines");
    command->add_flag("--force", options->force, "Replace files of the same names");
    command->footer(
        "Examples:\n"
        "  nuzuh export results/idlib-2019.h5 --to csv\n"
        "  nuzuh export results/idlib-2019.h5 --to csv --share --bom -o for-partners\n"
        "  nuzuh export results/idlib-2019.h5 --to xlsx --wide\n"
        "  nuzuh export results/idlib-2019.h5 --to csv --separator semicolon --bom -o tables\n"
        "  nuzuh export results/idlib-2019.h5 --to geojson -o map\n"
        "  nuzuh export study.h5 --to csv\n\n"
        "Of a study: one table, a row a run, with its settings and what was collected of every run.\n"
        "Exit code: 0 done, 1 could not be written, 2 bad input or usage.");
    command->callback([options, &session] { session.exit_code = export_results(*options, session); });
}

}  // namespace nuzuh::app
