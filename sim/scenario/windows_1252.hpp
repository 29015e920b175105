// Texts that are not UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace nuzuh::scenario {

/// Text of the letters of western Europe as UTF-8; bytes without a letter become '?'.
///
/// Source   Unicode, mapping of Windows code page 1252
std::string from_windows_1252(std::string_view bytes);

/// Text of two bytes a unit, behind its mark, as UTF-8; halves of pairs that stand alone become U+FFFD.
///
/// Source   RFC 2781
std::string from_utf16(std::string_view bytes);

}  // namespace nuzuh::scenario
