// Names as they are compared: by their letters and digits.
#pragma once

#include <string>
#include <string_view>

namespace nuzuh {

/// The letters and digits of a name, so that spellings of one name become one text: without case, accents,
/// apostrophes, hyphens, blanks and other marks; ß as ss, æ as ae, đ as d, ı as i; Arabic letters without hamza,
/// vowel signs and tatweel, and with those of Persian and Kurdish keyboards as the Arabic ones they stand for.
///
/// Scripts are not written over into each other, and words are not abbreviated: Saint-Louis is not St Louis. "" for a
/// text without letters and digits.
///
/// @param name  UTF-8
std::string folded(std::string_view name);

}  // namespace nuzuh
