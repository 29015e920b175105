// Figures as a world with other parameters would have reported them.
#pragma once

#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "sim/study/score.hpp"
#include "tests/uncertainty/cases.hpp"

namespace nuzuh::test {

/// What a figure counts, where, and up to which day of the run.
struct Asked {
    Quantity quantity;
    const char* place;
    int days;
};

/// Flows that tell strong hazards from weak ones.
inline const std::vector<Asked> flows = {{Quantity::departures, "east", 9},
                                         {Quantity::departures, "west", 25},
                                         {Quantity::arrivals, "west", 20},
                                         {Quantity::arrivals, "camp", 30}};

inline List<ReportedFigure> figures_of(const ScenarioSettings& settings, const std::vector<Asked>& asked) {
    List<ReportedFigure> figures;
    for (const auto& [quantity, place, days] : asked) {
        ReportedFigure figure;
        figure.figure = fmt::format("{} {} {}", int(quantity), place, days);
        figure.quantity = quantity;
        figure.place = place;
        figure.to = settings.period.from + days;
        figure.uncertainty = 0.2;
        figures.push_back(figure);
    }
    return figures;
}

/// The settings with figures as expected at other values of them, with an error drawn for each.
///
/// @param values  by dotted key
/// @param error   [figure] added to the logarithm
inline ScenarioSettings observed(ScenarioSettings settings,
                                 const std::vector<std::pair<std::string, double>>& values,
                                 const std::function<double(std::size_t)>& error,
                                 const std::vector<Asked>& asked = flows) {
    settings.reported = figures_of(settings, asked);
    ScenarioSettings truth = settings;
    for (const auto& [key, value] : values) {
        if (const auto wrong = set_setting(truth, key, fmt::format("{}", value)); !wrong.empty())
            throw std::runtime_error(wrong);
    }
    const World world = world_of(std::move(truth));
    const std::vector<Member> member{{&world, {.kind = EngineKind::pooled, .mode = DrawMode::expected}}};
    const auto run = run_members(member, 1, Selection::everything()).front();
    const auto days = record_days(world, 1);
    for (std::size_t f = 0; f < settings.reported.size(); ++f)
        settings.reported[f].persons = simulated(world, days, run, settings.reported[f]) * std::exp(error(f));
    return settings;
}

}  // namespace nuzuh::test
