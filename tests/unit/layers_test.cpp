// The order of the folders is kept by reading the include lines.
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

struct Include {
    std::string what;
    std::string where;  ///< file:line
};

/// Folders in order: each may include only itself and those before it.
const std::vector<std::string> order{"sim/base",  "sim/rules",    "sim/model",  "sim/check", "sim/engine",
                                     "sim/study", "sim/scenario", "sim/region", "output",    "app"};

std::optional<std::size_t> level(const std::string& path) {
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (path.starts_with(order[i] + "/")) return i;
    }
    return {};
}

bool may_include(std::size_t from, std::size_t what) {
    constexpr std::size_t model = 2, engine = 4, scenario = 6, region = 7, output = 8;
    if (from == region && what == scenario) return true;
    if (from == output && what == region) return false;
    return what == from || what <= (from == engine || from == scenario || from == region ? model : from);
}

std::vector<Include> includes_of(const fs::path& file, const std::string& name) {
    std::vector<Include> found;
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const auto hash = line.find_first_not_of(" \t");
        if (hash == std::string::npos || line.compare(hash, 8, "#include") != 0) continue;
        const auto open = line.find_first_of("<\"", hash);
        const auto close = line.find_first_of(">\"", open + 1);
        if (open == std::string::npos || close == std::string::npos) continue;
        found.push_back({line.substr(open + 1, close - open - 1), name + ":" + std::to_string(number)});
    }
    return found;
}

/// Every source under sim, output and app with its include lines, by path from the root of the project.
std::map<std::string, std::vector<Include>> all_includes() {
    std::map<std::string, std::vector<Include>> all;
    const fs::path root = NUZUH_SOURCE_DIR;
    for (const char* top : {"sim", "output", "app"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            const std::string name = fs::relative(entry.path(), root).generic_string();
            all[name] = includes_of(entry.path(), name);
        }
    }
    return all;
}

TEST(Layers, every_folder_includes_only_what_stands_below_it) {
    const auto all = all_includes();
    ASSERT_GT(all.size(), 20u);
    for (const auto& [file, includes] : all) {
        const auto from = level(file);
        ASSERT_TRUE(from) << file << " stands in no known folder";
        for (const auto& include : includes) {
            const auto what = level(include.what);
            if (!what) continue;
            EXPECT_TRUE(may_include(*from, *what))
                << include.where << ": " << order[*from] << " must not include " << include.what;
        }
    }
}

/// The folder of one engine in which a file stands: "sim/engine/pooled/"; "" for the files that all engines share.
std::string engine_folder(const std::string& file) {
    const std::string engines = "sim/engine/";
    const auto end = file.find('/', engines.size());
    return file.starts_with(engines) && end != file.npos ? file.substr(0, end + 1) : "";
}

/// Tests reach into engines; whoever else does would have to change with them.
TEST(Layers, the_folder_of_an_engine_is_known_to_itself_and_to_the_maker_of_engines) {
    int seen = 0;
    for (const auto& [file, includes] : all_includes()) {
        for (const auto& include : includes) {
            const auto folder = engine_folder(include.what);
            if (folder.empty()) continue;
            ++seen;
            EXPECT_TRUE(file == "sim/engine/engine.cpp" || engine_folder(file) == folder)
                << include.where << ": " << include.what << " is a matter of one engine";
        }
    }
    EXPECT_GT(seen, 0) << "no engine has a folder any more: look elsewhere";
}

TEST(Layers, each_outside_library_has_one_home) {
    const std::map<std::string, std::set<std::string>> homes{{"yaml-cpp/", {"sim/scenario"}},
                                                             {"hdf5", {"output"}},
                                                             {"H5", {"output"}},
                                                             {"CLI/", {"app"}},
                                                             {"Random123/", {"sim/base"}},
                                                             {"mpi.h", {"sim/study"}},
                                                             {"boost/random/", {"sim/base", "sim/study"}},
                                                             {"libdeflate.h", {"output"}},
                                                             {"nlohmann/", {"output", "sim/region"}},
                                                             {"osmium/", {"sim/region"}}};
    for (const auto& [file, includes] : all_includes()) {
        for (const auto& include : includes) {
            for (const auto& [prefix, allowed] : homes) {
                if (!include.what.starts_with(prefix)) continue;
                EXPECT_TRUE(allowed.contains(order[*level(file)]))
                    << include.where << ": <" << include.what << "> has its home elsewhere";
            }
        }
    }
}

TEST(Layers, one_file_knows_mpi) {
    for (const auto& [file, includes] : all_includes()) {
        for (const auto& include : includes) {
            if (include.what != "mpi.h") continue;
            EXPECT_EQ(file, "sim/study/ranks.cpp");
        }
    }
}

TEST(Layers, own_headers_are_named_from_the_root) {
    for (const auto& [file, includes] : all_includes()) {
        for (const auto& include : includes) {
            if (!include.what.ends_with(".hpp") || include.what.starts_with("boost/")) continue;
            if (include.what.starts_with("CLI/") || include.what.starts_with("nlohmann/") ||
                include.what.starts_with("osmium/"))
                continue;
            EXPECT_TRUE(fs::exists(fs::path(NUZUH_SOURCE_DIR) / include.what))
                << include.where << ": no file " << include.what << " in the project";
        }
    }
}

}  // namespace
