#include <algorithm>

#include "sim/study/figure_forecast.hpp"

namespace nuzuh {
namespace {

constexpr int days_of_strikes = 14;  ///< over which strikes ahead are taken

}  // namespace

ScenarioSettings known_by(const World& world, Date day) {
    ScenarioSettings settings = world.settings;
    const auto cut = [day](auto& entries) {
        auto& own = entries.own();
        std::erase_if(own, [day](const auto& entry) { return entry.from > day; });
        for (auto& entry : own)
            if (entry.to > day) entry.to.reset();
    };
    cut(settings.access);
    cut(settings.orders);
    cut(settings.ceasefires);
    cut(settings.routes);
    cut(settings.camps);
    cut(settings.conflicts);
    cut(settings.crossings);
    auto& fronts = settings.fronts.own();
    for (auto& front : fronts) {
        if (front.falls > day) front.falls.reset();
        if (front.assault_to > day) front.assault_to.reset();
    }
    std::erase_if(fronts, [day](const FrontSettings& front) {
        return front.falls.value_or(day + 1) > day && front.assault_from.value_or(day + 1) > day;
    });
    auto& strikes = settings.bombardment.own();
    std::erase_if(strikes, [day](const auto& entry) { return entry.from > day; });
    for (auto& entry : strikes)
        if (!entry.to || *entry.to > day) entry.to = day;
    if (day >= settings.period.to) return settings;
    const int steps_a_day = world.steps_a_day(), last = (day - world.start) * steps_a_day;
    const int first = std::max(0, last - (days_of_strikes - 1) * steps_a_day);
    for (int i = 0; i < world.place_count(); ++i) {
        double sum = 0;
        for (int step = first; step <= last; step += steps_a_day)
            sum += world.inputs[std::size_t(step)].strikes(i);
        const int days = (last - first) / steps_a_day + 1;
        const double mean = sum / days;
        if (mean > 0)
            strikes.push_back(
                {"", world.places[std::size_t(i)].place, day + 1, {}, mean, {}, "as in the last fortnight"});
    }
    return settings;
}

}  // namespace nuzuh
