// A folder for temporary files.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace nuzuh {

/// A folder of temporary files that is gone when it is no longer needed.
class WorkFolder {
public:
    WorkFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "nuzuh-XXXXXX").string();
        if (::mkdtemp(name.data())) path_ = name;
    }
    ~WorkFolder() {
        std::error_code left_to_the_system;
        if (!path_.empty()) std::filesystem::remove_all(path_, left_to_the_system);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;

    /// Empty if no folder could be made.
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace nuzuh
