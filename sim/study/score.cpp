#include "sim/study/score.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "sim/model/figures.hpp"

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

/// @param figure  reported or planned for
template <class Figure>
std::vector<int> places_counted(const World& world, const Figure& figure) {
    if (!figure.place.empty()) return {world.place_index(figure.place)};
    std::vector<int> places = world.places_of(figure.area.empty() ? "all" : figure.area);
    const bool abroad = figure.quantity == Quantity::abroad;
    std::erase_if(places, [&](int i) { return (world.places[i].type == PlaceType::abroad) != abroad; });
    return places;
}

/// The place fields that figures are counted from.
template <class Figure>
PlaceFields fields_of(const std::vector<Figure>& figures) {
    PlaceFields fields;
    for (const auto& figure : figures) fields |= nuzuh::fields_of(figure.quantity);
    return fields;
}

/// What a quantity comes to at some places in one record of a run [persons].
double counted_in(const RunResult& run, Quantity quantity, const std::vector<int>& places,
                  std::size_t place_count, std::size_t record) {
    const PlaceFields fields = fields_of(quantity);
    double sum = 0;
    for (std::size_t f = 0; f < fields.size(); ++f) {
        if (!fields[f]) continue;
        for (int i : places) sum += run.place[f][record * place_count + std::size_t(i)];
    }
    return sum;
}

/// The quantity of a figure in one member: a flow summed over the window, or a stock at its end.
double simulated(const World& world, const RunResult& run, const ReportedFigure& figure, Window w) {
    const auto places = places_counted(world, figure);
    double sum = 0;
    for (int r = is_stock(figure.quantity) ? w.last : w.first; r <= w.last; ++r)
        sum += counted_in(run, figure.quantity, places, world.places.size(), std::size_t(r));
    return sum;
}

/// What a planning figure counts, as it stands at the end of every record: a stock, or a flow since the start or over the
/// records of its window.
///
/// @return  [T] persons
std::vector<double> counted_by_record(const World& world, const RunResult& run, const PlanningFigure& figure,
                                      const std::vector<int>& places, std::size_t records) {
    std::vector<double> each;
    for (std::size_t r = 0; r < records; ++r)
        each.push_back(counted_in(run, figure.quantity, places, world.places.size(), r));
    if (is_stock(figure.quantity)) return each;
    std::vector<double> series(records);
    const auto window = std::size_t(figure.within_days / world.settings.output.every_days);
    if (window == 0) {
        std::partial_sum(each.begin(), each.end(), series.begin());
        return series;
    }
    for (std::size_t r = 0; r < records; ++r) {
        const std::size_t first = r + 1 > window ? r + 1 - window : 0;
        for (std::size_t k = first; k <= r; ++k) series[r] += each[k];
    }
    return series;
}

/// Day of the first record at whose end more is counted; NaN: never.
float first_day_above(const std::vector<double>& series, const std::vector<double>& days, double persons) {
    for (std::size_t r = 0; r < series.size(); ++r)
        if (series[r] > persons) return float(days[r]);
    return NAN;
}

/// The records that a figure is counted over.
Window window_of(const World& world, const std::vector<double>& days, const ReportedFigure& figure) {
    return window(world, days, figure.from.value_or(world.start), figure.to);
}

}  // namespace

PlaceFields fields_of(Quantity quantity) {
    const auto all_of = [](std::initializer_list<PlaceField> some) {
        PlaceFields fields;
        for (const PlaceField field : some) fields.set(std::size_t(field));
        return fields;
    };
    switch (quantity) {
        case Quantity::people_displaced:
            return all_of({PlaceField::first_departures});
        case Quantity::movements:
        case Quantity::departures:
            return all_of({PlaceField::departures});
        case Quantity::arrivals:
            return all_of({PlaceField::arrivals});
        case Quantity::returns:
            return all_of({PlaceField::returns});
        case Quantity::displaced:
        case Quantity::abroad:
            return all_of({PlaceField::displaced});
        case Quantity::at_home:
            return all_of({PlaceField::at_home});
        case Quantity::present:
            return all_of({PlaceField::at_home, PlaceField::displaced, PlaceField::waiting});
    }
    return {};
}

