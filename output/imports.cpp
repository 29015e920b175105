#include "output/imports.hpp"

#include <utility>

#include <fmt/format.h>

#include "output/csv.hpp"
#include "output/files.hpp"
#include "sim/scenario/tidy.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

constexpr const char* scenario_name = "scenario.yaml";
constexpr const char* tables_name = "network";
constexpr const char* report_name = "report.csv";

std::string heading_of(const LoadedScenario& loaded) {
    std::string text = "Imported from a case of Flee 3 by `nuzuh import flee`. Read from (SHA-256, name):\n";
    for (const auto& input : loaded.inputs)
        text += fmt::format("{}  {}\n", input.sha256.substr(0, 16), input.path);
    return text;
}

std::string report_csv(const Findings& report) {
    std::string text = "file,row,what\n";
    for (const auto& one : report)
        text += fmt::format("{},{},{}\n", csv_cell(one.location.file),
                            one.location.line > 0 ? std::to_string(one.location.line) : "",
                            csv_cell(one.message));
    return text;
}

constexpr const char* scenario_heading =
    "Made by `nuzuh import region`. Change what you know better: every key is explained by `nuzuh explain "
    "KEY`.\n"
    "Check it by `nuzuh check`, run it by `nuzuh run`.\n";

/// The first reason for which one of the files cannot be written; "" if there is none.
std::string why_not_written(const std::vector<TextFile>& files, bool force, std::span<const fs::path> read) {
    for (const auto& [path, text] : files) {
        const fs::path folder = path.parent_path();
        if (!folder.empty() && !fs::is_directory(folder)) continue;  // to be made
        if (auto why = why_not_target(path, force, read); !why.empty()) return why;
    }
    return "";
}

/// A scenario and its tables.
///
/// @param another  what else could be written
Written write_scenario(const fs::path& target, const ScenarioFiles& files, bool force,
                       std::span<const fs::path> read, std::string_view another) {
    std::vector<TextFile> texts{{target, files.yaml}};
    for (const auto& [name, text] : files.tables) texts.push_back({target.parent_path() / name, text});
    if (auto why = why_not_written(texts, force, read); !why.empty())
        return one_error("", std::move(why),
                         way_to_write(why_not_written(texts, true, read).empty(), another));
    std::vector<fs::path> written;
    for (const auto& one : texts) {
        if (one.path.has_parent_path()) fs::create_directories(one.path.parent_path());
        written.push_back(one.path);
    }
    write_together(texts, force);
    return written;
}

}  // namespace

Written write_flee_case(const LoadedScenario& loaded, const std::string& folder, fs::path target,
                        bool force) {
    const fs::path of_case = fs::weakly_canonical(folder);
    if (target.empty()) target = of_case.filename().string() + ".yaml";
    if (fs::weakly_canonical(target.parent_path() / target.stem()) == of_case)
        return one_error("", fmt::format("tables would be written into the case itself, '{}'", folder),
                         "give the scenario another name with -o");
    const auto files = scenario_files(loaded.settings, heading_of(loaded), target.stem().string());
    return write_scenario(target, files, force, files_of(folder, loaded), "another name with -o");
}

Written write_region(const ScenarioSettings& settings, const Findings& report, const fs::path& folder,
                     bool force, std::span<const fs::path> read) {
    auto files = scenario_files(settings, scenario_heading, tables_name);
    files.tables.emplace_back(report_name, report_csv(report));
    if (fs::exists(folder) && !fs::is_directory(folder))
        return one_error("", fmt::format("'{}' is no folder", folder.string()), "give another name");
    return write_scenario(folder / scenario_name, files, force, read, "another folder");
}

Written write_bombardment(const std::vector<BombardmentSettings>& bombardment,
                          const std::vector<std::string>& events, fs::path target, bool force,
                          std::vector<fs::path> read) {
    if (target.empty()) target = fs::path(events.front()).stem().string() + ".bombardment.csv";
    read.insert(read.end(), events.begin(), events.end());
    if (auto why = why_no_target(target, force, read); !why.empty()) return why;
    write_together(std::vector<TextFile>{{target, bombardment_csv(bombardment)}}, force);
    return std::vector{target};
}

}  // namespace nuzuh
