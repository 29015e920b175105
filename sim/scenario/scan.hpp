// A text taken apart from the front.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace nuzuh::scenario {

/// Takes pieces off the front of a text, as long as they fit.
class Scan {
public:
    explicit Scan(std::string_view text) : rest_(text) {}

    /// The longest run of these characters, if it has at least `fewest` and at most `most`.
    std::optional<std::string_view> run(std::string_view of, std::size_t fewest = 1, std::size_t most = 60) {
        const std::size_t length = std::min(rest_.find_first_not_of(of), rest_.size());
        if (length < fewest || length > most) return {};
        const auto taken = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return taken;
    }
    std::optional<int> number(std::size_t fewest_digits, std::size_t most_digits) {
        const auto text = run(digits, fewest_digits, most_digits);
        if (!text) return {};
        int value = 0;
        std::from_chars(text->data(), text->data() + text->size(), value);
        return value;
    }
    bool one_of(std::string_view characters) {
        if (rest_.empty() || characters.find(rest_.front()) == characters.npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
    bool at_end() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }

    static constexpr std::string_view digits = "0123456789";

private:
    std::string_view rest_;
};

}  // namespace nuzuh::scenario
