#include <algorithm>

#include "output/brief/parts.hpp"
#include "sim/scenario/load.hpp"

namespace nuzuh::brief {

namespace {

Json day_or_null(const std::optional<Date>& day) { return day ? Json(iso(*day)) : Json(nullptr); }

}  // namespace

Json levers(const std::string& scenario) {
    const auto settings = read_scenario_text(scenario);
    if (!settings || settings->behaviour.rules != Rules::hazard_choice) return nullptr;
    Json out{{"areas", Json::array()}, {"routes", Json::array()}, {"fronts", Json::array()}};
    for (const auto& member : settings->network.areas) {
        auto& areas = out["areas"];
        if (std::find(areas.begin(), areas.end(), member.area) == areas.end()) areas.push_back(member.area);
    }
    for (const auto& route : settings->network.routes)
        out["routes"].push_back(
            {{"id", route.route}, {"from", route.from}, {"to", route.to}, {"km", route.km}});
    for (const auto& front : settings->fronts) {
        out["fronts"].push_back({{"place", front.place},
                                 {"from", day_or_null(front.assault_from)},
                                 {"to", day_or_null(front.assault_to)},
                                 {"falls", day_or_null(front.falls)}});
    }
    out["struck"] = !settings->bombardment.empty();
    out["ends"] = iso(settings->period.to);
    return out;
}

}  // namespace nuzuh::brief
