// Strikes of many events by place and day.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/model/settings.hpp"

namespace nuzuh::region {

/// A place of a network by its index, and its share of something.
using PlaceShares = std::vector<std::pair<int, double>>;

/// Adds up what events say of places and days: in a scenario a later entry of bombardment replaces an earlier one.
class StrikeDays {
public:
    /// Takes strikes that fell on one of some days, at one of some places.
    ///
    /// @param shares  that add to 1
    /// @param sure    whether it is known that they were strikes
    void add(double strikes, Date first, Date last, const PlaceShares& shares, std::string source,
             bool sure = true);

    /// Takes all of another.
    void add(const StrikeDays& other);

    /// An entry for each run of days of a place of which the same events speak, by place and day.
    std::vector<BombardmentSettings> entries(const Network& network) const;

    /// Strikes on places and days of which another speaks too.
    double on_days_of(const StrikeDays& other) const;

    double strikes() const { return strikes_; }
    /// Those of which it is not known where they fell, or whether they were strikes.
    double not_sure() const { return not_sure_; }

private:
    struct Cell {
        double strikes = 0;
        std::vector<int> events;  ///< in `sources_`
    };
    std::string source_of(const Cell& cell) const;

    std::map<std::pair<int, Date>, Cell> cells_;  ///< by place and day
    std::vector<std::string> sources_;            ///< of what was added, in turn
    double strikes_ = 0, not_sure_ = 0;
};

/// Standard deviation of the logarithm of a factor on entries of bombardment of which some are not sure: the variances of both
/// kinds by their part of all strikes. What is sure has the default, what is not 1, a factor of e either way.
///
/// Source   judgement
double uncertainty_of(const StrikeDays& strikes);

}  // namespace nuzuh::region
