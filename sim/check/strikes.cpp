// Strikes that move nobody, or are far more than anything that was counted.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "sim/check/doubts.hpp"

namespace nuzuh {
namespace {

/// The heaviest bombardment that was counted, in the measure of the scenario of northwest Syria, where a ground strike
/// is a tenth of an air strike.
///
/// Source   SOHR: 1,403 air strikes and 3,797 ground strikes in all of northwest Syria from 30 April to 6 May 2019; for
///          one town, scenarios/northwest-syria/events-2019.csv (judgement)
constexpr double most_counted = 254, most_on_a_town = 50;
constexpr double far_above = 2;  ///< [-] times the evidence; judgement

/// A response below this moves next to nobody.
///
/// Source   judgement
constexpr double no_response = 1e-3;

class StrikesChecker {
public:
    explicit StrikesChecker(const World& world) : w_(world), s_(world.settings) {}

    Findings run() {
        shared_among_all();
        factors();
        heaviest();
        cause();
        thresholds();
        return std::move(doubts_.findings);
    }

private:
    const PlaceSettings& place(int i) const { return w_.places[std::size_t(i)]; }
    std::string name(int i) const { return fmt::format("'{}'", place(i).place); }

    /// A rate for everywhere is thin, and falls where nobody lives too.
    void shared_among_all() {
        std::vector<std::string> empty;
        for (int i = 0; i < w_.place_count(); ++i)
            if (w_.households_from(i) == 0) empty.push_back(place(i).place);
        for (std::size_t e = 0; e < s_.bombardment.size(); ++e) {
            const auto& entry = s_.bombardment[e];
            if (entry.area != "all" || !(entry.strikes_per_day.value_or(0) > 0)) continue;
            const auto unpeopled =
                empty.empty() ? std::string()
                              : fmt::format("; nobody lives at {} of them ({})", empty.size(), few_of(empty));
            doubts_.warn(
                fmt::format("bombardment[{}].area", e),
                fmt::format("'all' shares {} strikes a day among all {} places: each gets {} a day{}",
                            short_number(*entry.strikes_per_day), w_.places.size(),
                            short_number(*entry.strikes_per_day / double(w_.places.size())), unpeopled),
                "name an area or a place; to make what is there stronger, give a factor: "
                "{area: all, from: ..., factor: 2}");
        }
    }

    std::set<int> places_of(const BombardmentSettings& entry) const {
        const auto places = w_.places_of(entry);
        return {places.begin(), places.end()};
    }

    /// Whether an entry before a factor has strikes that it multiplies.
    bool multiplies(const BombardmentSettings& factor, const BombardmentSettings& before) const {
        if (!(before.strikes_per_day.value_or(0) > 0)) return false;
        const Date last = s_.period.to;
        if (before.from > factor.to.value_or(last) || factor.from > before.to.value_or(last)) return false;
        const auto a = places_of(factor), b = places_of(before);
        return std::any_of(a.begin(), a.end(), [&](int i) { return b.count(i) > 0; });
    }

    void factors() {
        for (std::size_t e = 0; e < s_.bombardment.size(); ++e) {
            const auto& entry = s_.bombardment[e];
            if (!entry.factor) continue;
            const auto path = fmt::format("bombardment[{}].factor", e);
            bool acts = false;
            for (std::size_t b = 0; b < e && !acts; ++b) acts = multiplies(entry, s_.bombardment[b]);
            if (!acts) {
                doubts_.warn(path,
                             "the factor has no effect: no entry before it has strikes there on these days",
                             "put it behind the entries that it multiplies");
            } else if (*entry.factor == 1) {
                doubts_.warn(path, "a factor of 1 changes nothing");
            }
        }
    }

    /// The entry that says what falls on a place on a day, as a path.
    std::string behind(int i, Date date) const {
        for (std::size_t e = s_.bombardment.size(); e-- > 0;) {
            const auto& entry = s_.bombardment[e];
            if (is_on(entry, date) && places_of(entry).count(i))
                return fmt::format("bombardment[{}].{}", e, entry.factor ? "factor" : "strikes_per_day");
        }
        return "bombardment";
    }

