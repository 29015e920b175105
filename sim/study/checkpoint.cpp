#include "sim/study/checkpoint.hpp"

#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "sim/base/sha256.hpp"
#include "sim/model/fields.hpp"
#include "sim/study/sealed.hpp"

namespace nuzuh {
namespace {

constexpr std::string_view checkpoint_heading = "nuzuh checkpoint 6\n";

std::string digest(std::span<const std::byte> bytes) {
    return sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void put_text(Saver& to, std::string_view text) { to(std::vector<char>(text.begin(), text.end())); }

std::string take_text(Loader& from) {
    std::vector<char> letters;
    from(letters);
    return {letters.begin(), letters.end()};
}

/// Saves every number and choice of a settings struct.
struct Values {
    Saver& to;

    void number(Field, double& value, Range) { to(value); }
    template <class S>
    void section(Field, S& s) {
        describe(*this, s);
    }
    template <class E>
    void choice(Field, E& value, Choices<E>) {
        to(value);
    }
};

/// What does not change from step to step.
void save_frame(Saver& to, const World& world) {
    for (const auto& place : world.places) {
        put_text(to, place.place);
        to(place.type, place.admission, place.population);
    }
    for (const auto& group : world.groups) to(group.household_size, group.threshold, group.mode);
    for (const Draw& draw : world.draws) {
        put_text(to, draw.area);
        to(draw.factor);
    }
    for (const auto& road : world.roads) to(road.from, road.to, road.km);
    to(world.start, world.dt, world.modes, world.mode_of_group, world.abroad_behind, world.capacity,
       world.onward);
    to(world.mobile_groups, world.households, world.departures.rows());
    auto behaviour = world.settings.behaviour;
    Values values{to};
    describe(values, behaviour);
}

void save_step(Saver& to, const World& world, int step) {
    const StepInputs& in = world.inputs[std::size_t(step)];
    to(in.strikes, in.exposure, in.danger, world.responses[std::size_t(step)], in.front, in.access, in.quota,
       in.fallen, in.band, in.camp_closed);
    to(in.ordered, in.returning, in.lost, world.attraction->there[std::size_t(step)],
       world.attraction->passing[std::size_t(step)]);
    if (world.departures.size() > 0) to(Eigen::ArrayXd(world.departures.col(step)));
}

/// A place that is reached, with the last stretch of the way there.
struct ReachedBy {
    int to;
    Leg leg;
};

/// Digest of each state of the network.
std::vector<std::string> digests_of_ways(const World& world) {
    std::vector<std::string> digests;
    for (const auto& state : world.network->ways) {
        std::string of_state;
        for (const FastestWays& by_mode : state) {
            for (std::size_t i = 0; i < by_mode.from.size(); ++i) {
                const WaysFrom& from = *by_mode.from[i];
                std::vector<ReachedBy> reached;
                for (const int j : from.reached) reached.push_back({j, *from.leg_to(j)});
                Saver to;
                to(from.hours, reached);
                of_state += digest(to.bytes());
            }
        }
        digests.push_back(sha256(of_state));
    }
    return digests;
}

}  // namespace

std::string in_words(const CheckpointTerms& terms) {
    return fmt::format("{} {} by {}{}, seed {}, records every {} {}, {} traces{}", terms.members,
                       terms.members == 1 ? "run" : "runs", word_of(terms.engine, engine_names),
                       terms.mode == DrawMode::expected ? " in expected mode" : "", terms.seed,
                       terms.every_steps, terms.every_steps == 1 ? "step" : "steps", terms.traces,
                       terms.causes ? ", arrivals by cause" : "");
}

std::size_t origin_sums_a_record(const World& world, EngineKind engine, OriginsKept origins) {
    const bool are_kept = engine != EngineKind::pooled && origins == OriginsKept::every_record;
    return are_kept ? world.places.size() * world.places.size() : 0;
}

std::string fingerprint(const World& world, int steps) {
    Saver frame;
    save_frame(frame, world);
    std::string digests = digest(frame.bytes());
    const auto ways = digests_of_ways(world);
    for (int step = 0; step < steps; ++step) {
        Saver inputs;
        save_step(inputs, world, step);
        digests += digest(inputs.bytes()) + ways[std::size_t(world.inputs[std::size_t(step)].ways)];
    }
    return sha256(digests);
}

std::vector<std::byte> checkpoint_bytes(const Checkpoint& checkpoint) {
    Saver content;
    const auto& [seed, engine, mode, members, every_steps, traces, causes, unknowns] = checkpoint.terms;
    content(seed, engine, mode, members, every_steps, traces, causes, checkpoint.steps);
    put_text(content, unknowns);
    put_text(content, checkpoint.world);
    put_text(content, fmt::format("{}", fmt::join(checkpoint.drawn_worlds, " ")));
    content(checkpoint.members, checkpoint.origin_sums);
    return sealed(checkpoint_heading, content.bytes());
}

bool is_checkpoint(std::span<const std::byte> bytes) { return has_heading(bytes, checkpoint_heading); }

Result<Checkpoint> read_checkpoint(std::span<const std::byte> bytes) {
    if (!is_checkpoint(bytes)) {
        return one_error("", "the file is no checkpoint of this version",
                         "--checkpoint FILE of `nuzuh run` writes one");
    }
    const auto content = unsealed(checkpoint_heading, bytes);
    if (!content) {
        return one_error("", "the checkpoint is damaged: its SHA-256 is not the one it was written with",
                         "write it again with --checkpoint");
    }
    try {
        Loader from(*content);
        Checkpoint checkpoint;
        auto& [seed, engine, mode, members, every_steps, traces, causes, unknowns] = checkpoint.terms;
        from(seed, engine, mode, members, every_steps, traces, causes, checkpoint.steps);
        unknowns = take_text(from);
        checkpoint.world = take_text(from);
        std::istringstream drawn(take_text(from));
        for (std::string one; drawn >> one;) checkpoint.drawn_worlds.push_back(one);
        from(checkpoint.members, checkpoint.origin_sums);
        require_saved(checkpoint.steps > 0 && members > 0 && every_steps > 0 &&
                      checkpoint.members.size() == std::size_t(members) && from.at_end());
        require_saved(checkpoint.drawn_worlds.empty() ||
                      checkpoint.drawn_worlds.size() == checkpoint.members.size());
        return checkpoint;
    } catch (const std::out_of_range& why) {
        return one_error("", fmt::format("the checkpoint is not as this program writes it: {}", why.what()),
                         "write it again with --checkpoint");
    }
}

Findings why_not_continued(const Checkpoint& checkpoint, const World& world, const CheckpointTerms& terms) {
    Findings findings;
    const auto refuse = [&](std::string message, std::string hint) {
        findings.push_back({Severity::error, "", std::move(message), std::move(hint), {}, ""});
    };
    auto but_for_unknowns = checkpoint.terms;
    but_for_unknowns.unknowns = terms.unknowns;
    if (checkpoint.terms.unknowns != terms.unknowns) {
        refuse("the checkpoint's members drew other unknowns than this run's",
               "continue with the same parameters and uncertainty, and --fixed where the first "
               "part had it");
    }
    if (but_for_unknowns != terms) {
        refuse(fmt::format("the checkpoint holds {}; this run asks for {}", in_words(checkpoint.terms),
                           in_words(terms)),
               "ask for the same with --engine, --mode, --members, --seed, --traces, output.every and "
               "output.causes");
    }
    const Date reached = world.start + (int(checkpoint.steps * world.dt) - 1);
    if (checkpoint.steps >= world.steps) {
        refuse(fmt::format("the checkpoint stands at {}, and this run ends at {}", iso(reached),
                           iso(world.settings.period.to)),
               "leave out --until, or give a later day");
    } else if (checkpoint.origin_sums.size() !=
               std::size_t(checkpoint.steps / checkpoint.terms.every_steps) *
                   origin_sums_a_record(world, terms.engine, world.settings.output.origins)) {
        refuse("the checkpoint keeps other origins than this run",
               "give output.origins the value that it had");
    } else if (checkpoint.world != fingerprint(world, checkpoint.steps)) {
        refuse(fmt::format("the checkpoint is of another scenario: what is simulated up to {} differs",
                           iso(reached)),
               "continue with the scenario it was written for; what comes later may differ");
    }
    return findings;
}

}  // namespace nuzuh
