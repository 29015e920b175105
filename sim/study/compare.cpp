#include "sim/study/compare.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

std::vector<double> differences_of(const Measure& a, const Measure& b, bool paired) {
    std::vector<double> values;
    if (paired) {
        for (std::size_t m = 0; m < a.members.size(); ++m) values.push_back(b.members[m] - a.members[m]);
        return values;
    }
    for (double x : a.members) {
        for (double y : b.members) values.push_back(y - x);
    }
    return values;
}

Difference difference_of(const Measure& a, const Measure& b, bool paired) {
    Difference result;
    result.measure = {a.quantity, a.unit, a.origin, a.place, {}};
    result.a_median = quantile(a.members, 0.5);
    result.b_median = quantile(b.members, 0.5);
    auto values = differences_of(a, b, paired);
    const auto share = [&](auto counted) {
        return double(std::count_if(values.begin(), values.end(), counted)) / double(values.size());
    };
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    result.share_less = share([](double x) { return x < 0; });
    result.share_more = share([](double x) { return x > 0; });
    if (result.share_less + result.share_more == 0) return result;
    result.band = band_of(std::move(values));
    return result;
}

/// What a measure is called, as one key.
std::string name_of(const Measure& m) { return m.quantity + '\n' + m.origin + '\n' + m.place; }

/// The same without which home and place it is of.
std::string kind_of(const Measure& m) {
    return fmt::format("{}\n{}\n{}", m.quantity, m.origin.empty(), m.place.empty());
}

/// A run's measures by name.
class Measures {
public:
    explicit Measures(const MeasuredRun& run)
        : places_(run.places.begin(), run.places.end()), nobody_(run.members, 0) {
        for (const auto& measure : run.measures) {
            by_name_.emplace(name_of(measure), &measure);
            kinds_.insert(kind_of(measure));
        }
    }

    bool has(const Measure& m) const { return by_name_.contains(name_of(m)); }

    /// The measure of that name; of a place that the run does not have, one with nobody. Null: the run does not tell.
    std::optional<Measure> find(const Measure& m) const {
        if (const auto found = by_name_.find(name_of(m)); found != by_name_.end()) return *found->second;
        if (!kinds_.contains(kind_of(m)) || (knows(m.place) && knows(m.origin))) return {};
        return Measure{m.quantity, m.unit, m.origin, m.place, nobody_};
    }

private:
    bool knows(const std::string& place) const { return place.empty() || places_.contains(place); }

    std::unordered_map<std::string, const Measure*> by_name_;
    std::unordered_set<std::string> kinds_, places_;
    std::vector<double> nobody_;
};

std::vector<std::string> only_in(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const std::unordered_set<std::string> other(b.begin(), b.end());
    std::vector<std::string> result;
    std::copy_if(a.begin(), a.end(), std::back_inserter(result),
                 [&](const auto& name) { return !other.contains(name); });
    return result;
}

/// Some of a list, and how many more there are.
std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 6;
    const auto end = names.begin() + std::ptrdiff_t(std::min(names.size(), shown));
    const std::string some = fmt::format("{}", fmt::join(names.begin(), end, ", "));
    return names.size() > shown ? fmt::format("{} and {} more", some, names.size() - shown) : some;
}

/// Quantities that one run has and the other was not made with.
std::vector<std::string> quantities_only_in(const MeasuredRun& run, const MeasuredRun& other,
                                            const Measures& others) {
    std::vector<std::string> result;
    for (const auto& measure : run.measures) {
        if (others.find(measure) || other.left_out_places.contains(measure.place)) continue;
        const std::string name = measure.quantity + (measure.origin.empty() ? "" : " by home");
        if (std::find(result.begin(), result.end(), name) == result.end()) result.push_back(name);
    }
    return result;
}

/// What only one of two runs has, a sentence each.
void note_what_only_one_has(std::vector<std::string>& notes, const std::string& name, const MeasuredRun& run,
                            const MeasuredRun& other, const Measures& others) {
    if (const auto places = only_in(run.places, other.places); !places.empty())
        notes.push_back(fmt::format("Only {} has {}: {}; nobody is there in the other.", name,
                                    places.size() == 1 ? "this place" : "these places", listed(places)));
    if (const auto routes = only_in(run.routes, other.routes); !routes.empty())
        notes.push_back(fmt::format("Only {} has {}: {}.", name,
                                    routes.size() == 1 ? "this route" : "these routes", listed(routes)));
    if (const auto quantities = quantities_only_in(run, other, others); !quantities.empty())
        notes.push_back(fmt::format("Only {} tells {}: not compared.", name, listed(quantities)));
    if (!run.left_out_places.empty())
        notes.push_back(
            fmt::format("{} tells of {} of {} places (output.places): the others are not compared.", name,
                        run.places.size() - run.left_out_places.size(), run.places.size()));
    if (run.left_out_homes)
        notes.push_back(fmt::format(
            "Of {} no arrivals by home are kept of each member (output.members: totals): not compared.",
            name));
}

}  // namespace

std::string why_not_comparable(const MeasuredRun& a, const MeasuredRun& b) {
    if (only_in(a.places, b.places).size() == a.places.size()) return "they have no place in common";
    if (a.from != b.from || a.to != b.to) {
        return fmt::format("they cover different days, {} to {} and {} to {}", a.from, a.to, b.from, b.to);
    }
    return "";
}

