#include "sim/study/run_scores.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/check/make_world.hpp"
#include "sim/study/baselines.hpp"
#include "sim/study/ensemble.hpp"

namespace nuzuh {
namespace {

/// Runs a scenario.
ScoredRun run_now(const World& world, EnsembleSpec spec, const ScoringSpec& scoring) {
    spec.progress = scoring.progress;
    const EnsembleResult result = run_ensemble(world, spec);
    if (!result.failure.empty()) throw ModelFault(result.failure);
    ScoredRun run{
        result.days, {}, Eigen::ArrayXXd::Zero(Eigen::Index(result.days.size()), world.place_count())};
    for (const auto& member : result.members) {
        const auto values = [&](PlaceField field) {
            return by_record(member.place[std::size_t(field)].data(), result.days.size(),
                             world.places.size());
        };
        run.members.push_back(values(PlaceField::displaced));
        run.left += values(PlaceField::departures) / double(result.members.size());
    }
    return run;
}

/// The run in which every draw is its mean, where an engine has one and the scenario asks for another.
std::optional<ScoredRun> expected_run(const World& world, const ScoringSpec& scoring) {
    const auto& engine = world.settings.engine;
    if (engine.kind == EngineKind::agents || engine.mode == DrawMode::expected) return {};
    auto spec = ensemble_spec(world, 1);
    spec.mode = DrawMode::expected;
    spec.members = 1;
    return run_now(world, spec, scoring);
}

FormScores scores_of(std::string form, const World& world, const ScoredRun& run, const ScoringSpec& scoring) {
    const Registrations counted = registrations_on(world, run.days);
    const double record_days = run.days.size() > 1 ? run.days[1] - run.days[0] : 1;
    const int week = std::max(1, int(std::lround(7 / record_days)));
    FormScores result{std::move(form), {}, {}, world.start, run.days, counted.persons, {}};
    for (int i : counted.places) result.places.push_back(world.places[std::size_t(i)].name);
    const auto at_camps = [&](const ScoredRun& one) {
        std::vector<Eigen::ArrayXXd> members;
        for (const auto& member : one.members) members.push_back(member(Eigen::all, counted.places));
        return members;
    };
    result.members = at_camps(run);
    result.rows.push_back({"this run", skill(result.members, counted.persons, week)});
    if (const auto expected = expected_run(world, scoring))
        result.rows.push_back({"its expected run", skill(at_camps(*expected), counted.persons, week)});
    const Eigen::ArrayXXd left = leaving_as_registered(world, run.days, run.left);
    for (const auto& one : baselines) {
        const auto series = baseline_counts(one.kind, world, counted, run.days, left);
        if (series) result.rows.push_back({std::string(one.name), skill({*series}, counted.persons, week)});
    }
    return result;
}

bool any_capacity(const World& world) {
    for (double capacity : world.capacity) {
        if (capacity < no_limit) return true;
    }
    return false;
}

}  // namespace

Eigen::ArrayXXd by_record(const float* values, std::size_t records, std::size_t places) {
    using Rows = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const Rows>(values, Eigen::Index(records), Eigen::Index(places)).cast<double>();
}

Findings why_not_scored(const World& world) {
    const double every_days = world.settings.output.every_days;
    if (registrations_on(world, {0}).places.empty())
        return one_error("registrations", "there are no registrations of camps to score the run by",
                         "give `registrations` in the scenario");
    if (every_days > 1)
        return one_error(
            "output.every",
            fmt::format("a score takes records of a day, and these are of {:.0f}: the plain rules "
                        "beside a run go on from each record to the next",
                        every_days),
            "run the scenario with output.every: 1 day");
    return {};
}

std::vector<FormScores> score_forms(const World& world, const std::optional<ScoredRun>& done,
                                    const SettingAccess& access, const ScoringSpec& spec) {
    const auto now = [&](const World& one) {
        auto ensemble = ensemble_spec(one, spec.threads);
        const auto unknowns = Unknowns::of(one.settings, access);
        if (ensemble.members > 1 && unknowns && unknowns->any()) ensemble.unknowns = &*unknowns;
        return run_now(one, ensemble, spec);
    };
    std::vector<FormScores> forms;
    const bool limited = any_capacity(world);
    const ScoredRun as_given = done ? *done : now(world);
    if (limited) {
        const auto free = make_world(capacities_withheld(world.settings));
        forms.push_back(scores_of("capacities withheld", *free, now(*free), spec));
    }
    forms.push_back(scores_of(limited ? "capacities as given" : "no capacities", world, as_given, spec));
    return forms;
}

}  // namespace nuzuh
