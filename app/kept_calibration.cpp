#include "app/kept_calibration.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/console.hpp"
#include "output/files.hpp"
#include "output/parts.hpp"
#include "output/pending_file.hpp"
#include "sim/base/sha256.hpp"
#include "sim/study/sealed.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view calibration_heading = "nuzuh calibration 1\n";

}  // namespace

KeptCalibration::KeptCalibration(const fs::path& table, const std::string& identity,
                                 std::chrono::duration<double> every)
    : file_(table.string() + ".state"), identity_(sha256(program_text() + "\n" + identity)), every_(every) {}

Refusal KeptCalibration::why_not_begun(bool resume, bool force) {
    remove_orphans(file_);
    if (!fs::exists(file_)) return {};
    if (force) {
        remove();
        return {};
    }
    const auto content = bytes_of(file_);
    const auto kept = unsealed(calibration_heading, content);
    if (!kept && resume) {
        fs::rename(file_, file_.string() + ".damaged");
        print_note(
            fmt::format("{0} is damaged; it is set aside as {0}.damaged, and the calibration begins anew",
                        file_.string()));
        return {};
    }
    const auto identity = std::as_bytes(std::span(identity_));
    if (kept && !std::ranges::equal(kept->first(std::min(kept->size(), identity.size())), identity))
        return {
            fmt::format("{} was left by another calibration, or by another version of nuzuh", file_.string()),
            "give --force to begin anew, or another name with -o"};
    if (!resume)
        return {fmt::format("{} holds a calibration that was broken off", file_.string()),
                "give --resume to go on, or --force to begin anew"};
    const auto state = kept->subspan(identity.size());
    last_.assign(state.begin(), state.end());
    return {};
}

std::optional<std::vector<std::byte>> KeptCalibration::state() const {
    if (last_.empty()) return {};
    return last_;
}

void KeptCalibration::take(std::vector<std::byte> state) {
    last_ = std::move(state);
    if (std::chrono::steady_clock::now() - written_ >= every_) write();
}

bool KeptCalibration::write() {
    if (last_.empty()) return false;
    const auto identity = std::as_bytes(std::span(identity_));
    auto content = last_;
    content.insert(content.begin(), identity.begin(), identity.end());
    write_whole(file_, sealed(calibration_heading, content), true);
    written_ = std::chrono::steady_clock::now();
    return true;
}

void KeptCalibration::remove() const {
    std::error_code is_gone;
    fs::remove(file_, is_gone);
}

}  // namespace nuzuh::app