std::string why_not_paired(const MeasuredRun& a, const MeasuredRun& b) {
    if (a.engine != b.engine)
        return fmt::format("they were made by different engines, {} and {}", a.engine, b.engine);
    if (a.mode != b.mode) return fmt::format("they were made in different modes, {} and {}", a.mode, b.mode);
    if (a.seed != b.seed) return fmt::format("they have different seeds, {:.0f} and {:.0f}", a.seed, b.seed);
    if (a.unknowns != b.unknowns)
        return "their members draw what is not known in different ways: other parameters, uncertainty, or "
               "--fixed";
    if (a.members != b.members) {
        return fmt::format("they have different numbers of members, {} and {}", a.members, b.members);
    }
    return "";
}

Findings why_not_compared(const MeasuredRun& a, const MeasuredRun& b, bool unpaired,
                          const std::array<std::string, 2>& called) {
    if (const auto why = why_not_comparable(a, b); !why.empty())
        return one_error("", fmt::format("{} and {} cannot be compared: {}", called[0], called[1], why),
                         "run both scenarios over the same days, on networks that share places");
    const auto why = why_not_paired(a, b);
    if (!why.empty() && !unpaired)
        return one_error(
            "", fmt::format("{} and {} are not pairs: {}", called[0], called[1], why),
            "run both with the same engine, seed and members; or give --unpaired, for a wider band");
    if (why.empty() && unpaired)
        return one_error("", "--unpaired would throw away that these runs met the same chance",
                         "leave it out");
    return {};
}

Comparison compare(const MeasuredRun& a, const MeasuredRun& b, bool paired,
                   const std::array<std::string, 2>& called) {
    const bool one_network = a.places == b.places && a.routes == b.routes;
    Comparison comparison{a.title, b.title, paired, one_network, a.record_days, {}, {}};
    const Measures of_a(a), of_b(b);
    note_what_only_one_has(comparison.notes, called[0], a, b, of_b);
    note_what_only_one_has(comparison.notes, called[1], b, a, of_a);
    const bool same_records = a.record_days == b.record_days;
    if (!same_records)
        comparison.notes.push_back(fmt::format(
            "Records of {} are {:.0f} days long, those of {} {:.0f}: what is most in any of them is "
            "not compared.",
            called[0], a.record_days, called[1], b.record_days));
    const auto is_left_out = [&](const Measure& m) {
        return !same_records && m.quantity.starts_with(most_of_records);
    };
    for (const auto& measure : a.measures) {
        if (is_left_out(measure)) continue;
        if (const auto other = of_b.find(measure))
            comparison.differences.push_back(difference_of(measure, *other, paired));
    }
    for (const auto& measure : b.measures) {
        if (of_a.has(measure) || is_left_out(measure)) continue;
        if (const auto other = of_a.find(measure))
            comparison.differences.push_back(difference_of(*other, measure, paired));
    }
    return comparison;
}

const Difference* overall(const Comparison& comparison, const std::string& quantity) {
    for (const auto& difference : comparison.differences) {
        const auto& m = difference.measure;
        if (m.quantity == quantity && m.place.empty() && m.origin.empty()) return &difference;
    }
    return nullptr;
}

std::string pairs_text(const Comparison& comparison) {
    if (!comparison.paired) return "all pairs of independent runs";
    return comparison.one_network ? "pairs of runs with the same chance"
                                  : "pairs of runs with the same chance where their networks agree";
}

std::vector<Difference> diverted(const Comparison& comparison) {
    std::vector<Difference> result;
    for (const auto& difference : comparison.differences) {
        const auto& m = difference.measure;
        const bool arrivals = m.quantity == "arrivals" && !m.place.empty() && m.origin.empty();
        if (arrivals && difference.share_less + difference.share_more > 0) result.push_back(difference);
    }
    std::stable_sort(result.begin(), result.end(), [](const Difference& x, const Difference& y) {
        return std::abs(x.band[2]) > std::abs(y.band[2]);
    });
    return result;
}

std::string headline(const Comparison& comparison) {
    const Difference* found = overall(comparison, "person_days_at_risk");
    if (!found) return "";
    const Difference& risk = *found;
    if (risk.share_less + risk.share_more == 0) {
        return fmt::format("\"{}\" and \"{}\" spend the same person-days at risk.", comparison.b_title,
                           comparison.a_title);
    }
    const bool averted = risk.band[2] <= 0;
    const double sign = averted ? -1 : 1;
    const double smaller = averted ? -risk.band[4] : risk.band[0],
                 larger = averted ? -risk.band[0] : risk.band[4];
    const Rounding rounding(risk.band[2], smaller, larger);
    return fmt::format(
        "\"{}\" against \"{}\": {} person-days at risk {} in the median, {} in 90 % of {}; {} in "
        "{:.0f} % of them.",
        comparison.b_title, comparison.a_title, rounding.text(sign * risk.band[2]),
        averted ? "averted" : "more", range_text(rounding, smaller, larger), pairs_text(comparison),
        averted ? "fewer" : "more", 100 * (averted ? risk.share_less : risk.share_more));
}

}  // namespace nuzuh
