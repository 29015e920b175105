#include "sim/study/trigger_skill.hpp"

#include <algorithm>
#include <cmath>

#include "sim/study/score.hpp"

namespace nuzuh {

Passing passing_of(const FigureSeries& series, double persons) {
    Passing passing;
    for (const auto& figure : series.figures) {
        const auto [low, high] = reported_range(figure);
        if (low >= persons) {
            passing.passed = figure.to;
            break;
        }
        if (high < persons) passing.not_yet = figure.to;
    }
    return passing;
}

double chance_of(const std::vector<double>& members, double persons) {
    if (members.empty()) return 0;
    const auto come = std::count_if(members.begin(), members.end(), [&](double m) { return m >= persons; });
    return double(come) / double(members.size());
}

double TriggerScore::hit_rate() const {
    return hits + misses > 0 ? double(hits) / (hits + misses) : std::nan("");
}

double TriggerScore::false_alarm_ratio() const {
    return hits + false_alarms > 0 ? double(false_alarms) / (hits + false_alarms) : std::nan("");
}

TriggerScore& TriggerScore::operator+=(const TriggerScore& other) {
    hits += other.hits;
    misses += other.misses;
    false_alarms += other.false_alarms;
    correct_negatives += other.correct_negatives;
    not_known += other.not_known;
    return *this;
}

namespace {

/// @param rows  of one series and horizon, from origins that rise, before it had come to it
TriggerScore score_of(const std::vector<const FigureForecastRow*>& rows, FigureSource source, double persons,
                      double chance, const Passing& passing) {
    TriggerScore score;
    std::optional<Date> warned_since;
    for (const auto* row : rows) {
        const bool warns = chance_of(row->by(source), persons) >= chance;
        if (!warns)
            warned_since.reset();
        else if (!warned_since)
            warned_since = row->origin;
        if (passing.passed && *passing.passed <= row->day)
            ++(warns ? score.hits : score.misses);
        else if (passing.not_yet && *passing.not_yet >= row->day)
            ++(warns ? score.false_alarms : score.correct_negatives);
        else
            ++score.not_known;
    }
    if (passing.passed && warned_since) score.lead_days = *passing.passed - *warned_since;
    return score;
}

/// Whether any source warns.
bool is_warning(const FigureForecastRow& row, double persons, double chance) {
    return std::any_of(row.said.begin(), row.said.end(),
                       [&](const auto& members) { return chance_of(members, persons) >= chance; });
}

}  // namespace

std::vector<TriggerSkill> trigger_skill(const std::vector<FigureForecastRow>& rows,
                                        const std::vector<FigureSeries>& series,
                                        const std::vector<double>& persons, double chance,
                                        const std::vector<int>& horizons_days) {
    std::vector<TriggerSkill> all;
    for (const double count : persons) {
        for (std::size_t s = 0; s < series.size(); ++s) {
            const Passing passing = passing_of(series[s], count);
            for (const int ahead : horizons_days) {
                std::vector<const FigureForecastRow*> asked;
                for (const auto& row : rows) {
                    const bool is_before = !passing.passed || row.origin < *passing.passed;
                    if (row.series == s && row.days_ahead() == ahead && is_before) asked.push_back(&row);
                }
                const bool warned = std::any_of(asked.begin(), asked.end(), [&](const auto* row) {
                    return is_warning(*row, count, chance);
                });
                if (asked.empty() || !(passing.passed || warned)) continue;
                TriggerSkill skill{s, count, ahead, passing};
                for (int source = 0; source < figure_source_count; ++source)
                    skill.by_source[std::size_t(source)] =
                        score_of(asked, FigureSource(source), count, chance, passing);
                all.push_back(skill);
            }
        }
    }
    return all;
}

}  // namespace nuzuh
