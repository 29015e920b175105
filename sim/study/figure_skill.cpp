#include <algorithm>
#include <cmath>

#include "sim/study/figure_forecast.hpp"
#include "sim/study/forecast.hpp"
#include "sim/study/pool.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

constexpr double days_alike = 14;  ///< ahead, at which model and rate are expected to be as good; judgement

}  // namespace

double middle_of(const ReportedFigure& figure) {
    const auto [low, high] = reported_range(figure);
    return std::sqrt(std::max(low, 1.0) * std::max(high, 1.0));
}

void pool(std::vector<FigureForecastRow>& rows) {
    std::vector<PastScores> scores;
    for (auto& row : rows) {
        std::vector<PastScores> past;
        for (std::size_t e = 0; e < scores.size(); ++e) {
            if (!rows[e].came || known_on(*rows[e].came) > row.origin) continue;
            past.push_back({scores[e].by_rule, nearness(rows[e].days_ahead(), row.days_ahead())});
        }
        const std::vector<std::vector<double>> said{row.by(FigureSource::model),
                                                    row.by(FigureSource::recent_rate)};
        const auto weights = pool_weights({1, std::sqrt(row.days_ahead() / days_alike)}, past);
        row.said[std::size_t(FigureSource::pool)] = pooled(said, weights);
        row.model_weight = weights.front();
        auto& own = scores.emplace_back();
        for (const auto& members : said)
            own.by_rule.push_back(row.came ? log_interval_score(members, middle_of(*row.came)) : 0);
    }
}

double FigureSkill::relative(FigureSource source) const {
    const double rate = of(FigureSource::recent_rate).log_interval_score;
    return rate > 0 ? of(source).log_interval_score / rate : std::nan("");
}

namespace {

/// Scores of what one source said of figures that came.
SourceSkill skill_of(const std::vector<const FigureForecastRow*>& rows, FigureSource source) {
    SourceSkill skill;
    std::vector<double> widths;
    for (const auto* row : rows) {
        const auto [low, high] = reported_range(*row->came);
        const Band band = band_of(row->by(source));
        const auto meets = [&, low = low, high = high](int from, int to) {
            return band[std::size_t(from)] <= high && band[std::size_t(to)] >= low;
        };
        const auto n = double(rows.size());
        skill.log_interval_score += log_interval_score(row->by(source), middle_of(*row->came)) / n;
        skill.in_50 += meets(1, 3) / n;
        skill.in_90 += meets(0, 4) / n;
        widths.push_back(band[4] / std::max(1.0, band[0]));
    }
    skill.width = quantile(widths, 0.5);
    return skill;
}

}  // namespace

std::vector<FigureSkill> figure_skill(const std::vector<FigureForecastRow>& rows,
                                      const std::vector<int>& horizons_days) {
    std::vector<FigureSkill> skills;
    int from = 0;
    for (const int to : horizons_days) {
        std::vector<const FigureForecastRow*> came;
        for (const auto& row : rows)
            if (row.came && row.days_ahead() > from && row.days_ahead() <= to) came.push_back(&row);
        FigureSkill skill{from, to, int(came.size())};
        for (int s = 0; s < figure_source_count; ++s)
            skill.by_source[std::size_t(s)] = skill_of(came, FigureSource(s));
        skills.push_back(skill);
        from = to;
    }
    return skills;
}

}  // namespace nuzuh
