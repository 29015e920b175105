// A folder of a test's own.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include <stdlib.h>

namespace nuzuh::test {

/// Makes an empty folder that no other object or process has.
inline std::filesystem::path temporary_folder(const std::string& name) {
    std::string path = (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
    if (!::mkdtemp(path.data())) throw std::system_error(errno, std::generic_category(), path);
    return path;
}

}  // namespace nuzuh::test
