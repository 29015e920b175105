#include "app/shard.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

namespace nuzuh::app {

namespace {

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

std::optional<int> from_environment(const char* name) {
    const char* text = std::getenv(name);
    return text ? whole_number(text) : std::nullopt;
}

Findings mistake(std::string message, std::string hint) {
    Finding finding;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    return {finding};
}

Result<Shard> slurm_shard() {
    const auto task = from_environment("SLURM_ARRAY_TASK_ID");
    const auto count = from_environment("SLURM_ARRAY_TASK_COUNT");
    if (!task || !count)
        return mistake("--shard slurm: SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT are not set",
                       "start it in a job array: sbatch --array=1-8 ...");
    const int first = from_environment("SLURM_ARRAY_TASK_MIN").value_or(1);
    const int step = std::max(1, from_environment("SLURM_ARRAY_TASK_STEP").value_or(1));
    const int place = (*task - first) / step;
    if (place < 0 || place >= *count || (*task - first) % step != 0)
        return mistake(fmt::format("--shard slurm: task {} does not fit {} tasks from {} by {}", *task,
                                   *count, first, step),
                       "give --shard I/N; arrays by ranges, such as --array=1-8, count themselves");
    return Shard{place + 1, *count};
}

}  // namespace

Result<Shard> read_shard(const std::string& text) {
    if (text.empty()) return Shard{};
    if (text == "slurm") return slurm_shard();
    const auto slash = text.find('/');
    const int number = whole_number(std::string_view(text).substr(0, slash)).value_or(0);
    const int count =
        slash == text.npos ? 0 : whole_number(std::string_view(text).substr(slash + 1)).value_or(0);
    if (number < 1 || number > count)
        return mistake(fmt::format("--shard expects I/N with I from 1 to N, or slurm, found '{}'", text),
                       "for example: --shard 3/8");
    return Shard{number, count};
}

}  // namespace nuzuh::app
