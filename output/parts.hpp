// The folder beside a results file where the workers of a study leave closed segments.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "output/segment_file.hpp"
#include "sim/study/shard.hpp"

namespace nuzuh {

/// A closed segment in a folder.
struct Part {
    std::filesystem::path file;
    RunRange range;
    Seal seal = Seal::is_checked;
};

/// `FILE.h5.parts`.
std::filesystem::path parts_folder(const std::filesystem::path& target);

using IsOwn = bool(const std::filesystem::directory_entry&);

/// What lies in a folder of parts and was not put there by this program; "" if nothing does. No folder holds nothing.
std::string foreign_in(const std::filesystem::path& folder, IsOwn* is_own);

/// Takes away what this program has put into a folder, and the folder unless something else is there.
void remove_own(const std::filesystem::path& folder, IsOwn* is_own);

/// Whether studies write files of that name.
bool is_of_study(const std::filesystem::directory_entry& entry);

/// Closed segments in a folder, or in the single file given, by the runs that their names say.
std::vector<Part> parts_in(const std::filesystem::path& folder_or_file);

/// That an open part is of the study, and holds the runs that its name says.
///
/// @throws  h5::Error
void require_part_of(const std::string& study, const Part& part, const SegmentFile& file);

/// Sets damaged parts aside, so that their runs count as not done and are run again: `runs-....h5.damaged`.
///
/// @param within  parts that lie outside are not looked at
/// @return        files that were damaged, by the names that they had
std::vector<std::filesystem::path> set_damaged_aside(const std::filesystem::path& folder_or_file,
                                                     RunRange within);

/// Of parts that may overlap, some that do not and hold the most runs between them, in order.
std::vector<Part> without_overlap(const std::vector<Part>& parts);

/// "0.1.0 1f2e3d": this program, as far as parts of one study must be made by the same.
std::string program_text();

constexpr const char* head_name = "study.yaml";

/// What a folder of parts says of itself: the file `study.yaml`, from which the study can be read again.
struct PartsHead {
    std::string study;                        ///< the whole study as YAML
    std::string input_files;                  ///< as in Provenance
    std::string program = program_text();     ///< version and revision that made the parts
    std::int64_t block = 1;                   ///< runs of a whole segment
    std::optional<ShardNumbering> numbering;  ///< of the first launch that did a shard

    /// Identifies the study and the program: SHA-256.
    std::string identity() const;
};

/// Head of a folder of parts; nothing if it has none.
std::optional<PartsHead> read_head(const std::filesystem::path& folder);

/// Why this program cannot go on with parts, or put them together, since another made them; empty if it can.
std::string why_not_of_this_program(const std::filesystem::path& folder, const PartsHead& head);

/// Makes the folder, and its head unless there is one: of launches at the same time the first one's stands.
///
/// @throws  h5::Error
PartsHead make_head(const std::filesystem::path& folder, const PartsHead& wanted);

/// Puts another head in the place of the one that is there.
void replace_head(const std::filesystem::path& folder, const PartsHead& head);

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
