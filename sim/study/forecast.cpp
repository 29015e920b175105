#include "sim/study/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <utility>

#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"
#include "sim/model/homes.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/schedule.hpp"

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
    const auto member_of = [&](const World& one, std::size_t number) -> Member {
        return {&one,
                {.kind = world.settings.engine.kind,
                 .seed = spec.seed + std::uint64_t(origin),
                 .run = std::uint64_t(number),
                 .fields = fields_behind(displaced),
                 .count_routes = false,
                 .count_origins = false}};
    };
    const std::size_t all = std::size_t(spec.members), most = most_together(world.settings.engine.kind);
    std::vector<RunResult> results;
    for (std::size_t first = 0; first < all; first += most) {  // so many worlds are held at a time
        std::vector<std::unique_ptr<World>> drawn;
        std::vector<Member> members;
        for (std::size_t m = first; m < std::min(first + most, all); ++m) {
            if (spec.unknowns) {
                auto own = make_world(spec.unknowns->draw(world.settings, int(m)).settings, {&world});
                if (!own) throw ModelFault(own.findings().front().message);
                drawn.push_back(std::make_unique<World>(std::move(*own)));
            }
            members.push_back(member_of(spec.unknowns ? *drawn.back() : world, m));
        }
        auto done = run_members(members, 1, displaced);
        std::move(done.begin(), done.end(), std::back_inserter(results));
    }
    return results;
}

/// Persons who leave on each day after an origin so that every place is reported to have as many as it was: those that a
/// report adds leave on the days since the one before it, or since the origin.
Eigen::ArrayXd leaving_as_came(const World& world, int origin, int days) {
    struct Report {
        int day;
        double persons;
    };
    std::map<std::string, Report> last;
    Eigen::ArrayXd net = Eigen::ArrayXd::Zero(days);
    for (const auto& row : registrations_by_date(world.settings)) {
        const int day = row.date - world.start;
        if (row.place == everywhere) continue;
        const auto [before, is_first] = last.try_emplace(row.place, Report{0, 0});
        const int from = std::max(origin, before->second.day), until = std::min(day, origin + days);
        if (day > origin && from < day && until > from)
            net.segment(from - origin, until - from) += (row.persons - before->second.persons) / (day - from);
        before->second = {day, row.persons};
    }
    return less_what_shrank(std::move(net));
}

/// The scenario as it was known on a day.
World known_on(const World& world, int day, bool hindsight) {
    auto known =
        make_world(hindsight ? world.settings : reported_by(world.settings, world.start + day), {&world});
    if (!known) throw ModelFault(known.findings().front().message);
    return std::move(*known);
}

/// What is registered at camps, as forecasts know it.
struct Counted {
    std::vector<int> places;        ///< [C]
    Eigen::ArrayXXd persons;        ///< [days, C] by each day
    Eigen::ArrayXd total;           ///< [days] at all camps
    std::vector<std::set<int>> on;  ///< [C] days of reports
};

Counted counted_of(const World& world, bool hindsight) {
    const int days = world.settings.period.to - world.start + 1;
    const Registrations all =
        hindsight ? registrations_on(world, days_until(days - 1)) : reported_on_each_day(world);
    Counted counted{all.places, all.persons, all.persons.rowwise().sum(),
                    std::vector<std::set<int>>(all.places.size())};
    for (std::size_t c = 0; c < all.places.size(); ++c) {
        for (const auto& row : world.settings.registrations) {
            if (row.place == world.places[std::size_t(all.places[c])].place)
                counted.on[c].insert(row.date - world.start);
        }
    }
    return counted;
}