std::vector<ReportedFigure> figures_within(const World& world, const std::vector<double>& days) {
    std::vector<ReportedFigure> figures;
    if (days.empty()) return figures;
    const Period period{world.start, world.start + int(days.back())};
    const int every_days = days.size() > 1 ? int(days[1] - days[0]) : int(days[0]) + 1;
    for (const auto& figure : world.settings.reported) {
        const bool inside = figure.from.value_or(period.from) >= period.from && figure.to <= period.to;
        if (inside && is_whole_records(figure, period, every_days)) figures.push_back(figure);
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
    const auto figures = figures_within(world, result.days);
    std::vector<std::vector<double>> counted(figures.size());  // [figures][members]
    for (std::size_t m = 0; m < result.members.size() && !figures.empty(); ++m) {
        RunResult fetched;
        const auto& run = result.with_places(m, fields_of(figures), fetched);
        for (std::size_t f = 0; f < figures.size(); ++f)
            counted[f].push_back(simulated(world, result.days, run, figures[f]));
    }
    std::vector<FigureComparison> comparisons;
    for (std::size_t f = 0; f < figures.size(); ++f) {
        const auto& figure = figures[f];
        const auto& values = counted[f];
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
    for (const auto& figure : world.settings.planning.figures) {
        PlanningOutlook outlook;
        outlook.figure = figure;
        const auto places = places_counted(world, figure);
        std::vector<double> at_end;
        std::size_t warned = 0;
        for (std::size_t m = 0; m < result.members.size(); ++m) {
            RunResult fetched;
            const auto& run = result.with_places(m, fields_of(std::vector{figure}), fetched);
            const auto series = counted_by_record(world, run, figure, places, result.days.size());
            const float passed = first_day_above(series, result.days, figure.persons);
            const float warning = first_day_above(series, result.days, figure.trigger * figure.persons);
            if (!std::isnan(warning)) ++warned;
            outlook.passed_on.push_back(passed);
            outlook.lead_days.push_back(passed - warning);
            outlook.most.push_back(
                float(series.empty() ? 0 : *std::max_element(series.begin(), series.end())));
            at_end.push_back(series.empty() ? 0 : series.back());
        }
        outlook.chance = chance_by(outlook.passed_on, INFINITY);
        outlook.chance_of_warning =
            result.members.empty() ? 0 : double(warned) / double(result.members.size());
        const float median = day_reached(outlook.passed_on, 0.5);
        if (!std::isnan(median)) outlook.median_date = world.start + int(median);
        outlook.median = quantile(at_end, 0.5);
        outlook.low = quantile(at_end, 0.05);
        outlook.high = quantile(at_end, 0.95);
        outlooks.push_back(outlook);
    }
    return outlooks;
}

Band band_of_those_that_have_one(const std::vector<float>& values) {
    std::vector<double> sample;
    for (const float value : values)
        if (!std::isnan(value)) sample.push_back(value);
    return band_of(std::move(sample));
}

std::array<int, 5> members_by_rank(const EnsembleResult& result) {
    std::vector<int> order(result.members.size());
    std::iota(order.begin(), order.end(), 0);
    const auto size = [&](int m) {
        const auto at_end = [&](TotalField field) {
            const auto& series = result.members[std::size_t(m)].total[std::size_t(field)];
            return series.empty() ? 0.0f : series.back();
        };
        return std::pair(at_end(TotalField::people_displaced), at_end(TotalField::movements));
    };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return size(a) < size(b); });
    std::array<int, 5> members{};
    constexpr std::array<double, 5> levels{0.05, 0.25, 0.5, 0.75, 0.95};
    for (std::size_t q = 0; q < levels.size() && !order.empty(); ++q)
        members[q] = order[std::size_t(std::lround(levels[q] * double(order.size() - 1)))];
    return members;
}

}  // namespace nuzuh
