// Two programs that would write the same file: the second is told before it computes anything.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace nuzuh {

/// Holds the name of a file for this process while it lives, by a file beside it that says who is writing. File systems
/// need no locks for it.
///
/// A claim is renewed while its process lives. One whose process is gone from this machine, or that another machine has
/// not renewed for minutes, is taken over: whatever was killed keeps nobody out.
class TargetClaim {
public:
    /// @throws  h5::Error if another process is writing the file; the message says which
    explicit TargetClaim(const std::filesystem::path& target);
    ~TargetClaim();
    TargetClaim(const TargetClaim&) = delete;
    TargetClaim& operator=(const TargetClaim&) = delete;

private:
    void renew();

    std::filesystem::path file_;
    std::string mine_;  ///< what the claim says
    std::mutex guard_;
    std::condition_variable over_;
    bool is_over_ = false;
    std::thread renewing_;
};

}  // namespace nuzuh
