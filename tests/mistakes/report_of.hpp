// What a user would read about a scenario, and the report that is kept for it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nuzuh::mistakes {

/// Folder of the written cases and of all kept reports.
std::filesystem::path cases_folder();

/// Reads the scenario, and builds its world if it can be read, or reads the study and looks up what it collects; the
/// findings, at most `most`, as the command line shows them.
///
/// Relative paths start at the current folder, so that reports do not name the machine.
std::string report_of(const std::string& scenario, const std::vector<std::string>& overrides = {},
                      int most = 50);

/// Whether there is an error among what was found.
bool is_refused(const std::string& report);

/// Compares a report with `<name>.expected`, or writes it there when NUZUH_UPDATE_GOLDEN is set.
void expect_as_kept(const std::string& name, const std::string& report);

/// The whole text of a file.
std::string text_of(const std::filesystem::path& file);

}  // namespace nuzuh::mistakes
