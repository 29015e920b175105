#include "output/ensemble_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/files.hpp"
#include "output/pending_file.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

constexpr const char* ending = ".members";

std::vector<fs::path> kept_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ending && entry.path().filename().string().front() != '.')
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Adds members unless some of them are out of range or there already.
bool take(DoneMembers done, std::vector<char>& is_there, std::vector<DoneMembers>& to) {
    for (const std::int32_t member : done.numbers) {
        if (member < 0 || std::size_t(member) >= is_there.size() || is_there[std::size_t(member)])
            return false;
    }
    for (const std::int32_t member : done.numbers) is_there[std::size_t(member)] = 1;
    to.push_back(std::move(done));
    return true;
}

}  // namespace

EnsembleParts::EnsembleParts(const fs::path& target, std::string run) : folder_(parts_folder(target)) {
    head_.study = std::move(run);
}

bool EnsembleParts::is_there() const { return fs::exists(folder_); }

std::string EnsembleParts::why_not() const {
    const auto there = read_head(folder_);
    if (!there) return fmt::format("{} holds nothing that can be gone on with", folder_.string());
    if (there->study != head_.study)
        return fmt::format("{} was left by another run or study", folder_.string());
    if (there->program != head_.program)
        return fmt::format("{} was left by nuzuh {}; this is {}", folder_.string(), there->program,
                           head_.program);
    return "";
}

std::vector<DoneMembers> EnsembleParts::read(int members,
                                             const std::function<void(const std::string&)>& note) const {
    std::vector<DoneMembers> all;
    std::vector<char> is_there(std::size_t(members), 0);
    for (const auto& file : kept_in(folder_)) {
        auto done = read_done_members(bytes_of(file));
        if (done && take(std::move(*done), is_there, all)) continue;
        fs::rename(file, file.string() + ".damaged");
        note(fmt::format("{} is damaged; it is set aside as {}.damaged, and its runs are run again",
                         file.string(), file.filename().string()));
    }
    return all;
}

void EnsembleParts::keep(const DoneMembers& done) const {
    make_head(folder_, head_);
    const auto name = fmt::format("{:07}-{}{}", done.numbers.front(), done.numbers.size(), ending);
    write_once(folder_ / name, bytes_of(done));
}

void EnsembleParts::remove() const { fs::remove_all(folder_); }

}  // namespace nuzuh
