// The folder beside a results file where the workers of a study leave closed segments.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "output/segment_file.hpp"

namespace nuzuh {

/// A closed segment in a folder.
struct Part {
    std::filesystem::path file;
    RunRange range;
};

/// `FILE.h5.parts`.
std::filesystem::path parts_folder(const std::filesystem::path& target);

/// Closed segments in a folder, or in the single file given, by the runs that their names say.
std::vector<Part> parts_in(const std::filesystem::path& folder_or_file);

/// Of parts that may overlap, some that do not and hold the most runs between them, in order.
std::vector<Part> without_overlap(const std::vector<Part>& parts);

/// What a folder of parts says of itself: the file `study.yaml`, from which the study can be read again.
struct PartsHead {
    std::string study;        ///< the whole study as YAML
    std::string input_files;  ///< as in Provenance
    std::int64_t block = 1;   ///< runs of a whole segment

    /// Identifies the study and the program: SHA-256.
    std::string identity() const;
};

/// Head of a folder of parts; nothing if it has none.
std::optional<PartsHead> read_head(const std::filesystem::path& folder);

/// Makes the folder, and its head unless there is one: of launches at the same time the first one's stands.
///
/// @throws  h5::Error
PartsHead make_head(const std::filesystem::path& folder, const PartsHead& wanted);

/// Segments are not folded to more values of single runs than this: folding holds them in memory.
constexpr double most_folded_bytes = 8e6;

/// Writes segments into a folder. Where quantiles are kept, neighbouring segments are folded into larger ones, sixteen
/// to one: what lies on the disk then grows with the logarithm of the number of runs, beside what is kept of every run.
class PartsWriter {
public:
    PartsWriter(std::filesystem::path folder, const StudyPlan& plan, const PartsHead& head);

    /// Gives where the segment lies, unless it is folded.
    ///
    /// Threads  may be called from any thread
    Part take(const Segment& segment);

private:
    std::filesystem::path file_of(RunRange range) const;
    void fold_around(std::int64_t run);
    bool fold(RunRange block);

    std::filesystem::path folder_;
    const StudyPlan& plan_;
    std::int64_t block_;
    std::string study_;
    std::int64_t most_folded_ = 0;  ///< runs of the largest segment that is folded
};

}  // namespace nuzuh
