#include "tests/output/synthetic.hpp"

#include <cmath>

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

StepInputs synthetic_inputs(int places, int step) {
    StepInputs inputs;
    inputs.strikes = Eigen::ArrayXd::Constant(places, step);
    inputs.exposure = Eigen::ArrayXd::LinSpaced(places, 0, 10);
    inputs.danger = Eigen::ArrayXd::Constant(places, 0.5);
    inputs.fallen = Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(places, step > 2);
    return inputs;
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
    histories.traces = {{7, 0, 0, 0, 0}, {7, 1, 0, 2, 1}};
    return histories;
}

}  // namespace

World synthetic_world(const SyntheticSize& size) {
    World world;
    world.settings.title = "Made up: أرقام";
    world.settings.period = {*parse_date("2019-04-29"), *parse_date("2019-04-29") + (size.records - 1), 1};
    world.settings.engine.seed = 2019;
    world.settings.engine.members = size.members;
    world.settings.engine.kind = size.agents ? EngineKind::agents : EngineKind::compartments;
    world.start = world.settings.period.from;
    world.steps = size.records;
    for (int i = 0; i < size.places; ++i) {
        world.places.push_back(synthetic_place(i));
        world.capacity.push_back(world.places.back().capacity.value_or(no_limit));
    }
    for (int r = 0; r < size.routes; ++r) {
        world.roads.push_back({r % size.places, (r + 1) % size.places, 10.0 + r, RouteClass::primary});
        RouteSettings route;
        route.route = "route_" + std::to_string(r);
        route.km = 10.0 + r;
        world.settings.network.routes.push_back(route);
    }
    world.groups = {{"residents", 5.5, 30, TravelMode::vehicle},
                    {"residents immobile", 5.5, 1, TravelMode::vehicle}};
    world.mobile_groups = 1;
    world.households.setZero(2, size.places);
    for (int i = 0; i < size.places; ++i)
        world.households(0, i) = Count(std::lround(world.places[std::size_t(i)].population / 5.5));
    for (int p = 0; p < size.border_points; ++p) world.settings.network.border.push_back({0, 36.0 + p, 36.5});
    for (int step = 0; step < size.records; ++step)
        world.inputs.own().push_back(synthetic_inputs(size.places, step));
    return world;
}

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
    if (size.origins) result.mean_displaced_from = filled(records * places * places, 0);
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
    kept_back.figure.fitted = false;
    kept_back.inside = false;
    return {comparison, kept_back};
}

std::vector<PlanningOutlook> synthetic_outlooks(const SyntheticSize& size) {
    PlanningOutlook outlook;
    outlook.figure = {"contingency plan", Quantity::people_displaced, 700000, "made up"};
    outlook.chance = 0.25;
    outlook.passed_on.assign(std::size_t(size.members), NAN);
    outlook.passed_on[0] = 3;
    return {outlook};
}

}  // namespace nuzuh::test
