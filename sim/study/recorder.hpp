// Gathers an engine's steps into the records that are kept.
#pragma once

#include <vector>

#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// Fills a RunResult: flows summed over the steps of a record, stocks as they stand at its end.
class Recorder {
public:
    /// @param every_steps  steps in a record; the last record may be shorter
    Recorder(const World& world, int every_steps);

    /// @return  whether the step closed a record
    bool add(const StepRecord& step);

    RunResult& result() { return result_; }

private:
    void add_by_danger(const StepRecord& step);
    void note_full_places(const StepRecord& step);
    void close(const StepRecord& step);
    void close_totals();

    const World& world_;
    int every_steps_;
    int steps_ = 0;
    StepRecord sum_;              ///< flows of the record so far
    Eigen::ArrayXXd by_danger_;   ///< [danger bands, band fields]; flows of the record so far
    double person_days_displaced_ = 0;  ///< of the record so far
    double mean_household_ = 1;   ///< [persons] over everyone
    Eigen::ArrayXXd arrivals_;    ///< [place P, home P] over the whole run
    std::array<double, total_field_count> since_start_{};
    RunResult result_;
};

}  // namespace nuzuh
