// Types of events of ACLED, and which of them are strikes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nuzuh::region {

/// What an event's types are taken for.
enum class EventKind {
    strike,
    no_strike,
    misspelt_strike,   ///< not in the codebook, nearly a type of strike
    unknown,           ///< not in the codebook, under event types that are no strikes
    unknown_explosion  ///< not in the codebook, under explosions or an unknown event type: may be a strike
};

struct EventType {
    EventKind kind = EventKind::unknown;
    std::string
        name;  ///< of the codebook where it is known; else as given, or the nearest strike if misspelt
};

/// Looks a sub-event type up, whatever its case and marks.
///
/// Source   ACLED Codebook, event types since 2019
/// @param taken_as_strikes  further types that are strikes
EventType event_type(std::string_view event_type, std::string_view sub_event_type,
                     const std::vector<std::string>& taken_as_strikes);

}  // namespace nuzuh::region
