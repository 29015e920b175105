#include "sim/study/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"
#include "sim/model/homes.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/schedule.hpp"
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

/// People registered at one place on the origin, by home and time of arrival.
class Arrived {
public:
    /// @param homes  [P, days] of those who come on a day
    Arrived(const Eigen::ArrayXXd& homes, const Eigen::ArrayXd& counted)
        : homes_(homes), origin_(int(counted.size()) - 1) {
        add(0, counted(0));
        for (int day = 1; day <= origin_; ++day) add(day, counted(day) - counted(day - 1));
        for (const auto& [bin, persons] : came_) all_ += persons.sum();
    }

    /// Rows that add to the persons given.
    void put(const World& world, const std::string& place, double persons, double uncertainty,
             List<DisplacedSettings>& rows) const {
        for (const auto& [bin, came] : came_) {
            for (Eigen::Index home = 0; home < came.size(); ++home) {
                if (!(came(home) > 0)) continue;
                DisplacedSettings row{place, "", came(home) * persons / all_, {}, uncertainty, ""};
                if (homes_.cols() > 0) row.home = world.places[std::size_t(home)].place;
                if (bin >= 0)
                    row.since = world.start + std::max(0, origin_ - bin * days_a_bin - days_a_bin / 2);
                rows.push_back(std::move(row));
            }
        }
    }

private:
    void add(int day, double persons) {
        if (!(persons > 0)) return;
        const int age = origin_ - day;
        const int bin = day == 0 || age > days_recalled ? -1 : age / days_a_bin;
        Eigen::ArrayXd here = Eigen::ArrayXd::Ones(1);
        if (homes_.cols() > 0) here = homes_.col(day);
        auto& sum = came_.try_emplace(bin, Eigen::ArrayXd::Zero(here.size())).first->second;
        sum += here * persons;
    }

    const Eigen::ArrayXXd& homes_;
    int origin_;
    std::map<int, Eigen::ArrayXd> came_;  ///< persons by home, by age of the bin; -1: no date
    double all_ = 0;
};

/// Days ahead that are scored: the horizons, and whole weeks up to the longest.
std::set<int> days_scored(const ForecastSpec& spec) {
    std::set<int> days(spec.horizons_days.begin(), spec.horizons_days.end());
    for (int day = 7; day <= *days.rbegin(); day += 7) days.insert(day);
    return days;
}

/// Runs from an origin, of which nothing but displaced people by record and place is kept.
std::vector<RunResult> runs_from(const World& world, const ForecastSpec& spec, int origin) {
    Selection displaced;
    displaced.place[std::size_t(PlaceField::displaced)] = true;
    std::vector<Member> members;
    for (int member = 0; member < spec.members; ++member) {
        members.push_back({&world,
                           {.kind = world.settings.engine.kind,
                            .seed = spec.seed + std::uint64_t(origin),
                            .run = std::uint64_t(member),
                            .fields = fields_behind(displaced),
                            .count_routes = false,
                            .count_origins = false}});
    }
    std::vector<RunResult> results;
    while (results.size() < members.size()) {
        const auto left = std::span<const Member>(members).subspan(results.size());
        auto done = run_members(left.first(best_together(left)), 1, displaced);
        std::move(done.begin(), done.end(), std::back_inserter(results));
    }
    return results;
}

/// Forecasts from one origin.
class Origin {
public:
    Origin(const World& world, const ForecastSpec& spec, const Registrations& counted, int origin)
        : world_(world), counted_(counted), origin_(origin), now_(counted.persons.row(origin)) {
        const std::set<int> scored = days_scored(spec);
        const auto then = make_world(as_of(world, origin, *scored.rbegin(), spec.uncertainty));
        if (!then) throw ModelFault(then.findings().front().message);
        runs_ = runs_from(*then, spec, origin);
        for (int ahead : scored) {
            if (origin + ahead < int(counted.persons.rows())) add(ahead);
        }
    }

    std::vector<ForecastRow> rows;

private:
    void add(int ahead) {
        const Eigen::ArrayXd came = counted_.persons.row(origin_ + ahead);
        const auto record = std::size_t((ahead + 1) * int(std::lround(1 / world_.dt)) - 1);
        for (Eigen::Index c = 0; c < now_.size(); ++c) {
            const int place = counted_.places[std::size_t(c)];
            const double share = now_(c) / now_.sum();
            ForecastRow row{world_.start + origin_, ahead, place, came(c), share * came.sum(), {}};
            for (const auto& run : runs_) {
                row.members.push_back(run.place[std::size_t(PlaceField::displaced)]
                                               [record * world_.places.size() + std::size_t(place)]);
            }
            rows.push_back(std::move(row));
        }
    }

    const World& world_;
    const Registrations& counted_;
    int origin_;
    Eigen::ArrayXd now_;
    std::vector<RunResult> runs_;
};

}  // namespace

ScenarioSettings as_of(const World& world, int origin_day, int days_ahead, double uncertainty) {
    const Registrations counted = registrations_on(world, days_until(origin_day));
    const Eigen::ArrayXXd homes = homes_by_day(world);
    ScenarioSettings settings = world.settings;
    settings.period.from = world.start + origin_day;
    settings.period.to = std::min(world.settings.period.to, settings.period.from + days_ahead);
    settings.displaced.clear();
    if (settings.behaviour.rules == Rules::flee3) return settings;  // begins with who is registered
    for (std::size_t c = 0; c < counted.places.size(); ++c) {
        const Eigen::ArrayXd here = counted.persons.col(Eigen::Index(c));
        Arrived(homes, here)
            .put(world, world.places[std::size_t(counted.places[c])].place, here(origin_day), uncertainty,
                 settings.displaced);
    }
    return settings;
}

std::vector<int> forecast_origins(const World& world, const ForecastSpec& spec) {
    const int last_day = world.settings.period.to - world.start;
    const int nearest = *std::min_element(spec.horizons_days.begin(), spec.horizons_days.end());
    const Registrations counted = registrations_on(world, days_until(last_day));
    std::vector<int> origins;
    for (int origin = spec.every_days; origin + nearest <= last_day; origin += spec.every_days) {
        const double now = counted.persons.row(origin).sum();
        if (now > 0 && now >= spec.least_persons) origins.push_back(origin);
    }
    return origins;
}

std::vector<ForecastRow> rolling_forecasts(const World& world, const ForecastSpec& spec) {
    const Registrations counted = registrations_on(world, days_until(world.settings.period.to - world.start));
    const std::vector<int> origins = forecast_origins(world, spec);
    std::vector<std::vector<ForecastRow>> by_origin(origins.size());
    LocalWorkQueue queue(missing_runs({0, std::int64_t(origins.size())}, {}, 1));
    work_through(queue, thread_count(spec.threads), [&](RunRange range, int) {
        const auto at = std::size_t(range.first);
        by_origin[at] = Origin(world, spec, counted, origins[at]).rows;
        queue.done(range.size());
    });
    std::vector<ForecastRow> rows;
    for (auto& some : by_origin) std::move(some.begin(), some.end(), std::back_inserter(rows));
    return rows;
}

double ForecastSkill::relative() const {
    return log_error_of_persistence > 0 ? log_interval_score / log_error_of_persistence : std::nan("");
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
