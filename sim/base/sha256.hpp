// Fingerprints of files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nuzuh {

/// SHA-256 digest of bytes that come in pieces.
///
/// Source   FIPS PUB 180-4, Secure Hash Standard, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2.
class Sha256 {
public:
    void add(std::string_view bytes);
    /// 64 lower-case hexadecimal digits; nothing can be added after it.
    std::string hex();

private:
    static constexpr std::size_t block_bytes = 64;

    std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, block_bytes> rest_{};  ///< of what was added, what makes no whole block
    std::uint64_t length_ = 0;                       ///< of all that was added, in bytes
};

/// SHA-256 digest as 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace nuzuh
