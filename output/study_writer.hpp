// Puts the segments of a study together into one results file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "output/builder.hpp"
#include "output/parts.hpp"
#include "output/pending_file.hpp"
#include "output/writer.hpp"

namespace nuzuh {

/// The results file of a study, described in output/README.md, into which segments go in the order of their runs as
/// soon as they are closed. The bytes do not depend on how the runs were divided into parts. The target is whole or
/// absent.
///
/// Throws   h5::Error when a part is missing or of another study, or the file cannot be written; there is then no file
/// Cost     memory for one part and the tallies; values go to the disk as they are read.
class StudyWriter {
public:
    StudyWriter(const std::filesystem::path& target, const StudyPlan& plan, const PartsHead& head,
                const Provenance& provenance, const WriteOptions& options = {});

    /// Takes a part, in any order and without overlap; it waits for those before it.
    ///
    /// Threads  may be called from any thread; one of them writes, the others go on
    void add(const Part& part);

    /// When every run has been added: gives the file its name. @return what it holds
    RunCounts finish();

private:
    void put_in(const Part& part);

    const StudyPlan& plan_;
    std::string study_;
    h5::QuietErrors quiet_;
    PendingFile pending_;
    std::vector<DatasetInfo> table_;
    ResultsBuilder file_;
    h5::Handle status_dataset_, message_dataset_;
    std::vector<h5::Handle> datasets_;  ///< of each output; none where quantiles are kept

    std::mutex guard_;
    std::map<std::int64_t, Part> waiting_;  ///< by first run
    std::int64_t next_run_ = 0;
    bool is_putting_in_ = false;
    std::vector<Part> parts_;  ///< in the file, in order
    std::vector<std::int8_t> status_;
    std::vector<std::string> message_;
};

/// Writes the results file of a study from parts without overlap that hold every run.
///
/// @return  what it holds
/// @throws  h5::Error as StudyWriter does
RunCounts write_study(const std::filesystem::path& target, const StudyPlan& plan,
                      const std::vector<Part>& parts, const PartsHead& head, const Provenance& provenance,
                      const WriteOptions& options = {});

}  // namespace nuzuh
