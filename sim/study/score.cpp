#include "sim/study/score.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh {
namespace {

/// Records of a run that end within some days of the period.
struct Window {
    int first = 0;  ///< first record counted
    int last = 0;   ///< last record counted; below first when there is none
};

Window window(const World& world, const EnsembleResult& result, Date from, Date to) {
    Window w{0, -1};
    const double first_day = from - world.start;
    const double last_day = to - world.start;
    for (int r = 0; r < int(result.days.size()); ++r) {
        if (result.days[r] < first_day) w.first = r + 1;
        if (result.days[r] <= last_day) w.last = r;
    }
    return w;
}

std::vector<int> places_counted(const World& world, const ReportedFigure& figure) {
    if (!figure.place.empty()) return {world.place_index(figure.place)};
    std::vector<int> places = world.places_of(figure.area.empty() ? "all" : figure.area);
    const bool abroad = figure.quantity == Quantity::abroad;
    std::erase_if(places, [&](int i) { return (world.places[i].type == PlaceType::abroad) != abroad; });
    return places;
}

PlaceField field_of(Quantity quantity) {
    switch (quantity) {
        case Quantity::people_displaced:
            return PlaceField::first_departures;
        case Quantity::movements:
        case Quantity::departures:
            return PlaceField::departures;
        case Quantity::arrivals:
            return PlaceField::arrivals;
        case Quantity::returns:
            return PlaceField::returns;
        case Quantity::displaced:
        case Quantity::abroad:
            return PlaceField::displaced;
    }
    return PlaceField::departures;
}

/// The quantity of a figure in one member: a flow summed over the window, or a stock at its end.
double simulated(const World& world, const RunResult& run, const ReportedFigure& figure, Window w) {
    const PlaceField field = field_of(figure.quantity);
    const auto& values = run.place[std::size_t(field)];
    const int first = info(field).kind == Kind::stock ? w.last : w.first;
    double sum = 0;
    for (int i : places_counted(world, figure)) {
        for (int r = first; r <= w.last; ++r) {
            sum += values[std::size_t(r) * std::size_t(world.place_count()) + std::size_t(i)];
        }
    }
    return sum;
}

/// The reported value with its uncertainty u, from value / (1 + u) to value * (1 + u): both ways for "about", only
/// upward for "at least" and "over", only downward for "almost".
void widen(FigureComparison& comparison) {
    const ReportedFigure& figure = comparison.figure;
    const double up = 1 + figure.uncertainty;
    const double down = 1 / up;
    const bool lower_bound = figure.bound == Bound::at_least || figure.bound == Bound::over;
    comparison.reported_low = lower_bound ? figure.persons : figure.persons * down;
    comparison.reported_high =
        figure.persons_high.value_or(figure.persons) * (figure.bound == Bound::almost ? 1 : up);
}

}  // namespace

float day_reached(std::vector<float> days, double p) {
    const double members = double(days.size());
    std::erase_if(days, [](float day) { return std::isnan(day); });
    std::sort(days.begin(), days.end());
    constexpr double rounding = 1e-9;  // 0.95 * 20 is 19 members, not 20
    const auto needed = std::size_t(std::max(1.0, std::ceil(p * members - rounding)));
    return needed <= days.size() ? days[needed - 1] : NAN;
}

double chance_by(const std::vector<float>& days, double day) {
    const auto reached = std::count_if(days.begin(), days.end(), [&](float x) { return x <= day; });
    return days.empty() ? 0 : double(reached) / double(days.size());
}

std::vector<FigureComparison> compare_with_reported(const World& world, const EnsembleResult& result) {
    std::vector<FigureComparison> comparisons;
    if (result.days.empty()) return comparisons;
    const double last_day = result.days.back();
    for (const auto& figure : world.settings.reported) {
        const Date from = figure.from.value_or(world.start);
        if (from < world.start || figure.to - world.start > last_day) continue;
        const Window w = window(world, result, from, figure.to);
        if (w.last < w.first) continue;
        std::vector<double> values;
        for (const auto& run : result.members) values.push_back(simulated(world, run, figure, w));
        FigureComparison comparison;
        comparison.figure = figure;
        comparison.median = quantile(values, 0.5);
        comparison.low = quantile(values, 0.05);
        comparison.high = quantile(values, 0.95);
        widen(comparison);
        comparison.inside =
            comparison.high >= comparison.reported_low && comparison.low <= comparison.reported_high;
        comparisons.push_back(comparison);
    }
    return comparisons;
}

std::vector<PlanningOutlook> planning_outlook(const World& world, const EnsembleResult& result) {
    std::vector<PlanningOutlook> outlooks;
    const int records = int(result.days.size());
    for (const auto& figure : world.settings.planning.figures) {
        ReportedFigure counted;
        counted.quantity = figure.quantity;
        const bool stock = info(field_of(figure.quantity)).kind == Kind::stock;
        PlanningOutlook outlook;
        outlook.figure = figure;
        std::vector<double> at_end;
        for (const auto& run : result.members) {
            double sum = 0;
            float when = NAN;
            for (int r = 0; r < records; ++r) {
                const double here = simulated(world, run, counted, {r, r});
                sum = stock ? here : sum + here;
                if (sum > figure.persons && std::isnan(when)) when = float(result.days[std::size_t(r)]);
            }
            outlook.passed_on.push_back(when);
            at_end.push_back(sum);
        }
        outlook.chance = chance_by(outlook.passed_on, INFINITY);
        const float median = day_reached(outlook.passed_on, 0.5);
        if (!std::isnan(median)) outlook.median_date = world.start + int(median);
        outlook.median = quantile(at_end, 0.5);
        outlook.low = quantile(at_end, 0.05);
        outlook.high = quantile(at_end, 0.95);
        outlooks.push_back(outlook);
    }
    return outlooks;
}

}  // namespace nuzuh
