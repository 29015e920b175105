#include "sim/study/ensemble.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <new>

#include <fmt/format.h>

#include "sim/model/engine_choice.hpp"
#include "sim/study/drawn_members.hpp"
#include "sim/study/ensemble_keeping.hpp"
#include "sim/study/recorder.hpp"
#include "sim/study/schedule.hpp"
#include "sim/study/shelf.hpp"

namespace nuzuh {
namespace {

/// Displaced people by time, place and home, summed over members in thousandths of a person: integer sums do
/// not depend on their order, and so not on the number of threads. Steps list them place by place.
class OriginSums {
public:
    OriginSums(const World& world, const EnsembleSpec& spec, int records)
        : places_(world.places.size()),
          size_(origin_sums_a_record(world, spec.engine, spec.origins)),
          sums_(size_ * std::size_t(records), 0) {}

    void add(int record, const std::vector<FromHome>& displaced_from) {
        if (size_ == 0) return;
        std::int64_t* to = sums_.data() + std::size_t(record) * size_;
        for (const auto& [place, home, persons] : displaced_from)
            to[std::size_t(place) * places_ + std::size_t(home)] += std::int64_t(persons * 1000 + 0.5);
    }
    void add(const OriginSums& other) {
        for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += other.sums_[c];
    }
    void add(const std::vector<std::int64_t>& first) {
        for (std::size_t c = 0; c < first.size(); ++c) sums_[c] += first[c];
    }
    void clear() { std::fill(sums_.begin(), sums_.end(), 0); }
    const std::vector<std::int64_t>& sums() const { return sums_; }
    /// The sums of the first records.
    std::vector<std::int64_t> first(int records) const {
        return {sums_.begin(), sums_.begin() + std::ptrdiff_t(size_) * records};
    }
    /// [T, home P, place P] mean over members [persons].
    std::vector<float> mean(int members) const {
        std::vector<float> result;
        result.reserve(sums_.size());
        for (std::size_t record = 0; record < sums_.size(); record += size_) {
            for (std::size_t home = 0; home < places_; ++home) {
                for (std::size_t at = record + home; at < record + size_; at += places_)
                    result.push_back(float(double(sums_[at]) / 1000 / members));
            }
        }
        return result;
    }

private:
    std::size_t places_, size_;
    std::vector<std::int64_t> sums_;
};

}  // namespace

int steps_a_record(const World& world) {
    return std::max(1, int(std::lround(world.settings.output.every_days / world.dt)));
}

std::vector<double> record_days(const World& world, int every_steps) {
    std::vector<double> days;
    for (int first = 0; first < world.steps; first += every_steps) {
        const int last = std::min(first + every_steps, world.steps) - 1;
        days.push_back(std::floor(last * world.dt));
    }
    return days;
}

namespace {

using AtRecord = std::function<void(std::size_t run, int record, const StepRecord&)>;

/// Runs that move together, from the step that they go on from.
class RunsTogether {
public:
    /// @param members  of which `best_together` says all
    RunsTogether(std::span<const Member> members, int every_steps, const Selection& selection,
                 std::span<const ResumePoint> resume_points)
        : engine_(make_engine(members)),
          every_steps_(every_steps),
          first_step_(resume_points.empty() ? 0 : resume_points.front().first_step),
          steps_(members.front().world->steps),
          records_(members.size()) {
        recorders_.reserve(members.size());
        for (std::size_t run = 0; run < members.size(); ++run) {
            recorders_.emplace_back(*members[run].world, every_steps, selection);
            if (resume_points.empty() || !resume_points[run].from) continue;
            Loader from(*resume_points[run].from);
            recorders_[run].restore(first_step_, from);
            engine_->restore(run, first_step_, from);
            require_saved(from.at_end());
        }
    }

    /// Moves them to the end. Says whether they came there.
    bool move(const AtRecord& at_record, const GoOn& go_on, std::size_t before) {
        const auto states_now = [this] { return states(); };
        int number = first_step_ / every_steps_;
        for (int step = first_step_; step < steps_; ++step) {
            if (go_on && step > first_step_ && !go_on(before, step, states_now)) return false;
            engine_->step(records_);
            bool closed = false;
            for (std::size_t run = 0; run < recorders_.size(); ++run) {
                closed = recorders_[run].add(records_[run]);
                if (closed && at_record) at_record(before + run, number, records_[run]);
            }
            number += closed;
        }
        return true;
    }

