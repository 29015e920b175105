#include <fmt/format.h>

#include "output/brief/parts.hpp"
#include "sim/model/fields.hpp"
#include "sim/scenario/load.hpp"

namespace nuzuh::brief {

namespace {

/// Numbers and switches of a section and of those below it, in order.
class Numbers {
public:
    struct Entry {
        std::string key;
        Field field;
        double value;
    };

    void number(const Field& f, double& value, Range) { add(f, value); }
    void integer(const Field& f, int& value, Range) { add(f, value); }
    void flag(const Field& f, bool& value) { add(f, value ? 1 : 0); }
    template <class E>
    void choice(const Field&, E&, Choices<E>) {}
    template <class S>
    void section(const Field& f, S& settings) {
        Numbers below;
        below.prefix_ = fmt::format("{}{}.", prefix_, f.key);
        describe(below, settings);
        entries.insert(entries.end(), below.entries.begin(), below.entries.end());
    }

    std::vector<Entry> entries;

private:
    void add(const Field& f, double value) { entries.push_back({prefix_ + std::string(f.key), f, value}); }

    std::string prefix_;
};

/// Every number of behaviour under a rule set, beside its default and what that rests on.
template <class S>
Json behaviour_of(S settings) {
    Numbers given, usual;
    S defaults;
    describe(given, settings);
    describe(usual, defaults);
    Json out = Json::array();
    for (std::size_t i = 0; i < given.entries.size(); ++i) {
        const auto& [key, field, value] = given.entries[i];
        out.push_back({{"key", key},
                       {"meaning", field.sentence},
                       {"unit", field.unit},
                       {"value", value},
                       {"default", usual.entries[i].value},
                       {"source", field.source}});
    }
    return out;
}

Json date_or_null(const std::optional<Date>& date) { return date ? Json(iso(*date)) : Json(nullptr); }

}  // namespace

Json assumptions(const std::string& scenario) {
    const auto settings = read_scenario_text(scenario);
    if (!settings) throw h5::Error("the scenario in the results file cannot be read");
    Json out;
    for (const auto& g : settings->groups) {
        out["groups"].push_back({{"name", g.name},
                                 {"share", g.share},
                                 {"household_size", g.household_size},
                                 {"immobile_share", g.immobile_share},
                                 {"drawn_to", g.drawn_to},
                                 {"draw", g.draw}});
    }
    for (const auto& f : settings->fronts) {
        out["fronts"].push_back({{"place", f.place},
                                 {"from", date_or_null(f.assault_from)},
                                 {"falls", date_or_null(f.falls)},
                                 {"source", f.source}});
    }
    for (const auto& c : settings->crossings) {
        const char* policy = c.policy == CrossingPolicy::open    ? "open"
                             : c.policy == CrossingPolicy::quota ? "quota"
                                                                 : "closed";
        out["crossings"].push_back({{"place", c.place},
                                    {"policy", policy},
                                    {"quota", c.quota},
                                    {"from", date_or_null(c.from)},
                                    {"to", date_or_null(c.to)},
                                    {"source", c.source}});
    }
    for (const auto& o : settings->orders) {
        out["orders"].push_back(
            {{"of", o.place.empty() ? o.area : o.place}, {"from", iso(o.from)}, {"to", date_or_null(o.to)}});
    }
    for (const auto& c : settings->ceasefires) {
        out["ceasefires"].push_back(
            {{"of", c.place.empty() ? c.area : c.place}, {"from", iso(c.from)}, {"to", date_or_null(c.to)}});
    }
    double displaced = 0;
    for (const auto& row : settings->displaced) displaced += row.persons;
    out["displaced_at_start"] = displaced;
    out["departures_given"] = !settings->departures.empty();
    const bool flee = settings->behaviour.rules == Rules::flee3;
    out["rules"] = flee ? "flee3" : "";
    out["behaviour"] = flee ? behaviour_of(settings->flee3) : behaviour_of(settings->behaviour);
    return out;
}

}  // namespace nuzuh::brief
