// closures.csv.
#include <algorithm>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/base/text.hpp"
#include "sim/scenario/flee/parts.hpp"

namespace nuzuh::scenario::flee {
namespace {

struct Closure {
    std::string kind;
    Cell name1, name2;
    int from = 0, until = 0;  ///< days on which it is applied and undone
    Spot spot;

    bool is_camp() const { return kind == "camp" || kind == "idpcamp"; }
    std::string source() const {
        return fmt::format("closures.csv: {} {}{}{}", kind, name1.text, name2.text.empty() ? "" : ",",
                           name2.text);
    }
};

std::string joined(const Row& row) {
    std::string text;
    for (const Cell& cell : row) text += (text.empty() ? "" : ",") + cell.text;
    return text;
}

/// The day of reopening that is not given.
std::optional<int> never(Reading& reading, const Cell& cell) {
    reading.notes.warning(cell.spot, "", "no day of reopening is given: it stays closed");
    return -1;
}

std::vector<Closure> rows_of(Reading& reading, const Sheet& sheet) {
    std::vector<Closure> closures;
    for (const Row& row : sheet.rows) {
        if (row.size() < 5) {
            reading.notes.error(row.back().spot, "",
                                fmt::format("expects type, name1, name2, first day and day of "
                                            "reopening, found {}",
                                            in_quotes(joined(row))));
            continue;
        }
        const auto from = reading.whole(row[3], "the first day");
        const auto until =
            row[4].text.empty() ? never(reading, row[4]) : reading.whole(row[4], "the reopening day");
        if (from && until) closures.push_back({row[0].text, row[1], row[2], *from, *until, row[0].spot});
    }
    return closures;
}

/// Days on which something is closed, each stretch with the closure that began it.
///
/// Each day the closures that begin are applied in their order, then those that end are undone: an end
/// before the beginning undoes nothing, and the first end of two closures opens.
struct Stretch {
    int from, to;
    const Closure* by;
};
std::vector<Stretch> stretches(const std::vector<const Closure*>& closures, int days) {
    int last = days;
    for (const Closure* c : closures) last = std::max({last, c->from, c->until});
    std::vector<Stretch> out;
    std::optional<Stretch> now;
    for (int day = 0; day <= last; ++day) {
        for (const Closure* c : closures) {
            if (c->from == day && !now) now = Stretch{day, day, c};
        }
        for (const Closure* c : closures) {
            if (c->until != day || !now) continue;
            if (now->from < day) out.push_back({now->from, day - 1, now->by});
            now.reset();
        }
    }
    if (now) out.push_back({now->from, std::max(days - 1, now->from), now->by});
    return out;
}

void put_stretch(Reading& reading, const char* key, const std::string& what, const Stretch& stretch,
                 Node& list, const char* scope = nullptr) {
    Node node = map_at(stretch.by->spot);
    put(node, key, what, stretch.by->spot);
    put(node, "from", iso(reading.start + stretch.from), stretch.by->spot);
    put(node, "to", iso(reading.start + stretch.to), stretch.by->spot);
    put(node, "status", "closed", stretch.by->spot);
    if (scope) put(node, "scope", scope, stretch.by->spot);
    put(node, "source", stretch.by->source(), stretch.by->spot);
    list.items.push_back(std::move(node));
}

class Closures {
public:
    Closures(Reading& reading, const std::vector<Place>& places, const std::vector<Route>& routes,
             std::vector<Closure> closures)
        : reading_(reading), places_(places), routes_(routes), closures_(std::move(closures)) {
        for (const Closure& closure : closures_) check(closure);
        std::erase_if(closures_, [&](const Closure& c) { return c.from < 0 || c.from >= reading.days; });
    }

