// Closed segments of a study on disk, each whole or absent.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "output/hdf5.hpp"
#include "output/seal.hpp"
#include "sim/study/sweep.hpp"

namespace nuzuh {

/// Whether the values of an output are packed run by run; others lie plain, one run after the other.
bool is_packed(const Output& output);

/// Writes a segment, unless a file of that name is there: it then holds the same.
///
/// @param study  identifies the study: segments of different studies are never put together
/// @throws  h5::Error; nothing is left behind
/// Threads  may be called from any thread
void write_segment(const std::filesystem::path& file, const StudyPlan& plan, const Segment& segment,
                   const std::string& study);

/// Whether a file is a segment as it was written: its SHA-256 holds.
///
/// @throws  h5::Error if it cannot be read
bool is_intact(const std::filesystem::path& file);

/// An open segment, in memory.
class SegmentFile {
public:
    /// @throws  h5::Error if it is missing, damaged or no segment
    explicit SegmentFile(const std::filesystem::path& file, Seal seal = Seal::is_checked);

    const std::string& study() const { return study_; }
    RunRange range() const { return range_; }

    std::vector<std::int8_t> status() const;
    std::vector<std::string> message() const;

    /// Plain values of all runs, row-major.
    std::vector<float> values(const std::string& output) const;
    /// Values of one run as they were packed; valid until the next call.
    std::span<const std::uint8_t> packed(const std::string& output, std::int64_t run);
    Tally tally(const std::string& output) const;

    /// The whole, as it was handed in.
    Segment segment(const StudyPlan& plan) const;

private:
    h5::QuietErrors quiet_;
    h5::Handle file_;
    std::map<std::string, h5::Handle> packed_;  ///< outputs that were asked for
    std::vector<std::uint8_t> chunk_;           ///< the one that was asked for last, and room behind it
    std::string study_;
    RunRange range_;
};

/// HDF5 as it is installed takes one thread at a time: whoever opens files while segments may be written holds this.
class Hdf5Turn {
public:
    Hdf5Turn();
    ~Hdf5Turn();
    Hdf5Turn(const Hdf5Turn&) = delete;
    Hdf5Turn& operator=(const Hdf5Turn&) = delete;
};

}  // namespace nuzuh
