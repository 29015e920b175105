// Texts of one byte a letter.
#pragma once

#include <string>
#include <string_view>

namespace nuzuh::scenario {

/// Text of the letters of western Europe as UTF-8; bytes without a letter become '?'.
///
/// Source   Unicode, mapping of Windows code page 1252
std::string from_windows_1252(std::string_view bytes);

}  // namespace nuzuh::scenario
