// A file that is whole or absent, whatever happens while it is written.
#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuzuh {

/// Name beside `target` under which it is written before it takes its place.
std::filesystem::path temporary_name(const std::filesystem::path& target);

/// Whether a file bears such a name, by whatever process of whatever machine it was given.
bool is_temporary(const std::filesystem::path& file);

/// Takes away what processes that were killed on this machine left beside `target`.
void remove_orphans(const std::filesystem::path& target);
/// The same in a folder: of one target by its name, or of all.
void remove_orphans_in(const std::filesystem::path& folder, const std::string& of_target = "");

/// Writes everything to an open file, also where signals interrupt.
///
/// @return  whether it could; errno says why not
bool write_fully(int file, std::span<const std::byte> content);

/// Signals by which a run is asked to end.
inline constexpr std::array signals_that_end = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};

/// From now on a process that one of these signals ends takes its temporary files with it, and a limit on the size of files
/// fails a write in place of ending the process.
void remove_temporaries_on_signals();

/// A file on its way to its name: write(), then commit(); without that nothing is left behind.
///
/// Edges    killed outright, the process leaves the temporary file but never a broken target.
class PendingFile {
public:
    /// @throws  h5::Error if the target exists and `force` is not given, or if its folder is missing
    PendingFile(std::filesystem::path target, bool force);
    ~PendingFile();
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;

    /// Writes the whole content under a temporary name beside the target and brings it to the disk.
    ///
    /// @param last_line  what stands behind the content
    /// @throws           h5::Error, also when the disk is full; nothing is left behind
    void write(std::span<const std::byte> content, std::string_view last_line = "");

    /// Where somebody else may write the content instead; then writes what stands behind it, and brings all to the disk.
    const std::filesystem::path& path() const { return temporary_; }
    void written(std::string_view last_line = "");
    /// Has the system begin to bring to the disk what is written so far, which leaves less for written() to wait for.
    void write_behind() const;

    /// Gives the file its name, and brings the name to the disk.
    ///
    /// @throws  h5::Error; the target is then as it was, or the message says that it is written
    void commit();

private:
    friend void commit_together(std::vector<std::unique_ptr<PendingFile>>& files);

    void write_at_end(int flags, std::initializer_list<std::span<const std::byte>> pieces) const;
    void set_aside() const;
    void take_back() const noexcept;
    void forget_aside() const noexcept;
    void take_name();

    std::filesystem::path target_;
    std::filesystem::path temporary_;
    std::filesystem::path
        aside_;  ///< where a file of the target's name stands while this one takes its place
    bool force_ = false;
    bool committed_ = false;
};

/// Gives all files their names, or none. Files of those names are set aside first, so that new and old never stand beside each
/// other, and come back if one fails.
///
/// @throws  h5::Error; the targets are then as they were
/// Edges    killed outright between two names, the process leaves some of the new files, or some of the old
void commit_together(std::vector<std::unique_ptr<PendingFile>>& files);

/// Content for a file.
struct FileContent {
    std::filesystem::path path;
    std::span<const std::byte> bytes;
};

/// Writes all files, or none.
///
/// @throws  h5::Error; nothing is then as it was not before
void write_together(const std::vector<FileContent>& files, bool force);

/// Gives back the memory in which the system keeps a file that is on the disk.
void forget_cached(const std::filesystem::path& file);

/// Writes a file that is whole or absent.
///
/// @param last_line  what stands behind the content
/// @throws           h5::Error, also if the target exists and `force` is not given
void write_whole(const std::filesystem::path& target, std::span<const std::byte> content, bool force,
                 std::string_view last_line = "");

/// The same, unless one of that name is there.
///
/// @param last_line  what stands behind the content
/// @throws           h5::Error
void write_once(const std::filesystem::path& target, std::span<const std::byte> content,
                std::string_view last_line = "");

/// Why `target` cannot be written, before anything is computed for it: "" if it can.
std::string why_not_writable(const std::filesystem::path& target, bool force);

}  // namespace nuzuh
