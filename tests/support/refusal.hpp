// What is said where something is refused.
#pragma once

#include <functional>
#include <string>

namespace nuzuh::test {

/// What the exception says with which an act is refused; "" where it is not.
template <class Error>
std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace nuzuh::test
