#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

#include "sim/model/network.hpp"
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
          towns_(towns),
          period_(period),
          reach_km_(reach_km),
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
        PlaceShares places;
        if (*where <= 2) {
            const auto at = places_.find(sheet_.text(row, sheet_.column("wherecoordinates")), *lat, *lon);
            if (at.place >= 0) places = {{at.place, 1.0}};
        } else if (*where <= 4) {
            places = towns_.in_unit(unit_of(row, int(*where) == 3 ? 2 : 1, *lat, *lon));
        }
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

    /// The code of the district (2) or province (1) that a row names, where none is known by name of that of the nearest place; "" where neither is known.
    std::string unit_of(const SheetRow& row, std::size_t level, double lat, double lon) {
        constexpr double middle_km =
            100;  // farthest that the middle of a district or province lies from its towns; judgement
        const auto province = folded_unit(sheet_.text(row, sheet_.column("adm1"))),
                   district = folded_unit(sheet_.text(row, sheet_.column("adm2")));
        const auto& wanted = level == 1 ? province : district;
        std::set<std::string> named;
        bool any_name = false;
        const GazetteerPlace* nearest = nullptr;
        double nearest_km = middle_km;
        for (const auto& one : gazetteer_.places) {
            const auto& units = one.units;
            const bool same = !wanted.empty() && folded_unit(units.name[level]) == wanted &&
                              (level == 1 || province.empty() || units.name[1].empty() ||
                               folded_unit(units.name[1]) == province);
            any_name |= !units.name[level].empty();
            if (same && !units.code[level].empty()) named.insert(units.code[level]);
            const double km = great_circle_km(lat, lon, one.place.lat, one.place.lon);
            if (km > nearest_km) continue;
            nearest_km = km;
            nearest = &one;
        }
        if (named.size() == 1) return *named.begin();
        if (!nearest) return "";
        // A name that is none of those here may be of a country beyond the border.
        if (any_name && !wanted.empty() && nearest_km > reach_km_) {
            say_unknown(row, sheet_.text(row, sheet_.column(level == 1 ? "adm1" : "adm2")));
            return "";
        }
        return nearest->units.code[level];
    }

    void say_unknown(const SheetRow& row, const std::string& unit) {
        if (unknown_.insert(unit).second)
            notes_.push_back(sheet_.warning(
                row,
                fmt::format(
                    "only '{}' is known, and no place lies in a unit of that name: its events are left out",
                    unit)));
    }

    std::optional<double> number(const SheetRow& row, std::string_view column) const {
        return sheet_.number(row, sheet_.column(column));
    }

    const Sheet& sheet_;
    const Gazetteer& gazetteer_;
    const TownNumbers& towns_;
    const Period& period_;
    const double reach_km_;
    EventPlaces places_;
    StrikeDays& by_day_;
    Findings& notes_;
    const Days days_of_;
    std::set<std::string> unknown_;  ///< names of units that were said
    int taken_ = 0, days_ = 0, units_ = 0, twice_ = 0, outside_ = 0, far_ = 0, vague_ = 0;
};

}  // namespace

void add_ucdp(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network,
              const TownNumbers& towns, const Period& period, double reach_km, std::set<std::string>& seen,
              StrikeDays& by_day, Findings& notes) {
    UcdpEvents(sheet, gazetteer, network, towns, period, reach_km, by_day, notes).read(seen);
}

}  // namespace nuzuh::region
