// What a scenario may say and probably does not mean: settings that do nothing, numbers far outside the evidence,
// places that are not where they should be. All of it are warnings.
#pragma once

#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// Everything doubtful about a world whose settings hold no mistake.
Findings doubts_about(const World& world);

/// Coordinates and lengths that contradict each other, places that are given twice.
Findings doubts_about_places(const ScenarioSettings& settings);

/// Roads that are shorter than the straight line, or far longer, with the slip in the coordinates that explains them.
///
/// @param told  [P] whether something was said of a place's coordinates; places that are spoken of are added
Findings doubts_about_roads(const ScenarioSettings& settings, std::vector<bool>& told);

/// Settings that do nothing, or are far from anything that was counted.
Findings doubts_about_effects(const World& world);

/// Numbers of behaviour that do nothing, or are far outside what they rest on.
Findings doubts_about_behaviour(const World& world);

/// Strikes that move nobody, or are far more than anything that was counted; there are none under rules: flee3.
Findings doubts_about_strikes(const World& world);

/// Places that nobody can leave or reach, figures that nothing can come to.
Findings doubts_about_ways(const World& world);

/// Names in a sentence: the first few, and how many more.
std::string few_of(const std::vector<std::string>& names);

/// A number for people: at most three digits behind the point, none that mean nothing.
std::string short_number(double value);

/// Collects warnings.
class Doubts {
public:
    void warn(std::string path, std::string message, std::string hint = "") {
        findings.push_back({Severity::warning, std::move(path), std::move(message), std::move(hint), {}, {}});
    }
    Findings findings;
};

}  // namespace nuzuh
