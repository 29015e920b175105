#include "output/hxl.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "output/layout.hpp"

namespace nuzuh {
namespace {

/// Hashtags of the Humanitarian Exchange Language for what results hold.
constexpr std::array<std::pair<std::string_view, std::string_view>, 56> hashtags{{
    {"at_home", "#population+home+ind"},
    {"households_at_home", "#population+home+hh"},
    {"displaced", "#affected+idps+ind+stock+conflict"},
    {"households_displaced", "#affected+idps+hh+stock+conflict"},
    {"without_shelter", "#inneed+shelter+idps+ind"},
    {"waiting", "#affected+idps+ind+waiting"},
    {"on_the_road", "#affected+idps+ind+transit"},
    {"remaining", "#affected+ind+remaining"},
    {"departures", "#affected+idps+ind+departures+conflict"},
    {"first_departures", "#affected+idps+ind+newdisp+conflict"},
    {"arrivals", "#affected+idps+ind+arrivals+conflict"},
    {"returns", "#affected+returnees+ind"},
    {"could_not_leave", "#affected+ind+trapped"},
    {"turned_away", "#affected+idps+ind+refused"},
    {"admitted", "#affected+refugees+ind+crossed"},
    {"arrivals_by_strikes", "#affected+idps+ind+arrivals+strikes"},
    {"arrivals_by_fronts", "#affected+idps+ind+arrivals+fronts"},
    {"arrivals_by_capture", "#affected+idps+ind+arrivals+capture"},
    {"arrivals_by_orders", "#affected+idps+ind+arrivals+orders"},
    {"arrivals_by_base_rate", "#affected+idps+ind+arrivals+base"},
    {"arrivals_by_moving_on", "#affected+idps+ind+arrivals+onward"},
    {"arrivals_by_no_shelter", "#affected+idps+ind+arrivals+onward+unsheltered"},
    {"arrivals_by_turning_away", "#affected+idps+ind+arrivals+refused"},
    {"arrivals_by_given", "#affected+idps+ind+arrivals+given"},
    {"total_movements", "#affected+idps+ind+departures+conflict"},
    {"total_people_displaced", "#affected+idps+ind+newdisp+conflict"},
    {"total_displaced", "#affected+idps+ind+stock+conflict"},
    {"total_without_shelter", "#inneed+shelter+idps+ind"},
    {"total_on_the_road", "#affected+idps+ind+transit"},
    {"total_waiting", "#affected+idps+ind+waiting"},
    {"total_abroad", "#affected+refugees+ind"},
    {"total_returned", "#affected+returnees+ind"},
    {"total_remaining", "#affected+ind+remaining"},
    {"total_could_not_leave", "#affected+ind+trapped"},
    {"total_with_shelter", "#affected+idps+ind+sheltered"},
    {"total_households_in_tents", "#affected+idps+hh+tents"},
    {"total_person_days_displaced", "#indicator+days+idps+num"},
    {"total_moved_on", "#affected+idps+ind+departures+onward"},
    {"at_home_by_danger", "#population+home+ind"},
    {"displaced_by_danger", "#affected+idps+ind+stock+conflict"},
    {"could_not_leave_by_danger", "#affected+ind+trapped"},
    {"person_days_at_home_by_danger", "#indicator+days+home+num"},
    {"person_days_displaced_by_danger", "#indicator+days+idps+num"},
    {"strikes", "#indicator+strikes+num"},
    {"exposure", "#indicator+exposure+num"},
    {"danger", "#severity+num"},
    {"fallen", "#indicator+fallen+num"},
    {"route_persons_mean", "#affected+idps+ind+transit"},
    {"needed", "#inneed+num"},
    {"unmet", "#inneed+unmet+num"},
    {"chance_short", "#indicator+chance+num"},
    {"chance_full", "#indicator+chance+num"},
    {"population", "#population"},
    {"capacity", "#capacity+num"},
    {"lat", "#geo+lat"},
    {"lon", "#geo+lon"},
}};

}  // namespace

Column column_of(std::string_view dataset) {
    const auto& info = dataset_info(fmt::format("/{}", dataset));
    const auto tag =
        std::find_if(hashtags.begin(), hashtags.end(), [&](const auto& h) { return h.first == dataset; });
    return {info.name,
            tag != hashtags.end() ? std::string(tag->second) : fmt::format("#indicator+{}+num", dataset),
            info.unit, info.meaning};
}

}  // namespace nuzuh