    std::vector<std::byte> state(std::size_t run) const {
        Saver to;
        recorders_[run].save(to);
        engine_->save(run, to);
        return to.bytes();
    }

    /// The result of a run that is at its end; once.
    RunResult finish(std::size_t run, const AtRecord& at_record, std::size_t before) {
        if (recorders_[run].finish(records_[run]) && at_record)
            at_record(before + run, (steps_ - 1) / every_steps_, records_[run]);
        recorders_[run].result().histories = engine_->histories(run);
        return std::move(recorders_[run].result());
    }

private:
    std::vector<std::vector<std::byte>> states() const {
        std::vector<std::vector<std::byte>> all;
        for (std::size_t run = 0; run < recorders_.size(); ++run) all.push_back(state(run));
        return all;
    }

    std::unique_ptr<Engine> engine_;
    int every_steps_, first_step_, steps_;
    std::vector<Recorder> recorders_;
    std::vector<StepRecord> records_;
};

}  // namespace

std::vector<RunResult> run_members(std::span<const Member> members, int every_steps,
                                   const Selection& selection, const AtRecord& at_record,
                                   std::span<const ResumePoint> resume_points, const GoOn& go_on) {
    std::vector<RunResult> results;
    while (results.size() < members.size()) {
        const std::size_t before = results.size();
        const auto together = members.subspan(before, best_together(members.subspan(before)));
        const auto points =
            resume_points.empty() ? resume_points : resume_points.subspan(before, together.size());
        RunsTogether runs(together, every_steps, selection, points);
        if (!runs.move(at_record, go_on, before)) return results;
        for (std::size_t run = 0; run < together.size(); ++run) {
            if (!points.empty() && points[run].state) *points[run].state = runs.state(run);
            results.push_back(runs.finish(run, at_record, before));
        }
    }
    return results;
}

CheckpointTerms EnsembleSpec::terms() const {
    return {seed,        engine, mode,   members,
            every_steps, traces, causes, unknowns ? unknowns->fingerprint() : ""};
}

EnsembleSpec ensemble_spec(const World& world, int threads) {
    const auto& engine = world.settings.engine;
    EnsembleSpec spec;
    spec.engine = engine.kind;
    spec.mode = engine.mode;
    spec.members = engine.members;
    spec.seed = std::uint64_t(engine.seed);
    spec.threads = threads;
    spec.every_steps = steps_a_record(world);
    spec.origins = world.settings.output.origins;
    spec.causes = world.settings.output.causes;
    return spec;
}

namespace {

/// One ensemble on its way.
class EnsembleRun {
public:
    EnsembleRun(const World& world, const EnsembleSpec& spec, EnsembleKeeping* keeping)
        : world_(world),
          spec_(spec),
          keeping_(keeping),
          all_threads_(thread_count(spec.threads)),
          threads_(std::min(all_threads_, spec.members)),
          selection_(Selection::everything()),
          open_(std::size_t(threads_)) {
        selection_.arrivals_from = selection_.displaced_from = spec.origins != OriginsKept::nothing;
        for (std::size_t c = 0; c < cause_count; ++c)
            selection_.place[std::size_t(arrivals_by(Cause(c)))] = spec.causes;
        require_engine({.rules = world.settings.behaviour.rules,
                        .kind = spec.engine,
                        .mode = spec.mode,
                        .members = spec.unknowns ? 1 : spec.members,
                        .traces = spec.traces,
                        .continues = spec.keep_state || spec.from,
                        .causes = spec.causes});
        can_pause_ = keeping && why_no_engine({.rules = world.settings.behaviour.rules,
                                               .kind = spec.engine,
                                               .mode = spec.mode,
                                               .members = spec.unknowns ? 1 : spec.members,
                                               .traces = spec.traces,
                                               .continues = true})
                                    .empty();
        result_.shelf = spec.shelf;
        result_.days = record_days(world, spec.every_steps);
        result_.members.resize(std::size_t(spec.members));
        is_done_.resize(std::size_t(spec.members), 0);
        if (spec.unknowns) {
            result_.unknowns = spec.unknowns->names();
            result_.unknowns_fingerprint = spec.unknowns->fingerprint();
            result_.drawn.resize(result_.members.size());
        }
        if (spec.keep_state) {
            result_.checkpoint = {spec.terms(), world.steps, fingerprint(world, world.steps), {}, {}, {}};
            result_.checkpoint->members.resize(result_.members.size());
            if (spec.unknowns) result_.checkpoint->drawn_worlds.resize(result_.members.size());
        }
        if (keeping_) {
            for (auto& kept : keeping_->kept) take_over(std::move(kept));
        }
    }

