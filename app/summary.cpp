#include "app/summary.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "app/console.hpp"
#include "output/tables.hpp"
#include "sim/study/evidence.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/shelf.hpp"
#include "sim/study/variance_shares.hpp"

namespace nuzuh::app {

namespace {

struct Spread {
    double median, low, high;
    Rounding rounding() const { return {median, low, high}; }
};

std::string median_text(const Spread& spread) { return spread.rounding().text(spread.median); }
std::string band_text(const Spread& spread) { return range_text(spread.rounding(), spread.low, spread.high); }

Spread spread_of(std::vector<double> sample) {
    std::sort(sample.begin(), sample.end());
    return {quantile_of_sorted(sample, 0.5), quantile_of_sorted(sample, 0.05),
            quantile_of_sorted(sample, 0.95)};
}

Spread spread_of(const EnsembleResult& result, const std::function<double(const RunResult&)>& value) {
    std::vector<double> sample;
    for (const auto& run : result.members) sample.push_back(value(run));
    return spread_of(std::move(sample));
}

std::string band_of(const Spread& spread, const EnsembleResult& result) {
    return result.members.size() > 1 ? band_text(spread) : "";
}

/// A field of the places at the last record, [places][members].
std::vector<std::vector<double>> at_end(const World& world, const EnsembleResult& result, PlaceField field) {
    std::vector<std::vector<double>> values(world.places.size());
    for (std::size_t m = 0; m < result.members.size(); ++m) {
        std::vector<float> fetched;
        const auto last = result.series(m, Series(field), fetched).last(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) values[i].push_back(last[i]);
    }
    return values;
}

std::string day_text(const World& world, double day) { return iso(world.start + int(day)); }

std::string inside_text(const FigureComparison& row) {
    return fmt::format("{}{}", row.inside ? "yes" : "no", row.figure.fitted ? "" : ", not fitted");
}

std::string inside_count(const std::vector<FigureComparison>& rows, bool fitted) {
    const auto counted = [&](const FigureComparison& row) { return row.figure.fitted == fitted; };
    const auto inside = [&](const FigureComparison& row) { return counted(row) && row.inside; };
    const auto all = std::count_if(rows.begin(), rows.end(), counted);
    if (all == 0) return "";
    return fmt::format("{} of {} {} inside\n", std::count_if(rows.begin(), rows.end(), inside), all,
                       fitted ? "fitted figures" : "figures that were not fitted");
}

}  // namespace

std::string reported_value(const ReportedFigure& figure) {
    if (figure.bound == Bound::between && figure.persons_high)
        return fmt::format("{} to {}", grouped(figure.persons), grouped(*figure.persons_high));
    const char* wording = figure.bound == Bound::at_least ? "at least "
                          : figure.bound == Bound::over   ? "over "
                          : figure.bound == Bound::almost ? "almost "
                                                          : "";
    return wording + grouped(figure.persons);
}

std::string totals_text(const World& world, const EnsembleResult& result) {
    const std::vector<std::pair<const char*, TotalField>> shown = {
        {"movements", TotalField::movements},
        {"people displaced", TotalField::people_displaced},
        {"  now staying somewhere", TotalField::displaced},
        {"  now without shelter", TotalField::without_shelter},
        {"  now on the road", TotalField::on_the_road},
        {"  now abroad", TotalField::abroad},
        {"returns", TotalField::returned},
        {"still at home in danger", TotalField::remaining}};
    TextTable table({fmt::format("On {}", day_text(world, result.days.back())), "persons",
                     result.members.size() > 1 ? "90 % band" : ""});
    for (const auto& row : shown) {
        const auto field = std::size_t(row.second);
        const auto spread = spread_of(result, [&](const RunResult& run) { return run.total[field].back(); });
        table.add({row.first, median_text(spread), band_of(spread, result)});
    }
    return table.text();
}

std::string bands_text(const World& world, const EnsembleResult& result) {
    std::string doubts;
    for (const auto& sentence : outside_evidence(world, result)) doubts += sentence + "\n";
    if (result.members.size() < 2 && world.settings.engine.mode != DrawMode::expected)
        return "One run of the many that could be: it has no band. --members 50 gives one.\n" + doubts;
    std::string text = band_text(world.settings, result.unknowns) + "\n";
    if (const auto variance = variance_text(result); !variance.empty()) text += variance + "\n";
    return text + doubts;
}

std::string receiving_places_text(const World& world, const EnsembleResult& result) {
    std::vector<std::pair<double, std::size_t>> order;
    std::vector<Spread> displaced;
    auto stays = at_end(world, result, PlaceField::displaced);
    for (std::size_t i = 0; i < world.places.size(); ++i) {
        displaced.push_back(spread_of(std::move(stays[i])));
        if (displaced.back().median > 0) order.push_back({-displaced.back().median, i});
    }
    std::sort(order.begin(), order.end());
    TextTable table(
        {"Most displaced people at", "persons", result.members.size() > 1 ? "90 % band" : "", "capacity"});
    for (std::size_t row = 0; row < std::min(order.size(), shown_places); ++row) {
        const std::size_t i = order[row].second;
        table.add({world.places[i].name, median_text(displaced[i]), band_of(displaced[i], result),
                   world.capacity[i] < no_limit ? grouped(world.capacity[i]) : ""});
    }
    return table.empty() ? "" : table.text();
}

std::string full_places_text(const World& world, const EnsembleResult& result) {
    struct Row {
        float median;  // NaN: fewer than half of the runs
        double share;
        std::size_t place;
    };
    const std::size_t places = world.places.size();
    const auto full =
        std::size_t(std::find(full_levels.begin(), full_levels.end(), 1.0) - full_levels.begin());
    std::vector<Row> rows;
    for (std::size_t i = 0; i < places; ++i) {
        std::vector<float> days;
        for (const auto& run : result.members) days.push_back(run.first_day_full[full * places + i]);
        const double share = chance_by(days, result.days.back());
        if (share > 0) rows.push_back({day_reached(days, 0.5), share, i});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::isnan(b.median) ? !std::isnan(a.median) || a.share > b.share : a.median < b.median;
    });
    TextTable table({"First full", "capacity", "by (median)", "in runs"});
    for (std::size_t r = 0; r < std::min(rows.size(), shown_places); ++r) {
        const auto& row = rows[r];
        table.add({world.places[row.place].name, grouped(world.capacity[row.place]),
                   std::isnan(row.median) ? "-" : day_text(world, row.median),
                   fmt::format("{:.0f} %", 100 * row.share)});
    }
    if (table.empty()) return "";
    const auto more = rows.size() - std::min(rows.size(), shown_places);
    return table.text() + (more > 0 ? fmt::format("and {} more\n", more) : "");
}

