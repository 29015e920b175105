// One launch of a study: which of its runs are left, and where they go.
#pragma once

#include <mutex>
#include <optional>

#include "output/study.hpp"
#include "output/study_writer.hpp"
#include "output/target_claim.hpp"

namespace nuzuh {

class StudyLauncher {
public:
    StudyLauncher(const Study& study, const std::filesystem::path& target, const StudyLaunch& launch,
                  const Ranks& ranks);

    /// Every rank does this; the first one decides, and puts the file together.
    StudyReport run();

private:
    using Path = std::filesystem::path;

    StudyEnd guarded(StudyEnd (StudyLauncher::*step)());
    StudyEnd agree(StudyEnd mine) const;
    StudyEnd refuse(std::string message, std::string hint);
    void note(const std::string& text) const;

    StudyEnd prepare();
    StudyEnd see_to_target(bool has_parts);
    StudyEnd see_to_parts(const PartsHead& there);
    StudyEnd already_done();
    StudyEnd estimate_and_begin();
    void set_aside_what_is_damaged() const;

    StudyEnd work();
    void begin_file(const PartsHead& head);
    void take(PartsWriter& writer, const Segment& segment);

    StudyEnd finish();
    StudyEnd finish_shard(const std::vector<Part>& parts) const;
    void write_file(const std::vector<Part>& parts);

    const StudyPlan& plan() const { return study_.plan; }
    RunRange mine() const;
    std::vector<RunRange> done_in_folder() const;
    int threads() const;

    const Study& study_;
    Path target_;
    Path folder_;
    const StudyLaunch& launch_;
    const Ranks& ranks_;
    StudyReport report_;
    bool is_complete_ = false;  ///< nothing is left to run or to write
    std::optional<TargetClaim> claim_;
    std::optional<StudyWriter> file_;  ///< where one process does everything, in the making while runs go on
    std::mutex counting_;
    StudyStop stop_;
};

}  // namespace nuzuh
