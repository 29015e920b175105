// Cases of Flee 3: a tiny one made up here, and where those of FabFlee are looked for.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "tests/support/temporary_folder.hpp"

namespace nuzuh::test {

/// The folder of FabFlee's cases; nothing where it is missing. They are not part of this project:
/// NUZUH_FLEE_CASES names the folder that holds `cases` and their `golden` series.
inline std::optional<std::filesystem::path> flee_cases() {
    const char* given = std::getenv("NUZUH_FLEE_CASES");
    const auto path = std::filesystem::path(given ? given : "") / "cases";
    if (!given || !std::filesystem::is_directory(path)) return {};
    return std::filesystem::canonical(path);
}
constexpr const char* no_flee_cases =
    "no cases of FabFlee: NUZUH_FLEE_CASES names the folder that holds `cases`";
inline const char* const flee_case_names[] = {"burundi2015", "car2013",    "mali2012",
                                              "nigeria2016", "ssudan2013", "syria2013"};

/// Files of a case by name.
using CaseFiles = std::map<std::string, std::string>;

/// Two towns, one of them in conflict, a forwarding hub on the way, a camp behind the border that opens on
/// day 2.
inline CaseFiles small_case() {
    return {
        {"input_csv/sim_period.csv", "StartDate,2020-01-01\r\nLength,6\r\n"},
        {"input_csv/locations.csv",
         "#name,region,country,lat,lon,location_type,conflict_date,population/capacity\n"
         "Alpha-Town,North,Home,1.5,30.5,conflict_zone,2,1000\n"
         "\n"
         "Beta,North,Home,1.6,30.6,town,0,\n"
         "Hub,South,Home,1.7,30.7,forwarding_hub,,\n"
         "\"Camp, the first\",East,Abroad,1.8,30.8,camp,0,500\n"
         "Second,East,Abroad,1.9,30.9,camp,0,0\n"},
        {"input_csv/routes.csv",
         "#name1,name2,distance,forced_redirection\nAlpha-Town,Beta,10,\nBeta,Hub,20,0\n"
         "Hub,\"Camp, the first\",30,2\nHub,Second,40,\n"},
        {"input_csv/conflicts.csv", "#Day,Alpha-Town, Beta,\n0,0,0\n1,0,0\n2,1,0\n3,1,0.5\n4,1,0\n5,1,0\n"},
        {"input_csv/closures.csv",
         "#type,name1,name2,start,end\ncountry,Home,Abroad,0,2\nlocation,Beta,Home,3,4\n"
         "camp,Second,,0,3\nlink,Alpha-Town,Beta,1,2\n"},
        {"input_csv/registration_corrections.csv", "Second,2020-01-03\n"},
        {"source_data/data_layout.csv",
         "total,refugees.csv\n\"Camp, the first\",a.csv,b.csv\nSecond,c.csv\nElsewhere,d.csv\n"},
        {"source_data/refugees.csv", "2020-01-01,0\n2020-01-06,100\n"},
        {"source_data/a.csv", "Date,persons\n2020-01-01,10\n2020-01-03,30\n2020-01-06,60\n"},
        {"source_data/b.csv", "# comment\n2020-01-02,5\n2020-01-03,6\n2020-01-07,7\n"},
        {"source_data/c.csv", "2020-01-01,40\n2020-01-02,80\n2020-01-03,100 \n2020-01-06,\n2020-01-05,120\n"},
        {"source_data/d.csv", "2020-01-01,3\n"},
        {"simsetting.yml",
         "log_levels: {agent: 0}\nspawn_rules:\n  conflict_spawn_decay: [1.0,1.0,0.5]\n"
         "move_rules:\n  max_move_speed: 200.0\n  start_on_foot: True\n  awareness_level: 2\n"
         "optimisations: {hasten: 1}\n"}};
}

/// A case in a folder that is gone after the test.
class CaseFolder {
public:
    explicit CaseFolder(const CaseFiles& files) {
        for (const auto& [name, text] : files) {
            const auto file = path_ / "made_up" / name;
            std::filesystem::create_directories(file.parent_path());
            std::ofstream(file, std::ios::binary) << text;
        }
    }
    CaseFolder(const CaseFolder&) = delete;
    CaseFolder& operator=(const CaseFolder&) = delete;
    ~CaseFolder() { std::filesystem::remove_all(path_); }

    std::string path() const { return (path_ / "made_up").string(); }
    const std::filesystem::path& parent() const { return path_; }

private:
    std::filesystem::path path_ = temporary_folder("nuzuh-case");
};

}  // namespace nuzuh::test
