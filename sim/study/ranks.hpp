// The processes that mpirun or srun has started for one study; one process where there is no MPI.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/study/schedule.hpp"

namespace nuzuh {

/// MPI as far as a study needs it. It is started only under a launcher, and not where the program has started it: a plain
/// `nuzuh sweep` never touches it. A process makes one of these, before its first study.
class Ranks {
public:
    /// @param each_has_its_part  whether what each copy is to do was said to it (--shard)
    /// @throws  std::runtime_error where several copies were started that do not know of each other: each would do the whole
    explicit Ranks(bool each_has_its_part = false);
    /// This process, whoever has started it.
    static Ranks of_one_process() { return Ranks(Alone{}); }
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    int count() const { return count_; }
    bool is_first() const { return rank_ == 0; }

    /// Waits for every rank, and gives all of them the largest of their numbers.
    int agree(int mine) const;

    /// A queue for all ranks: the first one hands out its own ranges, the others ask it. Ranges differ in how long they
    /// take, so they are handed out one by one as ranks come free.
    ///
    /// @param ranges    of the first rank; of others without meaning
    /// @param progress  called on the first rank
    std::unique_ptr<WorkQueue> work_queue(std::vector<RunRange> ranges,
                                          std::function<void(std::int64_t done)> progress) const;

private:
    struct Alone {};
    explicit Ranks(Alone) {}
    void refuse_if_many() const;  ///< @throws std::runtime_error

    int rank_ = 0;
    int count_ = 1;
    bool started_ = false;
};

}  // namespace nuzuh
