// Settings reached by their dotted keys, by those who do not read scenarios.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Ways to settings that are named by text.
struct SettingAccess {
    /// Sets one; gives what is wrong with key or value, "" if nothing.
    std::function<std::string(ScenarioSettings&, std::string_view key, const std::string& value)> set;
    /// What one is; nothing if there is none, or it is no number with a fraction.
    std::function<std::optional<double>(const ScenarioSettings&, std::string_view key)> number;
    /// What may have been meant by a key that there is not: a sentence, or "".
    std::function<std::string(std::string_view key)> hint;
};

}  // namespace nuzuh
