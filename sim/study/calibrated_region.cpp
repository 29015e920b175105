#include "sim/study/calibrated_region.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/check/make_world.hpp"
#include "sim/study/schedule.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

constexpr double discrepancy_spread = 0.5;  ///< [-] of the logarithm, judgement
constexpr int point_members = 96;           ///< stochastic runs that tell variance and bias of each figure

double discrepancy_at(double z) { return typical_discrepancy * std::exp(discrepancy_spread * z); }

}  // namespace

CalibratedRegion::CalibratedRegion(const CalibratedScenario& scenario, const SettingAccess& access,
                                   const CalibrationSpec& spec)
    : world_(*scenario.world),
      access_(access),
      spec_(spec),
      until_(scenario.until),
      days_(record_days(world_, world_.steps_a_day())),
      prior_(prior_of(world_.settings, access)) {
    for (auto& parameter : prior_) {
        if (world_.settings.parameters.prior.empty() && parameter.spread)
            *parameter.spread *= spec.prior_width;
    }
    for (const auto& figure : figures_within(world_, days_)) {
        if (figure.to > until_ || (scenario.left_out && scenario.left_out(figure))) continue;
        observations_.push_back(observation_of(figure));
    }
    weigh_series(observations_);
}

Findings CalibratedRegion::refusal() const {
    if (world_.settings.behaviour.rules != Rules::hazard_choice)
        return one_error("behaviour.rules", "only rules: hazard_choice can be calibrated", "");
    if (world_.settings.behaviour.leave.departures != DeparturesBy::hazard)
        return one_error("behaviour.leave.departures",
                         "departures that follow registrations leave nothing to calibrate here",
                         "nuzuh score holds such a case against its registrations");
    if (observations_.empty())
        return one_error("reported", fmt::format("no reported figure ends by {}", iso(until_)),
                         "list figures under 'reported', or give a later day with --until");
    if (prior_.empty()) return one_error("parameters.prior", "there is no parameter to calibrate", "");
    return {};
}

Selection CalibratedRegion::selection() const {
    Selection selection;
    for (const auto& o : observations_) selection.add(fields_of(o.figure.quantity));
    return selection;
}

std::vector<double> CalibratedRegion::figures_of(const RunResult& run) const {
    std::vector<double> values;
    for (const auto& o : observations_) values.push_back(log_of(simulated(world_, days_, run, o.figure)));
    return values;
}

Member CalibratedRegion::member(const World& world, EngineKind kind, DrawMode mode, int number) const {
    return {&world,
            {.kind = kind,
             .mode = mode,
             .seed = spec_.seed,
             .run = std::uint64_t(number),
             .fields = fields_behind(selection()),
             .count_routes = false,
             .count_origins = false}};
}

/// Logarithms of all figures in a run of the scenario's own parameters; nothing if what it draws makes no sense.
std::optional<std::vector<double>> CalibratedRegion::stochastic_figures(const ScenarioSettings& own,
                                                                        const Unknowns& unknowns,
                                                                        int number) const {
    // The first of each block, so that no two have the same inputs.
    auto world = make_world(unknowns.draw(own, MemberBlock::size * number).settings, {&world_});
    if (!world) return {};
    const Member one = member(*world, world_.settings.engine.kind, DrawMode::stochastic, number);
    const auto watch = [&](std::size_t, int, const StepRecord&) {
        if (spec_.watch) spec_.watch();
    };
    return figures_of(run_members({&one, 1}, world_.steps_a_day(), selection(), watch).front());
}

std::int64_t CalibratedRegion::learn_chance() {
    ScenarioSettings own = world_.settings;
    own.parameters = {};
    own.parameters.drawn = false;
    const auto unknowns = Unknowns::of(own, access_);
    const Member by_means = member(world_, EngineKind::pooled, DrawMode::expected, 0);
    const auto expected = figures_of(run_members({&by_means, 1}, world_.steps_a_day(), selection()).front());
    std::vector<std::optional<std::vector<double>>> drawn(point_members);
    LocalWorkQueue queue(missing_runs({0, point_members}, {}, 1));
    work_through(queue, thread_count(spec_.threads), [&](RunRange range, int) {
        drawn[std::size_t(range.first)] = stochastic_figures(own, *unknowns, int(range.first));
    });
    std::erase_if(drawn, [](const auto& run) { return !run; });
    for (std::size_t f = 0; f < observations_.size(); ++f) {
        double sum = 0, squares = 0, persons = 0;
        for (const auto& run : drawn)
            sum += (*run)[f], squares += (*run)[f] * (*run)[f], persons += std::exp((*run)[f]);
        const double n = double(drawn.size());
        observations_[f].chance = std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
        observations_[f].bias = std::log(persons / n) - expected[f];
    }
    return std::int64_t(drawn.size()) + 1;
}

