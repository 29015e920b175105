// Results that may leave the house: no count by which a family could be found.
//
// Whatever is shared is computed from protected counts and from nothing else, so that no difference between rows,
// columns, totals, quantiles or weeks says more than these counts do:
//
//     count        of every member, sub-district and week: people inside the country within and beyond the capacity of where
//                  they stay, waiting at gates, abroad, gone on since they arrived, departures and returns; the last three
//                  since the start
//     protected    0 below 10, else rounded to tens
//     shared       displaced = within + beyond; without shelter = beyond + waiting; arrivals = displaced + abroad + gone on;
//                  totals = sums over sub-districts; then quantiles over members, each the value of some member
//
// A shared 0 is left empty, because it stands for any number below ten. Counts run since the start, not week by week:
// many small weeks would add up to a difference that gives each of them away.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "output/gazetteer.hpp"
#include "output/reader.hpp"

namespace nuzuh {

/// 0 below ten, else the nearest ten.
double protected_count(double persons);

/// A sub-district, and the middle of its places.
struct SubDistrict {
    std::string name;  ///< "" of places that lie in none, e.g. abroad
    std::string pcode, adm1_pcode, adm2_pcode;
    double lat = 0, lon = 0;  ///< mean of its places
};

/// Places by sub-district.
struct SubDistricts {
    std::vector<SubDistrict> groups;
    std::vector<std::size_t> of_place;  ///< [P] index of the place's group
};

/// Groups places by the code of their sub-district, however its name is spelt: two parts of one would be finer than
/// what may be shared. Places without code go with their name; a name that stands for several codes tells nothing.
SubDistricts sub_districts_of(const Gazetteer& g);

/// Quantities that may be shared; `shared_fields` describes them.
enum class SharedField { displaced, without_shelter, abroad, arrivals, departures, returns, count_ };
constexpr int shared_field_count = int(SharedField::count_);

/// Name of a quantity in tables, its HXL hashtag, and what it counts.
struct SharedFieldInfo {
    std::string_view name;
    std::string_view hxl;
    std::string_view meaning;
};

constexpr std::array<SharedFieldInfo, shared_field_count> shared_fields{{
    {"displaced", "#affected+idps+ind+stock+conflict",
     "displaced people staying there at the end of the week, inside the country"},
    {"without_shelter", "#inneed+shelter+idps+ind",
     "those of them beyond the capacity of where they stay, and people waiting at crossings or turned away"},
    {"abroad", "#affected+refugees+ind",
     "people who crossed the border and are there at the end of the week"},
    {"arrivals_since_start", "#affected+idps+ind+arrivals+conflict",
     "people who had come to stay there since the start of the run, whether or not they have gone on"},
    {"departures_since_start", "#affected+idps+ind+departures+conflict",
     "departures in flight from there since the start of the run: movements"},
    {"returns_since_start", "#affected+returnees+ind",
     "people who had come back home since the start of the run"},
}};

/// Counts of every member that may be shared.
///
/// Shape    S sub-districts, W weeks.
struct SharedCounts {
    std::vector<SubDistrict> sub_districts;
    std::array<std::vector<std::vector<double>>, shared_field_count> members;  ///< [M][W, S] persons
    std::array<std::vector<std::vector<double>>, shared_field_count>
        totals;  ///< [M][W] sums over sub-districts
};

SharedCounts shared_counts(const ResultsFile& file, const Gazetteer& g);

/// Value of the member below or at which a share p of members lies: no value that no member has.
///
/// @param sample  not empty
double member_at(std::vector<double> sample, double p);

constexpr std::string_view sensitivity =
    "MODERATE - simulated, by week and sub-district, rounded to tens, counts below ten left out; share with "
    "partners, "
    "publish only after review";

}  // namespace nuzuh
