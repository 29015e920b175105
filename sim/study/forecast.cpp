#include "sim/study/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/engine/engine.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/skill.hpp"

namespace nuzuh {
namespace {

constexpr int days_a_bin = 14;      ///< arrivals of so many days share a date
constexpr int days_recalled = 400;  ///< older arrivals have no date

std::vector<double> days_until(int last) {
    std::vector<double> days;
    for (int day = 0; day <= last; ++day) days.push_back(day);
    return days;
}

/// Share of each home among those who left on a day, or on the next day on which anybody did.
class HomesOfDay {
public:
    explicit HomesOfDay(const World& world) : world_(world), steps_a_day_(int(std::lround(1 / world.dt))) {}

    Eigen::ArrayXd on(int day) const {
        const auto total = [&](int d) {
            return Eigen::ArrayXd(
                world_.departures.middleCols(Eigen::Index{d} * steps_a_day_, steps_a_day_).rowwise().sum());
        };
        const int days = int(world_.departures.cols()) / steps_a_day_;
        for (int d = day; d < days; ++d) {
            if (const Eigen::ArrayXd left = total(d); left.sum() > 0) return left / left.sum();
        }
        for (int d = day; d-- > 0;) {
            if (const Eigen::ArrayXd left = total(d); left.sum() > 0) return left / left.sum();
        }
        return {};
    }

private:
    const World& world_;
    int steps_a_day_;
};

/// People registered at one place on the origin, by home and time of arrival.
void add_displaced(const World& world, const HomesOfDay& homes, int place, const Eigen::ArrayXd& counted,
                   double uncertainty, ScenarioSettings& settings) {
    const int origin = int(counted.size()) - 1;
    std::map<int, Eigen::ArrayXd> came;  // by age of the bin; -1: no date
    const auto add = [&](int day, double persons) {
        const Eigen::ArrayXd share = homes.on(day);
        if (!(persons > 0) || share.size() == 0) return;
        const int age = origin - day;
        const int bin = day == 0 || age > days_recalled ? -1 : age / days_a_bin;
        auto& sum = came.try_emplace(bin, Eigen::ArrayXd::Zero(share.size())).first->second;
        sum += share * persons;
    };
    add(0, counted(0));
    for (int day = 1; day <= origin; ++day) add(day, counted(day) - counted(day - 1));
    double all = 0;
    for (const auto& [bin, persons] : came) all += persons.sum();
    for (const auto& [bin, persons] : came) {
        for (int o = 0; o < int(persons.size()); ++o) {
            if (!(persons(o) > 0)) continue;
            DisplacedSettings row;
            row.place = world.places[std::size_t(place)].place;
            row.home = world.places[std::size_t(o)].place;
            row.persons = persons(o) * counted(origin) / all;
            if (bin >= 0) row.since = world.start + std::max(0, origin - bin * days_a_bin - days_a_bin / 2);
            row.uncertainty = uncertainty;
            settings.displaced.push_back(row);
        }
    }
}

/// Days ahead that are scored: the horizons, and whole weeks up to the longest.
std::set<int> days_scored(const ForecastSpec& spec) {
    std::set<int> days(spec.horizons_days.begin(), spec.horizons_days.end());
    for (int day = 7; day <= *days.rbegin(); day += 7) days.insert(day);
    return days;
}

EnsembleResult run_from(const World& world, const ForecastSpec& spec, int origin) {
    EnsembleSpec run;
    run.engine = world.settings.engine.kind;
    run.members = spec.members;
    run.seed = spec.seed + std::uint64_t(origin);
    run.threads = spec.threads;
    auto result = run_ensemble(world, run);
    if (!result.failure.empty()) throw ModelFault(result.failure);
    return result;
}

}  // namespace

ScenarioSettings as_of(const World& world, int origin_day, int days_ahead, double uncertainty) {
    const Registrations counted = registrations_on(world, days_until(origin_day));
    const HomesOfDay homes(world);
    ScenarioSettings settings = world.settings;
    settings.period.from = world.start + origin_day;
    settings.period.to = std::min(world.settings.period.to, settings.period.from + days_ahead);
    settings.displaced.clear();
    for (std::size_t c = 0; c < counted.places.size(); ++c) {
        add_displaced(world, homes, counted.places[c], counted.persons.col(Eigen::Index(c)), uncertainty,
                      settings);
    }
    return settings;
}

std::vector<ForecastRow> rolling_forecasts(const World& world, const ForecastSpec& spec) {
    const std::set<int> scored = days_scored(spec);
    const int last_day = world.settings.period.to - world.start;
    const Registrations counted = registrations_on(world, days_until(last_day));
    const int steps_a_day = int(std::lround(1 / world.dt));
    std::vector<ForecastRow> rows;
    for (int origin = spec.every_days; origin + *scored.begin() <= last_day; origin += spec.every_days) {
        const Eigen::ArrayXd now = counted.persons.row(origin);
        if (now.sum() < spec.least_persons) continue;
        const auto then = make_world(as_of(world, origin, *scored.rbegin(), spec.uncertainty));
        if (!then) throw ModelFault(then.findings().front().message);
        const EnsembleResult result = run_from(*then, spec, origin);
        for (int ahead : scored) {
            if (origin + ahead > last_day) break;
            const Eigen::ArrayXd came = counted.persons.row(origin + ahead);
            const auto record = std::size_t((ahead + 1) * steps_a_day - 1);
            for (std::size_t c = 0; c < counted.places.size(); ++c) {
                const auto i = Eigen::Index(c);
                ForecastRow row{world.start + origin,
                                ahead,
                                counted.places[c],
                                came(i),
                                now(i) / now.sum() * came.sum(),
                                {}};
                for (const auto& member : result.members) {
                    row.members.push_back(
                        member.place[std::size_t(PlaceField::displaced)]
                                    [record * world.places.size() + std::size_t(counted.places[c])]);
                }
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

double log_interval_score(const ForecastRow& row) {
    std::vector<double> logs;
    for (double persons : row.members) logs.push_back(std::log1p(persons));
    return weighted_interval_score(logs, std::log1p(row.counted));
}

std::vector<ForecastSkill> forecast_skill(const std::vector<ForecastRow>& rows,
                                          const std::vector<int>& days_ahead) {
    std::vector<ForecastSkill> result;
    for (int ahead : days_ahead) {
        ForecastSkill skill;
        skill.days_ahead = ahead;
        for (const auto& row : rows) {
            if (row.days_ahead != ahead) continue;
            ++skill.forecasts;
            skill.log_interval_score += log_interval_score(row);
            skill.log_error_of_persistence += std::abs(std::log1p(row.persistence) - std::log1p(row.counted));
            skill.interval_score += weighted_interval_score(row.members, row.counted);
            skill.error_of_persistence += std::abs(row.persistence - row.counted);
            skill.crps += crps(row.members, row.counted);
            skill.covered_50 += covers(row.members, 0.5, row.counted);
            skill.covered_90 += covers(row.members, 0.9, row.counted);
        }
        for (double* mean :
             {&skill.log_interval_score, &skill.log_error_of_persistence, &skill.interval_score,
              &skill.error_of_persistence, &skill.crps, &skill.covered_50, &skill.covered_90}) {
            *mean /= std::max(1, skill.forecasts);
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
    return all > 0 ? inside / all : 0;
}

}  // namespace nuzuh
