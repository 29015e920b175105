// What somebody who wrote a wrong number or date probably meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/values.hpp"

namespace nuzuh::scenario {

/// The whole text as a decimal number; infinity for one that is too large, nothing for any other text.
std::optional<double> decimal(std::string_view text);

/// Whether a text is a word by which other programs write a missing value: NA, .na.real, NaN, None, #N/A.
bool is_missing_word(std::string_view text);

/// The way to write what stands in a text that is no number: 1,000 and 10k, 5 km and 30 %, 0,5 and 1/20, 0x10
/// and ٢٥; "" when nothing is recognised.
std::string number_hint(const std::string& text, std::string_view unit);

/// Why a text is no date, and how it is written.
Misread misread_date(const std::string& text);

}  // namespace nuzuh::scenario
