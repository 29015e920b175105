#include "sim/scenario/dated.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/model/timeline.hpp"
#include "sim/scenario/empty_cells.hpp"
#include "sim/scenario/merge.hpp"

namespace nuzuh::scenario {
namespace {

constexpr std::size_t most_told = 3;  ///< pairs of one list
constexpr int years_tried = 3;        ///< in which a slip of the year is looked for

struct Days {
    Date from, to;

    bool overlap(const Days& other) const { return from <= other.to && other.from <= to; }
    bool within(const Days& other) const { return other.from <= from && to <= other.to; }
    bool operator==(const Days&) const = default;
};

/// The same day of another year.
Date moved(Date date, int years) {
    const auto text = iso(date);
    const auto year = std::stoi(text.substr(0, 4)) + years;
    return parse_date(fmt::format("{:04}{}", year, text.substr(4))).value_or(date + 365 * years);
}

/// What an entry of a list speaks of.
struct Speaks {
    std::vector<std::string> of;  ///< places or roads, sorted
    Days days;
    bool multiplies = false;
    std::string value;  ///< what it says; entries that say the same of the same day replace nothing
};

std::string days_text(const Days& days) {
    return days.from == days.to ? iso(days.from) : fmt::format("{} to {}", iso(days.from), iso(days.to));
}

class Doubts {
public:
    Doubts(const ScenarioSettings& settings, const Node& tree, const Sources& sources, Notes& notes)
        : s_(settings), tree_(tree), sources_(sources), notes_(notes) {
        for (const auto& member : s_.network.areas) areas_[member.area].push_back(member.place);
        for (const auto& place : s_.network.places) areas_["all"].push_back(place.place);
        for (auto& [area, places] : areas_) std::sort(places.begin(), places.end());
    }

    void note() {
        list(s_.bombardment, "bombardment", s_.period.from + -longest_memory_days,
             [&](const BombardmentSettings& e) {
                 const auto value = e.factor ? std::string("factor") : std::string();
                 return Speaks{places_of(e), days_of(e), e.factor.has_value(), value};
             });
        list(s_.access, "access", s_.period.from, [&](const AccessSettings& e) {
            return Speaks{places_of(e), days_of(e), false, fmt::format("{}", e.access)};
        });
        // Orders add up, and two ceasefires are one.
        list(s_.orders, "orders", s_.period.from, [&](const OrderSettings& e) {
            return Speaks{places_of(e), days_of(e), true, ""};
        });
        list(s_.ceasefires, "ceasefires", s_.period.from, [&](const CeasefireSettings& e) {
            return Speaks{places_of(e), days_of(e), true, ""};
        });
        list(s_.crossings, "crossings", s_.period.from, [&](const CrossingSettings& e) {
            const Days days{e.from.value_or(std::min(s_.period.from, e.to.value_or(s_.period.to))),
                            e.to.value_or(std::max(s_.period.to, e.from.value_or(s_.period.from)))};
            return Speaks{{e.place}, days, false, fmt::format("{} {}", int(e.policy), e.quota)};
        });
        list(s_.routes, "routes", s_.period.from, [&](const RouteChange& e) {
            return Speaks{{e.route}, days_of(e), false, fmt::format("{} {}", int(e.status), int(e.scope))};
        });
        list(s_.camps, "camps", s_.period.from, [&](const CampChange& e) {
            return Speaks{{e.place}, days_of(e), false, fmt::format("{}", int(e.status))};
        });
        list(s_.conflicts, "conflicts", s_.period.from, [&](const ConflictSettings& e) {
            return Speaks{{e.place}, days_of(e), false, fmt::format("{}", e.intensity)};
        });
        fronts();
    }

private:
    template <class Entry>
    std::vector<std::string> places_of(const Entry& entry) const {
        if (!entry.place.empty()) return {entry.place};
        const auto found = areas_.find(entry.area);
        return found == areas_.end() ? std::vector<std::string>() : found->second;
    }
    template <class Entry>
    Days days_of(const Entry& entry) const {
        return {entry.from, entry.to.value_or(std::max(entry.from, s_.period.to))};
    }

