// A draw policy that follows every possible outcome, with its probability: it turns an engine's step into the exact
// distribution of its next state.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include "sim/engine/destinations.hpp"
#include "sim/engine/draw_policy.hpp"

namespace nuzuh::exact {

inline double choose(Count n, Count k) {
    double result = 1;
    for (Count c = 1; c <= k; ++c) result = result * double(n - k + c) / double(c);
    return result;
}

inline double binomial_chance(Count n, Count k, double p) {
    return choose(n, k) * std::pow(p, double(k)) * std::pow(1 - p, double(n - k));
}

inline double hypergeometric_chance(Count marked, Count unmarked, Count drawn, Count k) {
    if (k < 0 || k > marked || drawn - k < 0 || drawn - k > unmarked) return 0;
    return choose(marked, k) * choose(unmarked, drawn - k) / choose(marked + unmarked, drawn);
}

/// One way through all decisions of a step; `advance` moves on to the next way, depth first.
class Script {
public:
    /// Takes one of the outcomes, whose chances are given.
    int decide(std::span<const double> chances) {
        if (position_ == taken_.size()) {
            taken_.push_back({-1, {chances.begin(), chances.end()}});
            next_possible(taken_.back());
        }
        const Fork& fork = taken_[position_++];
        chance_ *= fork.chances[std::size_t(fork.outcome)];
        return fork.outcome;
    }
    double chance() const { return chance_; }

    /// @return  false when every way has been followed
    bool advance() {
        position_ = 0;
        chance_ = 1;
        while (!taken_.empty()) {
            if (next_possible(taken_.back())) return true;
            taken_.pop_back();
        }
        return false;
    }

private:
    struct Fork {
        int outcome;
        std::vector<double> chances;
    };
    static bool next_possible(Fork& fork) {
        do ++fork.outcome;
        while (fork.outcome < int(fork.chances.size()) && !(fork.chances[std::size_t(fork.outcome)] > 0));
        return fork.outcome < int(fork.chances.size());
    }

    std::vector<Fork> taken_;
    std::size_t position_ = 0;
    double chance_ = 1;
};

struct EnumeratedPolicy {
    using Number = Count;
    static constexpr bool expected = false;

    Script* script;
    const std::set<std::uint64_t>* ready = nullptr;  ///< households at home whose threshold any hazard passes

    Count part_of(const Address&, Count n, double p) const {
        std::vector<double> chances;
        for (Count k = 0; k <= n; ++k) chances.push_back(binomial_chance(n, k, std::clamp(p, 0.0, 1.0)));
        return script->decide(chances);
    }
    void without_order(const Address&, Count drawn, std::span<const Count> cells,
                       std::span<Count> out) const {
        Count total = std::accumulate(cells.begin(), cells.end(), Count{0});
        for (std::size_t c = 0; c < cells.size(); ++c) {
            total -= cells[c];
            std::vector<double> chances;
            for (Count k = 0; k <= drawn; ++k) {
                chances.push_back(hypergeometric_chance(cells[c], total, drawn, k));
            }
            out[c] = script->decide(chances);
            drawn -= out[c];
        }
    }
    void parts_of(const Address& x, std::span<const Count> cells, std::span<const double> chances,
                  std::span<const double>, std::span<Count> out) const {
        for (std::size_t c = 0; c < cells.size(); ++c) out[c] = part_of(x, cells[c], chances[c]);
    }
    static constexpr Count small_sample_cutoff =
        3;  ///< so that decisions one by one and together are both followed
    struct OneByOne {
        Script* script;
        std::size_t out_of(HouseholdsInCells& cells) const {
            std::vector<double> chances;
            for (Count at = 0; at < cells.left(); ++at) {
                chances.resize(std::max(chances.size(), cells.cell(at) + 1), 0);
                chances[cells.cell(at)] += 1 / double(cells.left());
            }
            const auto drawn = std::size_t(script->decide(chances));
            Count at = 0;
            while (cells.cell(at) != drawn) ++at;
            return cells.take(at);
        }
        bool happens(double p) const {
            const double chances[] = {1 - p, p};
            return script->decide(chances) == 1;
        }
    };
    OneByOne one_by_one(const Address&) const { return {script}; }

    void divide(const Address& x, Count n, const CumulativeWeights<double>& weights,
                std::span<Count> out) const {
        for (; n > 0; --n) ++out[std::size_t(pick(x, weights))];
    }
    /// Two values instead of a gamma draw: laws must hold whatever the noise is.
    double gamma_factor(const Address&, double standard_deviation) const {
        if (!(standard_deviation > 0)) return 1;
        const double even[] = {0.5, 0.5};
        return script->decide(even) == 0 ? 0.6 : 1.4;
    }
    /// Thresholds drawn during the step matter only to later ones; those of residents stand before it.
    double threshold(const Address& x) const {
        return x.when == 0 && ready && ready->contains(x.a) ? 0 : 1e300;
    }
    bool happens(const Address& x, double p) const { return one_by_one(x).happens(p); }
    int pick(const Address&, const CumulativeWeights<double>& weights) const {
        std::vector<double> chances;
        for (double weight : weights.values()) chances.push_back(weight / weights.total());
        return script->decide(chances);
    }
    int pick_on(const Address& x, Destinations& line) const {
        if (!line.any()) return Destinations::nowhere;
        std::vector<double> weights(line.count());
        line.write(weights);
        return pick(x, CumulativeWeights<double>(weights));
    }
    void pick_each_on(const Address& x, Destinations& line, std::span<int> where) const {
        for (int& one : where) one = pick_on(x, line);
    }
    std::vector<int> some_of(const Address&, Count n, std::span<const std::uint32_t> households) const {
        std::vector<int> left(households.size());
        std::iota(left.begin(), left.end(), 0);
        std::vector<int> taken;
        for (; n > 0; --n) {
            const std::vector<double> even(left.size(), 1.0 / double(left.size()));
            const int at = script->decide(even);
            taken.push_back(left[std::size_t(at)]);
            left.erase(left.begin() + at);
        }
        return taken;
    }
};

}  // namespace nuzuh::exact
