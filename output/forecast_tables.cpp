#include "output/forecast_tables.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "output/csv.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

std::string csv_heading() {
    std::string text = "form,origin,days_ahead,place,counted";
    for (const auto rule : plain_rule_names) text += fmt::format(",{}", rule);
    text += ",q05,q25,q50,q75,q95,wis_log";
    for (const auto rule : plain_rule_names) text += fmt::format(",{}_wis_log", rule);
    return text + ",model_weight,pool_q05,pool_q25,pool_q50,pool_q75,pool_q95,pool_wis_log\n";
}

/// Names of columns of quantiles, and of the score.
constexpr std::array<std::string_view, figure_source_count> column_prefixes{"", "plain_", "pool_"};

std::string figure_csv_heading() {
    std::string text =
        "origin,series,last_known_day,last_known,day,days_ahead,members_that_count,model_weight";
    for (const auto prefix : column_prefixes) {
        for (const auto quantile : {"q05", "q25", "q50", "q75", "q95"})
            text += fmt::format(",{}{}", prefix, quantile);
    }
    text += ",published,reported_low,reported_high";
    for (const auto prefix : column_prefixes) text += fmt::format(",{}wis_log", prefix);
    return text + "\n";
}

}  // namespace

std::string forecasts_csv(const World& world, const std::vector<FormForecasts>& forms) {
    std::string text = csv_heading();
    for (const auto& [form, rows] : forms) {
        for (const auto& row : rows) {
            text += fmt::format("{},{},{},{},{:.0f}", form, iso(row.origin), row.days_ahead,
                                csv_cell(world.places[std::size_t(row.place)].name), row.counted);
            for (const auto& plain : row.plain) text += fmt::format(",{:.1f}", plain.persons);
            for (const double q : band_of(row.members)) text += fmt::format(",{:.1f}", q);
            text += fmt::format(",{:.6f}", log_interval_score(row.members, row.counted));
            for (const auto& plain : row.plain)
                text += fmt::format(",{:.6f}", log_interval_score(plain.members, row.counted));
            text += fmt::format(",{:.3f}", row.model_weight);
            for (const double q : band_of(row.pooled)) text += fmt::format(",{:.1f}", q);
            text += fmt::format(",{:.6f}\n", log_interval_score(row.pooled, row.counted));
        }
    }
    return text;
}

std::string figure_forecasts_csv(const World& world, const std::vector<FigureForecastRow>& rows) {
    const auto series = series_of(world.settings);
    std::string text = figure_csv_heading();
    for (const auto& row : rows) {
        text += fmt::format("{},{},{},{:.0f},{},{},{:.1f},{:.3f}", iso(row.origin),
                            csv_cell(series[row.series].name), iso(row.last.to), middle_of(row.last),
                            iso(row.day), row.days_ahead(), row.counting, row.model_weight);
        for (const auto& members : row.said) {
            for (const double q : band_of(members)) text += fmt::format(",{:.0f}", q);
        }
        if (row.came) {
            const auto [low, high] = reported_range(*row.came);
            text += fmt::format(",{},{:.0f},{:.0f}", iso(known_on(*row.came)), low, high);
            for (const auto& members : row.said)
                text += fmt::format(",{:.6f}", log_interval_score(members, middle_of(*row.came)));
            text += "\n";
        } else {
            text += ",,,,,,\n";
        }
    }
    return text;
}

}  // namespace nuzuh