    /// The entries of a list as they were written; nullptr if there is none.
    const Node* written(const char* list) const {
        const Node* node = at_path(const_cast<Node&>(tree_), list);
        return node && node->is_list() ? node : nullptr;
    }
    const Spot& spot(const Node& list, std::size_t e) const { return list.items[e].spot; }
    int layer(const Spot& spot) const { return spot.source < 0 ? 0 : sources_[spot.source].layer; }
    std::string line(const Spot& spot) const {
        return spot.source < 0 ? "" : fmt::format("{}:{}", sources_[spot.source].name, spot.line);
    }

    /// Layer of the scenario that says when the period is.
    int layer_of_period() const {
        return std::min(layer(spot_of_path(tree_, "period.from")), layer(spot_of_path(tree_, "period.to")));
    }

    template <class Entry, class SpeaksOf>
    void list(const List<Entry>& entries, const char* name, Date earliest, SpeaksOf speaks_of) {
        const Node* list = written(name);
        if (!list || list->items.size() != entries.size()) return;
        std::vector<Speaks> speaks;
        for (const auto& entry : entries) speaks.push_back(speaks_of(entry));
        outside(*list, name, speaks, earliest);
        overlaps(*list, name, speaks);
    }

    /// Whether days that have no effect would lie in the period in another year; "" if not.
    std::string other_year(const Days& days) const {
        for (int years = 1; years <= years_tried; ++years) {
            for (int by : {years, -years}) {
                const Days there{moved(days.from, by), moved(days.to, by)};
                if (there.within({s_.period.from, s_.period.to}))
                    return fmt::format("did you mean {}?", days_text(there));
            }
        }
        return "";
    }

    void outside(const Node& list, const std::string& name, const std::vector<Speaks>& speaks,
                 Date earliest) {
        std::size_t count = 0, first = 0;
        std::string hint;
        for (std::size_t e = 0; e < speaks.size(); ++e) {
            const auto& days = speaks[e].days;
            if (days.from > days.to || layer(spot(list, e)) > layer_of_period()) continue;
            const bool is_past = days.to < s_.period.from;
            const bool is_remembered = is_past && days.to >= earliest;
            const auto meant = is_past || days.from > s_.period.to ? other_year(days) : "";
            const bool is_outside =
                days.from > s_.period.to || (is_past && (!is_remembered || !meant.empty()));
            if (!is_outside) continue;
            if (hint.empty()) hint = meant;
            if (count++ == 0) first = e;
        }
        if (count == 0) return;
        notes_.warning(
            spot(list, first), name,
            fmt::format("{} of {} entries of '{}' lie outside the period {} to {} and have no effect", count,
                        speaks.size(), name, iso(s_.period.from), iso(s_.period.to)),
            hint);
    }

    void fronts() {
        const Node* list = written("fronts");
        if (!list || list->items.size() != s_.fronts.size()) return;
        std::size_t count = 0, first = 0;
        std::string hint;
        for (std::size_t f = 0; f < s_.fronts.size(); ++f) {
            const auto& front = s_.fronts[f];
            const auto begins = front.assault_from ? front.assault_from : front.falls;
            const Node& item = list->items[f];
            if (!begins && !item.find("assault_from") && !item.find("falls"))
                notes_.warning(item.spot, "fronts",
                               fmt::format("front '{}' has no date, and no effect", front.place),
                               "give assault_from, falls or both");
            if (!begins || layer(item.spot) > layer_of_period()) continue;
            const Date ends = front.falls ? *front.falls : front.assault_to.value_or(s_.period.to);
            const bool is_over = (front.assault_to && *front.assault_to < s_.period.from);
            const auto meant =
                ends < s_.period.from || *begins > s_.period.to ? other_year({*begins, ends}) : "";
            const bool fell_early = front.falls && *front.falls < s_.period.from && !meant.empty();
            if (*begins <= s_.period.to && !is_over && !fell_early) continue;
            if (fell_early && *begins <= s_.period.to) {
                notes_.warning(
                    item.spot, "fronts",
                    fmt::format("'{}' has fallen before the period begins on {}: nobody goes there, and "
                                "who lives there flees at once",
                                front.place, iso(s_.period.from)),
                    meant);
                continue;
            }
            if (hint.empty()) hint = meant;
            if (count++ == 0) first = f;
        }
        if (count == 0) return;
        notes_.warning(
            list->items[first].spot, "fronts",
            fmt::format("{} of {} entries of 'fronts' lie outside the period {} to {} and have no effect",
                        count, s_.fronts.size(), iso(s_.period.from), iso(s_.period.to)),
            hint);
    }

