// One target under libFuzzer; FUZZ_TARGET names it.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    for (const auto& target : nuzuh::fuzz::targets()) {
        if (target.name == FUZZ_TARGET) target.read({reinterpret_cast<const char*>(bytes), size});
    }
    return 0;
}
