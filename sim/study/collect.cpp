#include "sim/study/collect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"

namespace nuzuh {
namespace {

/// Every output that can be collected.
std::vector<Output> all_outputs() {
    std::vector<Output> all;
    for (int f = 0; f < total_field_count; ++f)
        all.push_back({std::string(info(TotalField(f)).name), Output::Of::total, f, Keep::runs});
    for (int f = 0; f < place_field_count; ++f)
        all.push_back({std::string(info(PlaceField(f)).name), Output::Of::place, f, Keep::runs});
    all.push_back({"route_persons", Output::Of::routes, 0, Keep::runs});
    all.push_back({"arrivals_from", Output::Of::arrivals_from, 0, Keep::runs});
    all.push_back({"displaced_from_final", Output::Of::displaced_from, 0, Keep::runs});
    return all;
}

Finding unknown_output(const CollectSettings& asked, std::size_t i, const std::vector<Output>& all) {
    std::vector<std::string> names;
    for (const auto& output : all) names.push_back(output.name);
    const auto near = nearest_word(asked.output, names);
    return {Severity::error,
            fmt::format("collect[{}].output", i),
            fmt::format("there is no output '{}'", asked.output),
            near.empty() ? fmt::format("outputs are {}", fmt::join(names, ", "))
                         : fmt::format("did you mean '{}'?", near),
            {},
            ""};
}

}  // namespace

Kept Kept::everything() {
    Kept kept;
    kept.place.fill(true);
    kept.total.fill(true);
    kept.routes = kept.bands = kept.first_day_full = kept.arrivals_from = kept.displaced_from = true;
    return kept;
}

std::vector<std::string> Output::axes() const {
    switch (of) {
        case Of::total: return {"time"};
        case Of::place: return {"time", "place"};
        case Of::routes: return {"time", "route"};
        case Of::arrivals_from:
        case Of::displaced_from: break;
    }
    return {"origin", "place"};
}

std::span<const float> Output::values(const RunResult& run) const {
    switch (of) {
        case Of::total: return run.total[std::size_t(field)];
        case Of::place: return run.place[std::size_t(field)];
        case Of::routes: return run.route;
        case Of::arrivals_from: return run.arrivals_from;
        case Of::displaced_from: break;
    }
    return run.displaced_from;
}

Result<std::vector<Output>> outputs_of(const StudySettings& study) {
    const auto all = all_outputs();
    std::vector<Output> chosen;
    if (study.collect.empty()) {
        chosen.assign(all.begin(), all.begin() + total_field_count);
        return chosen;
    }
    Findings findings;
    for (std::size_t i = 0; i < study.collect.size(); ++i) {
        const auto& asked = study.collect[i];
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const Output& output) { return output.name == asked.output; });
        if (found == all.end()) {
            findings.push_back(unknown_output(asked, i, all));
            continue;
        }
        chosen.push_back(*found);
        chosen.back().keep = asked.keep;
    }
    if (!findings.empty()) return findings;
    return chosen;
}

Kept kept_for(const std::vector<Output>& outputs) {
    Kept kept;
    for (const auto& output : outputs) {
        switch (output.of) {
            case Output::Of::total: kept.total[std::size_t(output.field)] = true; break;
            case Output::Of::place: kept.place[std::size_t(output.field)] = true; break;
            case Output::Of::routes: kept.routes = true; break;
            case Output::Of::arrivals_from: kept.arrivals_from = true; break;
            case Output::Of::displaced_from: kept.displaced_from = true; break;
        }
    }
    return kept;
}

std::size_t value_count(const Output& output, const World& world, std::size_t records) {
    const auto places = std::size_t(world.place_count());
    switch (output.of) {
        case Output::Of::total: return records;
        case Output::Of::place: return records * places;
        case Output::Of::routes: return records * world.roads.size();
        case Output::Of::arrivals_from:
        case Output::Of::displaced_from: break;
    }
    return places * places;
}

}  // namespace nuzuh
