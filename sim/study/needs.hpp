// What displaced people need by minimum standards, held against what is on hand.
#pragma once

#include <string_view>
#include <vector>

#include "sim/study/ensemble.hpp"

namespace nuzuh {

/// One need over the run, in every member.
///
/// Water and food are for all who are displaced inside the country: staying, waiting, on the road. Covered space and
/// latrines are for those without shelter, since the capacity of a place is taken to include both.
///
/// Source   The Sphere Handbook 2018: water supply standard 2.1 (at least 15 litres a day); food assistance standard 6.1
///          and Appendix 6 (2,100 kcal a day for planning); shelter and settlement standard 3 (at least 3.5 m2 of living
///          space without kitchen and washing; 4.5 to 5.5 m2 with them inside, in cold climates and towns); excreta
///          management standard 3.2 and Appendix 4 (a toilet for 50 people at first, as soon as can be for 20).
///
/// Shape    T records.
struct NeedOutlook {
    std::string_view name;
    std::string_view unit;      ///< of the stock; what is needed of water and food is counted in it a day
    double per_person = 0;      ///< [unit/person]
    double on_hand = 0;         ///< [unit] when the run starts; what is used up for water and food
    double supply_per_day = 0;  ///< [unit/day] that comes in
    std::vector<std::vector<float>> needed;  ///< [members][T] a day in the mean of the record, or at its end
    std::vector<std::vector<float>> unmet;   ///< [members][T] part of it that stock and supply do not cover
    std::vector<float> short_on;             ///< [members] first day on which some is unmet; NaN: never
};

constexpr std::size_t need_count = 4;

/// Dry rations [t/million kcal]: 550 g for 2,100 kcal. Source: judgement, after example rations in "Food and nutrition needs in
/// emergencies" (UNHCR, UNICEF, WFP, WHO 2002).
constexpr double tonnes_a_million_kcal = 0.26;

/// Covered floor of a tent without its porches [m2]. Source: the family tent of UNHCR, IFRC and ICRC, 16 m2 for five people.
constexpr double m2_a_tent = 16;

/// Whether a need is used up day by day, by all who are displaced; else it lasts, and is for those without shelter.
constexpr bool is_used_up(std::string_view need) { return need == "water" || need == "food"; }

/// Water, food, living space and latrines.
///
/// What is used up is drawn from the stock: S' = max(0, S + supply - use), unmet is what is left of the use. What is
/// lasting is short by need - stock.
std::vector<NeedOutlook> needs_outlook(const World& world, const EnsembleResult& result);

}  // namespace nuzuh
