#include "sim/check/settings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/check/admin_units.hpp"
#include "sim/model/asks_for_draws.hpp"
#include "sim/model/engine_choice.hpp"
#include "sim/model/figures.hpp"
#include "sim/model/network.hpp"
#include "sim/model/registrations.hpp"
#include "sim/model/timeline.hpp"

namespace nuzuh {
namespace {

constexpr int longest_period_days = 3660;

class Checker {
public:
    explicit Checker(const ScenarioSettings& settings) : s_(settings) {}

    /// What nothing but behaviour, groups and engine can put wrong.
    Findings run_after_names_and_dates() {
        groups();
        behaviour();
        return std::move(findings_);
    }

    Findings run() {
        take_names();
        period();
        places();
        check_admin_units(s_.network, findings_);
        routes();
        areas();
        bombardment();
        fronts();
        crossings();
        access();
        orders_and_ceasefires();
        route_changes();
        departures();
        camps();
        conflicts();
        registrations();
        corrections();
        displaced();
        planned();
        reported();
        kept_places();
        return run_after_names_and_dates();
    }

private:
    void take_names() {
        for (const auto& place : s_.network.places) {
            place_names_.push_back(place.place);
            types_[place.place] = place.type;
        }
        for (const auto& route : s_.network.routes) route_names_.push_back(route.route);
        area_names_ = {"all"};
        for (const auto& member : s_.network.areas) {
            if (std::find(area_names_.begin(), area_names_.end(), member.area) == area_names_.end()) {
                area_names_.push_back(member.area);
            }
        }
    }

    void say(Severity severity, std::string path, std::string message, std::string hint) {
        findings_.push_back({severity, std::move(path), std::move(message), std::move(hint), {}, {}});
    }
    void error(std::string path, std::string message, std::string hint = "") {
        say(Severity::error, std::move(path), std::move(message), std::move(hint));
    }
    void warn(std::string path, std::string message, std::string hint = "") {
        say(Severity::warning, std::move(path), std::move(message), std::move(hint));
    }

    bool known(const std::string& name, const std::vector<std::string>& names, std::string path,
               std::string_view what) {
        if (std::find(names.begin(), names.end(), name) != names.end()) return true;
        const std::string near = nearest_word(name, names);
        error(std::move(path), fmt::format("there is no {} '{}'", what, name),
              near.empty() ? "" : fmt::format("did you mean '{}'?", near));
        return false;
    }
    bool known_place(const std::string& name, std::string path) {
        return known(name, place_names_, std::move(path), "place");
    }

    /// An entry of a list that speaks of an area or of one place.
    template <class Entry>
    void area_or_place(const Entry& entry, const std::string& path) {
        if (entry.area.empty() == entry.place.empty()) {
            error(path,
                  entry.area.empty() ? "neither 'area' nor 'place' is given"
                                     : "both 'area' and 'place' are given",
                  "give exactly one of the two");
        }
        if (!entry.area.empty()) known(entry.area, area_names_, path + ".area", "area");
        if (!entry.place.empty()) known_place(entry.place, path + ".place");
    }
    bool ordered(Date from, Date to, const std::string& path) {
        if (from <= to) return true;
        error(path + ".to", fmt::format("ends on {}, before it begins on {}", iso(to), iso(from)));
        return false;
    }

    bool ordered(Date from, const std::optional<Date>& to, const std::string& path) {
        return !to || ordered(from, *to, path);
    }

    void period() {
        const auto& p = s_.period;
        if (!ordered(p.from, p.to, "period")) return;
        if (p.to - p.from >= longest_period_days) {
            error("period.to", fmt::format("the period is {} days long; at most {} are allowed",
                                           p.to - p.from + 1, longest_period_days));
        }
        if (p.step_days != 1 && p.step_days != 0.5 && p.step_days != 0.25) {
            error("period.step", fmt::format("a step of {} days is not available", p.step_days),
                  "expected 1 day, 1/2 day or 1/4 day");
        }
        if (s_.output.every_days != std::round(s_.output.every_days)) {
            error("output.every", "records are made every whole number of days");
        } else if (s_.output.every_days > p.to - p.from + 1) {
            error("output.every", "longer than the period: nothing would be recorded");
        }
        if (s_.output.origins != OriginsKept::every_record && s_.engine.kind == EngineKind::pooled)
            error("output.origins", "pooled runs forget homes: there is nothing of which less could be kept",
                  "leave it out, or take engine.kind: compartments");
    }

