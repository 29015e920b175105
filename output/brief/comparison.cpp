#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "output/brief/parts.hpp"
#include "output/measure.hpp"

namespace nuzuh::brief {

namespace {

constexpr std::size_t shown_changes = 10;

constexpr std::array shown_totals{"person_days_at_risk",   "total_people_displaced",
                                  "total_movements",       "most_total_without_shelter",
                                  "total_without_shelter", "total_households_in_tents",
                                  "total_abroad",          "most_total_could_not_leave",
                                  "total_remaining",       "total_returned"};

double signed_tens(double persons) { return std::copysign(in_tens(std::abs(persons)), persons); }

template <class Rounding>
Json difference(const Difference& d, Rounding rounding) {
    return {{"other", rounding(d.a_median)},
            {"here", rounding(d.b_median)},
            {"change", rounded(d.band, rounding)},
            {"less", std::round(1000 * d.share_less) / 1000},
            {"more", std::round(1000 * d.share_more) / 1000}};
}

}  // namespace

Json comparison(const ResultsFile& file, const ResultsFile& against) {
    const MeasuredRun other = measured(against), here = measured(file);
    if (const auto why = why_not_comparable(other, here); !why.empty())
        throw h5::Error(fmt::format("the runs cannot be compared: {}", why));
    const Comparison compared =
        compare(other, here, why_not_paired(other, here).empty(), {"the other scenario", "this scenario"});
    Json out{{"title", compared.a_title},
             {"pairs", !compared.paired       ? "independent"
                       : compared.one_network ? "same_chance"
                                              : "same_chance_where_alike"},
             {"notes", Json::array()},
             {"totals", Json::array()},
             {"places", Json::array()}};
    for (const auto& note : compared.notes) out["notes"].push_back(note);
    for (const char* quantity : shown_totals) {
        const auto* total = overall(compared, quantity);
        if (!total) continue;
        Json row = difference(*total, whole);
        row["quantity"] = quantity;
        row["unit"] = total->measure.unit;
        out["totals"].push_back(std::move(row));
    }
    const auto places = diverted(compared);
    for (std::size_t k = 0; k < std::min(places.size(), shown_changes); ++k) {
        Json row = difference(places[k], signed_tens);
        const auto at = std::find(here.places.begin(), here.places.end(), places[k].measure.place);
        if (at != here.places.end()) row["place"] = at - here.places.begin();
        row["id"] = places[k].measure.place;
        out["places"].push_back(std::move(row));
    }
    return out;
}

}  // namespace nuzuh::brief
