// What two ensembles are compared by, and how unlikely their difference is.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh::test {

/// Chance of a distance between two samples' distribution functions at least this large if they have one law.
///
/// Source   Kolmogorov's limit distribution with Stephens' correction for finite samples.
inline double two_sample_p(std::vector<double> a, std::vector<double> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    double distance = 0;
    std::size_t x = 0, y = 0;
    while (x < a.size() && y < b.size()) {
        const double value = std::min(a[x], b[y]);
        while (x < a.size() && a[x] <= value) ++x;
        while (y < b.size() && b[y] <= value) ++y;
        distance = std::max(distance, std::abs(double(x) / double(a.size()) - double(y) / double(b.size())));
    }
    const double n = std::sqrt(double(a.size()) * double(b.size()) / double(a.size() + b.size()));
    const double z = (n + 0.12 + 0.11 / n) * distance;
    double p = 0;
    for (int m = 1; m <= 100; ++m) p += 2 * (m % 2 ? 1 : -1) * std::exp(-2.0 * m * m * z * z);
    return z < 0.2 ? 1 : std::clamp(p, 0.0, 1.0);
}

struct Quantities {
    std::vector<std::string> names;
    std::vector<std::vector<double>> samples;  ///< [quantity][run]
};

inline Quantities quantities(const World& world, const EnsembleResult& result) {
    Quantities q;
    const auto add = [&](const std::string& name, auto value) {
        q.names.push_back(name);
        auto& sample = q.samples.emplace_back();
        for (const auto& run : result.members) sample.push_back(value(run));
    };
    for (const auto& place : world.places) {
        for (PlaceField field : {PlaceField::arrivals, PlaceField::at_home, PlaceField::displaced}) {
            add(place.place + " " + std::string(info(field).name),
                [&](const RunResult& run) { return at_end(world, run, field, place.place); });
        }
    }
    for (int i = 0; i < world.place_count(); ++i) {
        if (world.capacity[std::size_t(i)] >= no_limit) continue;
        add(world.places[std::size_t(i)].place + " first day full", [&](const RunResult& run) {
            const auto& displaced = run.place[std::size_t(PlaceField::displaced)];
            for (std::size_t t = 0; t < run.total[0].size(); ++t) {
                const auto cell = t * std::size_t(world.place_count()) + std::size_t(i);
                if (displaced[cell] >= world.capacity[std::size_t(i)]) return double(t);
            }
            return 1e9;
        });
    }
    for (TotalField field : {TotalField::movements, TotalField::returned, TotalField::abroad,
                             TotalField::waiting, TotalField::on_the_road}) {
        add(std::string(info(field).name), [&](const RunResult& run) { return last(run, field); });
    }
    return q;
}

/// Adds sums of all quantities, each in units of its standard deviation and with a sign drawn at random: what two
/// samples agree on one by one they may still join differently.
inline void add_joint_quantities(Quantities& a, Quantities& b) {
    constexpr int sums = 5;
    const auto moments = [&](std::size_t q) {
        double n = 0, sum = 0, squares = 0;
        for (const auto* of : {&a, &b}) {
            for (double x : of->samples[q]) n += 1, sum += x, squares += x * x;
        }
        return std::pair(sum / n, std::sqrt(std::max(0.0, squares / n - sum / n * sum / n)));
    };
    const std::size_t single = a.names.size();
    Stream chance = Draws(1, 0).at(Purpose::bootstrap, 0);
    for (int joint = 0; joint < sums; ++joint) {
        std::vector<double> in_a(a.samples[0].size(), 0), in_b(b.samples[0].size(), 0);
        for (std::size_t q = 0; q < single; ++q) {
            const auto [mean, deviation] = moments(q);
            const double weight = (chance.uniform() < 0.5 ? -1 : 1) / std::max(deviation, 1e-9);
            for (std::size_t r = 0; r < in_a.size(); ++r) in_a[r] += weight * (a.samples[q][r] - mean);
            for (std::size_t r = 0; r < in_b.size(); ++r) in_b[r] += weight * (b.samples[q][r] - mean);
        }
        a.names.push_back("joint " + std::to_string(joint));
        b.names.push_back(a.names.back());
        a.samples.push_back(in_a);
        b.samples.push_back(in_b);
    }
}

/// Quantities in which two ensembles differ, looked at in two stages: if anything looks different at level 1e-3, all
/// is looked at again with ten times the runs, and differs if its chance is below a level.
///
/// @param sample_a,sample_b  sample(members, stage) draws an ensemble; another seed in each stage
template <class SampleA, class SampleB>
std::vector<std::string> differences(SampleA sample_a, SampleB sample_b, int members, double level) {
    std::vector<std::string> found;
    for (int stage = 0; stage < 2; ++stage) {
        Quantities a = sample_a(stage == 0 ? members : 10 * members, stage);
        Quantities b = sample_b(stage == 0 ? members : 10 * members, stage);
        add_joint_quantities(a, b);
        found.clear();
        for (std::size_t q = 0; q < a.names.size(); ++q) {
            if (two_sample_p(a.samples[q], b.samples[q]) < (stage == 0 ? 1e-3 : level))
                found.push_back(a.names[q]);
        }
        if (found.empty()) break;
    }
    return found;
}

}  // namespace nuzuh::test
