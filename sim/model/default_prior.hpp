// How well parameters of behaviour are known where a scenario does not say.
#pragma once

#include <array>
#include <string_view>

namespace nuzuh {

/// Spread of a setting of behaviour around the scenario's own value.
struct DefaultPrior {
    std::string_view setting;  ///< dotted key; `groups.*.threshold` stands for every group
    double spread;             ///< [-] standard deviation of the logarithm
};

/// Log-normal around the scenario's own value, each by itself; a setting that is 0 stays 0.
///
/// Source   judgement: a rate that nobody counted is known to a factor of two in two of three draws (spread 0.7), a
///          distance or a strength of pull to a factor of 1.5 (0.4), what surveys tell to 15 to 25 %.
constexpr std::array default_prior{
    DefaultPrior{"groups.*.threshold", 0.4},
    DefaultPrior{"groups.*.draw", 0.7},
    DefaultPrior{"behaviour.leave.h_max", 0.4},
    DefaultPrior{"behaviour.leave.steepness", 0.25},
    DefaultPrior{"behaviour.leave.reach_km", 0.4},
    DefaultPrior{"behaviour.leave.memory_half_life_days", 0.4},
    DefaultPrior{"behaviour.leave.neighbours", 0.4},
    DefaultPrior{"behaviour.leave.h_front", 0.7},
    DefaultPrior{"behaviour.leave.front_reach_km", 0.4},
    DefaultPrior{"behaviour.leave.front_days", 0.4},
    DefaultPrior{"behaviour.leave.order_compliance", 0.25},
    DefaultPrior{"behaviour.leave.order_delay_days", 0.7},
    DefaultPrior{"behaviour.leave.displaced_factor", 0.15},
    DefaultPrior{"behaviour.leave.onward_camp", 0.7},
    DefaultPrior{"behaviour.leave.onward_host", 0.7},
    DefaultPrior{"behaviour.leave.onward_without_shelter", 0.7},
    DefaultPrior{"behaviour.choose.distance_power", 0.25},
    DefaultPrior{"behaviour.choose.softening_hours", 0.4},
    DefaultPrior{"behaviour.choose.attraction_camp", 0.4},
    DefaultPrior{"behaviour.choose.attraction_crossing", 0.7},
    DefaultPrior{"behaviour.choose.danger_there", 0.4},
    DefaultPrior{"behaviour.choose.danger_on_way", 0.4},
    DefaultPrior{"behaviour.choose.network_pull", 0.4},
    DefaultPrior{"behaviour.choose.population_power", 0.4},
    DefaultPrior{"behaviour.choose.capacity_floor", 0.4},
    DefaultPrior{"behaviour.travel.speed_kmh", 0.25},
    DefaultPrior{"behaviour.return.rate", 0.7},
    DefaultPrior{"behaviour.return.quiet_days", 0.4},
    DefaultPrior{"behaviour.return.after_ceasefire", 0.7},
    DefaultPrior{"behaviour.return.homes_lost_per_strike", 0.7},
};

}  // namespace nuzuh
