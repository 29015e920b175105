#include "sim/study/wide_design.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

constexpr double enough_together = 5;  ///< points without which nothing is said of several figures
constexpr const char* wrong_there =
    "the figure, what the scenario is given, a prior or the model is wrong there";

/// "166,000" or, of a bound, "400,000 to 500,000".
std::string reported_text(const ReportedFigure& figure) {
    if (figure.bound == Bound::about) return grouped(figure.persons);
    const auto [low, high] = reported_range(figure);
    return grouped(low) + " to " + grouped(high);
}

std::string path_of(const ReportedFigure& figure, const std::vector<ReportedFigure>& reported) {
    return fmt::format("reported[{}]",
                       std::find(reported.begin(), reported.end(), figure) - reported.begin());
}

Finding doubt(std::string path, std::string message, std::string hint) {
    return {Severity::warning, std::move(path), std::move(message), std::move(hint), {}, {}};
}

/// Pairs of figures that points are near to one by one and never both.
///
/// @param near  [figure][point]
std::vector<std::array<std::size_t, 2>> pairs_apart(const std::vector<std::vector<bool>>& near) {
    std::vector<std::array<std::size_t, 2>> pairs;
    const auto share = [](const std::vector<bool>& points) {
        return double(std::ranges::count(points, true)) / double(points.size());
    };
    for (std::size_t b = 0; b < near.size(); ++b) {
        for (std::size_t a = 0; a < b; ++a) {
            bool meet = share(near[a]) * share(near[b]) * double(near[a].size()) < enough_together;
            for (std::size_t p = 0; p < near[a].size() && !meet; ++p) meet = near[a][p] && near[b][p];
            if (!meet) pairs.push_back({a, b});
        }
    }
    return pairs;
}

}  // namespace

WideDesign look_at(const std::vector<Observation>& observations,
                   const std::vector<const std::vector<double>*>& simulated) {
    WideDesign design;
    std::vector<std::vector<bool>> near(observations.size());
    for (const auto& o : observations)
        design.figures.push_back({o.figure, 0, std::numeric_limits<double>::infinity(), 0, 0});
    for (const auto* figures : simulated) {
        ++design.points;
        std::size_t off = 0, last = 0;
        for (std::size_t f = 0; f < observations.size(); ++f) {
            const double i = implausibility(observations[f], (*figures)[f], typical_discrepancy);
            auto& reach = design.figures[f];
            if (i < reach.implausibility) {
                reach.implausibility = i;
                reach.nearest = std::exp((*figures)[f] + observations[f].bias);
            }
            near[f].push_back(i < ruled_out_from);
            if (near[f].back()) continue;
            ++off, last = f;
            ++reach.rules_out;
        }
        if (off == 1) ++design.figures[last].alone;
        design.left += off == 0;
        design.left_but_for_one += off <= 1;
    }
    if (design.points == 0) return design;
    const double all = double(design.points);
    for (auto& reach : design.figures) reach.rules_out /= all, reach.alone /= all;
    design.left /= all, design.left_but_for_one /= all;
    design.apart = pairs_apart(near);
    return design;
}

Findings unreached(const WideDesign& design, const std::vector<ReportedFigure>& reported) {
    Findings findings;
    const auto points = grouped(double(design.points));
    for (const auto& reach : design.figures) {
        if (reach.implausibility < ruled_out_from) continue;
        findings.push_back(
            doubt(path_of(reach.figure, reported),
                  fmt::format("{} reported, and of {} points of the prior none comes nearer than {}, {:.1f} "
                              "standard deviations off",
                              reported_text(reach.figure), points,
                              Rounding(reach.nearest).text(reach.nearest), reach.implausibility),
                  wrong_there));
    }
    if (findings.empty() && design.apart.empty() && design.left == 0) {
        const auto& most = *std::ranges::max_element(design.figures, {}, &FigureReach::alone);
        const double without = most.alone * double(design.points);
        if (without >= enough_together)
            findings.push_back(
                doubt(path_of(most.figure, reported),
                      fmt::format("of {} points of the prior none comes near to all figures, and {} would "
                                  "without this one",
                                  points, grouped(without)),
                      wrong_there));
    }
    for (const auto& [a, b] : design.apart)
        findings.push_back(
            doubt(path_of(design.figures[b].figure, reported),
                  fmt::format("of {} points of the prior none comes near to this figure and to '{}'", points,
                              design.figures[a].figure.figure),
                  "one of the two is wrong, or counts something else, or the model is wrong"));
    return findings;
}

}  // namespace nuzuh
