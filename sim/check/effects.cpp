// Settings that do nothing, or are far from anything that was counted.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/check/doubts.hpp"
#include "sim/model/network_states.hpp"

namespace nuzuh {
namespace {

class EffectsChecker {
public:
    explicit EffectsChecker(const World& world) : w_(world), s_(world.settings) {}

    Findings run() {
        period();
        groups();
        places();
        countries();
        lived_in_on_the_way();
        crossings();
        departures();
        links_that_stay_open();
        changes_without_effect();
        return std::move(doubts_.findings);
    }

private:
    const PlaceSettings& place(int i) const { return w_.places[std::size_t(i)]; }
    std::string name(int i) const { return fmt::format("'{}'", place(i).place); }

    void period() {
        if (s_.period.from != s_.period.to) return;
        doubts_.warn("period.to", fmt::format("the period is one day long, {}", iso(s_.period.to)));
    }

    void groups() {
        constexpr double few_mobile = 0.2;  // share, judgement
        double mobile = 0, all = 0;
        for (std::size_t g = 0; g < s_.groups.size(); ++g) {
            const auto& group = s_.groups[g];
            mobile += group.share * (1 - group.immobile_share);
            all += group.share;
            if (group.share > 0) continue;
            doubts_.warn(fmt::format("groups[{}].share", g),
                         fmt::format("group '{}' has a share of 0: nobody belongs to it", group.name));
        }
        if (mobile == 0)
            doubts_.warn("groups[0].immobile_share",
                         "nobody can leave: every group has an immobile_share of 1");
        else if (mobile < few_mobile * all)
            doubts_.warn("groups[0].immobile_share",
                         fmt::format("only {:.3g} % of the people can ever leave, whatever happens",
                                     100 * mobile / all),
                         "immobile_share is the part that stays: 0.1 is one in ten");
    }

    void places() {
        double people = 0;
        std::vector<std::string> without_room;
        int first = -1, lived_in = 0, full = 0;
        for (int i = 0; i < w_.place_count(); ++i) {
            people += w_.households_from(i);
            const bool shelters = place(i).type == PlaceType::town || is_camp(place(i).type);
            lived_in += shelters;
            full += shelters && place(i).capacity == 0.0;
            const bool is_meant = is_camp(place(i).type) || place(i).admission == Admission::hard;
            if (!is_meant || place(i).capacity != 0.0) continue;
            if (without_room.empty()) first = i;
            without_room.push_back(place(i).place);
        }
        if (people == 0 && s_.registrations.empty())
            doubts_.warn("network.places[0].population", "nobody lives anywhere: there is nobody to move");
        if (lived_in > 0 && full == lived_in) {
            doubts_.warn("network.places[0].capacity", "no place has room: every capacity is 0",
                         "leave the capacity out where there is no limit");
        } else if (first >= 0) {
            doubts_.warn(
                fmt::format("network.places[{}].capacity", first),
                fmt::format("places for displaced people without room, capacity 0: {}", few_of(without_room)),
                "leave the capacity out where there is no limit");
        }
    }

    /// Countries in which people are in danger; where nothing is known of that, the one where most live.
    std::set<std::string> countries_fled() const {
        std::set<std::string> fled;
        std::map<std::string, double> people;
        for (int i = 0; i < w_.place_count(); ++i) {
            people[place(i).country] += place(i).population;
            for (const auto& entry : s_.bombardment)
                if (entry.place == place(i).place) fled.insert(place(i).country);
            for (const auto& entry : s_.conflicts)
                if (entry.place == place(i).place) fled.insert(place(i).country);
        }
        if (fled.empty() && !people.empty()) {
            const auto by_people = [](const auto& a, const auto& b) { return a.second < b.second; };
            fled.insert(std::max_element(people.begin(), people.end(), by_people)->first);
        }
        fled.erase("");
        return fled;
    }

    /// Kinds of place that contradict the country they lie in.
    void countries() {
        const auto fled = countries_fled();
        const auto told = [&](PlaceType type, const char* message, const char* hint) {
            std::vector<std::string> names;
            int first = -1;
            for (int i = 0; i < w_.place_count(); ++i) {
                if (place(i).type != type || !fled.count(place(i).country)) continue;
                if (names.empty()) first = i;
                names.push_back(fmt::format("{} ({})", place(i).place, place(i).country));
            }
            if (names.empty()) return;
            doubts_.warn(fmt::format("network.places[{}].type", first),
                         fmt::format("{}: {}", message, few_of(names)), hint);
        };
        told(PlaceType::camp,
             "a camp is one in another country, and these lie in the country that people flee in",
             "people displaced within their country live in an idp_camp");
        told(PlaceType::abroad, "places abroad in the country that people flee in",
             "a place within the country is a town, a camp or an idp_camp");
    }

    /// Nobody stays where people only pass.
    void lived_in_on_the_way() {
        for (int i = 0; i < w_.place_count(); ++i) {
            const auto type = place(i).type;
            if ((type != PlaceType::hub && type != PlaceType::waypoint) || place(i).population == 0) continue;
            doubts_.warn(fmt::format("network.places[{}].population", i),
                         fmt::format("{:.0f} people live at {}, a place that people only pass",
                                     place(i).population, name(i)),
                         "type: town is a place to live in");
            return;
        }
    }