WideDesign CalibratedRegion::look(const std::vector<const PriorPoint*>& from_prior) const {
    std::vector<const std::vector<double>*> simulated;
    for (const auto* point : from_prior) simulated.push_back(&point->simulated);
    return look_at(observations_, simulated);
}

void CalibratedRegion::simulate(std::span<PriorPoint* const> points) const {
    std::vector<std::unique_ptr<World>> worlds;
    std::vector<Member> members;
    std::vector<PriorPoint*> of_member;
    for (PriorPoint* point : points) {
        point->simulated.clear();
        point->log_likelihood = impossible;
        auto world = world_of(point->z);
        if (!world) continue;
        worlds.push_back(std::move(world));
        members.push_back(member(*worlds.back(), EngineKind::pooled, DrawMode::expected, 0));
        of_member.push_back(point);
    }
    if (members.empty()) return;
    const auto results = run_members(members, world_.steps_a_day(), selection());
    for (std::size_t m = 0; m < results.size(); ++m) {
        of_member[m]->simulated = figures_of(results[m]);
        of_member[m]->log_likelihood = likelihood_of(*of_member[m]);
    }
}

double CalibratedRegion::likelihood_of(const PriorPoint& point) const {
    double sum = 0;
    for (std::size_t f = 0; f < observations_.size(); ++f)
        sum += log_likelihood(observations_[f], point.simulated[f], discrepancy_at(point.z.back()));
    return std::isfinite(sum) ? sum : impossible;
}

/// None where a value lies outside what its setting takes.
std::unique_ptr<World> CalibratedRegion::world_of(const std::vector<double>& z) const {
    ScenarioSettings settings = world_.settings;
    for (std::size_t k = 0; k < prior_.size(); ++k) {
        if (!access_.set(settings, prior_[k].key, fmt::format("{}", prior_[k].at(z[k]))).empty())
            return nullptr;
    }
    auto world = make_world(std::move(settings), {&world_});
    return world ? std::make_unique<World>(std::move(*world)) : nullptr;
}

Calibration CalibratedRegion::outcome(const std::vector<const PriorPoint*>& from_prior,
                                      const std::vector<const PriorPoint*>& particles) const {
    Calibration result;
    const auto bands = [&](auto value_of) {
        const auto band = [&](const std::vector<const PriorPoint*>& points) {
            std::vector<double> sample;
            for (const auto* point : points) sample.push_back(value_of(*point));
            return band_of(std::move(sample));
        };
        return std::pair(band(from_prior), band(particles));
    };
    for (std::size_t k = 0; k < prior_.size(); ++k) {
        const auto [before, after] = bands([&](const PriorPoint& point) { return prior_[k].at(point.z[k]); });
        result.parameters.push_back({prior_[k], before, after});
    }
    for (std::size_t f = 0; f < observations_.size(); ++f) {
        const auto [before, after] = bands(
            [&](const PriorPoint& point) { return std::exp(point.simulated[f] + observations_[f].bias); });
        result.figures.push_back({observations_[f].figure, before, after});
    }
    std::vector<double> discrepancies;
    for (const auto* particle : particles) {
        discrepancies.push_back(discrepancy_at(particle->z.back()));
        std::vector<double> line;
        for (std::size_t k = 0; k < prior_.size(); ++k) line.push_back(prior_[k].at(particle->z[k]));
        result.particles.push_back(std::move(line));
    }
    result.discrepancy = quantile(discrepancies, 0.5);
    result.design = look(from_prior);
    result.draws = spec_.draws;
    return result;
}

}  // namespace nuzuh