    /// Routes closed with a place or a border, then single links, which Flee leaves open.
    Node routes() const {
        Node list = list_at({});
        for (const Route& route : routes_) {
            for (const auto& s :
                 stretches(that([&](const Closure& c) { return closes(c, route); }), reading_.days))
                put_stretch(reading_, "route", route.id, s, list, scope_of(*s.by, route));
        }
        for (const Route& route : routes_) {
            const auto links = that([&](const Closure& c) {
                const auto joins = [&](const std::string& a, const std::string& b) {
                    return route.name1 == a && route.name2 == b;
                };
                return c.kind == "link" &&
                       (joins(c.name1.text, c.name2.text) || joins(c.name2.text, c.name1.text));
            });
            for (const auto& s : stretches(links, reading_.days))
                put_stretch(reading_, "route", route.id, s, list);
        }
        return list;
    }

    Node camps() const {
        Node list = list_at({});
        for (const Place& place : places_) {
            const auto camp = [&](const Closure& c) {
                return c.is_camp() && place.camp && c.name1.text == place.name;
            };
            for (const auto& s : stretches(that(camp), reading_.days))
                put_stretch(reading_, "place", place.id, s, list);
        }
        return list;
    }

    /// The last day of a forced redirection that is taken away.
    void end_redirections(Node& network) const {
        for (const Closure& c : closures_) {
            if (c.kind != "remove_forced_redirection") continue;
            for (Entry& entry : network.entries) {
                if (entry.key != "routes") continue;
                for (Node& route : entry.value.items) {
                    const auto at = [&](const char* end) { return route.find(end)->value.text; };
                    const auto a = reading_.identifier(c.name1.text), b = reading_.identifier(c.name2.text);
                    const bool joins =
                        (at("from") == a && at("to") == b) || (at("from") == b && at("to") == a);
                    if (joins && route.find("redirects_to"))
                        put(route, "redirects_until", iso(reading_.start + (c.from - 1)), c.spot);
                }
            }
        }
    }

private:
    bool is_country(const std::string& name) const {
        return std::any_of(places_.begin(), places_.end(), [&](const Place& p) { return p.country == name; });
    }
    const Place& place(const std::string& name) const {
        return *std::find_if(places_.begin(), places_.end(), [&](const Place& p) { return p.name == name; });
    }

    /// Names that are no place's, in a closure that then does nothing.
    bool names_places(const Closure& c, std::initializer_list<const Cell*> names) const {
        bool all = true;
        for (const Cell* name : names) {
            if (reading_.is_place(name->text)) continue;
            reading_.not_a_place(*name, c.is_camp()
                                            ? "the closure is left out; Flee closes its first place instead"
                                            : "the closure is left out, as by Flee");
            all = false;
        }
        return all;
    }

    void check_days(const Closure& c) const {
        auto& notes = reading_.notes;
        if (c.from < 0)
            notes.warning(c.spot, "",
                          fmt::format("day {} lies before the first day: nothing closes", c.from));
        else if (c.from >= reading_.days)
            notes.warning(
                c.spot, "",
                fmt::format("day {} lies after the last of {} days: nothing closes", c.from, reading_.days));
    }

    void check_countries(const Closure& c) const {
        for (const Cell& name : {c.name1, c.name2}) {
            if (!is_country(name.text))
                reading_.notes.warning(name.spot, "",
                                       fmt::format("no place lies in a country called {}: nothing closes",
                                                   in_quotes(name.text)));
        }
    }

    void check_place(const Closure& c) const {
        if (!names_places(c, {&c.name1}) || c.name2.text.empty()) return;
        reading_.notes.warning(c.name2.spot, "",
                               fmt::format("Flee ignores {}: every link of {} closes",
                                           in_quotes(c.name2.text), in_quotes(c.name1.text)),
                               "where the two are linked, hazard_choice closes that link alone");
    }

    void check_camp(const Closure& c) const {
        if (!names_places(c, {&c.name1}) || place(c.name1.text).camp) return;
        reading_.notes.warning(
            c.name1.spot, "",
            fmt::format("{} is not a camp: the closure is left out", in_quotes(c.name1.text)),
            c.until > c.from ? fmt::format("Flee makes it a camp on day {}", c.until) : "");
    }