/// Forecasts from one origin.
class Origin {
public:
    Origin(const World& world, const ForecastSpec& spec, const Counted& counted, int origin)
        : world_(world), spec_(spec), counted_(counted), origin_(origin) {
        const std::set<int> scored = days_scored(spec);
        const int days = std::min(*scored.rbegin(), int(counted.persons.rows()) - 1 - origin);
        const auto then = make_world(
            as_of(known_on(world, origin, spec.hindsight), origin, spec.uncertainty, leaving(days)));
        if (!then) throw ModelFault(then.findings().front().message);
        runs_ = runs_from(*then, spec, origin);
        for (const int ahead : scored) {
            if (ahead <= days) add(ahead);
        }
    }

    std::vector<ForecastRow> rows;

private:
    /// Persons who leave on each day after the origin.
    Eigen::ArrayXd leaving(int days) const {
        if (spec_.leaving == LeavingAhead::recent)
            return Eigen::ArrayXd::Constant(days, recent_rate(counted_.total.head(origin_ + 1)));
        if (spec_.hindsight)
            return departures_behind(world_.registered, int(counted_.persons.rows()))
                .segment(origin_ + 1, days);
        return leaving_as_came(world_, origin_, days);
    }

    /// Persons at all camps on a day ahead of an origin, as plain rules know it.
    double total_ahead(int origin, int ahead) const {
        const Eigen::ArrayXd& all = counted_.total;
        if (spec_.leaving == LeavingAhead::as_came) return all(origin + ahead);
        return all(origin) + recent_rate(all.head(origin + 1)) * ahead;
    }

    /// Whether a camp was reported on in the week up to a day ahead.
    bool is_reported(std::size_t c, int ahead) const {
        const auto next = counted_.on[c].upper_bound(origin_ + std::max(0, ahead - 7));
        return next != counted_.on[c].end() && (spec_.hindsight || *next <= origin_ + ahead);
    }

    void add(int ahead) {
        const auto sum = [&](int day, int days) { return total_ahead(day, days); };
        std::array<Eigen::ArrayXd, plain_rule_count> said;
        std::array<ErrorQuantiles, plain_rule_count> errors;
        for (std::size_t r = 0; r < said.size(); ++r) {
            said[r] = plain_forecast(PlainRule(r), counted_.persons.topRows(origin_ + 1),
                                     total_ahead(origin_, ahead));
            errors[r] = past_errors(PlainRule(r), counted_.persons, origin_, ahead, spec_.least_persons, sum)
                            .quantiles(ahead);
        }
        const auto record = std::size_t((ahead + 1) * world_.steps_a_day() - 1);
        for (std::size_t c = 0; c < counted_.places.size(); ++c) {
            if (!is_reported(c, ahead)) continue;
            const int place = counted_.places[c];
            const auto column = Eigen::Index(c);
            ForecastRow row{
                world_.start + origin_, ahead, place, counted_.persons(origin_ + ahead, column), {}, {}};
            for (const auto& run : runs_) {
                row.members.push_back(run.place[std::size_t(PlaceField::displaced)]
                                               [record * world_.places.size() + std::size_t(place)]);
            }
            for (std::size_t r = 0; r < row.plain.size(); ++r)
                row.plain[r] = {said[r](column), errors[r].band(said[r](column))};
            rows.push_back(std::move(row));
        }
    }

    const World& world_;
    const ForecastSpec& spec_;
    const Counted& counted_;
    int origin_;
    std::vector<RunResult> runs_;
};

/// How wrong medians were by the origin of a row: those of up to twice and down to half of its days ahead, which grow with the
/// root of the days.
ErrorQuantiles errors_before(const ForecastRow& row, std::span<const ForecastRow> earlier,
                             const std::vector<double>& medians) {
    PastErrors errors;
    for (std::size_t e = 0; e < earlier.size(); ++e) {
        const double ratio = row.days_ahead / double(earlier[e].days_ahead);
        if (ratio <= 2 && ratio >= 0.5 && earlier[e].origin + earlier[e].days_ahead <= row.origin)
            errors.add(medians[e], earlier[e].counted, std::sqrt(ratio));
    }
    return errors.quantiles(row.days_ahead);
}

