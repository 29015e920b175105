// A folder for temporary files.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace nuzuh {

/// Where temporary files lie no folder can be made.
struct NoWorkFolder : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A folder of temporary files that is gone when it is no longer needed.
class WorkFolder {
public:
    /// @throws  NoWorkFolder
    WorkFolder() {
        const char* given = std::getenv("TMPDIR");
        const std::filesystem::path above = given && *given ? given : "/tmp";
        std::string name = (above / "nuzuh-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw NoWorkFolder("no folder for temporary files can be made in " + above.string() + ": " +
                               std::strerror(errno));
        path_ = name;
    }
    ~WorkFolder() {
        std::error_code left_to_the_system;
        std::filesystem::remove_all(path_, left_to_the_system);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace nuzuh
