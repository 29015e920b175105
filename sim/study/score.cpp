#include "sim/study/score.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nuzuh {
namespace {

/// Records of a run that end within some days of the period.
struct Window {
    int first = 0;  ///< first record counted
    int last = 0;   ///< last record counted; below first when there is none
};

Window window(const World& world, const std::vector<double>& days, Date from, Date to) {
    Window w{0, -1};
    const double first_day = from - world.start;
    const double last_day = to - world.start;
    for (int r = 0; r < int(days.size()); ++r) {
        if (days[std::size_t(r)] < first_day) w.first = r + 1;
        if (days[std::size_t(r)] <= last_day) w.last = r;
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

/// The records that a figure is counted over.
Window window_of(const World& world, const std::vector<double>& days, const ReportedFigure& figure) {
    return window(world, days, figure.from.value_or(world.start), figure.to);
}

}  // namespace

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

std::vector<ReportedFigure> figures_within(const World& world, const std::vector<double>& days) {
    std::vector<ReportedFigure> figures;
    for (const auto& figure : world.settings.reported) {
        if (days.empty() || figure.from.value_or(world.start) < world.start ||
            figure.to - world.start > days.back())
            continue;
        const Window w = window_of(world, days, figure);
        if (w.last >= w.first) figures.push_back(figure);
    }
    return figures;
}

std::pair<double, double> reported_range(const ReportedFigure& figure) {
    const double up = 1 + figure.uncertainty;
    const bool lower_bound = figure.bound == Bound::at_least || figure.bound == Bound::over;
    return {lower_bound ? figure.persons : figure.persons / up,
            figure.persons_high.value_or(figure.persons) * (figure.bound == Bound::almost ? 1 : up)};
}

double simulated(const World& world, const std::vector<double>& days, const RunResult& run,
                 const ReportedFigure& figure) {
    return simulated(world, run, figure, window_of(world, days, figure));
}

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
    for (const auto& figure : figures_within(world, result.days)) {
        std::vector<double> values;
        for (const auto& run : result.members) values.push_back(simulated(world, result.days, run, figure));
        FigureComparison comparison;
        comparison.figure = figure;
        comparison.median = quantile(values, 0.5);
        comparison.low = quantile(values, 0.05);
        comparison.high = quantile(values, 0.95);
        std::tie(comparison.reported_low, comparison.reported_high) = reported_range(figure);
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