    void kept_places() {
        const auto& kept = s_.output.places;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < kept.size(); ++i) {
            const std::string path = fmt::format("output.places[{}]", i);
            if (known_place(kept[i], path) && !seen.insert(kept[i]).second)
                error(path, fmt::format("'{}' is named twice", kept[i]), "name it once");
        }
        if (!kept.empty() && seen.size() == s_.network.places.size())
            error("output.places", "names every place, which does nothing", "leave it out");
    }

    void places() {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < s_.network.places.size(); ++i) {
            const auto& place = s_.network.places[i];
            const std::string path = fmt::format("network.places[{}]", i);
            if (!seen.insert(place.place).second) {
                error(path + ".place", fmt::format("a second place is called '{}'", place.place));
            }
            identifier(place.place, path + ".place");
            place_by_type(place, path);
            if (place.admission == Admission::hard && !place.capacity) {
                error(path + ".admission",
                      fmt::format("'{}' has hard admission and no capacity", place.place),
                      "give a capacity, or admission: open");
            }
        }
        if (s_.network.places.empty()) error("network.places", "there are no places");
    }

    void identifier(const std::string& name, const std::string& path) {
        const bool ok = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
        if (!ok)
            error(path, fmt::format("'{}' is not an identifier", name), "use small letters, digits and _");
    }

    void place_by_type(const PlaceSettings& place, const std::string& path) {
        const bool lived_in = place.type != PlaceType::crossing && place.type != PlaceType::abroad;
        if (!lived_in && place.population > 0) {
            error(path + ".population", "only towns and camps have a population");
        }
        if (!lived_in && place.capacity) {
            error(path + ".capacity", "only towns and camps have a capacity",
                  "a crossing is limited by its quota");
        }
        if (place.type == PlaceType::crossing) {
            if (place.leads_to.empty()) {
                error(path, fmt::format("crossing '{}' does not say where it leads", place.place),
                      "give leads_to: the place abroad behind it");
            } else if (known_place(place.leads_to, path + ".leads_to") &&
                       types_[place.leads_to] != PlaceType::abroad) {
                error(path + ".leads_to", fmt::format("'{}' is not a place abroad", place.leads_to));
            }
        } else if (!place.leads_to.empty()) {
            error(path + ".leads_to", "only a crossing leads to a place abroad");
        }
    }

    void routes() {
        std::set<std::string> seen;
        std::set<std::string> connected;
        std::set<std::string> open_ended;
        std::map<std::string, int> ends;
        for (std::size_t r = 0; r < s_.network.routes.size(); ++r) {
            const auto& route = s_.network.routes[r];
            const std::string path = fmt::format("network.routes[{}]", r);
            if (!seen.insert(route.route).second) {
                error(path + ".route", fmt::format("a second route is called '{}'", route.route));
            }
            const bool from = known_place(route.from, path + ".from");
            const bool to = known_place(route.to, path + ".to");
            if (from && to && route.from == route.to) {
                error(path + ".to",
                      fmt::format("route '{}' leads from '{}' to itself", route.route, route.from));
            }
            for (const auto& end : {route.from, route.to}) {
                if (++ends[end] == RoadsAt::none)
                    error(path, fmt::format("more than {} routes meet at '{}'", RoadsAt::none - 1, end));
            }
            connected.insert({route.from, route.to});
            if (route.status == RouteStatus::open) open_ended.insert({route.from, route.to});
        }
        reachable(connected, open_ended);
    }

    void reachable(const std::set<std::string>& connected, const std::set<std::string>& open_ended) {
        for (std::size_t i = 0; i < s_.network.places.size(); ++i) {
            const auto& place = s_.network.places[i];
            const std::string path = fmt::format("network.places[{}].place", i);
            if (place.type == PlaceType::abroad) continue;
            if (!connected.count(place.place) && is_counted(place.place)) {
                warn(path,
                     fmt::format("no route leads to '{}': nobody can reach it, and its registrations stay "
                                 "unmatched",
                                 place.place));
            } else if (!connected.count(place.place)) {
                warn(path, fmt::format("no route leads to '{}': nobody can reach or leave it", place.place),
                     "add a route, or take the place out");
            } else if (place.population > 0 && !open_ended.count(place.place)) {
                warn(path, fmt::format("every route out of '{}' is closed when the run starts", place.place));
            }
        }
    }

    /// Whether people were registered there: whatever the network says, the place is part of the record.
    bool is_counted(const std::string& place) const {
        return std::any_of(s_.registrations.begin(), s_.registrations.end(),
                           [&](const RegistrationSettings& row) { return row.place == place; });
    }

