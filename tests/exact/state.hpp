// The state of a tiny world as plain numbers, and distributions over such states.
#pragma once

#include <map>
#include <tuple>
#include <vector>

namespace nuzuh::exact {

enum Status { home, back, settled, waiting, road };

/// Where households are: (status, group, place, home, steps left); only road has steps left.
using Position = std::tuple<int, int, int, int, int>;

struct State {
    std::map<Position, int> households;     ///< never 0
    std::map<int, long long> unused_quota;  ///< crossing, thousandths of a person; never 0

    void add(const Position& position, int n = 1) {
        if (n != 0 && (households[position] += n) == 0) households.erase(position);
    }
    auto operator<=>(const State&) const = default;
};

using Distribution = std::map<State, double>;

inline double total_variation(const Distribution& a, const Distribution& b) {
    double sum = 0;
    for (const auto& [state, chance] : a) {
        const auto other = b.find(state);
        sum += std::abs(chance - (other == b.end() ? 0 : other->second));
    }
    for (const auto& [state, chance] : b) {
        if (!a.count(state)) sum += chance;
    }
    return sum / 2;
}

}  // namespace nuzuh::exact
