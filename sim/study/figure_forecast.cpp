#include "sim/study/figure_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <tuple>

#include "sim/base/samplers.hpp"
#include "sim/check/make_world.hpp"
#include "sim/model/fields.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/observation.hpp"
#include "sim/study/plain_forecast.hpp"
#include "sim/study/schedule.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

constexpr int days_of_rate = 28;    ///< over which the recent rate is taken, where figures reach so far back
constexpr int from_start_days = 7;  ///< a flow counted from so near the start counts from it; judgement
constexpr double least_counting = 8;  ///< one in so many members must count; judgement

bool is_from_start(const ReportedFigure& figure, const Period& period) {
    return is_stock(figure.quantity) || !figure.from ||
           std::abs(*figure.from - period.from) <= from_start_days;
}

/// What one member comes to.
struct MemberSays {
    std::vector<double> figures;              ///< [figures that are observed] persons
    std::vector<std::vector<double>> series;  ///< [series][days] persons by the end of each day
};

/// What is asked of members: all observed figures, and every series by day.
struct Asked {
    const std::vector<FigureSeries>& series;
    const std::vector<ReportedFigure>& observed;

    Selection selection() const {
        Selection selection;
        for (const auto& figure : observed) selection.add(fields_of(figure.quantity));
        return selection;
    }
};

/// What one run comes to.
MemberSays say(const World& world, const std::vector<double>& days, const RunResult& run,
               const Asked& asked) {
    MemberSays says;
    for (const auto& figure : asked.observed) says.figures.push_back(simulated(world, days, run, figure));
    for (const auto& series : asked.series) {
        auto& by_day = says.series.emplace_back();
        ReportedFigure figure = series.figures.front();
        for (std::size_t d = 0; d < days.size(); ++d) {
            figure.to = world.start + int(d);
            by_day.push_back(simulated(world, days, run, figure));
        }
    }
    return says;
}

/// Runs every member through the whole period.
///
/// @return  [M]
std::vector<MemberSays> simulate(const World& world, const SettingAccess& access, const Asked& asked,
                                 const FigureForecastSpec& spec) {
    ScenarioSettings settings = world.settings;
    settings.parameters.posterior = {};
    const auto unknowns = Unknowns::of(settings, access);
    if (!unknowns) throw ModelFault(unknowns.findings().front().message);
    const Selection selection = asked.selection();
    const int every = world.steps_a_day();
    const auto days = record_days(world, every);
    std::vector<MemberSays> says(std::size_t(spec.members));
    constexpr std::int64_t together = std::int64_t{MemberBlock::size} * 2;
    LocalWorkQueue queue(missing_runs({0, spec.members}, {}, together), [&](std::int64_t done) {
        if (spec.progress) spec.progress(done, spec.members);
    });
    work_through(queue, thread_count(spec.threads), [&](RunRange range, int) {
        std::vector<std::unique_ptr<World>> worlds;
        std::vector<Member> members;
        for (std::int64_t m = range.first; m < range.end; ++m) {
            auto drawn = make_world(unknowns->draw(settings, int(m)).settings, {&world});
            if (!drawn) throw ModelFault(drawn.findings().front().message);
            worlds.push_back(std::make_unique<World>(std::move(*drawn)));
            members.push_back({worlds.back().get(),
                               {.kind = EngineKind::pooled,
                                .mode = DrawMode::stochastic,
                                .seed = spec.seed,
                                .run = std::uint64_t(m),
                                .fields = fields_behind(selection),
                                .count_routes = false,
                                .count_origins = false}});
        }
        const auto runs = run_members(members, every, selection);
        for (std::size_t r = 0; r < runs.size(); ++r)
            says[std::size_t(range.first) + r] = say(*worlds[r], days, runs[r], asked);
        queue.done(range.size());
    });
    return says;
}

/// Sum of weights squared over the sum of squares: how many count.
double counting(const std::vector<double>& weights) {
    double sum = 0, squares = 0;
    for (const double w : weights) sum += w, squares += w * w;
    return sum * sum / squares;
}

std::vector<double> tempered(const std::vector<double>& log_weights, double power) {
    const double most = *std::max_element(log_weights.begin(), log_weights.end());
    std::vector<double> weights;
    for (const double w : log_weights) weights.push_back(std::exp(power * (w - most)));
    return weights;
}

