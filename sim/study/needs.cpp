#include "sim/study/needs.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh {
namespace {

const std::vector<float>& total(const RunResult& run, TotalField field) {
    return run.total[std::size_t(field)];
}

void note(NeedOutlook& need, const EnsembleResult& result, std::size_t m, std::size_t t, double needed,
          double unmet) {
    need.needed[m].push_back(float(needed));
    need.unmet[m].push_back(float(unmet));
    if (need.unmet[m].back() > 0 && std::isnan(need.short_on[m])) need.short_on[m] = float(result.days[t]);
}

/// A stock that is drawn down by everyone displaced.
void draw_down(NeedOutlook& need, const EnsembleResult& result, std::size_t m, double every_days,
               double last_day) {
    double stock = need.on_hand;
    const auto& person_days = total(result.members[m], TotalField::person_days_displaced);
    for (std::size_t t = 0; t < person_days.size(); ++t) {
        const double days = std::min(every_days, last_day - double(t) * every_days);
        const double use = need.per_person * person_days[t];
        const double left = stock + need.supply_per_day * days - use;
        stock = std::max(0.0, left);
        note(need, result, m, t, use / days, std::max(0.0, -left) / days);
    }
}

/// A stock that lasts, for those without shelter.
void stand_beside(NeedOutlook& need, const EnsembleResult& result, std::size_t m) {
    const auto& persons = total(result.members[m], TotalField::without_shelter);
    for (std::size_t t = 0; t < persons.size(); ++t) {
        const double needed = need.per_person * persons[t];
        note(need, result, m, t, needed, std::max(0.0, needed - need.on_hand));
    }
}

}  // namespace

std::vector<NeedOutlook> needs_outlook(const World& world, const EnsembleResult& result) {
    const auto& standard = world.settings.planning.standards;
    const auto& stock = world.settings.planning.stock;
    std::vector<NeedOutlook> needs{
        {"water", "L", standard.water_litres, stock.water_litres, stock.water_litres_per_day, {}, {}, {}},
        {"food",
         "million kcal",
         standard.food_kcal / 1e6,
         stock.food_million_kcal,
         stock.food_million_kcal_per_day,
         {},
         {},
         {}},
        {"living space", "m2", standard.living_space_m2, stock.living_space_m2, 0, {}, {}, {}},
        {"latrines", "latrines", 1 / standard.persons_per_latrine, stock.latrines, 0, {}, {}, {}}};
    const double every_days = std::max(world.settings.output.every_days, world.dt);
    const double last_day = world.steps * world.dt;
    for (auto& need : needs) {
        need.needed.resize(result.members.size());
        need.unmet.resize(result.members.size());
        need.short_on.assign(result.members.size(), NAN);
        for (std::size_t m = 0; m < result.members.size(); ++m) {
            if (is_used_up(need.name)) {
                draw_down(need, result, m, every_days, last_day);
            } else {
                stand_beside(need, result, m);
            }
        }
    }
    return needs;
}

}  // namespace nuzuh