    void areas() {
        std::set<std::pair<std::string, std::string>> seen;
        for (std::size_t a = 0; a < s_.network.areas.size(); ++a) {
            const auto& member = s_.network.areas[a];
            const std::string path = fmt::format("network.areas[{}]", a);
            if (member.area == "all") error(path + ".area", "'all' is built in: every place");
            known_place(member.place, path + ".place");
            if (!seen.insert({member.area, member.place}).second) {
                error(path + ".place",
                      fmt::format("'{}' is in area '{}' already", member.place, member.area));
            }
        }
    }

    void groups() {
        double sum = 0;
        std::set<std::string> seen;
        for (std::size_t g = 0; g < s_.groups.size(); ++g) {
            const auto& group = s_.groups[g];
            sum += group.share;
            if (!seen.insert(group.name).second) {
                error(fmt::format("groups[{}].name", g),
                      fmt::format("a second group is called '{}'", group.name));
            }
            if (group.threshold_spread == 0 && group.classes > 1) {
                error(fmt::format("groups[{}].classes", g),
                      "without a spread of thresholds, more than one class has no effect", "use classes: 1");
            }
            if (group.threshold_spread > 0 && group.classes == 1) {
                error(fmt::format("groups[{}].threshold_spread", g),
                      "with one class, a spread of thresholds has no effect", "use threshold_spread: 0");
            }
            if (group.drawn_to.empty() && group.draw != 1) {
                error(fmt::format("groups[{}].draw", g), "a draw has no effect without 'drawn_to'",
                      "drawn_to names the area to which the group is drawn");
            }
            if (group.drawn_to.empty()) continue;
            if (area_names_.empty()) take_names();
            known(group.drawn_to, area_names_, fmt::format("groups[{}].drawn_to", g), "area");
        }
        if (s_.groups.empty()) {
            error("groups", "there are no groups");
        } else if (std::abs(sum - 1) > 1e-6) {
            error("groups", fmt::format("the shares of the groups add to {:.6g}, not 1", sum));
        }
    }

    void bombardment() {
        for (std::size_t e = 0; e < s_.bombardment.size(); ++e) {
            const auto& entry = s_.bombardment[e];
            const std::string path = fmt::format("bombardment[{}]", e);
            area_or_place(entry, path);
            ordered(entry.from, entry.to, path);
            if (entry.strikes_per_day.has_value() == entry.factor.has_value()) {
                error(
                    path,
                    entry.factor ? "both 'strikes_per_day' and 'factor' are given"
                                 : "neither 'strikes_per_day' nor 'factor' is given",
                    "strikes_per_day says how many fall [strikes/day]; factor multiplies what entries before "
                    "this one say");
            }
        }
    }

    void fronts() {
        for (std::size_t f = 0; f < s_.fronts.size(); ++f) {
            const auto& front = s_.fronts[f];
            const std::string path = fmt::format("fronts[{}]", f);
            known_place(front.place, path + ".place");
            if (front.assault_from && front.falls && *front.falls < *front.assault_from) {
                error(path + ".falls", fmt::format("falls on {}, before the assault begins on {}",
                                                   iso(*front.falls), iso(*front.assault_from)));
            }
            if (front.assault_to && front.falls) {
                error(path + ".assault_to", "the town falls: the assault ends on that day",
                      "give either 'falls' or 'assault_to'");
            }
            if (front.assault_to && !front.assault_from) {
                error(path + ".assault_to", "the assault ends, and no 'assault_from' says when it began");
            }
            if (front.assault_from && front.assault_to) ordered(*front.assault_from, *front.assault_to, path);
        }
    }

    void crossings() {
        for (std::size_t c = 0; c < s_.crossings.size(); ++c) {
            const auto& entry = s_.crossings[c];
            const std::string path = fmt::format("crossings[{}]", c);
            if (known_place(entry.place, path + ".place") && types_[entry.place] != PlaceType::crossing) {
                error(path + ".place", fmt::format("'{}' is not a crossing", entry.place));
            }
            if (entry.from && entry.to) ordered(*entry.from, *entry.to, path);
            if (entry.policy == CrossingPolicy::quota && entry.quota <= 0) {
                error(path, "policy: quota needs a quota above 0 [persons/day]",
                      "use policy: closed to let nobody through");
            }
            if (entry.policy != CrossingPolicy::quota && entry.quota > 0) {
                error(path + ".quota", "a quota has no effect unless policy is 'quota'");
            }
        }
    }

