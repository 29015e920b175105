// Single values: what a text says as a number, a date, a duration.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/model/fields.hpp"
#include "sim/scenario/node.hpp"

namespace nuzuh::scenario {

/// Why a value cannot be taken: what was found against what was expected, and the way out.
struct Misread {
    std::string message;
    std::string hint;
};

/// Reads a decimal number within a range; hexadecimal, NaN, infinity, units and thousands separators are
/// refused with the number that was probably meant.
std::optional<Misread> read_number(const Node& node, std::string_view unit, Range range, double& out);

/// Reads a whole number within a range, up to 2^53 in size; 2.0 and 2e3 are whole.
std::optional<Misread> read_integer(const Node& node, std::string_view unit, Range range, std::int64_t& out);

/// Reads `YYYY-MM-DD`; a time of day behind it is taken only if it is exactly midnight (UTC, if a zone is given).
std::optional<Misread> read_date(const Node& node, Date& out);

/// Reads `1 day`, `1/2 day`, `6 h`, `1 week` into days.
std::optional<Misread> read_duration(const Node& node, Range range_days, double& days);

/// Reads `true` or `false`, as the word alone or as YAML 1.1, R and Python write it (yes, TRUE, True).
std::optional<Misread> read_flag(const Node& node, bool& out);

/// Reads a text without control characters.
std::optional<Misread> read_text_value(const Node& node, std::string& out);

/// Reads a list of single values, at least one.
std::optional<Misread> read_words(const Node& node, std::vector<std::string>& out);

/// Why a node is none of some words, and which of them it perhaps means.
Misread misread_word(const Node& node, const std::vector<std::string>& words);

/// Reads one of some words.
template <class E>
std::optional<Misread> read_choice(const Node& node, Choices<E> choices, E& out) {
    std::vector<std::string> words;
    for (const auto& [word, value] : choices) {
        words.emplace_back(word);
        if (!node.is_scalar() || node.text != word) continue;
        out = value;
        return {};
    }
    return misread_word(node, words);
}

/// " [km]", or "" for a pure number.
std::string in_brackets(std::string_view unit);

}  // namespace nuzuh::scenario
