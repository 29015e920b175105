#include "output/pending_file.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "output/hdf5.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
    throw h5::Error(fmt::format("{} {}: {}", what, path.string(), std::strerror(errno)));
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// A call that signals may interrupt, made until none does.
template <class Call>
auto again(Call call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR) return result;
    }
}

/// An open file or folder; closing it is checked where it matters.
class Descriptor {
public:
    Descriptor(const fs::path& path, int flags)
        : path_(path), file_(again([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); })) {
        if (file_ < 0) fail("cannot open", path);
    }
    ~Descriptor() {
        if (file_ >= 0) ::close(file_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::span<const std::byte> content) const {
        if (!write_fully(file_, content)) fail("cannot write", path_);
    }
    void write_behind() const {
#ifdef SYNC_FILE_RANGE_WRITE
        ::sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
    }
    void forget_cached() const { ::posix_fadvise(file_, 0, 0, POSIX_FADV_DONTNEED); }
    /// Brings a file's content, or a folder's list of names, to the disk and closes it.
    void finish() {
        const bool synced =
            again([&] { return ::fsync(file_); }) == 0 || errno == EINVAL;  // a file system that cannot
        if (!synced) fail("cannot bring to disk", path_);
        const int file = file_;
        file_ = -1;
        if (::close(file) != 0 && errno != EINTR)
            fail("cannot close", path_);  // Linux closes it all the same
    }

private:
    fs::path path_;
    int file_;
};

/// Gives a file its name. Unless forced it does so by a link, which, unlike a rename, never replaces a file that
/// appeared in the meantime; file systems without links get a rename.
void take_name(const fs::path& temporary, const fs::path& target, bool force) {
    if (!force) {
        if (::link(temporary.c_str(), target.c_str()) == 0) {
            ::unlink(temporary.c_str());
            return;
        }
        if (errno == EEXIST) fail("cannot write", target);
    }
    if (::rename(temporary.c_str(), target.c_str()) != 0) fail("cannot write", target);
}

/// Tried instead of asked: rights, read-only file systems and quotas all show themselves only so.
std::string why_no_file_beside(const fs::path& target) {
    const auto temporary = temporary_name(target);
    const int file = again([&] { return ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666); });
    if (file < 0)
        return fmt::format("cannot write in {}: {}", folder_of(target).string(), std::strerror(errno));
    ::close(file);
    ::unlink(temporary.c_str());
    return "";
}

}  // namespace

namespace {

/// Names of temporary files that are there, for a signal handler, which may take no memory and wait for nobody. Beyond the last
/// slot a file stays behind when a signal ends the process.
std::array<std::atomic<char*>, 256> temporaries{};
static_assert(std::atomic<char*>::is_always_lock_free);

void remember(const fs::path& temporary) {
    char* name = ::strdup(temporary.c_str());
    for (auto& slot : temporaries) {
        char* none = nullptr;
        if (slot.compare_exchange_strong(none, name)) return;
    }
    std::free(name);
}

void forget(const fs::path& temporary) {
    for (auto& slot : temporaries) {
        char* name = slot.load();
        // As texts: paths would take memory, and a destructor calls this.
        if (!name || temporary.native() != name || !slot.compare_exchange_strong(name, nullptr)) continue;
        std::free(name);
        return;
    }
}

extern "C" void remove_temporaries(int number) {
    for (auto& slot : temporaries) {
        if (const char* name = slot.exchange(nullptr)) ::unlink(name);
    }
    ::raise(number);
}

/// Makes a name last. The file is there already, and the message says so.
void bring_name_to_disk(const fs::path& target) {
    try {
        Descriptor(folder_of(target), O_RDONLY | O_DIRECTORY).finish();
    } catch (const h5::Error& error) {
        throw h5::Error(fmt::format("{} is written, but may be gone after a power failure: {}",
                                    target.string(), error.what()));
    }
}

/// How names of what this machine's processes are writing go on behind that of the target; folders may be shared with others.
std::string mark_of_this_machine() {
    std::array<char, 256> machine{};
    ::gethostname(machine.data(), machine.size() - 1);
    return fmt::format(".{}-", machine.data());
}

/// Whether a name is one that a process of this machine gave to what it was writing, and the process is gone.
bool is_orphan(const std::string& name, const std::string& mark) {
    const auto at = name.rfind(mark);
    if (!name.starts_with(".") || at == std::string::npos) return false;
    const char* rest = name.c_str() + at + mark.size();
    int process = 0, length = 0;
    if (std::sscanf(rest, "%d.%n", &process, &length) != 1 || length == 0) return false;
    return std::strcmp(rest + length, "part") == 0 && process > 0 && ::kill(process, 0) != 0 &&
           errno == ESRCH;
}

}  // namespace

fs::path temporary_name(const fs::path& target) {
    return folder_of(target) /
           fmt::format(".{}{}{}.part", target.filename().string(), mark_of_this_machine(), ::getpid());
}