    /// Flee compares names of closures letter by letter.
    void check_blanks(const Closure& c) const {
        for (const Cell& name : {c.name1, c.name2}) {
            if (name.text.empty() || !reading_.was_trimmed(name)) continue;
            reading_.notes.warning(name.spot, "",
                                   fmt::format("blanks stand around {}: the closure is read without them; "
                                               "Flee leaves it out",
                                               in_quotes(name.text)));
        }
    }

    void check(const Closure& c) const {
        auto& notes = reading_.notes;
        if (c.kind == "country") {
            check_countries(c);
        } else if (c.kind == "location") {
            check_place(c);
        } else if (c.is_camp()) {
            check_camp(c);
        } else if (c.kind == "link") {
            names_places(c, {&c.name1, &c.name2});
        } else if (c.kind == "remove_forced_redirection") {
            names_places(c, {&c.name1, &c.name2});
            notes.warning(c.spot, "", "Flee ignores forced redirection, and its end");
            if (c.until > c.from) notes.warning(c.spot, "", "that the redirection is set again is not kept");
            return;
        } else {
            return tell_unknown(c);
        }
        check_days(c);
        check_blanks(c);
    }

    void tell_unknown(const Closure& c) const {
        constexpr std::string_view kinds[] = {"country", "location", "camp",
                                              "idpcamp", "link",     "remove_forced_redirection"};
        const auto near = nearest_word(in_small_letters(c.kind), {std::begin(kinds), std::end(kinds)});
        reading_.notes.warning(
            c.spot, "", fmt::format("no kind of closure: {}; it is left out, as by Flee", in_quotes(c.kind)),
            near.empty() ? "country, location, camp, idpcamp, link or remove_forced_redirection"
                         : fmt::format("did you mean '{}'?", near));
    }

    /// A closure of a place that names the far end of one of its links is meant for that link; Flee closes
    /// all.
    const char* scope_of(const Closure& c, const Route& route) const {
        if (c.kind == "country") return "country";
        const auto ends = [&](const Route& r) {
            return (r.name1 == c.name1.text && r.name2 == c.name2.text) ||
                   (r.name1 == c.name2.text && r.name2 == c.name1.text);
        };
        const bool names_a_link = std::any_of(routes_.begin(), routes_.end(), ends);
        return names_a_link && !ends(route) ? "flee3_place" : "place";
    }

    bool closes(const Closure& c, const Route& route) const {
        if (c.kind == "location") return route.name1 == c.name1.text || route.name2 == c.name1.text;
        const auto &a = place(route.name1).country, &b = place(route.name2).country;
        return c.kind == "country" &&
               ((a == c.name1.text && b == c.name2.text) || (a == c.name2.text && b == c.name1.text));
    }

    template <class Wanted>
    std::vector<const Closure*> that(Wanted wanted) const {
        std::vector<const Closure*> out;
        for (const Closure& c : closures_) {
            if (wanted(c)) out.push_back(&c);
        }
        return out;
    }

    Reading& reading_;
    const std::vector<Place>& places_;
    const std::vector<Route>& routes_;
    std::vector<Closure> closures_;
};

}  // namespace

void read_closures(Reading& reading, const std::vector<Place>& places, const std::vector<Route>& routes,
                   Node& network, Node& scenario) {
    const auto sheet = reading.sheet("input_csv/closures.csv", false);
    if (!sheet) return;
    const Closures closures(reading, places, routes, rows_of(reading, *sheet));
    if (Node list = closures.routes(); !list.items.empty()) put(scenario, "routes", std::move(list));
    if (Node list = closures.camps(); !list.items.empty()) put(scenario, "camps", std::move(list));
    closures.end_redirections(network);
}

}  // namespace nuzuh::scenario::flee
