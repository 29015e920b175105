#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "sim/region/days.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/strike_tables.hpp"

namespace nuzuh::region {
namespace {

/// Events of UCDP: deadly violence, of which it is not known whether it was a strike.
class UcdpEvents {
public:
    UcdpEvents(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network,
               const TownNumbers& towns, const Period& period, double reach_km, StrikeDays& by_day,
               Findings& notes)
        : sheet_(sheet),
          gazetteer_(gazetteer),
          network_(network),
          towns_(towns),
          period_(period),
          places_(network, reach_km),
          by_day_(by_day),
          notes_(notes),
          days_of_(sheet, {sheet.column("datestart"), sheet.column("dateend")}, period, notes) {}

    /// @param seen  identifiers of events of other files
    void read(std::set<std::string>& seen) {
        for (const auto& row : sheet_.rows) {
            const auto& id = sheet_.text(row, sheet_.column("id"));
            if (id.empty() || seen.insert(id).second)
                take(row);
            else
                ++twice_;
        }
        notes_.push_back(
            sheet_.warning({}, fmt::format("{} deadly events of UCDP taken, {} of them spread over more than "
                                           "a day, {} over a district or "
                                           "province; not taken: {} given twice, {} outside the period, {} "
                                           "too far from every place, {} of "
                                           "which the place is not known",
                                           taken_, days_, units_, twice_, outside_, far_, vague_)));
    }

private:
    void take(const SheetRow& row) {
        const auto lat = number(row, "latitude"), lon = number(row, "longitude"),
                   where = number(row, "whereprec");
        const auto first = days_of_.of(row, sheet_.column("datestart")),
                   last = days_of_.of(row, sheet_.column("dateend"));
        if (!lat || !lon || !where || !first || !last || *last < *first) {
            notes_.push_back(
                sheet_.error(row, "an event needs date_start, date_end, where_prec, latitude and longitude"));
            return;
        }
        if (is_outside(period_, *first, *last)) {
            ++outside_;
            return;
        }
        // 1 and 2 are a place or near it, 3 and 4 a district or province, of which the point is a centre.
        const auto at = places_.find(sheet_.text(row, sheet_.column("wherecoordinates")), *lat, *lon);
        PlaceShares places;
        if (*where <= 4 && at.place >= 0) places = around(at.place, int(*where));
        if (places.empty()) {
            ++(*where <= 2 ? far_ : vague_);
            return;
        }
        ++taken_;
        days_ += *last > *first;
        units_ += *where > 2;
        by_day_.add(1, *first, *last, places,
                    fmt::format("UCDP event {}; its kind is unknown", sheet_.text(row, sheet_.column("id"))),
                    false);
    }

    /// The place itself, or all in its district or province; none where that is not known.
    PlaceShares around(int place, int where) const {
        if (where <= 2) return {{place, 1.0}};
        const auto& all = gazetteer_.places;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) {
            return one.place.place == network_.places[std::size_t(place)].place;
        });
        if (found == all.end()) return {};
        return towns_.in_unit(found->units.code[where == 3 ? 2 : 1]);
    }

    std::optional<double> number(const SheetRow& row, std::string_view column) const {
        return sheet_.number(row, sheet_.column(column));
    }

    const Sheet& sheet_;
    const Gazetteer& gazetteer_;
    const Network& network_;
    const TownNumbers& towns_;
    const Period& period_;
    EventPlaces places_;
    StrikeDays& by_day_;
    Findings& notes_;
    const Days days_of_;
    int taken_ = 0, days_ = 0, units_ = 0, twice_ = 0, outside_ = 0, far_ = 0, vague_ = 0;
};

}  // namespace

void add_ucdp(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network,
              const TownNumbers& towns, const Period& period, double reach_km, std::set<std::string>& seen,
              StrikeDays& by_day, Findings& notes) {
    UcdpEvents(sheet, gazetteer, network, towns, period, reach_km, by_day, notes).read(seen);
}

}  // namespace nuzuh::region
