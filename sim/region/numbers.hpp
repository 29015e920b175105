// Numbers as people of different countries write them.
#pragma once

#include <string>
#include <string_view>

namespace nuzuh::region {

/// A text with the digits of other scripts (Arabic, Persian, Devanagari, Bengali, Thai, Khmer, Burmese, full width) as 0 to 9, their
/// marks as point, comma and minus, and without marks of direction.
std::string in_plain_digits(std::string_view text);

/// Whether marks stand where they do between thousands: three digits behind each, and one to three before the first.
bool groups_thousands(std::string_view digits, char mark);

/// A number as it is written in C; "" where the marks in it mean nothing. Thousands may stand apart by commas, points, blanks or
/// apostrophes, or as in India by lakh and crore, 12,34,567.
///
/// @param decimal_comma  whether a point that stands alone is one between thousands, and a comma none
std::string plain_number(std::string_view text, bool decimal_comma);

}  // namespace nuzuh::region
