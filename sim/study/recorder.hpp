// Gathers an engine's steps into the records that are kept.
#pragma once

#include <vector>

#include "sim/base/archive.hpp"
#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"
#include "sim/study/collect.hpp"

namespace nuzuh {

/// Fills a RunResult: flows summed over the steps of a record, stocks as they stand at its end.
class Recorder {
public:
    /// @param every_steps  steps in a record
    /// @param selection    what is filled of the RunResult
    Recorder(const World& world, int every_steps, const Selection& selection = Selection::everything());

    /// @return  whether the step closed a record
    bool add(const StepRecord& step);

    /// Closes the record of the last steps if they are fewer than the others have.
    ///
    /// @param last  step added last
    /// @return      whether there was such a record
    bool finish(const StepRecord& last);

    RunResult& result() { return result_; }

    /// What has been recorded so far, apart from histories.
    void save(Saver& to) const { archive(*this, to); }
    /// @param steps  after which it was saved
    /// @throws       std::out_of_range if what was saved is not the record of such a run
    void restore(int steps, Loader& from);

private:
    template <class Self, class Archive>
    static void archive(Self& self, Archive& archive) {
        archive(self.steps_, self.sum_.place, self.sum_.route, self.by_danger_, self.person_days_displaced_);
        archive(self.arrivals_, self.since_start_);
        auto& result = self.result_;
        archive(result.place, result.total, result.band, result.first_day_full, result.route);
        archive(result.arrivals_from, result.displaced_from);
    }
    void add_by_danger(const StepRecord& step);
    void note_full_places(const StepRecord& step);
    void close(const StepRecord& step);
    void keep(TotalField field, double value);
    void close_totals();
    void close_shelter();

    const World& world_;
    int every_steps_;
    Selection selection_;
    std::vector<int> flows_, stocks_;  ///< place fields that are needed
    bool any_total_ = false;
    int steps_ = 0;
    StepRecord sum_;                    ///< flows of the record so far
    Eigen::ArrayXXd by_danger_;         ///< [danger bands, band fields]; flows of the record so far
    double person_days_displaced_ = 0;  ///< of the record so far
    double mean_household_ = 1;         ///< [persons] over everyone
    Eigen::ArrayXXd arrivals_;          ///< [place P, home P] over the whole run
    std::array<double, total_field_count> since_start_{};
    RunResult result_;
};

}  // namespace nuzuh
