// From the files a user writes to the settings of a scenario, with everything that is wrong with them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// A file that the scenario was read from.
struct InputFile {
    std::string path;    ///< relative to the scenario's own folder, so that it is the same on every machine
    std::string sha256;  ///< of the bytes as they stand in the file
};

/// Where everything that was read stands in its file; opaque outside the reader.
class ScenarioText;

/// A scenario as read: settings with defaults filled in, and where each of them was written.
struct LoadedScenario {
    ScenarioSettings settings;
    std::vector<InputFile> inputs;  ///< in the order of reading: the scenario, what it extends, tables
    std::shared_ptr<const ScenarioText> text;
};

/// Reads a scenario: the YAML file, the scenarios it extends, the tables it names, and `overrides`.
///
/// Checked here is all that can be checked key by key: form, kind, unit, range, spelling. Whether names,
/// dates and shares fit together is for `make_world` to say; `located` then finds the lines.
///
/// @param path       the YAML file, or the folder of a case of Flee 3, which is read as if it were one
/// @param overrides  `key=value`, laid over in the given order: `behaviour.leave.h_max=0.2`,
///                   `groups.residents.share=0.6`, `crossings.0.quota=500`
/// @param flee_settings  of a case of Flee: settings in place of its own simsetting.yml
/// @return           the scenario, or every mistake at once in the order in which they stand in the files
///
/// Edges    files up to 64 MiB, lists and maps nested up to 64 deep, up to 1,000,000 values a file and
///          100,000 values through aliases, chains of up to 16 scenarios; more is a finding, not a crash.
Result<LoadedScenario> load_scenario(const std::string& path, const std::vector<std::string>& overrides = {},
                                     const std::string& flee_settings = "");

/// The files that a scenario was read from, as they can be opened from the working directory.
///
/// @param path  by which it was loaded
std::vector<std::filesystem::path> files_of(const std::string& path, const LoadedScenario& loaded);

/// Reads back the text that `effective_yaml` writes and results files carry.
Result<ScenarioSettings> read_scenario_text(std::string yaml);

/// What findings call the text of a what-if.
constexpr auto what_if_name = "what-if";

/// A scenario from the text that results carry, over which what-ifs are laid without any file.
class ScenarioBase {
public:
    /// @param yaml  that `effective_yaml` wrote
    static Result<ScenarioBase> of(std::string yaml);

    /// The scenario with a what-if laid over it by the rules of `load_scenario`, or every mistake at once. Whatever `extends`
    /// names is taken to be this scenario.
    ///
    /// @param what_if  YAML; "": the scenario as it stands
    Result<LoadedScenario> with(std::string what_if) const;

private:
    std::shared_ptr<const ScenarioText> text_;
};

/// Gives findings that carry only a dotted key (`fronts[2].place`) the file, line and column of that key, or
/// of the nearest key above it, and puts them in the order in which they stand in the files.
Findings located(const LoadedScenario& scenario, Findings findings);

}  // namespace nuzuh