    EnsembleResult run() {
        try {
            work();
        } catch (const std::exception& fault) {
            result_.failure = fault.what();
            return std::move(result_);
        }
        if (!is_whole()) {
            for (auto& open : open_) {
                if (!open.is_broken_off) keep(open);
            }
            return std::move(result_);
        }
        return finish();
    }

    bool is_whole() const {
        return std::all_of(is_done_.begin(), is_done_.end(), [](char done) { return done != 0; });
    }

private:
    using Clock = std::chrono::steady_clock;

    /// What a thread has done since members were last kept for good.
    struct Open {
        std::unique_ptr<OriginSums> sums;   ///< over all of these
        std::vector<std::int32_t> numbers;  ///< of members that are done
        bool is_broken_off = false;         ///< between two steps of others
        bool is_kept = false;  ///< whether the file of others in hand must give way to one of all
        Clock::time_point since = Clock::now();
    };

    std::unique_ptr<OriginSums> no_sums() const {
        return std::make_unique<OriginSums>(world_, spec_, int(result_.days.size()));
    }

    void take_over(KeptMembers kept) {
        for (std::size_t i = 0; i < kept.numbers.size(); ++i) {
            const auto member = std::size_t(kept.numbers[i]);
            if (spec_.unknowns && result_.checkpoint)
                drawn({std::int64_t(member), std::int64_t(member) + 1});
            else if (spec_.unknowns)
                result_.drawn[member] = spec_.unknowns->draw(world_.settings, int(member)).values;
            result_.members[member] = std::move(kept.results[i]);
            if (result_.checkpoint) result_.checkpoint->members[member] = std::move(kept.states[i]);
            is_done_[member] = 1;
        }
        if (kept.in_hand.empty())
            add_kept(kept.origin_sums);
        else
            in_hand_.emplace(kept.in_hand.front().number, std::move(kept));
    }

    void add_kept(const std::vector<std::int64_t>& sums) {
        if (!kept_sums_) kept_sums_ = no_sums();
        kept_sums_->add(sums);
    }

    Member member(const World& world, std::int64_t number) const {
        return {&world,
                {.kind = spec_.engine,
                 .mode = spec_.mode,
                 .seed = spec_.seed,
                 .run = std::uint64_t(number),
                 .traces = spec_.traces,
                 .fields = fields_behind(selection_),
                 .count_origins = selection_.arrivals_from,
                 .threads = all_threads_ / threads_}};
    }

    /// Members that draw what is not known; none where all is known.
    std::vector<DrawnMember> drawn(RunRange range) {
        if (!spec_.unknowns) return {};
        auto members = draw_members(world_, *spec_.unknowns, int(range.first), int(range.size()));
        for (std::size_t run = 0; run < members.size(); ++run) {
            const std::size_t number = std::size_t(range.first) + run;
            result_.drawn[number] = members[run].values;
            check_past(*members[run].world, number);
        }
        return members;
    }

    /// That a member goes on from what it drew before, and can be gone on with.
    ///
    /// @throws  ModelFault if it does not
    void check_past(const World& world, std::size_t number) {
        if (result_.checkpoint) result_.checkpoint->drawn_worlds[number] = fingerprint(world, world.steps);
        if (!spec_.from || spec_.from->drawn_worlds.at(number) == fingerprint(world, spec_.from->steps))
            return;
        throw ModelFault(fmt::format(
            "the checkpoint is of another scenario: member {} draws other strikes, fronts, populations or "
            "capacities before it than it did",
            number));
    }

    /// Runs that are not done: those that an earlier launch had in hand first.
    std::vector<RunRange> ranges_to_run() const {
        std::vector<RunRange> in_hand, taken;
        auto is_taken = is_done_;
        for (const auto& [first, kept] : in_hand_) {
            in_hand.push_back({first, first + std::int64_t(kept.in_hand.size())});
            for (const auto& member : kept.in_hand) is_taken[std::size_t(member.number)] = 1;
        }
        for (std::int64_t member = 0; member < spec_.members; ++member) {
            if (is_taken[std::size_t(member)]) taken.push_back({member, member + 1});
        }
        const std::vector<Member> alike(std::size_t(spec_.members), member(world_, 0));
        const std::size_t share = (alike.size() + std::size_t(threads_) - 1) / std::size_t(threads_);
        const auto missing =
            missing_runs({0, spec_.members}, taken, std::int64_t(std::min(best_together(alike), share)));
        in_hand.insert(in_hand.end(), missing.begin(), missing.end());
        return in_hand;
    }

