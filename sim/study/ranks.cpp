#include "sim/study/ranks.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#ifdef NUZUH_MPI
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <array>
#include <chrono>
#include <thread>
#endif

namespace nuzuh {

namespace {

/// Whether Open MPI's or MPICH's launcher, or srun with PMI or PMIx, has started this process.
bool is_under_launcher() {
    for (const char* name :
         {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS"}) {
        if (std::getenv(name)) return true;
    }
    return false;
}

/// Copies of this program that a launcher started at the same time; nothing where its environment does not say.
std::optional<int> copies_started() {
    std::optional<int> most;
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}) {
        if (const char* text = std::getenv(name)) most = std::max(most.value_or(1), std::atoi(text));
    }
    return most;
}

[[noreturn]] void refuse_copies(const std::string& why) {
    throw std::runtime_error(why + ": each copy would run the whole study; give each its part with --shard");
}

}  // namespace

#ifdef NUZUH_MPI

namespace {

/// Ranks that wait leave the processor to those that work; MPI's own waiting would not.
constexpr auto between_looks = std::chrono::microseconds(200);

void wait_for(MPI_Request& request) {
    for (int finished = 0; !finished;) {
        MPI_Test(&request, &finished, MPI_STATUS_IGNORE);
        if (!finished) std::this_thread::sleep_for(between_looks);
    }
}

enum Say : std::int64_t { ask, close, goodbye };
using Message = std::array<std::int64_t, 2>;  ///< what is said, and runs done since the last time
using Answer = std::array<std::int64_t, 2>;   ///< first and end of a range; empty: nothing left
constexpr int to_first = 1, from_first = 2;

/// On the first rank: hands out to its own threads, and by a thread of its own to the other ranks.
class FirstRankWorkQueue : public LocalWorkQueue {
public:
    FirstRankWorkQueue(std::vector<RunRange> ranges, std::function<void(std::int64_t)> progress, int others)
        : LocalWorkQueue(std::move(ranges), std::move(progress)),
          others_(others),
          server_([this] { serve(); }) {}
    ~FirstRankWorkQueue() override {
        if (server_.joinable()) server_.join();
    }
    void leave() override { server_.join(); }

private:
    void serve() {
        while (others_ > 0) {
            int waiting = 0;
            MPI_Status status;
            MPI_Iprobe(MPI_ANY_SOURCE, to_first, MPI_COMM_WORLD, &waiting, &status);
            if (waiting)
                answer(status.MPI_SOURCE);
            else
                std::this_thread::sleep_for(between_looks);
        }
    }
    void answer(int rank) {
        Message message{};
        MPI_Recv(message.data(), 2, MPI_INT64_T, rank, to_first, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        done(message[1]);
        if (message[0] == goodbye) --others_;
        if (message[0] == Say::close) close();
        if (message[0] != ask) return;
        const RunRange range = next().value_or(RunRange{});
        const Answer answer{range.first, range.end};
        MPI_Send(answer.data(), 2, MPI_INT64_T, rank, from_first, MPI_COMM_WORLD);
    }

    int others_;
    std::thread server_;
};

/// On every other rank: asks the first.
class OtherRankWorkQueue : public WorkQueue {
public:
    std::optional<RunRange> next() override {
        const std::lock_guard lock(guard_);
        if (closed_) return {};
        say(ask);
        Answer answer{};
        MPI_Request request;
        MPI_Irecv(answer.data(), 2, MPI_INT64_T, 0, from_first, MPI_COMM_WORLD, &request);
        wait_for(request);
        if (answer[0] == answer[1]) return {};
        return RunRange{answer[0], answer[1]};
    }
    void done(std::int64_t runs) override {
        const std::lock_guard lock(guard_);
        untold_ += runs;
    }
    void close() override {
        const std::lock_guard lock(guard_);
        if (!closed_) say(Say::close);
        closed_ = true;
    }
    void leave() override {
        const std::lock_guard lock(guard_);
        say(goodbye);
    }

private:
    void say(Say what) {
        const Message message{what, untold_};
        untold_ = 0;
        MPI_Send(message.data(), 2, MPI_INT64_T, 0, to_first, MPI_COMM_WORLD);
    }

    std::mutex guard_;
    std::int64_t untold_ = 0;
    bool closed_ = false;
};

}  // namespace

Ranks::Ranks(bool each_has_its_part) {
    int there = 0;
    MPI_Initialized(&there);
    if (!there && !is_under_launcher()) {
        if (!each_has_its_part) refuse_if_many();
        return;
    }
    if (!there) {
        int provided = 0;
        MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
        started_ = true;
    }
    int threads = 0;
    MPI_Query_thread(&threads);
    if (threads < MPI_THREAD_SERIALIZED) throw std::runtime_error("this MPI does not work with threads");
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
    if (!each_has_its_part) refuse_if_many();
}

void Ranks::refuse_if_many() const {
    const int copies = copies_started().value_or(1);
    if (count_ > 1 || copies == 1) return;
    refuse_copies(fmt::format(
        "{} copies were started that do not know of each other, as by srun without --mpi or by the "
        "launcher of another MPI than this program was built with",
        copies));
}

Ranks::~Ranks() {
    if (started_) MPI_Finalize();
}

int Ranks::agree(int mine) const {
    if (count_ == 1) return mine;
    int largest = 0;
    MPI_Request request;
    MPI_Iallreduce(&mine, &largest, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD, &request);
    wait_for(request);
    return largest;
}

std::unique_ptr<WorkQueue> Ranks::work_queue(std::vector<RunRange> ranges,
                                             std::function<void(std::int64_t)> progress) const {
    if (!is_first()) return std::make_unique<OtherRankWorkQueue>();
    if (count_ > 1)
        return std::make_unique<FirstRankWorkQueue>(std::move(ranges), std::move(progress), count_ - 1);
    return std::make_unique<LocalWorkQueue>(std::move(ranges), std::move(progress));
}

#else

Ranks::Ranks(bool each_has_its_part) {
    if (each_has_its_part) return;
    const auto copies = copies_started();
    if (copies ? *copies > 1 : is_under_launcher()) refuse_copies("this nuzuh was built without MPI");
}

Ranks::~Ranks() = default;

int Ranks::agree(int mine) const { return mine; }

std::unique_ptr<WorkQueue> Ranks::work_queue(std::vector<RunRange> ranges,
                                             std::function<void(std::int64_t)> progress) const {
    return std::make_unique<LocalWorkQueue>(std::move(ranges), std::move(progress));
}

#endif

}  // namespace nuzuh
