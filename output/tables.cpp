#include "output/tables.hpp"

#include <algorithm>

#include "output/ensemble_summary.hpp"
#include "output/families.hpp"
#include "sim/model/fields.hpp"

namespace nuzuh {

namespace {

constexpr const char* nothing = "-";

/// One column of a table.
template <class T, class Row, class F>
std::vector<T> column(const std::vector<Row>& rows, F value) {
    std::vector<T> values;
    for (const auto& row : rows) values.push_back(value(row));
    return values;
}

template <class Figure>
std::string place_or_area(const Figure& figure) {
    if (!figure.place.empty()) return figure.place;
    return figure.area.empty() ? "all" : figure.area;
}

using HistoryTable = Eigen::ArrayXXd Histories::*;

/// A distribution over households, [member, home, bin].
void write_history(ResultsSink& to, const std::string& path, const EnsembleResult& result, std::size_t places,
                   HistoryTable table) {
    const std::size_t size = places * Histories::bins;
    std::vector<float> values(result.members.size() * size, 0);
    for (std::size_t m = 0; m < result.members.size(); ++m) {
        const auto& counts = result.members[m].histories.*table;
        for (std::size_t o = 0; o < places; ++o) {
            for (int bin = 0; bin < Histories::bins; ++bin)
                values[m * size + o * Histories::bins + std::size_t(bin)] =
                    float(counts(Eigen::Index(o), bin));
        }
    }
    to.slices(path, [&](std::size_t m) { return std::span<const float>(values).subspan(m * size, size); });
}

}  // namespace

std::string word(Quantity quantity) { return std::string(word_of(quantity, quantity_names)); }
std::string word(Bound bound) { return std::string(word_of(bound, bound_names)); }
std::string word(DesignKind design) {
    const auto has = [&](const auto& one) { return one.second == design; };
    return std::string(std::find_if(design_kinds.begin(), design_kinds.end(), has)->first);
}

void write_figures(ResultsSink& to, const std::vector<FigureComparison>& rows) {
    using Row = FigureComparison;
    using Text = std::string;
    auto texts = [&](const char* name, auto value) {
        to.put(Text("/reported/") + name, column<Text>(rows, value));
    };
    auto numbers = [&](const char* name, auto value) {
        to.put(Text("/reported/") + name, column<double>(rows, value));
    };
    auto flags = [&](const char* name, auto value) {
        to.put(Text("/reported/") + name, column<std::int8_t>(rows, value));
    };
    texts("name", [](const Row& r) { return r.figure.figure; });
    texts("quantity", [](const Row& r) { return word(r.figure.quantity); });
    texts("place_or_area", [](const Row& r) { return place_or_area(r.figure); });
    texts("first_day", [](const Row& r) { return r.figure.from ? iso(*r.figure.from) : Text(nothing); });
    texts("last_day", [](const Row& r) { return iso(r.figure.to); });
    texts("bound", [](const Row& r) { return word(r.figure.bound); });
    texts("source", [](const Row& r) { return r.figure.source; });
    numbers("persons", [](const Row& r) { return r.figure.persons; });
    numbers("reported_low", [](const Row& r) { return r.reported_low; });
    numbers("reported_high", [](const Row& r) { return r.reported_high; });
    numbers("simulated_median", [](const Row& r) { return r.median; });
    numbers("simulated_low", [](const Row& r) { return r.low; });
    numbers("simulated_high", [](const Row& r) { return r.high; });
    flags("inside", [](const Row& r) { return std::int8_t(r.inside); });
    flags("fitted", [](const Row& r) { return std::int8_t(r.figure.fitted); });
}

void write_planning(ResultsSink& to, const std::vector<PlanningOutlook>& rows,
                    const std::vector<double>& record_days) {
    using Row = PlanningOutlook;
    using Text = std::string;
    to.put("/planning/name", column<Text>(rows, [](const Row& r) { return r.figure.name; }));
    to.put("/planning/quantity", column<Text>(rows, [](const Row& r) { return word(r.figure.quantity); }));
    to.put("/planning/place_or_area",
           column<Text>(rows, [](const Row& r) { return place_or_area(r.figure); }));
    to.put("/planning/within", column<double>(rows, [](const Row& r) { return r.figure.within_days; }));
    to.put("/planning/persons", column<double>(rows, [](const Row& r) { return r.figure.persons; }));
    to.put("/planning/chance", column<double>(rows, [](const Row& r) { return r.chance; }));
    to.put("/planning/median_date", column<Text>(rows, [](const Row& r) {
               return r.median_date ? iso(*r.median_date) : Text(nothing);
           }));
    to.put("/planning/median", column<double>(rows, [](const Row& r) { return r.median; }));
    to.put("/planning/low", column<double>(rows, [](const Row& r) { return r.low; }));
    to.put("/planning/high", column<double>(rows, [](const Row& r) { return r.high; }));
    if (rows.empty()) return;
    const std::size_t members = rows.front().passed_on.size();
    const auto by_member = [&](auto values_of) {
        std::vector<float> values;  // [members, figures]
        for (std::size_t m = 0; m < members; ++m)
            for (const auto& row : rows) values.push_back((row.*values_of)[m]);
        return values;
    };
    const auto with_quantiles = [&](const Text& path, auto values_of) {
        to.put(path, by_member(values_of));
        std::vector<float> quantiles(quantile_levels.size() * rows.size());
        for (std::size_t f = 0; f < rows.size(); ++f) {
            const Band band = band_of_those_that_have_one(rows[f].*values_of);
            for (std::size_t q = 0; q < band.size(); ++q) quantiles[q * rows.size() + f] = float(band[q]);
        }
        to.put(path + "_quantile", std::move(quantiles));
    };
    const auto passed_on = by_member(&Row::passed_on);
    write_first_day(
        to, "/planning/passed_on", "/planning/chance_passed",
        [&](std::size_t m) { return std::span(passed_on).subspan(m * rows.size(), rows.size()); }, members,
        record_days, Stay::during_the_call);
    with_quantiles("/planning/most", &Row::most);
    to.put("/planning/trigger", column<double>(rows, [](const Row& r) { return r.figure.trigger; }));
    to.put("/planning/chance_of_warning",
           column<double>(rows, [](const Row& r) { return r.chance_of_warning; }));
    with_quantiles("/planning/lead_days", &Row::lead_days);
}

void write_histories(ResultsSink& to, const EnsembleResult& result, std::size_t places) {
    if (!to.wants_along("history_bin")) return;
    write_history(to, "/histories/times_displaced", result, places, &Histories::times_displaced);
    write_history(to, "/histories/places_visited", result, places, &Histories::places_visited);
    write_history(to, "/histories/days_on_road", result, places, &Histories::days_on_road);
    write_history(to, "/histories/distance_travelled", result, places, &Histories::distance);
}

std::size_t trace_count(const EnsembleResult& result) {
    std::size_t count = 0;
    for (const auto& member : result.members) count += member.histories.traces.size();
    return count;
}

void write_traces(ResultsSink& to, const EnsembleResult& result) {
    if (!to.wants_along("trace")) return;
    auto write = [&](const char* path, auto value) {
        std::vector<std::int32_t> values;
        for (std::size_t m = 0; m < result.members.size(); ++m) {
            for (const auto& event : result.members[m].histories.traces) values.push_back(value(m, event));
        }
        to.put(path, std::move(values));
    };
    using Event = TraceEvent;
    write("/traces/run", [](std::size_t m, const Event&) { return std::int32_t(m); });
    write("/traces/household", [](std::size_t, const Event& e) { return e.household; });
    write("/traces/step", [](std::size_t, const Event& e) { return e.step; });
    write("/traces/home", [](std::size_t, const Event& e) { return e.home; });
    write("/traces/place", [](std::size_t, const Event& e) { return e.place; });
    write("/traces/event", [](std::size_t, const Event& e) { return std::int32_t(e.event); });
}

}  // namespace nuzuh