    void work() {
        if (spec_.from) {
            const auto records = std::size_t(spec_.from->steps / spec_.every_steps);
            require_saved(spec_.from->origin_sums.size() ==
                          records * origin_sums_a_record(world_, spec_.engine, spec_.origins));
        }
        const auto earlier = std::count(is_done_.begin(), is_done_.end(), 1);
        LocalWorkQueue queue(ranges_to_run(), [&](std::int64_t done) {
            if (spec_.progress) spec_.progress(int(earlier + done), spec_.members);
        });
        work_through(queue, threads_, [&](RunRange range, int thread) {
            if (is_stopped()) return queue.close();
            Open& open = open_[std::size_t(thread)];
            if (!run(range, open)) return queue.close();
            queue.done(range.size());
            if (keeping_ && (open.is_kept || is_due(open))) keep(open);
        });
    }

    bool is_stopped() const { return keeping_ && keeping_->stop && *keeping_->stop; }

    bool is_due(const Open& open) const {
        return Clock::now() - open.since > std::chrono::duration<double>(keeping_->every_seconds);
    }

    /// What an earlier launch kept when it had these runs in hand becomes what this thread has done. Gives where they
    /// stood; nothing for runs that were not in hand.
    std::vector<MemberInHand> take_up(RunRange range, Open& open) {
        const auto found = in_hand_.find(range.first);
        if (found == in_hand_.end()) return {};
        KeptMembers& kept = found->second;
        open.sums->add(kept.origin_sums);
        open.numbers.insert(open.numbers.end(), kept.numbers.begin(), kept.numbers.end());
        open.is_kept = true;
        return std::move(kept.in_hand);
    }

    /// Where runs begin: where they stood, where the ensemble goes on from, or at the start.
    std::vector<ResumePoint> resume_points(RunRange range, const std::vector<MemberInHand>& stood) {
        std::vector<ResumePoint> points(std::size_t(range.size()));
        for (std::size_t run = 0; run < points.size(); ++run) {
            const auto member = std::size_t(range.first) + run;
            if (!stood.empty())
                points[run] = {&stood[run].state, stood[run].steps, nullptr};
            else if (spec_.from)
                points[run] = {&spec_.from->members[member], spec_.from->steps, nullptr};
            if (result_.checkpoint) points[run].state = &result_.checkpoint->members[member];
        }
        return points;
    }

    /// Says whether all of the runs are done.
    bool run(RunRange range, Open& open) {
        if (!open.sums) open.sums = no_sums();
        const auto on = drawn(range);
        std::vector<Member> members;
        for (std::int64_t number = range.first; number < range.end; ++number) {
            const World& world = spec_.unknowns ? *on[std::size_t(number - range.first)].world : world_;
            members.push_back(member(world, number));
        }
        const auto stood = take_up(range, open);
        const auto points = resume_points(range, stood);
        for (std::size_t first = 0; first < members.size();) {
            std::size_t count = best_together(std::span(members).subspan(first));
            const auto is_elsewhere = [&](const ResumePoint& point) {
                return point.first_step != points[first].first_step;
            };
            const auto from = points.begin() + std::ptrdiff_t(first);
            count = std::size_t(std::find_if(from, from + std::ptrdiff_t(count), is_elsewhere) - from);
            const auto later = std::span(stood).subspan(std::min(first + count, stood.size()));
            if (!run_together(range.first + std::int64_t(first), std::span(members).subspan(first, count),
                              std::span(points).subspan(first, count), later, open))
                return false;
            first += count;
        }
        return true;
    }

