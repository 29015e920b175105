// Bytes as they break on the way.
#pragma once

#include <random>
#include <string>

namespace nuzuh::test {

/// Bytes with a few changed, put in twice or left out.
inline std::string mutated(std::string bytes, std::mt19937& random) {
    const auto below = [&](std::size_t n) { return std::size_t(random() % n); };
    for (std::size_t changes = 1 + below(4); changes > 0 && !bytes.empty(); --changes) {
        const auto at = below(bytes.size());
        switch (below(4)) {
            case 0:
                bytes[at] = char(random() & 255);
                break;
            case 1:
                bytes.erase(at, 1 + below(20));
                break;
            case 2:
                bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(40)));
                break;
            default:
                if (below(8) == 0) bytes.resize(at);
                bytes[at < bytes.size() ? at : 0] ^= char(1 << below(8));
        }
    }
    return bytes;
}

}  // namespace nuzuh::test
