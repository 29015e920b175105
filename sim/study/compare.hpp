// Two ensembles held against each other, member by member where they share their chance.
#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {

/// A number that every member of an ensemble comes to.
struct Measure {
    std::string quantity;  ///< e.g. "arrivals"
    std::string unit;
    std::string origin;           ///< home of those counted; "": all
    std::string place;            ///< where they are counted; "": everywhere
    std::vector<double> members;  ///< [M]
};

/// How quantities begin that are the most of all records.
constexpr std::string_view most_of_records = "most_";

/// What of an ensemble is compared, and what decides whether it can be.
struct MeasuredRun {
    std::string title;
    std::string engine, mode;
    double seed = 0;
    std::string unknowns;             ///< fingerprint of how members draw what is not known; "": they do not
    std::string from, to;             ///< days simulated
    double record_days = 1;           ///< [day] length of a record
    std::vector<std::string> places;  ///< identifiers of all that were simulated
    std::vector<std::string> routes;
    std::set<std::string> left_out_places;  ///< those of which nothing is told (`output.places`)
    std::size_t members = 0;
    std::vector<Measure> measures;
    bool left_out_homes =
        false;  ///< whether arrivals by home were told, and of no member kept (`output.members: totals`)
};

/// Why two runs do not speak of the same days, or of no place that both know: "" if they do.
std::string why_not_comparable(const MeasuredRun& a, const MeasuredRun& b);

/// Why their members are not pairs that met the same chance: "" if they are.
std::string why_not_paired(const MeasuredRun& a, const MeasuredRun& b);

/// Why two runs are not compared in this way, each with a way out; nothing if they can be.
///
/// @param unpaired  whether every member is compared with every other
/// @param called    what messages call the two
Findings why_not_compared(const MeasuredRun& a, const MeasuredRun& b, bool unpaired,
                          const std::array<std::string, 2>& called = {"A", "B"});

/// How a measure differs, B less A.
struct Difference {
    Measure measure;  ///< without members
    double a_median = 0;
    double b_median = 0;
    double mean = 0;        ///< of the differences
    Band band{};            ///< of the differences: of pairs, or of every member of B with every member of A
    double share_less = 0;  ///< [-] differences below 0
    double share_more = 0;  ///< [-] differences above 0
};

/// How two runs differ.
struct Comparison {
    std::string a_title, b_title;
    bool paired = true;
    bool one_network = true;         ///< whether both have the same places and routes, in the same order
    double record_days = 1;          ///< [day] length of A's records
    std::vector<std::string> notes;  ///< what only one of them has, a sentence each
    std::vector<Difference>
        differences;  ///< in the order of A's measures; then those at places that only B has
};

/// Compares two comparable runs, measure by measure of the same name. At a place that one of them does not have,
/// nobody is in that run. A measure that one of them was not made with is not compared, nor what is most at the end of any record
/// where records are of other lengths, and a note says so.
///
/// @param paired  whether members are compared one by one; needs equal numbers of them
/// @param called  what notes call the two
Comparison compare(const MeasuredRun& a, const MeasuredRun& b, bool paired,
                   const std::array<std::string, 2>& called = {"A", "B"});

/// The difference of a measure over all places and homes; null if one of the runs does not have it.
const Difference* overall(const Comparison& comparison, const std::string& quantity);

/// What the differences are of: "pairs of runs with the same chance", and the like.
std::string pairs_text(const Comparison& comparison);

/// Differences in what arrives at each place, largest median first, without places where nothing differs.
std::vector<Difference> diverted(const Comparison& comparison);

/// One sentence: person-days at risk averted, with how sure it is; "" where a run does not tell them.
std::string headline(const Comparison& comparison);

}  // namespace nuzuh