    /// Says whether they are done; else they are in hand, and with them those that are to come later and stood already.
    bool run_together(std::int64_t first, std::span<const Member> members,
                      std::span<const ResumePoint> points, std::span<const MemberInHand> later, Open& open) {
        const auto sum_origins = [&](std::size_t, int record, const StepRecord& step) {
            open.sums->add(record, step.displaced_from);
        };
        const auto go_on = [&](std::size_t, int steps, const auto& states) {
            const bool stops = is_stopped();
            if (!stops && !is_due(open)) return true;
            try {
                std::vector<MemberInHand> in_hand;
                for (auto& state : states())
                    in_hand.push_back(
                        {std::int32_t(first + std::int64_t(in_hand.size())), steps, std::move(state)});
                in_hand.insert(in_hand.end(), later.begin(), later.end());
                keep(open, std::move(in_hand));
            } catch (const std::bad_alloc&) {
                open.since = Clock::now();
                return true;  // there is room to go on
            }
            open.is_broken_off = stops;
            return !stops;
        };
        auto done = run_members(members, spec_.every_steps, selection_, sum_origins, points,
                                can_pause_ ? GoOn(go_on) : GoOn());
        if (done.size() < members.size()) return false;
        for (std::size_t run = 0; spec_.shelf && run < done.size(); ++run)
            spec_.shelf->put(int(first) + int(run), done[run]);
        std::move(done.begin(), done.end(), result_.members.begin() + first);
        for (std::size_t run = 0; run < members.size(); ++run) {
            is_done_[std::size_t(first) + run] = 1;
            open.numbers.push_back(std::int32_t(first + std::int64_t(run)));
        }
        return true;
    }

    /// Keeps what a thread has done: for good where no members are in hand.
    void keep(Open& open, std::vector<MemberInHand> in_hand = {}) {
        if (!keeping_ || !keeping_->keep || (open.numbers.empty() && in_hand.empty())) return;
        const bool is_for_good = in_hand.empty();
        std::sort(open.numbers.begin(), open.numbers.end());
        KeptMembers kept{open.numbers, {}, {}, std::move(in_hand), open.sums->sums()};
        for (const std::int32_t member : kept.numbers) {
            kept.results.push_back(result_.members[std::size_t(member)]);
            if (result_.checkpoint) kept.states.push_back(result_.checkpoint->members[std::size_t(member)]);
        }
        open.since = Clock::now();
        if (!keeping_->keep(kept)) return;
        open.is_kept = !is_for_good;
        if (!is_for_good) return;
        const std::lock_guard lock(guard_);
        add_kept(kept.origin_sums);
        open.sums->clear();
        open.numbers.clear();
    }

    EnsembleResult finish() {
        if (!kept_sums_) kept_sums_ = no_sums();
        OriginSums& all = *kept_sums_;
        for (const auto& open : open_) {
            if (open.sums) all.add(*open.sums);
        }
        if (spec_.from) all.add(spec_.from->origin_sums);
        if (result_.checkpoint) result_.checkpoint->origin_sums = all.first(world_.steps / spec_.every_steps);
        result_.mean_displaced_from = all.mean(spec_.members);
        return std::move(result_);
    }

    const World& world_;
    const EnsembleSpec& spec_;
    EnsembleKeeping* keeping_;
    int all_threads_;
    int threads_;
    Selection selection_;  ///< of what is kept of a run
    EnsembleResult result_;
    std::vector<char> is_done_;  ///< [member]; each written by the thread that has it
    std::map<std::int64_t, KeptMembers>
        in_hand_;             ///< by an earlier launch, by the first member that it had in hand
    bool can_pause_ = false;  ///< whether a member can be kept between two steps
    std::vector<Open> open_;  ///< [thread]
    std::mutex guard_;
    std::unique_ptr<OriginSums> kept_sums_;  ///< over members that are kept
};

}  // namespace

std::span<const float> EnsembleResult::series(std::size_t member, std::size_t series,
                                              std::vector<float>& fetched) const {
    if (!shelf) return series_of(members[member], series);
    fetched = shelf->series(int(member), series);
    return fetched;
}

const RunResult& EnsembleResult::with_places(std::size_t member, PlaceFields fields,
                                             RunResult& fetched) const {
    if (!shelf) return members[member];
    for (std::size_t f = 0; f < fields.size(); ++f) {
        if (fields[f]) fetched.place[f] = shelf->series(int(member), f);
    }
    return fetched;
}

EnsembleResult run_ensemble(const World& world, const EnsembleSpec& spec) {
    return EnsembleRun(world, spec, nullptr).run();
}

PartOfEnsemble run_or_go_on(const World& world, const EnsembleSpec& spec, EnsembleKeeping& keeping) {
    EnsembleRun run(world, spec, &keeping);
    PartOfEnsemble part{run.run(), false};
    part.is_whole = part.result.failure.empty() && run.is_whole();
    return part;
}

}  // namespace nuzuh
