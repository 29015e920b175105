#include "output/parts.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "output/files.hpp"
#include "output/pending_file.hpp"
#include "output/study_layout.hpp"
#include "output/writer.hpp"
#include "sim/base/sha256.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t fold_width = 16;
constexpr std::string_view block_mark = "# runs of a segment: ";
constexpr std::string_view input_mark = "# read: ";
constexpr std::string_view program_mark = "# made by: nuzuh ";
constexpr std::string_view shards_mark = "# shards: ";

/// The runs that a file's name says, `runs-000000000000-000000000063.h5`; nothing for other names.
std::optional<RunRange> range_of(const fs::path& file) {
    long long first = 0, last = 0;
    int length = 0;
    const std::string name = file.filename().string();
    if (std::sscanf(name.c_str(), "runs-%lld-%lld.h5%n", &first, &last, &length) != 2) return {};
    if (std::size_t(length) != name.size() || last < first) return {};
    return RunRange{first, last + 1};
}

/// Runs that may be folded into a segment; none where there is nothing to gain.
std::int64_t most_folded_runs(const StudyPlan& plan) {
    if (!keeps_quantiles(plan)) return 0;
    double bytes_a_run = 1;
    const auto counts = plan.value_counts();
    for (std::size_t o = 0; o < counts.size(); ++o) {
        if (plan.outputs[o].keep == Keep::runs) bytes_a_run += double(counts[o] * sizeof(float));
    }
    return std::int64_t(most_folded_bytes / bytes_a_run);
}

/// @throws  h5::Error also where a part is of another study
Segment joined(const StudyPlan& plan, const std::string& study, const std::vector<Part>& parts) {
    Segment all;
    for (const auto& part : parts) {
        const SegmentFile file(part.file);
        require_part_of(study, part, file);
        Segment next = file.segment(plan);
        if (all.status.empty()) {
            all = std::move(next);
            continue;
        }
        all.status.insert(all.status.end(), next.status.begin(), next.status.end());
        all.message.insert(all.message.end(), next.message.begin(), next.message.end());
        for (std::size_t o = 0; o < all.values.size(); ++o)
            all.values[o].insert(all.values[o].end(), next.values[o].begin(), next.values[o].end());
        for (std::size_t t = 0; t < all.tallies.size(); ++t) all.tallies[t].add(next.tallies[t]);
    }
    return all;
}

}  // namespace

void require_part_of(const std::string& study, const Part& part, const SegmentFile& file) {
    if (file.study() != study)
        throw h5::Error(fmt::format("{} belongs to another study or another version of this program",
                                    part.file.string()));
    if (file.range() != part.range)
        throw h5::Error(fmt::format("{} holds runs {} to {}: it was given the name of another part",
                                    part.file.string(), file.range().first, file.range().end - 1));
}

fs::path parts_folder(const fs::path& target) { return target.string() + ".parts"; }

std::string foreign_in(const fs::path& folder, IsOwn* is_own) {
    std::error_code is_none;
    for (const auto& entry : fs::directory_iterator(folder, is_none)) {
        if (!is_own(entry)) return entry.path().string();
    }
    return "";
}

void remove_own(const fs::path& folder, IsOwn* is_own) {
    std::error_code is_no_fault;
    std::vector<fs::path> own;
    for (const auto& entry : fs::directory_iterator(folder, is_no_fault)) {
        if (is_own(entry)) own.push_back(entry.path());
    }
    for (const auto& file : own) fs::remove(file, is_no_fault);
    fs::remove(folder, is_no_fault);
}

bool is_of_study(const fs::directory_entry& entry) {
    const fs::path name = entry.path().filename();
    return entry.is_regular_file() &&
           (name == head_name || is_temporary(name) ||
            range_of(name.extension() == ".damaged" ? name.stem() : name).has_value());
}

std::vector<Part> parts_in(const fs::path& folder_or_file) {
    std::vector<Part> parts;
    const auto add = [&](const fs::path& file) {
        if (const auto range = range_of(file)) parts.push_back({file, *range, Seal::is_checked});
    };
    if (!fs::is_directory(folder_or_file)) {
        add(folder_or_file);
        return parts;
    }
    for (const auto& entry : fs::directory_iterator(folder_or_file)) add(entry.path());
    return parts;
}

std::vector<Part> without_overlap(const std::vector<Part>& parts) {
    std::vector<RunRange> ranges;
    for (const auto& part : parts) ranges.push_back(part.range);
    std::vector<Part> chosen;
    for (const RunRange& range : without_overlap(std::move(ranges))) {
        const auto found =
            std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.range == range; });
        chosen.push_back(*found);
    }
    return chosen;
}

