// Runs held against registrations, beside plain baselines, with capacities and without.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/setting_access.hpp"
#include "sim/study/registrations.hpp"
#include "sim/study/skill.hpp"

namespace nuzuh {

/// A run, as far as scores need it.
///
/// Shape    T records, P places, M members.
struct ScoredRun {
    std::vector<double> days;              ///< [T] since the start of the period
    std::vector<Eigen::ArrayXXd> members;  ///< [M][T, P] displaced people
    Eigen::ArrayXXd left;                  ///< [T, P] mean departures
};

/// Numbers of one member by record and place, row-major.
///
/// @return  [T, P]
Eigen::ArrayXXd by_record(const float* values, std::size_t records, std::size_t places);

/// Scores of a run and of every baseline, for one form of the test.
///
/// Shape    C counted places.
struct FormScores {
    std::string form;  ///< "capacities withheld", "capacities as given" or "no capacities"
    struct Row {
        std::string model;
        SkillTable table;
    };
    std::vector<Row> rows;            ///< the run first
    std::vector<std::string> places;  ///< [C] names
    Date start{};
    std::vector<double> days;              ///< [T]
    Eigen::ArrayXXd counted;               ///< [T, C] persons
    std::vector<Eigen::ArrayXXd> members;  ///< [M][T, C] persons, of the run
};

struct ScoringSpec {
    int threads = 0;  ///< 0: all cores
    /// Called as members of each run finish, from any thread; what it throws breaks the scoring off.
    std::function<void(int done, int members)> progress = {};
};

/// Why a run of the world cannot be scored; nothing if it can be.
Findings why_not_scored(const World& world);

/// Scores with no place limited, for which the scenario is run, and as given. Where no place has a limit, these are one.
///
/// @param done  the run of the scenario as given; none: it is run
/// @throws      ModelFault if a run fails
std::vector<FormScores> score_forms(const World& world, const std::optional<ScoredRun>& done,
                                    const SettingAccess& access, const ScoringSpec& spec);

}  // namespace nuzuh
