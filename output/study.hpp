// A study from its file to its results: what `nuzuh sweep` does, for any program.
//
//     const auto study = nuzuh::load_study("study.yaml");
//     if (!study) return report(study.findings());
//     const auto done = nuzuh::run_study(*study, "study.h5", {.threads = 2});
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "output/parts.hpp"
#include "output/writer.hpp"
#include "sim/scenario/study.hpp"
#include "sim/study/ranks.hpp"
#include "sim/study/run_counts.hpp"
#include "sim/study/shard.hpp"
#include "sim/study/sweep.hpp"

namespace nuzuh {

/// A study that is checked as a whole: its worlds can be made, its design and outputs are known.
struct Study {
    StudyPlan plan;
    PartsHead head;
    Provenance provenance;
    std::vector<std::filesystem::path> files = {};  ///< whose place the results must not take: what was read
};

/// Makes the base world, the design and the outputs of a study that was read.
///
/// @return  the study with warnings, or every mistake at once, each with its line
Result<Study> make_study(const LoadedStudy& loaded);

/// How a study is launched. Results depend on nothing of it.
struct StudyLaunch {
    int threads = 0;          ///< 0: all cores, or one where several ranks share the study
    bool resume = false;      ///< go on where an earlier launch was stopped or killed
    bool force = false;       ///< begin anew, and replace the results file
    bool only_begin = false;  ///< check, make the folder of parts, and run nothing
    Shard shard = {};  ///< the part of the study that is done here; results are then put together by merging
    const Ranks* ranks = nullptr;  ///< processes that share the runs; none: this one alone
    std::atomic<bool>* stop =
        nullptr;  ///< when set: finish the runs in hand, keep what is done, and come back
    std::function<void(std::int64_t done, std::int64_t all)> progress = {};  ///< from any thread
    std::function<void(const std::string&)> note =
        {};  ///< told what a person may want to know, a line at a time
};

/// How a launch ended; of several ranks, the last of these that holds for any.
enum class StudyEnd {
    done,       ///< the results are written, or the shard is done
    none_done,  ///< the same, but not one run could be done
    refused,    ///< the launch cannot be: nothing was run
    stopped,    ///< what is done is kept, and --resume goes on
    failed,     ///< a run failed where the study says `on_failure: stop`, or nothing could be written
};

/// How a launch went.
struct StudyReport {
    StudyEnd end = StudyEnd::done;
    RunCounts runs;       ///< in the results; of a shard or a study that was broken off, those of this launch
    std::string message;  ///< why it was refused or failed
    std::string hint;     ///< the way out
};

/// Runs what is left of a study and writes its results file; the same bytes however it is launched.
///
/// Closed segments lie in `FILE.parts` until the file is written: what is killed loses the runs in hand and no others.
StudyReport run_study(const Study& study, const std::filesystem::path& file, const StudyLaunch& launch = {});

/// The same for a study as it was read. @return refused, with the first mistake, if it cannot be made
StudyReport run_study(const LoadedStudy& loaded, const std::filesystem::path& file,
                      const StudyLaunch& launch = {});

}  // namespace nuzuh