    void crossings() {
        for (int i = 0; i < w_.place_count(); ++i) {
            if (place(i).type != PlaceType::crossing) continue;
            const auto listed = [&](const CrossingSettings& entry) {
                const bool over = entry.to && *entry.to < s_.period.from;
                const bool to_come = entry.from && *entry.from > s_.period.to;
                return entry.place == place(i).place && !over && !to_come;
            };
            if (std::any_of(s_.crossings.begin(), s_.crossings.end(), listed)) continue;
            doubts_.warn(
                fmt::format("network.places[{}].place", i),
                fmt::format(
                    "crossing {} is not listed in 'crossings' for any day of the period: it is closed, "
                    "and nobody gets to '{}'",
                    name(i), place(i).leads_to),
                fmt::format("if that is meant, say so: crossings: [{{place: {}, policy: closed}}]",
                            place(i).place));
        }
    }

    /// People who leave by a table and do not live there.
    void departures() {
        if (s_.departures.empty()) return;
        std::map<std::string, double> leave;
        for (const auto& row : s_.departures) leave[row.place] += row.persons;
        std::set<std::string> told;
        for (std::size_t e = 0; e < s_.departures.size(); ++e) {
            const auto& row = s_.departures[e];
            const double there = w_.people_simulated(w_.place_index(row.place));
            if (leave[row.place] <= there * 1.01 + 10 || !told.insert(row.place).second) continue;
            doubts_.warn(fmt::format("departures[{}].persons", e),
                         fmt::format("{} people leave '{}' in all, where {} live",
                                     short_number(leave[row.place]), row.place, short_number(there)));
        }
    }

    /// Entries of a list that say what held before them on every day of theirs.
    ///
    /// @param subject  what an entry speaks of, as one or more names
    /// @param value    what it sets
    /// @param before   of a subject, what holds without any entry
    template <class Entry, class Subjects, class Value, class Before>
    void vain_entries(const List<Entry>& entries, const char* list, Subjects subjects, Value value,
                      Before before, const char* what) {
        using Held = decltype(value(entries[0]));
        const int days = s_.period.to - s_.period.from + 1;
        std::map<std::string, std::vector<Held>> held;
        int vain = 0;
        std::size_t first = 0;
        for (std::size_t e = 0; e < entries.size(); ++e) {
            const Entry& entry = entries[e];
            const int a = std::max(0, entry.from - s_.period.from);
            const int b = entry.to ? std::min(days - 1, *entry.to - s_.period.from) : days - 1;
            if (a > b) continue;
            bool changes = false;
            for (const auto& subject : subjects(entry)) {
                auto [at, is_new] = held.try_emplace(subject);
                if (is_new) at->second.assign(std::size_t(days), before(subject));
                for (int day = a; day <= b; ++day) {
                    changes |= at->second[std::size_t(day)] != value(entry);
                    at->second[std::size_t(day)] = value(entry);
                }
            }
            if (!changes && vain++ == 0) first = e;
        }
        if (vain == 0) return;
        doubts_.warn(fmt::format("{}[{}]", list, first),
                     fmt::format("{} of {} entries of '{}' have no effect: {} on all of their days", vain,
                                 entries.size(), list, what));
    }

    /// Closures of single links, where rules: flee3 ignores them.
    void links_that_stay_open() {
        if (s_.behaviour.rules != Rules::flee3) return;
        const auto ignored = [&](const RouteChange& change) { return !holds(change, s_); };
        const auto first = std::find_if(s_.routes.begin(), s_.routes.end(), ignored);
        if (first == s_.routes.end()) return;
        doubts_.warn(
            fmt::format("routes[{}]", first - s_.routes.begin()),
            fmt::format("{} of {} entries of 'routes' have no effect: Flee ignores closures of single links",
                        std::count_if(first, s_.routes.end(), ignored), s_.routes.size()),
            "flee3.quirks.link_closures: corrected closes them");
    }

    void changes_without_effect() {
        std::map<std::string, RouteStatus> status;
        for (const auto& route : s_.network.routes) status[route.route] = route.status;
        const bool is_case = std::any_of(s_.routes.begin(), s_.routes.end(), [](const RouteChange& change) {
            return change.scope != ClosureScope::link;
        });
        const auto status_of = [](const auto& entry) { return int(entry.status); };
        if (!is_case)
            vain_entries(
                s_.routes, "routes", [](const RouteChange& e) { return std::vector{e.route}; }, status_of,
                [&](const std::string& route) { return int(status[route]); }, "the road is so already");
        vain_entries(
            s_.camps, "camps", [](const CampChange& e) { return std::vector{e.place}; }, status_of,
            [](const std::string&) { return int(RouteStatus::open); }, "the camp is so already");
        vain_entries(
            s_.access, "access",
            [&](const AccessSettings& e) {
                std::vector<std::string> names;
                for (int i : w_.places_of(e)) names.push_back(place(i).place);
                return names;
            },
            [](const AccessSettings& e) { return e.access; }, [](const std::string&) { return 1.0; },
            "the way out is so already");
    }

    const World& w_;
    const ScenarioSettings& s_;
    Doubts doubts_;
};

}  // namespace

Findings doubts_about_effects(const World& world) { return EffectsChecker(world).run(); }

}  // namespace nuzuh
