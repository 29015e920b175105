// Settings reached by their dotted keys, by those who do not read scenarios.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Whether a dotted key is a section or lies below it: `output` and `output.every` in `output`.
inline bool is_within(std::string_view key, std::string_view section) {
    return key.starts_with(section) && (key.size() == section.size() || key[section.size()] == '.');
}

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
