#include "sim/region/event_types.hpp"

#include <algorithm>
#include <array>

#include "sim/base/folded.hpp"
#include "sim/base/nearest.hpp"

namespace nuzuh::region {
namespace {

struct KnownType {
    std::string_view event_type;
    std::string_view sub_event_type;
    bool strikes;
};

/// Event types of the ACLED codebook.
constexpr std::array<KnownType, 25> known_types{{
    {"Explosions/Remote violence", "Air/drone strike", true},
    {"Explosions/Remote violence", "Shelling/artillery/missile attack", true},
    {"Explosions/Remote violence", "Chemical weapon", true},
    {"Explosions/Remote violence", "Grenade", false},
    {"Explosions/Remote violence", "Remote explosive/landmine/IED", false},
    {"Explosions/Remote violence", "Suicide bomb", false},
    {"Battles", "Armed clash", false},
    {"Battles", "Government regains territory", false},
    {"Battles", "Non-state actor overtakes territory", false},
    {"Violence against civilians", "Abduction/forced disappearance", false},
    {"Violence against civilians", "Attack", false},
    {"Violence against civilians", "Sexual violence", false},
    {"Protests", "Excessive force against protesters", false},
    {"Protests", "Peaceful protest", false},
    {"Protests", "Protest with intervention", false},
    {"Riots", "Mob violence", false},
    {"Riots", "Violent demonstration", false},
    {"Strategic developments", "Agreement", false},
    {"Strategic developments", "Arrests", false},
    {"Strategic developments", "Change to group/activity", false},
    {"Strategic developments", "Disrupted weapons use", false},
    {"Strategic developments", "Headquarters or base established", false},
    {"Strategic developments", "Looting/property destruction", false},
    {"Strategic developments", "Non-violent transfer of territory", false},
    {"Strategic developments", "Other", false},
}};

/// Whether events of a type that is not known here may be strikes: unless their event type is known for none.
bool may_be_strikes(std::string_view event_type) {
    const std::string name = folded(event_type);
    bool known = false, strikes = false;
    for (const auto& type : known_types) {
        if (folded(type.event_type) != name) continue;
        known = true;
        strikes = strikes || type.strikes;
    }
    return !known || strikes;
}

}  // namespace

EventType event_type(std::string_view event_type, std::string_view sub_event_type,
                     const std::vector<std::string>& taken_as_strikes) {
    const std::string given(sub_event_type.empty() ? event_type : sub_event_type);
    const std::string name = folded(given);
    const auto same = [&](const std::string& type) { return folded(type) == name; };
    if (std::any_of(taken_as_strikes.begin(), taken_as_strikes.end(), same))
        return {EventKind::strike, given};
    std::vector<std::string> strikes;
    for (const auto& type : known_types) {
        if (folded(type.sub_event_type) == name)
            return {type.strikes ? EventKind::strike : EventKind::no_strike,
                    std::string(type.sub_event_type)};
        if (type.strikes) strikes.emplace_back(type.sub_event_type);
    }
    if (const auto near = nearest_word(given, strikes); !near.empty())
        return {EventKind::misspelt_strike, near};
    return {may_be_strikes(event_type) ? EventKind::unknown_explosion : EventKind::unknown, given};
}

}  // namespace nuzuh::region
