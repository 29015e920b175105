// One setting of a scenario, named by its dotted key, set without reading the scenario again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/model/setting_access.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh {

namespace scenario {

/// What came of setting a setting.
struct SetOutcome {
    std::string path;  ///< of the key without names and positions of entries, as `find_key` takes
                       ///< it; "" if there is no such key
    std::optional<Misread> misread;  ///< what is wrong with the key or the value
    std::optional<double> before;    ///< what it was, if a number with a fraction
};

/// Sets a setting to what a node says, checked as the reader checks it.
///
/// @param key  dotted; steps into lists are identities or positions from 0: `groups.residents.threshold`
SetOutcome set_setting(ScenarioSettings& settings, std::string_view key, const Node& value);

}  // namespace scenario

/// The same for a value as a scenario writes it: `0.25`, `closed`.
///
/// @return  what is wrong with it; "" when it is set
std::string set_setting(ScenarioSettings& settings, std::string_view key, const std::string& value);

/// What a setting of that key is; nothing if there is none, or it is no number with a fraction.
std::optional<double> number_of_setting(const ScenarioSettings& settings, std::string_view key);

/// Both, for what lies below the reader of scenarios.
SettingAccess setting_access();

/// Unit and meaning of a setting; empty if there is none of that key.
struct SettingText {
    std::string unit;
    std::string meaning;
};
SettingText text_of_setting(const ScenarioSettings& settings, std::string_view key);

}  // namespace nuzuh