std::vector<fs::path> set_damaged_aside(const fs::path& folder_or_file, RunRange within) {
    std::vector<fs::path> damaged;
    for (const auto& part : parts_in(folder_or_file)) {
        if (part.range.first < within.first || part.range.end > within.end) continue;
        try {
            if (is_intact(part.file)) continue;
        } catch (const h5::Error&) {
            if (!fs::exists(part.file)) continue;  // folded by another process in the meantime
        }
        fs::rename(part.file, part.file.string() + ".damaged");
        damaged.push_back(part.file);
    }
    return damaged;
}

std::string program_text() {
    const Provenance program = build_provenance();
    return fmt::format("{} {}", program.version, program.revision);
}

std::string PartsHead::identity() const { return sha256(fmt::format("{}\n{}", program, study)); }

namespace {

std::string text_of(const PartsHead& head) {
    std::string text = fmt::format("{}{}\n{}{}\n", program_mark, head.program, block_mark, head.block);
    if (head.numbering)
        text += fmt::format("{}{} tasks from {} by {}\n", shards_mark, head.numbering->count,
                            head.numbering->first_task, head.numbering->step);
    std::istringstream inputs(head.input_files);
    for (std::string line; std::getline(inputs, line);) text += fmt::format("{}{}\n", input_mark, line);
    return text + head.study;
}

std::optional<ShardNumbering> numbering_in(const std::string& text) {
    ShardNumbering found;
    if (std::sscanf(text.c_str(), "%d tasks from %d by %d", &found.count, &found.first_task, &found.step) !=
        3)
        return {};
    return found.count > 0 && found.step > 0 ? std::optional(found) : std::nullopt;
}

}  // namespace

std::optional<PartsHead> read_head(const fs::path& folder) {
    if (!fs::exists(folder / head_name)) return {};
    const auto bytes = bytes_of(folder / head_name);
    std::istringstream in(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    PartsHead head;
    head.program.clear();
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(block_mark))
            head.block = std::max<std::int64_t>(1, std::atoll(line.c_str() + block_mark.size()));
        else if (line.starts_with(program_mark))
            head.program = line.substr(program_mark.size());
        else if (line.starts_with(shards_mark))
            head.numbering = numbering_in(line.substr(shards_mark.size()));
        else if (line.starts_with(input_mark))
            head.input_files += line.substr(input_mark.size()) + "\n";
        else
            head.study += line + "\n";
    }
    return head;
}

std::string why_not_of_this_program(const fs::path& folder, const PartsHead& head) {
    const std::string here = program_text();
    if (head.program == here) return "";
    return fmt::format("{} holds parts made by nuzuh {}; this is {}", folder.string(),
                       head.program.empty() ? "of another version" : head.program, here);
}

PartsHead make_head(const fs::path& folder, const PartsHead& wanted) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw h5::Error(fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
    const std::string text = text_of(wanted);
    write_once(folder / head_name, std::as_bytes(std::span(text)));
    return read_head(folder).value_or(wanted);
}

void replace_head(const fs::path& folder, const PartsHead& head) {
    const std::string text = text_of(head);
    write_whole(folder / head_name, std::as_bytes(std::span(text)), true);
}

PartsWriter::PartsWriter(fs::path folder, const StudyPlan& plan, const PartsHead& head)
    : folder_(std::move(folder)),
      plan_(plan),
      block_(head.block),
      study_(head.identity()),
      most_folded_(most_folded_runs(plan)) {
    remove_orphans_in(folder_);
}

fs::path PartsWriter::file_of(RunRange range) const {
    return folder_ / fmt::format("runs-{:012}-{:012}.h5", range.first, range.end - 1);
}

Part PartsWriter::take(const Segment& segment) {
    Part part{file_of(segment.range()), segment.range(), Seal::is_trusted};
    write_segment(part.file, plan_, segment, study_);
    fold_around(segment.first);
    return part;
}

/// Folds the smallest block around a run that is complete, and what that completes.
void PartsWriter::fold_around(std::int64_t run) {
    for (std::int64_t width = block_ * fold_width; width / fold_width < plan_.run_count();
         width *= fold_width) {
        const std::int64_t first = run / width * width;
        if (std::min(width, plan_.run_count()) > most_folded_) return;
        if (!fold({first, std::min(first + width, plan_.run_count())})) return;
    }
}

bool PartsWriter::fold(RunRange block) {
    const Hdf5Turn turn;
    try {
        std::vector<Part> inside;
        for (auto& part : parts_in(folder_)) {
            if (part.range.first >= block.first && part.range.end <= block.end)
                inside.push_back(std::move(part));
        }
        const auto parts = without_overlap(inside);
        std::int64_t runs = 0;
        for (const auto& part : parts) runs += part.range.size();
        if (runs < block.size()) return false;
        if (parts.size() > 1) write_segment(file_of(block), plan_, joined(plan_, study_, parts), study_);
        for (const auto& part : inside) {
            if (part.range != block) fs::remove(part.file);
        }
        return true;
    } catch (const h5::Error&) {
        return false;  // folded by another process, no room, or of another study: the parts stand as they are, and are told
    }
}

}  // namespace nuzuh
