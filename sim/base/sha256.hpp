// Fingerprints of input files.
#pragma once

#include <string>
#include <string_view>

namespace nuzuh {

/// SHA-256 digest as 64 hexadecimal digits.
///
/// Source   FIPS PUB 180-4, Secure Hash Standard, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2.
std::string sha256(std::string_view bytes);

}  // namespace nuzuh
