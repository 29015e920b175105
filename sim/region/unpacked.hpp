// Files taken out of a ZIP archive.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/base/work_folder.hpp"

namespace nuzuh::region {

/// The file's ending in small letters, such as `.zip`.
std::string ending_of(const std::filesystem::path& file);

/// Names inside a ZIP that have one of some endings, in alphabetical order; none where the file is no ZIP or can't be opened. What a
/// system put there for itself (__MACOSX) is none.
std::vector<std::string> names_in_zip(const std::filesystem::path& file,
                                      const std::vector<std::string>& endings);

/// The files of some endings in a ZIP, each in a folder of its own.
class Unpacked {
public:
    Unpacked(const std::filesystem::path& zip, const std::vector<std::string>& endings);

    const std::vector<std::filesystem::path>& files() const { return files_; }
    /// A file's name as messages say it: `DJ.zip (DJ.txt)`.
    std::string name_of(const std::filesystem::path& file) const;
    /// Puts that name in place of the file's own.
    void rename(std::string& text) const;
    Findings rename(Findings findings) const;
    const Findings& findings() const { return found_; }  ///< files that can't be taken out

private:
    std::filesystem::path zip_;
    WorkFolder folder_;
    std::vector<std::filesystem::path> files_;
    Findings found_;
};

}  // namespace nuzuh::region