    static bool has_all(const Speaks& a, const Speaks& b) {
        return std::includes(a.of.begin(), a.of.end(), b.of.begin(), b.of.end());
    }

    /// Whether an entry replaces one before it in a way that nobody may have meant: not as the exception to a rule,
    /// which speaks of fewer places, or of the same ones on some of its days.
    bool replaces_in_silence(const Speaks& later, const Speaks& earlier) const {
        if (!later.days.overlap(earlier.days) || later.multiplies) return false;
        if (earlier.multiplies) return true;
        if (!later.value.empty() && later.value == earlier.value) return false;
        const bool fewer = has_all(earlier, later) && later.of.size() < earlier.of.size();
        const bool same = later.of == earlier.of;
        return !fewer && !(same && later.days.within(earlier.days) && later.days != earlier.days);
    }

    void overlaps(const Node& list, const std::string& name, const std::vector<Speaks>& speaks) {
        std::map<std::string, std::vector<std::size_t>> before;
        std::set<std::pair<std::size_t, std::size_t>> pairs;
        for (std::size_t e = 0; e < speaks.size(); ++e) {
            for (const auto& what : speaks[e].of) {
                for (std::size_t b : before[what]) {
                    if (layer(spot(list, e)) != layer(spot(list, b))) continue;
                    if (replaces_in_silence(speaks[e], speaks[b])) pairs.insert({e, b});
                }
                before[what].push_back(e);
            }
        }
        std::size_t told = 0;
        for (const auto& [later, earlier] : pairs) {
            tell(list, name, speaks, later, earlier, ++told == most_told ? pairs.size() - told : 0);
            if (told == most_told) return;
        }
    }

    void tell(const Node& list, const std::string& name, const std::vector<Speaks>& speaks, std::size_t later,
              std::size_t earlier, std::size_t more) {
        const Spot &here = spot(list, later), &there = spot(list, earlier);
        const Days both{std::max(speaks[later].days.from, speaks[earlier].days.from),
                        std::min(speaks[later].days.to, speaks[earlier].days.to)};
        std::vector<std::string> shared;
        std::set_intersection(speaks[later].of.begin(), speaks[later].of.end(), speaks[earlier].of.begin(),
                              speaks[earlier].of.end(), std::back_inserter(shared));
        const auto what = shared.size() == 1 ? fmt::format("'{}'", shared[0])
                                             : fmt::format("'{}' and {} more", shared[0], shared.size() - 1);
        const auto rest = more > 0 ? fmt::format("; {} more pairs of entries do so", more) : "";
        const char* how = speaks[earlier].multiplies ? "replaces what the factor of" : "replaces what";
        notes_.warning(
            here, name,
            fmt::format("{} {} {} says of {} on {}{}", line(here), how, line(there), what, days_text(both),
                        rest),
            "the later entry counts; they do not add up. End one where the other begins, or leave one out");
    }

    const ScenarioSettings& s_;
    const Node& tree_;
    const Sources& sources_;
    Notes& notes_;
    std::map<std::string, std::vector<std::string>> areas_;
};

}  // namespace

void note_doubtful_entries(const ScenarioSettings& settings, const Node& tree, const Sources& sources,
                           Notes& notes) {
    Doubts(settings, tree, sources, notes).note();
    note_empty_cells(settings, tree, notes);
}

}  // namespace nuzuh::scenario