/// Weights to the highest power at which enough members count, at most 1.
std::vector<double> weights_that_count(const std::vector<double>& log_weights) {
    const double enough = std::max(2.0, double(log_weights.size()) / least_counting);
    if (counting(tempered(log_weights, 1)) >= enough) return tempered(log_weights, 1);
    double low = 0, high = 1;
    constexpr int halvings = 40;
    for (int h = 0; h < halvings; ++h) {
        const double power = (low + high) / 2;
        (counting(tempered(log_weights, power)) >= enough ? low : high) = power;
    }
    return tempered(log_weights, low);
}

/// Members drawn by their weights, as many as there are (systematic resampling).
std::vector<std::size_t> drawn_by(const std::vector<double>& weights, double uniform) {
    const double each = std::accumulate(weights.begin(), weights.end(), 0.0) / double(weights.size());
    std::vector<std::size_t> drawn;
    double sum = 0, point = uniform * each;
    for (std::size_t m = 0; m < weights.size(); ++m) {
        sum += weights[m];
        for (; point < sum && drawn.size() < weights.size(); point += each) drawn.push_back(m);
    }
    while (drawn.size() < weights.size()) drawn.push_back(weights.size() - 1);
    return drawn;
}

/// Draws what was true on the last day of a figure.
double truth_of(const ReportedFigure& figure, Stream& stream) {
    const Observation o = observation_of(figure);
    if (figure.bound != Bound::about) return std::exp(o.low + (o.high - o.low) * stream.uniform());
    return std::exp((o.low + o.high) / 2 + (o.high - o.low) / 2 / half_width_90 * standard_normal(stream));
}

/// The figures of a series that are known on a day; the last one counts latest.
std::vector<ReportedFigure> known_of(const FigureSeries& series, Date day) {
    std::vector<ReportedFigure> known;
    for (const auto& figure : series.figures)
        if (known_on(figure) <= day) known.push_back(figure);
    return known;
}

/// The last figure, and on from there as in the four weeks before it, or since the figure before where that is longer ago; a
/// flow without another figure as since the start.
double recent_rate_says(const std::vector<ReportedFigure>& known, const Period& period, Date day) {
    const ReportedFigure& last = known.back();
    double rate = is_stock(last.quantity) ? 0 : middle_of(last) / std::max(1, last.to - period.from + 1);
    if (known.size() > 1) {
        std::size_t k = known.size() - 2;
        while (k > 0 && last.to - known[k].to < days_of_rate) --k;
        rate = (middle_of(last) - middle_of(known[k])) / std::max(1, last.to - known[k].to);
    }
    return std::max(0.0, middle_of(last) + rate * (day - last.to));
}

/// How wrong the recent rate has been of figures that were published by the origin, said from days before they were, half to
/// twice as many days ahead: errors grow with the root of the days.
PastErrors past_errors_of_rate(const std::vector<FigureSeries>& all, const Period& period,
                               const std::vector<Date>& origins, Date origin, int days_ahead) {
    PastErrors errors;
    for (const auto& series : all) {
        for (const Date then : origins) {
            if (then >= origin) break;
            const auto known = known_of(series, then);
            if (known.empty()) continue;
            for (const auto& figure : series.figures) {
                if (figure.to <= then || known_on(figure) <= then || known_on(figure) > origin) continue;
                const double ratio = days_ahead / double(figure.to - then);
                if (ratio > 2 || ratio < 0.5) continue;
                errors.add(recent_rate_says(known, period, figure.to), middle_of(figure), std::sqrt(ratio));
            }
        }
    }
    return errors;
}

}  // namespace

std::vector<FigureSeries> series_of(const ScenarioSettings& settings) {
    std::map<std::tuple<Quantity, std::string, std::string>, FigureSeries> by_subject;
    for (const auto& figure : settings.reported) {
        if (figure.to < settings.period.from || figure.to > settings.period.to) continue;
        if (!is_from_start(figure, settings.period)) continue;
        auto& series = by_subject[{figure.quantity, figure.area, figure.place}];
        const auto where = figure.area + figure.place;
        series.name =
            std::string(word_of(figure.quantity, quantity_names)) + (where.empty() ? "" : " " + where);
        series.figures.push_back(figure);
    }
    std::vector<FigureSeries> all;
    for (auto& [subject, series] : by_subject) {
        std::stable_sort(series.figures.begin(), series.figures.end(),
                         [](const auto& a, const auto& b) { return a.to < b.to; });
        if (series.figures.size() > 1) all.push_back(std::move(series));
    }
    return all;
}

