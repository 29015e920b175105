// How an engine decides: by chance, or by the mean of what chance would do.
//
// Engines are templates on their draw policy. A third one, that follows every possible outcome and its probability,
// stands in the tests: it turns an engine into the exact distribution of its next state.
#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "sim/base/drawn_one_by_one.hpp"
#include "sim/base/samplers.hpp"

namespace nuzuh {

/// Decides by random numbers addressed by what they decide. Whole households.
struct RandomPolicy {
    using Number = Count;
    static constexpr bool expected = false;

    Draws draws;

    Stream at(const Address& x) const { return draws.at(x.purpose, x.when, x.a, x.b); }

    /// How many of n do what each does with chance p.
    Count part_of(const Address& x, Count n, double p) const {
        if (n == 0 || !(p > 0)) return 0;
        Stream stream = at(x);
        return binomial(stream, n, p);
    }
    /// How many of each cell do what each there does with its chance.
    ///
    /// @param none  [C] chance that nobody of the cell does
    void parts_of(const Address& x, std::span<const Count> cells, std::span<const double> chances,
                  std::span<const double> none, std::span<Count> out) const {
        Stream stream = at(x);
        for (std::size_t c = 0; c < cells.size(); ++c)
            out[c] = binomial(stream, cells[c], chances[c], none[c]);
    }
    /// Takes `drawn` out of cells without order; fills `out`.
    void without_order(const Address& x, Count drawn, std::span<const Count> cells,
                       std::span<Count> out) const {
        Stream stream = at(x);
        nuzuh::without_order(stream, drawn, cells, out);
    }
    /// Decisions about one household after another; for fewer than this they beat decisions about all together.
    static constexpr Count small_sample_cutoff = nuzuh::small_sample_cutoff;
    struct OneByOne {
        Stream stream;
        std::size_t out_of(HouseholdsInCells& cells) {
            return cells.take(Count(stream.uniform() * double(cells.left())));
        }
        bool happens(double p) { return stream.uniform() < p; }
    };
    OneByOne one_by_one(const Address& x) const { return {at(x)}; }

    /// Divides n in proportion to weights; adds to `out`.
    void divide(const Address& x, Count n, const CumulativeWeights<double>& weights,
                std::span<Count> out) const {
        Stream stream = at(x);
        multinomial(stream, n, weights, out);
    }
    /// The factor of mean 1 that everyone at a place shares for a step.
    double gamma_factor(const Address& x, double standard_deviation) const {
        Stream stream = at(x);
        return unit_mean_gamma(stream, standard_deviation);
    }

    // For single households.

    /// Accumulated hazard at which the household leaves.
    double threshold(const Address& x) const { return at(x).exponential(); }
    /// Whether something of chance p happens.
    bool happens(const Address& x, double p) const { return at(x).uniform() < p; }
    /// Positions of n out of many households, all choices equally likely: those with the lowest draws.
    std::vector<int> some_of(const Address& x, Count n, std::span<const std::uint32_t> households) const {
        std::vector<std::pair<double, int>> line;
        for (std::size_t p = 0; p < households.size(); ++p) {
            line.emplace_back(at({x.purpose, x.when, x.a, households[p]}).uniform(), int(p));
        }
        std::nth_element(line.begin(), line.begin() + n, line.end());
        std::vector<int> first;
        for (Count c = 0; c < n; ++c) first.push_back(line[std::size_t(c)].second);
        return first;
    }
    /// What lies at a random point of a line of weights, see Destinations.
    template <class Line>
    int pick_on(const Address& x, Line& line) const {
        Stream stream = at(x);
        return line.pick([&] { return stream.uniform(); });
    }
    template <class Line>
    void pick_each_on(const Address& x, Line& line, std::span<int> where) const {
        Stream stream = at(x);
        for (int& one : where) one = line.pick([&] { return stream.uniform(); });
    }
};

/// Replaces every draw by its mean. Fractions of households.
struct ExpectedPolicy {
    using Number = double;
    static constexpr bool expected = true;

    double part_of(const Address&, double n, double p) const { return n * std::clamp(p, 0.0, 1.0); }
    void without_order(const Address&, double drawn, std::span<const double> cells,
                       std::span<double> out) const {
        const double total = std::accumulate(cells.begin(), cells.end(), 0.0);
        for (std::size_t c = 0; c < cells.size(); ++c) out[c] = total > 0 ? drawn * cells[c] / total : 0;
    }
    double gamma_factor(const Address&, double) const { return 1; }
};

}  // namespace nuzuh