    void access() {
        for (std::size_t e = 0; e < s_.access.size(); ++e) {
            const std::string path = fmt::format("access[{}]", e);
            area_or_place(s_.access[e], path);
            ordered(s_.access[e].from, s_.access[e].to, path);
        }
    }

    void orders_and_ceasefires() {
        const auto check = [&](const auto& entries, const char* list) {
            for (std::size_t e = 0; e < entries.size(); ++e) {
                const std::string path = fmt::format("{}[{}]", list, e);
                area_or_place(entries[e], path);
                ordered(entries[e].from, entries[e].to, path);
            }
        };
        check(s_.orders, "orders");
        check(s_.ceasefires, "ceasefires");
    }

    void route_changes() {
        for (std::size_t e = 0; e < s_.routes.size(); ++e) {
            const std::string path = fmt::format("routes[{}]", e);
            known(s_.routes[e].route, route_names_, path + ".route", "route");
            ordered(s_.routes[e].from, s_.routes[e].to, path);
        }
    }

    void departures() {
        for (std::size_t e = 0; e < s_.departures.size(); ++e) {
            const auto& row = s_.departures[e];
            const std::string path = fmt::format("departures[{}]", e);
            known_place(row.place, path + ".place");
            if (row.date < s_.period.from || row.date > s_.period.to) {
                error(path + ".date", fmt::format("{} lies outside the period {} to {}", iso(row.date),
                                                  iso(s_.period.from), iso(s_.period.to)));
            }
        }
    }

    void camps() {
        for (std::size_t e = 0; e < s_.camps.size(); ++e) {
            const std::string path = fmt::format("camps[{}]", e);
            const auto& entry = s_.camps[e];
            if (known_place(entry.place, path + ".place") && !is_camp(types_[entry.place])) {
                error(path + ".place", fmt::format("'{}' is not a camp", entry.place));
            }
            ordered(entry.from, entry.to, path);
        }
    }

    void conflicts() {
        for (std::size_t e = 0; e < s_.conflicts.size(); ++e) {
            const std::string path = fmt::format("conflicts[{}]", e);
            known_place(s_.conflicts[e].place, path + ".place");
            ordered(s_.conflicts[e].from, s_.conflicts[e].to, path);
        }
        for (std::size_t e = 1; e < s_.conflict_decay.size(); ++e) {
            if (s_.conflict_decay[e].after_days > s_.conflict_decay[e - 1].after_days) continue;
            error(fmt::format("conflict_decay[{}].after_days", e), "not after the entry before it");
        }
        if (!s_.conflict_decay.empty() && s_.conflicts.empty()) {
            error("conflict_decay", "has no effect without 'conflicts'");
        }
    }

    void registrations() {
        std::set<std::string> told;
        for (std::size_t r = 0; r < s_.registrations.size(); ++r) {
            const auto& place = s_.registrations[r].place;
            if (place == everywhere || types_.count(place) || !told.insert(place).second) continue;
            const std::string near = nearest_word(place, place_names_);
            warn(fmt::format("registrations[{}].place", r),
                 fmt::format("there is no place '{}': its registrations count only towards how many leave",
                             place),
                 near.empty() ? "" : fmt::format("did you mean '{}'?", near));
        }
    }

    void corrections() {
        for (std::size_t c = 0; c < s_.registration_corrections.size(); ++c) {
            const auto& correction = s_.registration_corrections[c];
            const std::string path = fmt::format("registration_corrections[{}]", c);
            std::vector<const RegistrationSettings*> rows;
            for (const auto& row : s_.registrations) {
                if (row.place == correction.place) rows.push_back(&row);
            }
            const auto same = [&](const auto* row) { return row->date == correction.date; };
            const auto row = std::find_if(rows.begin(), rows.end(), same);
            if (correction.date < s_.period.from) {
                warn(path + ".date", fmt::format("{} lies before the period: the correction has no effect",
                                                 iso(correction.date)));
            } else if (rows.empty()) {
                error(path + ".place", fmt::format("nobody is registered at '{}'", correction.place));
            } else if (row == rows.end() || row == rows.begin()) {
                error(path + ".date",
                      fmt::format("{} has no row of registrations on {}{}", correction.place,
                                  iso(correction.date), row == rows.begin() ? " with one before it" : ""));
            } else if ((*(row - 1))->persons < 1) {
                error(path + ".date", fmt::format("the count of {} before {} is below 1 and cannot be scaled",
                                                  correction.place, iso(correction.date)));
            }
        }
    }

