#include "tests/output/synthetic.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/check/make_world.hpp"

namespace nuzuh::test {

namespace {

PlaceSettings synthetic_place(int i) {
    static const char* arabic[] = {"معرة النعمان", "خان شيخون", "أطمة", "باب الهوى"};
    PlaceSettings place;
    place.place = "place_" + std::to_string(i);
    place.name = "Place " + std::to_string(i) + (i == 2 ? " ('Atma)" : "");
    place.name_ar = arabic[i % 4];
    if (i != 1) place.pcode = "C" + std::to_string(1000 + i);  // one has none
    place.adm3_pcode = "SY0700";
    place.type = i % 4 == 2 ? PlaceType::camp : PlaceType::town;
    place.lat = 35.5 + 0.1 * i;
    place.lon = 36.5 + 0.05 * i;
    place.population = 1000 * (i + 1);
    if (place.type == PlaceType::camp) place.capacity = 500;
    return place;
}

std::vector<float> filled(std::size_t count, float start) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = start + float(i);
    return values;
}

Histories synthetic_histories(int places, int member) {
    Histories histories;
    histories.times_displaced = Eigen::ArrayXXd::Constant(places, Histories::bins, member);
    histories.places_visited = histories.times_displaced + 1;
    histories.days_on_road = histories.times_displaced + 2;
    histories.distance = histories.times_displaced + 3;
    histories.traces = {{7, 0, 0, 0, TraceKind::leaves}, {7, 1, 0, 2, TraceKind::arrives}};
    return histories;
}

}  // namespace

ScenarioSettings synthetic_settings(const SyntheticSize& size) {
    ScenarioSettings s;
    s.title = "Made up: أرقام";
    const Date first = *parse_date("2019-04-29");
    s.period = {first, first + (size.records - 1), 1};
    s.engine.seed = 2019;
    s.engine.members = size.members;
    s.engine.kind = size.agents ? EngineKind::agents : EngineKind::compartments;
    for (int i = 0; i < size.places; ++i) s.network.places.push_back(synthetic_place(i));
    for (int r = 0; r < size.routes; ++r) {
        RouteSettings route;
        route.route = "route_" + std::to_string(r);
        route.from = s.network.places[std::size_t(r % size.places)].place;
        route.to = s.network.places[std::size_t((r + 1) % size.places)].place;
        route.km = 10.0 + r;
        s.network.routes.push_back(route);
    }
    // A place without a route is an error unless people are registered there.
    for (int i = size.routes == 0 ? 0 : size.routes + 1; i < size.places; ++i)
        s.registrations.push_back({s.network.places[std::size_t(i)].place, first, 0});
    for (int p = 0; p < size.border_points; ++p) s.network.border.push_back({p / 2, 36.0 + p, 36.5});
    for (int day = 0; day < size.records; ++day) {
        for (const PlaceSettings& place : std::as_const(s.network.places)) {
            BombardmentSettings strikes;
            strikes.place = place.place;
            strikes.from = first + day;
            strikes.to = strikes.from;
            strikes.strikes_per_day = day;
            s.bombardment.push_back(strikes);
        }
    }
    FrontSettings front;
    front.place = "place_0";
    front.falls = first + 3;
    s.fronts = {front};
    GroupSettings group;
    group.name = "residents";
    group.classes = 1;
    group.threshold_spread = 0;
    s.groups = {group};
    return s;
}

World synthetic_world(const ScenarioSettings& settings) {
    auto world = make_world(settings);
    if (!world) throw std::logic_error(world.findings().front().message);
    return std::move(*world);
}

World synthetic_world(const SyntheticSize& size) { return synthetic_world(synthetic_settings(size)); }

float synthetic_value(int field, int m, int t, int i) { return float(1000 * field + 100 * m + 10 * t + i); }

EnsembleResult synthetic_result(const SyntheticSize& size) {
    const std::size_t places = std::size_t(size.places), records = std::size_t(size.records);
    EnsembleResult result;
    for (int t = 0; t < size.records; ++t) result.days.push_back(t);
    for (int m = 0; m < size.members; ++m) {
        RunResult run;
        for (int f = 0; f < place_field_count; ++f) {
            for (int t = 0; t < size.records; ++t) {
                for (int i = 0; i < size.places; ++i)
                    run.place[std::size_t(f)].push_back(synthetic_value(f, m, t, i));
            }
        }
        for (auto& total : run.total) total = filled(records, float(m));
        for (auto& band : run.band) band = filled(records * std::size_t(danger_band_count), float(m));
        run.first_day_full.assign(full_levels.size() * places, NAN);
        run.first_day_full[2] = float(m);  // the camp is 80 % full
        run.route = filled(records * std::size_t(size.routes), float(m));
        if (size.origins) run.arrivals_from = filled(places * places, float(m));
        if (size.origins) run.displaced_from = filled(places * places, float(2 * m));
        if (size.agents) run.histories = synthetic_histories(size.places, m);
        result.members.push_back(std::move(run));
    }
    result.unknowns = {"behaviour.leave.h_max", "uncertainty.strikes"};
    for (int m = 0; m < size.members; ++m) result.drawn.push_back({0.25 * (m + 1), 1});
    if (size.origins && size.origins_by_record)
        result.mean_displaced_from = filled(records * places * places, 0);
    return result;
}

std::vector<FigureComparison> synthetic_comparisons() {
    FigureComparison comparison;
    comparison.figure.figure = "left معرة النعمان";
    comparison.figure.quantity = Quantity::departures;
    comparison.figure.place = "place_0";
    comparison.figure.to = *parse_date("2019-05-02");
    comparison.figure.persons = 60000;
    comparison.figure.source = "made up";
    comparison.reported_low = 45000;
    comparison.reported_high = 75000;
    comparison.median = 50000;
    comparison.low = 40000;
    comparison.high = 61000;
    comparison.inside = true;
    auto kept_back = comparison;
    kept_back.figure.figure = "kept back";
    comparison.figure.fitted = true;
    kept_back.inside = false;
    return {comparison, kept_back};
}

std::vector<PlanningOutlook> synthetic_outlooks(const SyntheticSize& size) {
    PlanningOutlook outlook;
    outlook.figure.name = "contingency plan";
    outlook.figure.persons = 700000;
    outlook.figure.place = "place_2";
    outlook.figure.quantity = Quantity::arrivals;
    outlook.figure.within_days = 2;
    outlook.chance = 0.25;
    outlook.chance_of_warning = 0.5;
    outlook.passed_on.assign(std::size_t(size.members), NAN);
    outlook.lead_days = outlook.passed_on;
    outlook.passed_on[0] = 3;
    outlook.lead_days[0] = 2;
    for (int m = 0; m < size.members; ++m) outlook.most.push_back(800000 - 100000.0f * float(m));
    return {outlook};
}

}  // namespace nuzuh::test
