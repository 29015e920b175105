#include "app/resume.hpp"

#include <exception>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/console.hpp"
#include "app/interrupt.hpp"
#include "app/memory.hpp"
#include "app/progress.hpp"

namespace nuzuh::app {

Refusal why_not_begun(const EnsembleParts& parts, bool resume, bool force) {
    if (!parts.is_there()) return {};
    if (force) {
        if (const auto foreign = parts.foreign(); !foreign.empty())
            return {fmt::format("{} is in the way, which no run has put there", foreign),
                    "take it away, or give another name with -o"};
        parts.remove();
        return {};
    }
    if (auto why = parts.why_not(); !why.empty())
        return {std::move(why), "give --force to begin anew, or another name with -o"};
    if (!resume)
        return {fmt::format("{} holds runs of an earlier launch", parts.folder().string()),
                "give --resume to go on, or --force to begin anew"};
    return {};
}

PartOfEnsemble run_and_keep(const World& world, EnsembleSpec spec, const EnsembleParts& parts,
                            double every_seconds, const Session& session) {
    std::atomic<bool> stop = false;
    const FinishOnSignal on_signal(stop);
    ProgressBar bar(session.quiet);
    spec.progress = [&](int done, int members) { bar.update(done, members); };
    EnsembleKeeping keeping{.every_seconds = every_seconds, .stop = &stop};
    keeping.keep = [&](const KeptMembers& kept) {
        try {
            parts.keep(kept);
            return true;
        } catch (const std::exception& error) {
            print_error(error.what(), "what is done is not kept");
            return false;
        }
    };
    const auto shelf = needs_shelf(world, spec) ? parts.shelf() : nullptr;
    spec.shelf = shelf;
    if (parts.is_there()) keeping.kept = parts.read(spec.members, shelf.get(), print_note);
    auto part = run_or_go_on(world, spec, keeping);
    if (shelf && !shelf->failure().empty()) throw h5::Error(shelf->failure());
    return part;
}

void add_keep_every(CLI::App& command, double& minutes, std::string_view where) {
    command
        .add_option(
            "--keep-every", minutes,
            fmt::format(
                "Minutes after which what is done is put {}; a kill loses no more than that. 0: after "
                "every step",
                where))
        ->capture_default_str()
        ->check(CLI::Range(0.0, 100'000.0))
        ->type_name("MINUTES");
}

int stopped(bool is_kept) {
    print_note(is_kept ? "stopped by a signal: the same command with --resume goes on from what is kept"
                       : "stopped by a signal before anything could be kept; nothing was written");
    return is_kept ? exit_stopped : exit_failed;
}

int broken_off(const EnsembleResult& result, const EnsembleParts& parts) {
    if (!result.failure.empty()) {
        print_error(fmt::format("a fault of this program: {}", result.failure),
                    "nothing was written; please report it with the scenario");
        return exit_failed;
    }
    return stopped(parts.holds_members());
}

}  // namespace nuzuh::app
