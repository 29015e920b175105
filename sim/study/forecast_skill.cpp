#include <algorithm>
#include <cmath>
#include <span>

#include "sim/study/forecast.hpp"
#include "sim/study/pool.hpp"
#include "sim/study/skill.hpp"

namespace nuzuh {
namespace {

/// Forecasts from one origin for one day, and how the model and plain rules did in those that are pooled.
struct PooledDay {
    std::span<ForecastRow> rows;
    PastScores scores{std::vector<double>(1 + plain_rule_count, 0.0), 0};

    Date origin() const { return rows.front().origin; }
    int days_ahead() const { return rows.front().days_ahead; }
    Date day() const { return origin() + days_ahead(); }
};

bool is_pooled(const ForecastRow& row) {
    return std::all_of(row.plain.begin(), row.plain.end(),
                       [](const auto& rule) { return rule.persons >= 1; });
}

std::vector<std::vector<double>> said_by_all(const ForecastRow& row) {
    std::vector<std::vector<double>> said{row.members};
    for (const auto& rule : row.plain) said.push_back(rule.members);
    return said;
}

std::vector<PooledDay> pooled_days(std::vector<ForecastRow>& rows) {
    std::vector<PooledDay> days;
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last = std::find_if(first, rows.end(), [&](const auto& row) {
            return row.origin != first->origin || row.days_ahead != first->days_ahead;
        });
        PooledDay& day = days.emplace_back(PooledDay{{first, last}});
        for (const auto& row : day.rows) {
            if (!is_pooled(row)) continue;
            const auto said = said_by_all(row);
            for (std::size_t r = 0; r < said.size(); ++r)
                day.scores.by_rule[r] += log_interval_score(said[r], row.counted);
            ++day.scores.counts;
        }
        for (double& score : day.scores.by_rule) score /= std::max(1.0, day.scores.counts);
        first = last;
    }
    return days;
}

}  // namespace

void pool(std::vector<ForecastRow>& rows) {
    const std::vector<PooledDay> days = pooled_days(rows);
    const std::vector<double> expected(1 + plain_rule_count, 1.0);
    for (const PooledDay& day : days) {
        std::vector<PastScores> past;
        for (const PooledDay& one : days) {
            if (one.day() > day.origin()) continue;
            const double near = nearness(one.days_ahead(), day.days_ahead());
            past.push_back({one.scores.by_rule, near * one.scores.counts});
        }
        const auto weights = pool_weights(expected, past);
        for (auto& row : day.rows) {
            row.pooled = is_pooled(row) ? pooled(said_by_all(row), weights) : row.members;
            row.model_weight = is_pooled(row) ? weights.front() : 1;
        }
    }
}

const ForecastSkill& HorizonSkill::better_plain() const {
    return *std::min_element(plain.begin(), plain.end(), [](const auto& a, const auto& b) {
        return a.log_interval_score < b.log_interval_score;
    });
}

double HorizonSkill::relative(const ForecastSkill& skill) const {
    const double best = better_plain().log_interval_score;
    return best > 0 && forecasts > 0 ? skill.log_interval_score / best : std::nan("");
}

double log_interval_score(const std::vector<double>& members, double counted) {
    std::vector<double> logs;
    for (double persons : members) logs.push_back(std::log1p(persons));
    return weighted_interval_score(logs, std::log1p(counted));
}

namespace {

void add(ForecastSkill& sum, const std::vector<double>& members, double counted, double weight) {
    sum.log_interval_score += weight * log_interval_score(members, counted);
    sum.interval_score += weight * weighted_interval_score(members, counted);
    sum.crps += weight * crps(members, counted);
    sum.covered_50 += weight * covers(members, 0.5, counted);
    sum.covered_90 += weight * covers(members, 0.9, counted);
}

}  // namespace

std::vector<HorizonSkill> forecast_skill(const std::vector<ForecastRow>& rows,
                                         const std::vector<int>& days_ahead) {
    std::vector<HorizonSkill> result;
    for (const int ahead : days_ahead) {
        HorizonSkill skill;
        skill.days_ahead = ahead;
        const auto is_scored = [&](const ForecastRow& row) { return row.days_ahead == ahead; };
        skill.forecasts = int(std::count_if(rows.begin(), rows.end(), is_scored));
        for (const auto& row : rows) {
            if (!is_scored(row)) continue;
            add(skill.model, row.members, row.counted, 1.0 / skill.forecasts);
            add(skill.pool, row.pooled, row.counted, 1.0 / skill.forecasts);
            for (std::size_t r = 0; r < row.plain.size(); ++r)
                add(skill.plain[r], row.plain[r].members, row.counted, 1.0 / skill.forecasts);
        }
        result.push_back(skill);
    }
    return result;
}

double weekly_coverage(const std::vector<ForecastRow>& rows, double level) {
    double inside = 0, all = 0;
    for (const auto& row : rows) {
        if (row.days_ahead % 7 != 0) continue;
        inside += covers(row.members, level, row.counted);
        ++all;
    }
    return inside / all;
}

}  // namespace nuzuh