std::string reported_text(const std::vector<FigureComparison>& comparisons) {
    if (comparisons.empty()) return "";
    TextTable table({"Reported figure", "counted", "until", "reported", "simulated", "90 % band", "inside"},
                    {1, 6});
    for (const auto& row : comparisons) {
        table.add({row.figure.figure, word(row.figure.quantity), iso(row.figure.to),
                   reported_value(row.figure), median_text({row.median, row.low, row.high}),
                   band_text({row.median, row.low, row.high}), inside_text(row)});
    }
    return table.text() + inside_count(comparisons, true) + inside_count(comparisons, false);
}

std::string needs_text(const World& world, const EnsembleResult& result) {
    TextTable table({"Runs short", "on hand", "a day more", "unit", "by (median)", "90 % band", "in runs"},
                    {3, 5});
    const auto day = [&](const NeedOutlook& need, double p) {
        const float reached = day_reached(need.short_on, p);
        return std::isnan(reached) ? std::string("never") : day_text(world, reached);
    };
    for (const auto& need : needs_outlook(world, result)) {
        if (need.on_hand == 0 && need.supply_per_day == 0) continue;
        table.add({std::string(need.name), grouped(need.on_hand), grouped(need.supply_per_day),
                   std::string(need.unit), day(need, 0.5),
                   fmt::format("{} to {}", day(need, 0.05), day(need, 0.95)),
                   fmt::format("{:.0f} %", 100 * chance_by(need.short_on, result.days.back()))});
    }
    return table.empty() ? "" : table.text();
}

/// What a planning figure counts, where and over how many days.
std::string counted_text(const PlanningFigure& figure) {
    std::string text = word(figure.quantity);
    if (figure.within_days > 0) text += fmt::format(" in {} days", figure.within_days);
    const auto& where = figure.place.empty() ? figure.area : figure.place;
    return where.empty() ? text : fmt::format("{}, {}", text, where);
}

/// Days between warning and passing, in the middle of the runs that pass the figure.
std::string lead_text(const PlanningOutlook& row) {
    const double days = band_of_those_that_have_one(row.lead_days)[2];
    return std::isnan(days) ? "-" : std::round(days) == 1 ? "1 day" : fmt::format("{:.0f} days", days);
}

std::string planning_text(const std::vector<PlanningOutlook>& outlooks) {
    if (outlooks.empty()) return "";
    TextTable table({"Planning figure", "counted", "persons", "passed in", "by (median)", "warned before",
                     "the most", "90 % band"},
                    {1});
    for (const auto& row : outlooks) {
        const Band most = band_of_those_that_have_one(row.most);
        table.add({row.figure.name, counted_text(row.figure), grouped(row.figure.persons),
                   fmt::format("{:.0f} % of runs", 100 * row.chance),
                   row.median_date ? iso(*row.median_date) : "-", lead_text(row),
                   median_text({most[2], most[0], most[4]}), band_text({most[2], most[0], most[4]})});
    }
    return table.text();
}

}  // namespace nuzuh::app
