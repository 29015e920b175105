// Counts, hazards, chances and attraction in eight runs at a time. The formulas are those of model/rules.hpp and
// engine/conditions.hpp; tests/engines/pooled_test.cpp holds them against each other.
#pragma once

#include "sim/engine/pooled/crowd.hpp"

namespace nuzuh::pooled {

/// Counts who is where: fills `at_home` and `displaced`.
void count(const Setting& setting, const Crowd& crowd, Outlook& outlook);

/// Counts who is where, for the record of a step.
void take_stock(const Setting& setting, const Crowd& crowd, const Outlook& outlook, bool anyone_waits,
                Stock& stock);

/// Those on their way home are back; whose home fell meanwhile arrive there in flight.
///
/// @param homeward  [M, P] emptied
/// @param arriving  [M, P] added to
void come_home(const Setting& setting, const Ground& ground, Octets& homeward, Octets& arriving, Crowd& crowd,
               Passed& passed);

/// Counts arrivals, and lets those settle who come to a place that anybody may come to.
///
/// @param is_free   [P] whether it is
/// @param arriving  [M, P] emptied at those places
void settle(const Setting& setting, const std::vector<char>& is_free, Octets& arriving, Crowd& crowd,
            Passed& passed);

/// Hazards of going home: the rate times the share of homes open and in reach among those of all who are away.
///
/// @param same_reach [P] the first place from which the same homes are in reach
/// @param in_reach   [P from][P home] whether a way leads there
void find_ways_home(const Setting& setting, const Ground& ground, const std::vector<int>& same_reach,
                    const std::vector<std::vector<int>>& in_reach, Outlook& outlook);

/// Chances of everyone, before they are drawn.
///
/// @param gates  whether those who wait need any
void find_chances(const Setting& setting, const Ground& ground, const Crowd& crowd, const Outlook& outlook,
                  bool gates, Chances& chances);

/// Copies the attraction of a step, and notes the most that each place has for anybody, and for those who are there.
///
/// @param sheet  [from P, to P]
void copy_sheet(const double* sheet, int places, std::vector<double>& copy, std::vector<double>& most_to,
                std::vector<double>& most_from);

/// Takes note of who pulls others: households that settled, the less the longer ago where memory fades.
void remember(const Setting& setting, const Crowd& crowd, Outlook& outlook);

/// Pull of each destination: noise of shares * room * network.
void find_pull(const Setting& setting, Outlook& outlook);

/// Weights of all destinations from each place, for one way of travelling.
///
/// @param sheet  [from P, to P] attraction in every run, or of each
/// @param total  [P] set
void add_weights(const double* sheet, const Setting& setting, const Ground& ground, const Octets& pull,
                 Octets& total);
void add_weights(const Octet* sheet, const Setting& setting, const Ground& ground, const Octets& pull,
                 Octets& total);

/// Weight of each destination in one run, and their running sums.
///
/// @param column  [to P] attraction
void weigh(const double* column, const Octets& pull, std::size_t run, std::vector<double>& weights,
           std::vector<double>& sums);

}  // namespace nuzuh::pooled
