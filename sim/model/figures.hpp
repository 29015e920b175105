// Over which records reported figures are counted.
#pragma once

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Whether a figure within a period can be counted from records of so many days: one ends on its last day, and of people
/// who move another on the day before its first.
inline bool is_whole_records(const ReportedFigure& figure, const Period& period, int every_days) {
    const auto ends_one = [&](int days) {
        return days % every_days == 0 || days == period.to - period.from + 1;
    };
    return ends_one(figure.to - period.from + 1) &&
           (is_stock(figure.quantity) || ends_one(figure.from.value_or(period.from) - period.from));
}

}  // namespace nuzuh
