#include "output/ensemble_parts.hpp"

#include <algorithm>
#include <cctype>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "output/files.hpp"
#include "output/pending_file.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

constexpr const char* of_done = ".members";
constexpr const char* of_running = ".running";

/// Members that are done come first.
std::vector<fs::path> kept_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code is_none;
    for (const auto& entry : fs::directory_iterator(folder, is_none)) {
        const auto& file = entry.path();
        if (entry.is_regular_file() && file.filename().string().front() != '.' &&
            (file.extension() == of_done || file.extension() == of_running))
            files.push_back(file);
    }
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
        return std::pair(a.extension(), a.filename()) < std::pair(b.extension(), b.filename());
    });
    return files;
}

/// Whether runs write files of that name.
bool is_own(const fs::directory_entry& entry) {
    if (!entry.is_regular_file()) return false;
    fs::path name = entry.path().filename();
    if (name == head_name || is_temporary(name)) return true;
    if (name.extension() == ".damaged") name = name.stem();
    const std::string ending = name.extension().string();
    return std::isdigit(static_cast<unsigned char>(name.string().front())) &&
           (ending == of_done || ending == of_running || ending == series_ending);
}

fs::path running_file(const fs::path& folder, std::int32_t first) {
    return folder / fmt::format("{:07}{}", first, of_running);
}

std::vector<std::int32_t> numbers_of(const KeptMembers& kept) {
    auto numbers = kept.numbers;
    for (const auto& member : kept.in_hand) numbers.push_back(member.number);
    return numbers;
}

/// Whether the large series of all members that are done are there, where they lie on a shelf.
bool are_on(ShelfFolder* shelf, const KeptMembers& kept) {
    return !shelf || std::all_of(kept.numbers.begin(), kept.numbers.end(),
                                 [&](std::int32_t member) { return shelf->take_up(member); });
}

/// Whether members can be of an ensemble, those in hand one behind the other.
bool are_of(const KeptMembers& kept, std::size_t members) {
    for (const std::int32_t member : numbers_of(kept)) {
        if (member < 0 || std::size_t(member) >= members) return false;
    }
    for (std::size_t i = 1; i < kept.in_hand.size(); ++i) {
        if (kept.in_hand[i].number != kept.in_hand[i - 1].number + 1) return false;
    }
    return true;
}

}  // namespace

EnsembleParts::EnsembleParts(const fs::path& target, std::string run) : folder_(parts_folder(target)) {
    head_.study = std::move(run);
    identity_ = head_.identity();
}

bool EnsembleParts::is_there() const {
    std::error_code is_none;
    const fs::directory_iterator there(folder_, is_none);
    return std::any_of(begin(there), end(there),
                       [](const auto& entry) { return !is_temporary(entry.path()); });
}

bool EnsembleParts::holds_members() const { return !kept_in(folder_).empty(); }

std::string EnsembleParts::foreign() const { return foreign_in(folder_, is_own); }

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

std::shared_ptr<ShelfFolder> EnsembleParts::shelf() const {
    return std::make_shared<ShelfFolder>(folder_,
                                         [folder = folder_, head = head_] { make_head(folder, head); });
}

std::vector<KeptMembers> EnsembleParts::read(int members, ShelfFolder* shelf,
                                             const std::function<void(const std::string&)>& note) const {
    std::vector<KeptMembers> all;
    std::vector<char> is_there(std::size_t(members), 0);
    for (const auto& file : kept_in(folder_)) {
        auto kept = read_kept_members(bytes_of(file), identity_);
        if (kept && are_of(*kept, is_there.size()) && are_on(shelf, *kept)) {
            const auto numbers = numbers_of(*kept);
            const auto known = std::count_if(numbers.begin(), numbers.end(), [&](std::int32_t member) {
                return is_there[std::size_t(member)];
            });
            if (known == 0) {
                for (const std::int32_t member : numbers) is_there[std::size_t(member)] = 1;
                all.push_back(std::move(*kept));
                continue;
            }
            if (known == std::ptrdiff_t(numbers.size()))
                continue;  // they were done before the file could be removed
        }
        fs::rename(file, file.string() + ".damaged");
        note(fmt::format(
            "{} is damaged or of another run; it is set aside as {}.damaged, and its runs are run again",
            file.string(), file.filename().string()));
    }
    return all;
}

void EnsembleParts::keep(const KeptMembers& kept) const {
    make_head(folder_, head_);
    if (!kept.in_hand.empty()) {
        write_whole(running_file(folder_, kept.in_hand.front().number), bytes_of(kept, identity_), true);
    } else {
        const auto name = fmt::format("{:07}-{}{}", kept.numbers.front(), kept.numbers.size(), of_done);
        write_once(folder_ / name, bytes_of(kept, identity_));
    }
    std::error_code is_no_fault;  // what stays is passed over when it is read
    for (const std::int32_t member : kept.numbers) fs::remove(running_file(folder_, member), is_no_fault);
}

void EnsembleParts::remove() const { remove_own(folder_, is_own); }

}  // namespace nuzuh
