// Stocks of displaced people by unit, as DTM and HDX HAPI count them.
#pragma once

#include <compare>
#include <map>
#include <string>

#include "sim/region/reports.hpp"

namespace nuzuh::region {

/// Counts of several tables, each once.
///
/// Levels repeat each other: of each operation the deepest is taken that places are known of. Reasons other than conflict are left
/// out where reasons are given. An operation that counts a unit anew for the same day has rounds of which the later stands, and
/// assessments (of sites, SA, within units, BA) of which that of units does; neither are added. What operations count of a unit on one
/// day adds up. A count that another table gave already counts once.
///
/// Source   dtm.iom.int, DTM API; HDX HAPI, affected people: internally displaced persons
class DisplacedStocks {
public:
    DisplacedStocks(const Gazetteer& gazetteer, const Period& period);

    /// @param persons  the column of people
    void read(const Sheet& sheet, std::size_t persons, Findings& wrong);

    /// Stocks within the period as figures, and, as those who are there at the start, the sum of each operation's last by its first day, unless that
    /// is older than a year (judgement).
    void put(RegionReports& reports) const;

private:
    struct Key {
        std::string operation, code;
        Date day;
        auto operator<=>(const Key&) const = default;
    };
    struct Stock {
        double people = 0;
        std::string file;
    };

    std::string code_of(const AdminUnits& units) const;
    void put_at_start(const std::string& code, double people, const std::string& source,
                      RegionReports& reports) const;
    ReportedFigure figure_of(const std::string& code, Date day, const Stock& stock) const;

    const Gazetteer& gazetteer_;
    const Period& period_;
    std::size_t level_;  ///< deepest that places have codes of
    std::map<Key, Stock> stocks_;
    Findings notes_;
    double other_reasons_ = 0;
    std::string file_;  ///< the first, of which notes are
};

}  // namespace nuzuh::region
