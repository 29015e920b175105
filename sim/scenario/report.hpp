// Findings as people read them.
#pragma once

#include <string>

#include "sim/base/finding.hpp"

namespace nuzuh {

/// Whether reports are coloured for a terminal.
enum class Colour { off, on };

/// Writes one finding: place and message, the line of the file with the spot underlined, the hint.
///
///     idlib.yaml:18:5: error: place 'Atmeh' has no key 'capasity'
///        18 |     capasity: 20000
///           |     ^~~~~~~~
///       did you mean 'capacity'?  [persons]
///
/// Long lines are cut to a window around the spot; control characters never reach the terminal.
std::string report(const Finding& finding, Colour colour = Colour::off);

/// Writes findings one below the other, at most `most` of them, and how many there are in all.
std::string report(const Findings& findings, Colour colour = Colour::off, int most = 50);

}  // namespace nuzuh
