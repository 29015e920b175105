#include "sim/base/nearest.hpp"

#include <algorithm>
#include <cstdlib>

#include "sim/base/text.hpp"

namespace nuzuh {

int edit_distance(std::string_view a, std::string_view b) {
    const auto same = [](char x, char y) { return small_letter(x) == small_letter(y); };
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = int(i);
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = int(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min(
                {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
            if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.size() > 100) return "";
    const int allowed = std::max(1, int(word.size()) / 3);
    std::string best;
    int best_distance = allowed + 1;
    for (const auto& candidate : candidates) {
        const int in_length = std::abs(int(word.size()) - int(candidate.size()));
        if (in_length >= best_distance) continue;  // and so is the distance
        const int distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace nuzuh
