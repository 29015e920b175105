#include "output/pending_file.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
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

/// An open file or folder; closing it is checked where it matters.
class Descriptor {
public:
    Descriptor(const fs::path& path, int flags)
        : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
        if (file_ < 0) fail("cannot open", path);
    }
    ~Descriptor() {
        if (file_ >= 0) ::close(file_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::span<const std::byte> content) const {
        while (!content.empty()) {
            const auto written = ::write(file_, content.data(), content.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail("cannot write", path_);
            content = content.subspan(std::size_t(written));
        }
    }
    void write_behind() const {
#ifdef SYNC_FILE_RANGE_WRITE
        ::sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
    }
    void forget_cached() const { ::posix_fadvise(file_, 0, 0, POSIX_FADV_DONTNEED); }
    /// Brings a file's content, or a folder's list of names, to the disk and closes it.
    void finish() {
        const bool synced = ::fsync(file_) == 0 || errno == EINVAL;  // EINVAL: a file system that cannot
        if (!synced) fail("cannot bring to disk", path_);
        const int file = file_;
        file_ = -1;
        if (::close(file) != 0) fail("cannot close", path_);
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
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return fmt::format("cannot write in {}: {}", folder_of(target).string(), std::strerror(errno));
    ::close(file);
    ::unlink(temporary.c_str());
    return "";
}

}  // namespace

namespace {

/// How names of what this machine's processes are writing begin; folders may be shared with others.
std::string start_of_temporary_names(const fs::path& target) {
    std::array<char, 256> machine{};
    ::gethostname(machine.data(), machine.size() - 1);
    return fmt::format(".{}.{}-", target.filename().string(), machine.data());
}

}  // namespace

fs::path temporary_name(const fs::path& target) {
    return folder_of(target) / fmt::format("{}{}.part", start_of_temporary_names(target), ::getpid());
}

void remove_orphans(const fs::path& target) {
    const std::string start = start_of_temporary_names(target);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder_of(target), ignored)) {
        const std::string name = entry.path().filename().string();
        int process = 0, length = 0;
        if (!name.starts_with(start)) continue;
        const char* rest = name.c_str() + start.size();
        if (std::sscanf(rest, "%d.part%n", &process, &length) != 1 || length == 0 || rest[length]) continue;
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) fs::remove(entry.path(), ignored);
    }
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
    : target_(std::move(target)), temporary_(temporary_name(target_)), force_(force) {
    const auto why = why_not_writable(target_, force_);
    if (!why.empty()) throw h5::Error(why);
    std::error_code ignored;
    fs::remove(temporary_, ignored);
}

PendingFile::~PendingFile() {
    std::error_code ignored;
    if (!committed_) fs::remove(temporary_, ignored);
}

void PendingFile::write(std::span<const std::byte> content) {
    Descriptor file(temporary_, O_WRONLY | O_CREAT | O_EXCL);
    file.write(content);
    file.finish();
}

void PendingFile::written() { Descriptor(temporary_, O_RDONLY).finish(); }

void PendingFile::write_behind() const { Descriptor(temporary_, O_WRONLY).write_behind(); }

void PendingFile::commit() {
    take_name(temporary_, target_, force_);
    committed_ = true;
    Descriptor(folder_of(target_), O_RDONLY | O_DIRECTORY).finish();
}

void forget_cached(const fs::path& file) { Descriptor(file, O_RDONLY).forget_cached(); }

void write_once(const fs::path& target, std::span<const std::byte> content) {
    try {
        PendingFile pending(target, false);
        pending.write(content);
        pending.commit();
    } catch (const h5::Error&) {
        if (!fs::exists(target)) throw;
    }
}

}  // namespace nuzuh
