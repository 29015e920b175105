// One number a run: what an analysis of a study looks at.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/finding.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh {

/// A recorded quantity, everywhere, at some places or in some danger bands, brought down to one number.
///
/// Written `NAME[/PLACE+PLACE...][@WHEN]`, or with bands in place of places:
///
/// | WHEN           | of a stock                      | of a flow                  |
/// | -------------- | ------------------------------- | -------------------------- |
/// | (none)         | at the end of the run           | sum over the run           |
/// | `peak`         | largest of all records          | largest of all records     |
/// | `DATE`         | at the end of that day          | sum up to that day         |
/// | `DATE..DATE`   | change from the one to the other| sum of the days after the first date |
struct ScalarOutput {
    enum class When { end, peak, date, between };

    std::string text;  ///< as written
    std::string name;  ///< dataset: `total_displaced`, `arrivals`
    Kind kind = Kind::stock;
    bool by_danger = false;
    std::vector<std::string> parts;  ///< places or danger bands summed over; none for a total
    When when = When::end;
    Date from{};  ///< of `between`
    Date to{};    ///< of `between`, and the date of `date`

    bool is_total() const { return parts.empty(); }
};

/// Reads one as written above.
///
/// @return  the output, or what is wrong with it; places and bands are not looked up
Result<ScalarOutput> parse_scalar_output(std::string_view text);

/// The number, from a run's records.
///
/// @param days    [T] last day of each record, ascending
/// @param series  [T] the quantity, summed over the parts
/// @return        NaN if no record ends by a date that is asked for
/// Edges          a date between the ends of two records means the earlier record
double scalar_value(const ScalarOutput& output, std::span<const Date> days, std::span<const float> series);

}  // namespace nuzuh
