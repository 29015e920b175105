// A file that is whole or absent, whatever happens while it is written.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace nuzuh {

/// Name beside `target` under which it is written before it takes its place.
std::filesystem::path temporary_name(const std::filesystem::path& target);

/// Takes away what processes that were killed on this machine left beside `target`.
void remove_orphans(const std::filesystem::path& target);

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
    /// @throws  h5::Error, also when the disk is full; nothing is left behind
    void write(std::span<const std::byte> content);

    /// Where somebody else may write the content instead; then brings it to the disk.
    const std::filesystem::path& path() const { return temporary_; }
    void written();
    /// Has the system begin to bring to the disk what is written so far, which leaves less for written() to wait for.
    void write_behind() const;

    /// Gives the file its name, and brings the name to the disk.
    ///
    /// @throws  h5::Error; the target is then as it was
    void commit();

private:
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    bool force_ = false;
    bool committed_ = false;
};

/// Gives back the memory in which the system keeps a file that is on the disk.
void forget_cached(const std::filesystem::path& file);

/// Writes a file that is whole or absent, unless one of that name is there.
///
/// @throws  h5::Error
void write_once(const std::filesystem::path& target, std::span<const std::byte> content);

/// Why `target` cannot be written, before anything is computed for it: "" if it can.
std::string why_not_writable(const std::filesystem::path& target, bool force);

}  // namespace nuzuh
