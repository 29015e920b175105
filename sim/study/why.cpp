#include "sim/study/why.hpp"

#include <algorithm>
#include <span>

#include "sim/study/drawn_members.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh {
namespace {

/// Adds what a step says of those who arrive.
void add_step(const World& world, const StepRecord& step, int place, ExplainedArrivals& to) {
    to.all += step.at(place, PlaceField::arrivals);
    for (std::size_t c = 0; c < cause_count; ++c) to.by_cause.of[c] += step.at(place, arrivals_by(Cause(c)));
    for (const auto& one : step.arrivals_from) {
        if (one.place == place) to.by_home[std::size_t(one.home)] += one.persons;
    }
    for (std::size_t r = 0; r < world.roads.size() && step.last_road.size() > 0; ++r) {
        if (world.roads[r].from == place) to.by_last_road[r] += step.last_road(2 * Eigen::Index(r));
        if (world.roads[r].to == place) to.by_last_road[r] += step.last_road(2 * Eigen::Index(r) + 1);
    }
}

/// What members are asked to say.
EngineSpec asking(const EnsembleSpec& spec) {
    EngineSpec engine;
    engine.kind = spec.engine;
    engine.mode = spec.mode;
    engine.seed = spec.seed;
    engine.fields = PlaceFields(fields_by_cause).set(std::size_t(PlaceField::arrivals));
    engine.count_routes = false;
    engine.count_last_roads = true;
    engine.count_origins = spec.engine != EngineKind::pooled;
    return engine;
}

}  // namespace

std::vector<ExplainedArrivals> explain_arrivals(const World& world, const EnsembleSpec& spec,
                                                const ArrivalsAsked& asked) {
    ExplainedArrivals nobody;
    nobody.by_home.resize(spec.engine == EngineKind::pooled ? 0 : world.places.size());
    nobody.by_last_road.resize(world.roads.size());
    std::vector<ExplainedArrivals> all(std::size_t(spec.members), nobody);
    const auto together = std::int64_t(most_together(spec.engine));
    LocalWorkQueue queue(missing_runs({0, spec.members}, {}, together), [&](std::int64_t done) {
        if (spec.progress) spec.progress(int(done), spec.members);
    });
    const GoOn not_over = [&](std::size_t, int steps, const auto&) { return steps < asked.end_step; };
    work_through(queue, std::min(thread_count(spec.threads), spec.members), [&](RunRange numbers, int) {
        std::vector<DrawnMember> drawn;
        if (spec.unknowns)
            drawn = draw_members(world, *spec.unknowns, int(numbers.first), int(numbers.size()));
        std::vector<Member> members;
        for (std::int64_t run = numbers.first; run < numbers.end; ++run) {
            members.push_back({spec.unknowns ? drawn[members.size()].world.get() : &world, asking(spec)});
            members.back().spec.run = std::uint64_t(run);
        }
        std::size_t number = std::size_t(numbers.first);
        for (auto left = std::span<const Member>(members); !left.empty();) {
            const auto next = left.first(best_together(left));
            run_members(
                next, 1, {},
                [&](std::size_t run, int step, const StepRecord& record) {
                    if (step >= asked.first_step && step < asked.end_step)
                        add_step(*next[run].world, record, asked.place, all[number + run]);
                },
                {}, not_over);
            number += next.size();
            left = left.subspan(next.size());
        }
        queue.done(numbers.size());
    });
    return all;
}

}  // namespace nuzuh