    void displaced() {
        for (std::size_t e = 0; e < s_.displaced.size(); ++e) {
            const auto& row = s_.displaced[e];
            const std::string path = fmt::format("displaced[{}]", e);
            if (known_place(row.place, path + ".place") && types_[row.place] == PlaceType::crossing) {
                error(path + ".place",
                      fmt::format("'{}' is a crossing: people pass it and do not stay", row.place));
            }
            if (!row.home.empty()) known_place(row.home, path + ".home");
            if (row.since && *row.since > s_.period.from) {
                error(path + ".since", fmt::format("{} lies after the first day", iso(*row.since)));
            }
        }
    }

    void behaviour() {
        if (s_.behaviour.leave.departures == DeparturesBy::registrations &&
            (s_.registrations.empty() || s_.conflicts.empty())) {
            error("behaviour.leave.departures",
                  "departures by registrations need 'registrations' and 'conflicts'");
        }
        if (s_.behaviour.rules == Rules::flee3)
            flee3();
        else
            flee3_without_effect();
        for (Finding& finding : why_no_engine({.rules = s_.behaviour.rules,
                                .kind = s_.engine.kind,
                                .mode = s_.engine.mode,
                                .members = asks_for_draws(s_) ? 1 : s_.engine.members,
                                .causes = s_.output.causes}))
            findings_.push_back(std::move(finding));
    }

    /// Keys of Flee 3 that decide who leaves, where other rules decide it.
    void flee3_without_effect() {
        const Flee3Settings& given = s_.flee3;
        const Flee3Settings unset;
        const bool by_conflict = given.spawn != SpawnBy::registrations;
        const auto idle = [&](bool changed, const char* key) {
            if (changed)
                warn(fmt::format("flee3.{}", key),
                     fmt::format("'{}' has no effect: it acts with rules: flee3 alone", key),
                     "who leaves follows behaviour.leave.departures");
        };
        idle(by_conflict, "spawn");
        idle(given.displaced_per_conflict_day != unset.displaced_per_conflict_day,
             "displaced_per_conflict_day");
        idle(given.sum_from_camps != unset.sum_from_camps, "sum_from_camps");
        idle(given.insert_day0 != unset.insert_day0, "insert_day0");
        idle(given.empty_camps_on_day0 != unset.empty_camps_on_day0, "empty_camps_on_day0");
        idle(given.take_from_population != unset.take_from_population, "take_from_population");
        idle(given.conflict_movechance != unset.conflict_movechance, "conflict_movechance");
        const bool registered = s_.behaviour.leave.departures == DeparturesBy::registrations;
        if (by_conflict && registered && !has_errors(findings_) && nobody_leaves())
            error("flee3.spawn", "nobody would leave: registrations never grow, and only they say who leaves",
                  "use rules: flee3, or behaviour.leave.departures: hazard with strikes");
    }

    bool nobody_leaves() const {
        const int days = s_.period.to - s_.period.from + 1;
        return !(departures_behind(daily_registrations(s_), days).sum() > 0);
    }

    /// What the rules of Flee 3 need, and what they do not know.
    void flee3() {
        if (s_.period.step_days != 1) error("period.step", "rules: flee3 moves people a day at a time");
        if (s_.conflicts.empty()) error("conflicts", "rules: flee3 needs to know where there is conflict");
        if (s_.flee3.spawn == SpawnBy::registrations && s_.registrations.empty()) {
            error("registrations", "with flee3.spawn: registrations there must be some");
        }
        for (std::size_t i = 0; i < s_.network.places.size(); ++i) {
            const auto type = s_.network.places[i].type;
            if (type != PlaceType::crossing && type != PlaceType::abroad) continue;
            error(fmt::format("network.places[{}].type", i),
                  "rules: flee3 knows no crossings and no regions abroad");
        }
        const auto unknown = [&](bool given, const char* list) {
            if (given) warn(list, fmt::format("'{}' has no effect with rules: flee3", list));
        };
        unknown(!s_.bombardment.empty(), "bombardment");
        unknown(!s_.fronts.empty(), "fronts");
        unknown(!s_.access.empty(), "access");
        unknown(!s_.orders.empty(), "orders");
        unknown(!s_.ceasefires.empty(), "ceasefires");
        unknown(!s_.departures.empty(), "departures");
        if (!s_.displaced.empty())
            error("displaced",
                  "rules: flee3 begins with who is registered on the first day, and takes no other displaced "
                  "people",
                  "give them as registrations of camps, or use rules: hazard_choice");
    }

