// The processes that mpirun or srun has started for one study; one process where there is no MPI.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/study/schedule.hpp"

namespace nuzuh::app {

/// MPI as far as a study needs it. It is started only under a launcher: a plain `nuzuh sweep` never touches it.
class Ranks {
public:
    /// @throws  std::runtime_error under a launcher when this program was built without MPI
    Ranks();
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    int count() const { return count_; }
    bool is_first() const { return rank_ == 0; }

    /// Waits for every rank. The largest of their exit codes, a failure before a stop.
    int agree(int exit_code) const;

    /// A queue for all ranks: the first one hands out its own ranges, the others ask it. Ranges differ in how long they
    /// take, so they are handed out one by one as ranks come free.
    ///
    /// @param ranges    of the first rank; of others without meaning
    /// @param progress  called on the first rank
    std::unique_ptr<WorkQueue> work_queue(std::vector<RunRange> ranges,
                                          std::function<void(std::int64_t done)> progress) const;

private:
    int rank_ = 0;
    int count_ = 1;
    bool started_ = false;
};

}  // namespace nuzuh::app