bool write_fully(int file, std::span<const std::byte> content) {
    while (!content.empty()) {
        const auto written = again([&] { return ::write(file, content.data(), content.size()); });
        if (written < 0) return false;
        content = content.subspan(std::size_t(written));
    }
    return true;
}

void remove_temporaries_on_signals() {
    struct sigaction action {};
    action.sa_handler = remove_temporaries;
    action.sa_flags = int(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (int number : signals_that_end) ::sigaction(number, &action, nullptr);
    ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is told like a disk that is full
}

bool is_temporary(const fs::path& file) {
    return file.filename().string().starts_with(".") && file.extension() == ".part";
}

void remove_orphans_in(const fs::path& folder, const std::string& of_target) {
    const std::string mark = mark_of_this_machine();
    const std::string start = of_target.empty() ? "." : fmt::format(".{}{}", of_target, mark);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(start) && is_orphan(name, mark)) fs::remove(entry.path(), ignored);
    }
}

void remove_orphans(const fs::path& target) {
    remove_orphans_in(folder_of(target), target.filename().string());
}

std::string why_not_writable(const fs::path& target, bool force) {
    std::error_code ignored;
    if (target.filename().empty()) return fmt::format("'{}' is not the name of a file", target.string());
    if (fs::is_directory(target, ignored)) return fmt::format("{} is a folder", target.string());
    if (fs::exists(target, ignored) && !fs::is_regular_file(target, ignored))
        return fmt::format("{} is no regular file", target.string());
    if (!fs::is_directory(folder_of(target), ignored))
        return fmt::format("there is no folder {}", folder_of(target).string());
    if (fs::exists(target, ignored) && !force) return fmt::format("{} exists", target.string());
    return why_no_file_beside(target);
}

PendingFile::PendingFile(fs::path target, bool force)
    : target_(std::move(target)),
      temporary_(temporary_name(target_)),
      aside_(fs::path(temporary_).replace_extension(".before")),
      force_(force) {
    const auto why = why_not_writable(target_, force_);
    if (!why.empty()) throw h5::Error(why);
    std::error_code ignored;
    fs::remove(temporary_, ignored);
    remember(temporary_);
}

PendingFile::~PendingFile() {
    std::error_code ignored;
    if (!committed_) fs::remove(temporary_, ignored);
    forget(temporary_);
}

void PendingFile::write(std::span<const std::byte> content, std::string_view last_line) {
    write_at_end(O_CREAT | O_EXCL, {content, std::as_bytes(std::span(last_line))});
}

void PendingFile::written(std::string_view last_line) {
    write_at_end(O_APPEND, {std::as_bytes(std::span(last_line))});
}

void PendingFile::write_at_end(int flags, std::initializer_list<std::span<const std::byte>> pieces) const {
    try {
        Descriptor file(temporary_, O_WRONLY | flags);
        for (const auto& piece : pieces) file.write(piece);
        file.finish();
    } catch (const h5::Error& error) {
        throw h5::Error(fmt::format("{}; {} is not written", error.what(), target_.string()));
    }
}

void PendingFile::write_behind() const { Descriptor(temporary_, O_WRONLY).write_behind(); }

void PendingFile::take_name() {
    nuzuh::take_name(temporary_, target_, force_);
    committed_ = true;
}

void PendingFile::commit() {
    take_name();
    bring_name_to_disk(target_);
}

/// What stands under the target's name until all files of a set have theirs.
void PendingFile::set_aside() const {
    if (::rename(target_.c_str(), aside_.c_str()) != 0 && errno != ENOENT) fail("cannot replace", target_);
}

void PendingFile::take_back() const noexcept {
    if (committed_) ::unlink(target_.c_str());
    ::rename(aside_.c_str(), target_.c_str());
}

void PendingFile::forget_aside() const noexcept { ::unlink(aside_.c_str()); }

void commit_together(std::vector<std::unique_ptr<PendingFile>>& files) {
    try {
        for (const auto& file : files) {
            if (file->force_) file->set_aside();
        }
        for (const auto& file : files) file->take_name();
    } catch (...) {
        for (const auto& file : files) file->take_back();
        throw;
    }
    for (const auto& file : files) file->forget_aside();
    for (const auto& file : files) bring_name_to_disk(file->target_);
}

void write_together(const std::vector<FileContent>& files, bool force) {
    std::vector<std::unique_ptr<PendingFile>> pending;
    for (const auto& [path, bytes] : files) {
        pending.push_back(std::make_unique<PendingFile>(path, force));
        pending.back()->write(bytes);
    }
    commit_together(pending);
}

void forget_cached(const fs::path& file) { Descriptor(file, O_RDONLY).forget_cached(); }

void write_whole(const fs::path& target, std::span<const std::byte> content, bool force,
                 std::string_view last_line) {
    PendingFile pending(target, force);
    pending.write(content, last_line);
    pending.commit();
}

void write_once(const fs::path& target, std::span<const std::byte> content, std::string_view last_line) {
    try {
        write_whole(target, content, false, last_line);
    } catch (const h5::Error&) {
        if (!fs::exists(target)) throw;
    }
}

}  // namespace nuzuh
