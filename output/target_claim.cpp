#include "output/target_claim.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "output/hdf5.hpp"
#include "output/pending_file.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto renewed_every = 20s;
/// Ten renewals missed: judgement, long beside what a busy file server delays.
constexpr auto given_up_after = 200s;

struct Writer {
    int process = 0;
    std::string machine;
    std::string started;  ///< when: a number is given to another process once its own is gone
};

/// When a process of this machine was started, in ticks since the machine was; "" if that cannot be known. It is the
/// 22nd field of /proc/PID/stat, the second of which is a name in brackets that may hold anything (proc(5)).
std::string start_of(int process) {
    std::ifstream in(fmt::format("/proc/{}/stat", process));
    std::string line, field;
    std::getline(in, line);
    const auto bracket = line.rfind(')');
    std::istringstream rest(bracket == line.npos ? "" : line.substr(bracket + 1));
    for (int number = 3; number <= 22; ++number) rest >> field;
    return rest ? field : "";
}

Writer this_process() {
    std::array<char, 256> machine{};
    ::gethostname(machine.data(), machine.size() - 1);
    return {int(::getpid()), machine.data(), start_of(::getpid())};
}

std::string text_of(const Writer& writer) {
    return fmt::format("{} {} {}\n", writer.process, writer.machine, writer.started);
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Whether a file's content is this text; takes no memory, for a destructor asks.
bool holds(const fs::path& file, std::string_view text) {
    const int open = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (open < 0) return false;
    std::array<char, 1024> content{};
    const auto size = ::read(open, content.data(), content.size());
    ::close(open);
    return size >= 0 && std::string_view(content.data(), std::size_t(size)) == text;
}

Writer writer_in(const std::string& text) {
    Writer writer;
    std::istringstream(text) >> writer.process >> writer.machine >> writer.started;
    return writer;
}

/// Age of a file by the clock of its file system: that of a file made now beside it is compared, not this machine's.
fs::file_time_type::duration age_of(const fs::path& file) {
    std::error_code error;
    const fs::path probe = temporary_name(file);
    std::ofstream(probe).put('\n');
    const auto now = fs::last_write_time(probe, error);
    std::error_code ignored;
    fs::remove(probe, ignored);
    const auto then = fs::last_write_time(file, ignored);
    return error || ignored ? fs::file_time_type::duration::zero() : now - then;
}

bool is_abandoned(const Writer& writer, const fs::path& file) {
    if (writer.process <= 0) return age_of(file) > given_up_after;  // being written, or no claim at all
    if (writer.machine == this_process().machine)
        return (::kill(writer.process, 0) != 0 && errno == ESRCH) ||
               start_of(writer.process) != writer.started;
    return age_of(file) > given_up_after;
}

/// Writes a file that `flags` open. Says whether it could be opened; errno says why not.
bool write_to(const fs::path& file, int flags, const std::string& content) {
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    if (made < 0) return false;
    const bool is_whole = write_fully(made, std::as_bytes(std::span(content)));
    const int error = errno;
    ::close(made);
    if (!is_whole) {
        std::error_code ignored;
        fs::remove(file, ignored);
        throw h5::Error(fmt::format("cannot write {}: {}", file.string(), std::strerror(error)));
    }
    return true;
}

/// Makes the file with its content, unless it is there. A process that is killed leaves no claim that does not say whose it is, but
/// where the file system has no links.
bool make(const fs::path& file, const std::string& content) {
    const fs::path temporary = temporary_name(file);
    if (write_to(temporary, O_TRUNC, content)) {
        const bool is_mine = ::link(temporary.c_str(), file.c_str()) == 0;
        const bool is_there = !is_mine && errno == EEXIST;
        ::unlink(temporary.c_str());
        if (is_mine || is_there) return is_mine;
    }
    if (write_to(file, O_EXCL, content)) return true;
    if (errno == EEXIST) return false;
    throw h5::Error(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
}

std::string in_the_way(const Writer& writer, const fs::path& target, const fs::path& claim) {
    if (writer.process > 0)
        return fmt::format("process {} on {} is writing {}", writer.process, writer.machine, target.string());
    return fmt::format("somebody is about to write {}: {} does not say who, and holds for {} s",
                       target.string(), claim.string(), given_up_after.count());
}

fs::path claim_beside(const fs::path& target) {
    return target.parent_path() / fmt::format(".{}.writing", target.filename().string());
}

}  // namespace

TargetClaim::TargetClaim(const fs::path& target)
    : file_(claim_beside(target)), mine_(text_of(this_process())) {
    while (!make(file_, mine_)) {
        const std::string theirs = content_of(file_);
        const Writer writer = writer_in(theirs);
        if (!is_abandoned(writer, file_)) throw h5::Error(in_the_way(writer, target, file_));
        // Of several that take over at once, one renames the abandoned claim.
        const fs::path aside = temporary_name(file_);
        if (::rename(file_.c_str(), aside.c_str()) != 0) continue;
        if (content_of(aside) != theirs && ::link(aside.c_str(), file_.c_str()) != 0 && errno != EEXIST)
            throw h5::Error(fmt::format("cannot claim {}", target.string()));
        std::error_code ignored;
        fs::remove(aside, ignored);
    }
    remove_orphans(file_);
    renewing_ = std::thread([this] { renew(); });
}

void TargetClaim::renew() {
    std::unique_lock lock(guard_);
    while (!over_.wait_for(lock, renewed_every, [this] { return is_over_; })) {
        ::utimensat(AT_FDCWD, file_.c_str(), nullptr, 0);  // now, by the clock of the file system
    }
}

TargetClaim::~TargetClaim() {
    {
        const std::lock_guard lock(guard_);
        is_over_ = true;
    }
    over_.notify_all();
    renewing_.join();
    std::error_code ignored;
    if (holds(file_, mine_)) fs::remove(file_, ignored);
}

}  // namespace nuzuh