/// Puts the model's own past errors, as known on each origin, in the place of its spread.
void widen_by_past_errors(std::vector<ForecastRow>& rows) {
    std::vector<double> medians;
    for (const auto& row : rows) medians.push_back(quantile(row.members, 0.5));
    ErrorQuantiles known;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto& row = rows[r];
        const bool is_first =
            r == 0 || row.origin != rows[r - 1].origin || row.days_ahead != rows[r - 1].days_ahead;
        if (is_first) known = errors_before(row, {rows.begin(), rows.begin() + std::ptrdiff_t(r)}, medians);
        row.members = known.band(medians[r]);
    }
}

/// Registrations of which nothing but their growth matters: that of the sum, at one place.
void let_leave(ScenarioSettings& settings, const World& known, int origin_day, const Eigen::ArrayXd& leave) {
    settings.registration_corrections.clear();
    List<RegistrationSettings> rows;
    bool grows = false;
    for (const auto& series : known.registered) {
        double persons = series.persons(origin_day);
        rows.push_back({series.place, settings.period.from, persons});
        bool does = series.place == everywhere;
        if (!does && !grows) does = grows = true;
        for (Eigen::Index day = 0; does && day < leave.size(); ++day) {
            persons += leave(day);
            rows.push_back({series.place, settings.period.from + int(day) + 1, persons});
        }
    }
    settings.registrations = std::move(rows);
}

}  // namespace

ScenarioSettings as_of(const World& known, int origin_day, double uncertainty, const Eigen::ArrayXd& leave) {
    const Registrations counted = registrations_on(known, days_until(origin_day));
    const Eigen::ArrayXXd homes = homes_by_day(known);
    ScenarioSettings settings = known.settings;
    settings.period.from = known.start + origin_day;
    settings.period.to = settings.period.from + int(leave.size());
    settings.displaced.clear();
    let_leave(settings, known, origin_day, leave);
    if (settings.behaviour.rules == Rules::flee3) return settings;  // begins with who is registered
    for (std::size_t c = 0; c < counted.places.size(); ++c) {
        const Eigen::ArrayXd here = counted.persons.col(Eigen::Index(c));
        Arrived(homes, here)
            .put(known, known.places[std::size_t(counted.places[c])].place, here(origin_day), uncertainty,
                 settings.displaced);
    }
    return settings;
}

std::vector<int> forecast_origins(const World& world, const ForecastSpec& spec) {
    const int last_day = world.settings.period.to - world.start;
    const int nearest = *std::min_element(spec.horizons_days.begin(), spec.horizons_days.end());
    const Counted counted = counted_of(world, spec.hindsight);
    std::vector<int> origins;
    for (int origin = spec.every_days; origin + nearest <= last_day; origin += spec.every_days) {
        const double now = counted.persons.row(origin).sum();
        if (now > 0 && now >= spec.least_persons) origins.push_back(origin);
    }
    return origins;
}

std::vector<ForecastRow> rolling_forecasts(const World& world, const ForecastSpec& spec) {
    const Counted counted = counted_of(world, spec.hindsight);
    const std::vector<int> origins = forecast_origins(world, spec);
    std::vector<std::vector<ForecastRow>> by_origin(origins.size());
    const auto all = std::int64_t(origins.size());
    LocalWorkQueue queue(missing_runs({0, all}, {}, 1), [&](std::int64_t done) {
        if (spec.progress) spec.progress(done, all);
    });
    work_through(queue, thread_count(spec.threads), [&](RunRange range, int) {
        const auto at = std::size_t(range.first);
        by_origin[at] = Origin(world, spec, counted, origins[at]).rows;
        queue.done(range.size());
    });
    std::vector<ForecastRow> rows;
    for (auto& some : by_origin) std::move(some.begin(), some.end(), std::back_inserter(rows));
    if (!spec.raw) widen_by_past_errors(rows);
    pool(rows);
    return rows;
}

}  // namespace nuzuh