    /// What a planning or reported figure counts, and where.
    template <class Figure>
    void counts_somewhere(const Figure& figure, const std::string& path) {
        if (!figure.area.empty() && !figure.place.empty()) {
            error(path, "both 'area' and 'place' are given",
                  "give one of the two, or neither for everywhere");
        }
        if (!figure.area.empty()) known(figure.area, area_names_, path + ".area", "area");
        if (!figure.place.empty()) known_place(figure.place, path + ".place");
        const bool elsewhere = !figure.area.empty() || !figure.place.empty();
        if (figure.quantity == Quantity::abroad && elsewhere) {
            error(path + ".quantity", "people abroad are counted everywhere", "leave out 'area' and 'place'");
        }
    }

    void planned() {
        for (std::size_t f = 0; f < s_.planning.figures.size(); ++f) {
            const auto& figure = s_.planning.figures[f];
            const std::string path = fmt::format("planning.figures[{}]", f);
            counts_somewhere(figure, path);
            if (figure.within_days == 0) continue;
            if (is_stock(figure.quantity)) {
                error(path + ".within", "has no effect on people who are present on a day",
                      "leave out 'within', or count arrivals");
                continue;
            }
            const double records = figure.within_days / s_.output.every_days;
            if (records != std::round(records)) {
                error(
                    path + ".within",
                    fmt::format("{} days are no whole number of records, which output.every sets to {} days",
                                figure.within_days, s_.output.every_days),
                    "give a multiple of it, or change output.every");
            }
        }
    }

    void reported() {
        const int every_days = std::max(1, int(s_.output.every_days));
        std::vector<std::size_t> outside, between_records;
        for (std::size_t f = 0; f < s_.reported.size(); ++f) {
            const auto& figure = s_.reported[f];
            figure_is_whole(figure, fmt::format("reported[{}]", f));
            const Date from = figure.from.value_or(s_.period.from);
            if (from < s_.period.from || figure.to > s_.period.to)
                outside.push_back(f);
            else if (!is_whole_records(figure, s_.period, every_days))
                between_records.push_back(f);
        }
        if (!outside.empty())
            warn(fmt::format("reported[{}]", outside.front()),
                 fmt::format("{} of {} reported figures lie outside the period {} to {} and are not compared",
                             outside.size(), s_.reported.size(), iso(s_.period.from), iso(s_.period.to)));
        if (!between_records.empty())
            warn(fmt::format("reported[{}]", between_records.front()),
                 fmt::format("{} of {} reported figures begin or end within a record, which output.every "
                             "makes {} days long, and are not compared",
                             between_records.size(), s_.reported.size(), every_days),
                 "compare them by output.every: 1 day");
    }

    void figure_is_whole(const ReportedFigure& figure, const std::string& path) {
        counts_somewhere(figure, path);
        if (figure.from) ordered(*figure.from, figure.to, path);
        if (figure.from && is_stock(figure.quantity))
            error(path + ".from", "has no effect on people who are present on a day",
                  "leave out 'from', or count arrivals");
        if (figure.published && *figure.published < figure.to)
            error(path + ".published", fmt::format("published on {}, before its last day {}",
                                                   iso(*figure.published), iso(figure.to)));
        const bool between = figure.bound == Bound::between;
        if (between && (!figure.persons_high || *figure.persons_high < figure.persons)) {
            error(path, "bound: between needs 'persons_high', not below 'persons'");
        }
        if (!between && figure.persons_high) {
            error(path + ".persons_high", "has no effect unless bound is 'between'");
        }
    }

    const ScenarioSettings& s_;
    std::vector<std::string> place_names_, route_names_, area_names_;
    std::map<std::string, PlaceType> types_;
    Findings findings_;
};

/// Everything but behaviour, groups and engine.
auto names_and_dates(const ScenarioSettings& s) {
    return std::tie(s.period, s.network.places, s.network.routes, s.network.areas, s.bombardment, s.fronts,
                    s.crossings, s.access, s.orders, s.ceasefires, s.routes, s.camps, s.conflicts,
                    s.conflict_decay, s.departures, s.registrations, s.registration_corrections, s.displaced,
                    s.flee3, s.planning.figures, s.reported, s.output);
}

}  // namespace

Findings check_settings(const ScenarioSettings& settings, const ScenarioSettings* right) {
    Checker checker(settings);
    const bool known = right && names_and_dates(settings) == names_and_dates(*right);
    return known ? checker.run_after_names_and_dates() : checker.run();
}

}  // namespace nuzuh
