// Two ensembles held against each other, member by member where they share their chance.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace nuzuh {

/// A number that every member of an ensemble comes to.
struct Measure {
    std::string quantity;  ///< e.g. "arrivals"
    std::string unit;
    std::string origin;           ///< home of those counted; "": all
    std::string place;            ///< where they are counted; "": everywhere
    std::vector<double> members;  ///< [M]
};

/// What of an ensemble is compared, and what decides whether it can be.
struct MeasuredRun {
    std::string title;
    std::string engine, mode;
    double seed = 0;
    std::string from, to;             ///< days simulated
    std::vector<std::string> places;  ///< identifiers
    std::vector<std::string> routes;
    std::size_t members = 0;
    std::vector<Measure> measures;  ///< in an order that runs on one network share
};

/// Why two runs do not speak of the same places and days: "" if they do.
std::string why_not_comparable(const MeasuredRun& a, const MeasuredRun& b);

/// Why their members are not pairs that met the same chance: "" if they are.
std::string why_not_paired(const MeasuredRun& a, const MeasuredRun& b);

/// 5, 25, 50, 75 and 95 % quantiles (type 7).
using Band = std::array<double, 5>;

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
    std::vector<Difference> differences;  ///< in the order of the measures
};

/// Compares two comparable runs.
///
/// @param paired  whether members are compared one by one; needs equal numbers of them
Comparison compare(const MeasuredRun& a, const MeasuredRun& b, bool paired);

/// The difference of a measure over all places and homes. @throws std::logic_error if it is not among them
const Difference& overall(const Comparison& comparison, const std::string& quantity);

/// Differences in what arrives at each place, largest median first, without places where nothing differs.
std::vector<Difference> diverted(const Comparison& comparison);

/// One sentence: person-days at risk averted, with how sure it is.
std::string headline(const Comparison& comparison);

}  // namespace nuzuh