    void heaviest() {
        if (s_.bombardment.empty()) return;
        double on_place = 0, in_all = 0;
        int place_step = 0, all_step = 0;
        Eigen::Index worst = 0, at = 0;
        for (int step = 0; step < w_.steps; ++step) {
            const auto& strikes = w_.inputs[std::size_t(step)].strikes;
            if (strikes.maxCoeff(&at) > on_place) {
                on_place = strikes(at);
                worst = at;
                place_step = step;
            }
            if (strikes.sum() > in_all) {
                in_all = strikes.sum();
                all_step = step;
            }
        }
        const auto known = fmt::format(
            "the most that evidence knows, northwest Syria in 2019, is {} a day in the whole region (SOHR, "
            "30 April "
            "to 6 May: 1,403 air strikes, and 3,797 ground strikes at a tenth each) and {} on one town "
            "(judgement)",
            most_counted, most_on_a_town);
        if (on_place > far_above * most_on_a_town) {
            const Date date = w_.date_of(place_step);
            doubts_.warn(behind(int(worst), date),
                         fmt::format("{} strikes a day on {} from {} on are far outside the evidence",
                                     short_number(on_place), name(int(worst)), iso(date)),
                         known);
        } else if (in_all > far_above * most_counted) {
            w_.inputs[std::size_t(all_step)].strikes.maxCoeff(&at);
            const Date date = w_.date_of(all_step);
            doubts_.warn(behind(int(at), date),
                         fmt::format("{} strikes in all on {} are far outside the evidence",
                                     short_number(in_all), iso(date)),
                         known);
        }
    }

    bool by_table() const {
        return !s_.departures.empty() || s_.behaviour.leave.departures == DeparturesBy::registrations;
    }

    /// Whether anything in the period makes people leave.
    void cause() {
        if (by_table()) return;
        bool strikes = false, front = false;
        for (const auto& inputs : *w_.inputs) {
            strikes |= inputs.strikes.maxCoeff() > 0;
            front |= inputs.front.maxCoeff() > 0 || inputs.fallen.any();
        }
        if (strikes) return;
        const double at_start = w_.inputs[0].exposure.maxCoeff();
        const auto others =
            front ? std::string("only fronts make people leave")
                  : fmt::format("people leave only by behaviour.leave.h0, {} a day", s_.behaviour.leave.h0);
        if (s_.bombardment.empty()) {
            if (!front)
                doubts_.warn("", fmt::format("there are no strikes, conflicts or fronts: {}", others));
        } else if (at_start > 0.01) {
            doubts_.warn(
                "bombardment[0]",
                fmt::format("no strike falls in the period {} to {}: {}; of those before it {} a place are "
                            "remembered at most on the first day",
                            iso(s_.period.from), iso(s_.period.to), others, short_number(at_start)));
        } else {
            doubts_.warn("bombardment[0]", fmt::format("no strike falls in the period {} to {}: {}",
                                                       iso(s_.period.from), iso(s_.period.to), others));
        }
    }

    /// The strongest exposure where anybody lives, its place and step.
    struct Strongest {
        double exposure = 0;
        int place = -1, step = 0;
    };
    Strongest strongest() const {
        Strongest most;
        for (int step = 0; step < w_.steps; ++step) {
            const auto& exposure = w_.inputs[std::size_t(step)].exposure;
            for (int i = 0; i < w_.place_count(); ++i) {
                if (w_.households_from(i) > 0 && exposure(i) > most.exposure) most = {exposure(i), i, step};
            }
        }
        return most;
    }

    /// Bombardment that moves nobody.
    void thresholds() {
        const auto& leave = s_.behaviour.leave;
        if (by_table() || (s_.bombardment.empty() && s_.conflicts.empty())) return;
        const bool any = std::any_of(w_.inputs->begin(), w_.inputs->end(),
                                     [](const auto& inputs) { return inputs.strikes.maxCoeff() > 0; });
        if (!any) return;
        const Strongest most = strongest();
        if (leave.h_max == 0)
            doubts_.warn("behaviour.leave.h_max", "bombardment moves nobody: h_max is 0");
        else if (most.exposure < 1e-3)
            doubts_.warn(s_.bombardment.empty() ? "conflicts[0].place" : "bombardment[0]",
                         "strikes fall only where nobody lives, out of reach of anybody: they move nobody");
        else
            groups_below(most);
    }

    void groups_below(const Strongest& most) {
        int k = 0;
        for (std::size_t g = 0; g < s_.groups.size(); ++g) {
            const double lowest = w_.groups[std::size_t(k)].threshold;
            k += s_.groups[g].classes;
            const bool moves = s_.groups[g].share > 0 && s_.groups[g].immobile_share < 1;
            const double at_most = rules::response(most.exposure, lowest, s_.behaviour.leave.steepness);
            if (!moves || at_most >= no_response) continue;
            doubts_.warn(
                fmt::format("groups[{}].threshold", g),
                fmt::format(
                    "bombardment does not move group '{}': its lowest threshold is {} strikes, and the "
                    "strongest exposure where anybody lives is {} ({}, {})",
                    s_.groups[g].name, short_number(lowest), short_number(most.exposure), name(most.place),
                    iso(w_.date_of(most.step))));
        }
    }

    const World& w_;
    const ScenarioSettings& s_;
    Doubts doubts_;
};

}  // namespace

Findings doubts_about_strikes(const World& world) {
    return world.settings.behaviour.rules == Rules::flee3 ? Findings() : StrikesChecker(world).run();
}

}  // namespace nuzuh
