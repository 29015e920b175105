// Parts of the brief's data that are more than a dataset copied.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "output/brief/data.hpp"

namespace nuzuh::brief {

/// Lengths of the axes, and the day on which each record ends.
struct Axes {
    explicit Axes(const ResultsFile& file);

    std::vector<double> days;  ///< since the first day of the period
    std::size_t members = 0;
    std::size_t places = 0;
    bool tells_all_places = true;
    std::vector<std::size_t> home_of_place;  ///< [places] among homes
    std::size_t homes = 0;
    /// Whether pair number k of [homes, places] is of people who are where their home is.
    bool is_at_home(std::size_t k) const { return k / places == home_of_place[k % places]; }
    std::size_t records() const { return days.size(); }
    std::size_t records_a_week() const;
    /// How long what pages call a week is: whole records.
    double week_days() const;
};

/// Persons at a place as they may be handed on: in tens, and none where there are fewer than ten.
inline double in_tens(double persons) { return persons < 10 ? 0 : 10 * std::round(persons / 10); }

/// Whole persons.
inline double whole(double persons) { return std::round(persons); }

/// A value rounded by `rounding`; a missing or infinite one becomes null.
template <class Rounding>
Json rounded_value(double value, Rounding rounding) {
    return std::isfinite(value) ? Json(std::int64_t(rounding(value))) : Json(nullptr);
}

/// Values, each rounded by `rounding`.
template <class Values, class Rounding>
Json rounded(const Values& values, Rounding rounding) {
    Json out = Json::array();
    for (const double value : values) out.push_back(rounded_value(value, rounding));
    return out;
}

/// The 5, 25, 50, 75 and 95 % quantiles of a sample.
std::vector<double> five_quantiles(const std::vector<double>& sample);

/// What the map moves through: days, who stays where, strikes, and who came from where in the week before.
Json motion(const ResultsFile& file, const Axes& axes);

/// Arrivals by week: everywhere, if the file tells of all places, and at the places that take in most. Where the run kept no series of members, of these
/// places over the whole run, and by week only where each week is a record.
Json weekly_arrivals(const ResultsFile& file, const Axes& axes);

/// Homes by people displaced, and how much of the spread between members each explains; none where the file does not tell of
/// all places.
Json homes(const ResultsFile& file, const Axes& axes);

/// The pairs of home and place with most arrivals over the whole run, most first.
Json journeys(const ResultsFile& file, const Axes& axes);

/// Of every place, every sub-district and all camps together, by week: arrivals, who stays at its end, and who of them is
/// in tents or in the open (all in camps, those without shelter elsewhere), in persons: 5, 50 and 95 % of members. Where the run
/// kept no series of members, of places alone, and arrivals only where each point is a record; of places alone also where the
/// file does not tell of all. Of every place
/// arrivals by cause, mean over members, where the file tells them.
Json sheets(const ResultsFile& file, const Axes& axes);

/// How the run differs from another over the same days, member by member where both met the same chance.
Json comparison(const ResultsFile& file, const ResultsFile& against);

/// What a file's scenario assumes: groups, fronts, crossings, and behaviour beside its defaults.
Json assumptions(const std::string& scenario);

/// What the page's levers move: areas, routes and fronts of a file's scenario; null where the page's engine does not know its rules.
Json levers(const std::string& scenario);

}  // namespace nuzuh::brief