namespace {

/// Forecasts from one origin.
class FigureOrigin {
public:
    FigureOrigin(const World& world, const std::vector<FigureSeries>& all,
                 const std::vector<ReportedFigure>& observed, const std::vector<MemberSays>& says,
                 const FigureForecastSpec& spec, Date origin)
        : world_(world), all_(all), says_(says), spec_(spec), origin_(origin) {
        std::vector<double> log_weights(says.size(), 0.0);
        std::vector<Observation> known;
        std::vector<std::size_t> at;
        for (std::size_t f = 0; f < observed.size(); ++f) {
            if (known_on(observed[f]) > origin) continue;
            known.push_back(observation_of(observed[f]));
            at.push_back(f);
        }
        weigh_series(known);
        for (std::size_t m = 0; m < says.size(); ++m) {
            for (std::size_t k = 0; k < known.size(); ++k)
                log_weights[m] +=
                    log_likelihood(known[k], log_of(says[m].figures[at[k]]), typical_discrepancy);
        }
        const auto weights = weights_that_count(log_weights);
        counting_ = counting(weights);
        Stream stream = Draws(spec.seed, 0).at(Purpose::last_count, std::uint64_t(origin - world.start), 0);
        drawn_ = drawn_by(weights, stream.uniform());
        for (std::size_t s = 0; s < all.size(); ++s) add(s);
    }

    std::vector<FigureForecastRow> rows;

private:
    void add(std::size_t s) {
        const auto known = known_of(all_[s], origin_);
        if (known.empty()) return;
        std::map<Date, std::optional<ReportedFigure>> days;
        for (const int ahead : spec_.horizons_days) days[origin_ + ahead];
        for (const auto& figure : all_[s].figures)
            if (figure.to > origin_ && known_on(figure) > origin_) days[figure.to] = figure;
        for (const auto& [day, came] : days) {
            if (day > world_.settings.period.to) continue;
            FigureForecastRow row{origin_, s, day, {}, known.back(), came, counting_};
            const double rate = recent_rate_says(known, world_.settings.period, day);
            row.said = {go_on(s, known.back(), day), errors_of_rate(day - origin_).band(rate)};
            rows.push_back(std::move(row));
        }
    }

    /// The same for all series.
    const ErrorQuantiles& errors_of_rate(int days_ahead) {
        const auto [found, is_new] = errors_of_rate_.try_emplace(days_ahead);
        if (is_new)
            found->second =
                past_errors_of_rate(all_, world_.settings.period, spec_.origins, origin_, days_ahead)
                    .quantiles(days_ahead);
        return found->second;
    }

    /// What members say of a day, each from what may have been true when the last figure was counted.
    std::vector<double> go_on(std::size_t s, const ReportedFigure& last, Date day) const {
        std::vector<double> persons;
        Stream stream =
            Draws(spec_.seed, 0).at(Purpose::last_count, std::uint64_t(origin_ - world_.start), s + 1);
        for (const std::size_t m : drawn_) {
            const auto& by_day = says_[m].series[s];
            const double then = by_day[std::size_t(last.to - world_.start)];
            const double now = by_day[std::size_t(day - world_.start)];
            const double counted = truth_of(last, stream);
            persons.push_back(is_stock(last.quantity) ? counted * now / std::max(1.0, then)
                                                      : std::max(0.0, counted + now - then));
        }
        return persons;
    }

    const World& world_;
    const std::vector<FigureSeries>& all_;
    const std::vector<MemberSays>& says_;
    const FigureForecastSpec& spec_;
    Date origin_;
    double counting_ = 0;
    std::vector<std::size_t> drawn_;
    std::map<int, ErrorQuantiles> errors_of_rate_;  ///< by days ahead
};

}  // namespace

std::vector<FigureForecastRow> forecast_figures(const World& world, const SettingAccess& access,
                                                const FigureForecastSpec& spec) {
    const auto all = series_of(world.settings);
    const auto observed = figures_within(world, record_days(world, world.steps_a_day()));
    std::vector<FigureForecastRow> rows;
    std::vector<MemberSays> says;
    for (const Date origin : spec.origins) {
        std::optional<World> known;
        if (spec.strikes == StrikesAhead::recent) {
            auto made = make_world(known_by(world, origin), {&world});
            if (!made) throw ModelFault(made.findings().front().message);
            known.emplace(std::move(*made));
        }
        if (known || says.empty()) says = simulate(known ? *known : world, access, {all, observed}, spec);
        auto more = FigureOrigin(world, all, observed, says, spec, origin).rows;
        std::move(more.begin(), more.end(), std::back_inserter(rows));
    }
    pool(rows);
    return rows;
}

}  // namespace nuzuh
