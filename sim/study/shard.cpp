#include "sim/study/shard.hpp"

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

namespace nuzuh {

namespace {

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

/// A job array as Slurm describes it to each of its tasks.
struct JobArray {
    int task = 0;
    int count = 0;
    int first = 1;
    int step = 1;
    int last = 0;

    /// Whether its tasks are those from first to last by step, without gaps.
    bool is_regular() const { return last == first + (count - 1) * step; }
};

std::optional<JobArray> job_array(const Environment& environment) {
    const auto number = [&](const char* name) -> std::optional<int> {
        const auto text = environment(name);
        return text ? whole_number(*text) : std::nullopt;
    };
    const auto task = number("SLURM_ARRAY_TASK_ID"), count = number("SLURM_ARRAY_TASK_COUNT");
    if (!task || !count) return {};
    JobArray array{*task, *count, number("SLURM_ARRAY_TASK_MIN").value_or(1),
                   std::max(1, number("SLURM_ARRAY_TASK_STEP").value_or(1)), 0};
    array.last = number("SLURM_ARRAY_TASK_MAX").value_or(array.first + (array.count - 1) * array.step);
    return array;
}

constexpr const char* give_the_number = "give the number of shards once, for tasks from 1: --shards 8";

Result<ShardNumbering> numbering_of(const JobArray& array) {
    if (!array.is_regular())
        return one_error(
            "",
            fmt::format("--shard slurm: {} tasks from {} to {} have gaps: they do not say how many "
                        "shards there are",
                        array.count, array.first, array.last),
            give_the_number);
    if (array.count == 1 && array.first > 1)
        return one_error(
            "",
            fmt::format("--shard slurm: task {} alone does not say how many shards there are", array.task),
            give_the_number);
    return ShardNumbering{array.count, array.first, array.step};
}

Result<Shard> slurm_shard(int shards, const std::optional<ShardNumbering>& begun,
                          const Environment& environment) {
    const auto array = job_array(environment);
    if (!array)
        return one_error("", "--shard slurm: SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT are not set",
                         "start it in a job array: sbatch --array=1-8 ...");
    Result<ShardNumbering> settled = ShardNumbering{shards};
    if (shards == 0) settled = begun ? Result<ShardNumbering>(*begun) : numbering_of(*array);
    if (!settled) return settled.findings();
    const auto [count, first, step] = *settled;
    const int from_first = array->task - first;
    if (from_first < 0 || from_first % step != 0 || from_first / step >= count)
        return one_error(
            "",
            fmt::format("--shard slurm: task {} is none of the {} shards of this study, which are "
                        "tasks {} to {}{}",
                        array->task, count, first, first + (count - 1) * step,
                        step == 1 ? "" : fmt::format(" by {}", step)),
            "--shards N divides what is left anew, for tasks from 1 to N");
    return Shard{from_first / step + 1, *settled};
}

}  // namespace

std::optional<std::string> of_this_process(const std::string& name) {
    const char* text = std::getenv(name.c_str());
    return text ? std::optional<std::string>(text) : std::nullopt;
}

Result<Shard> read_shard(const std::string& text, int shards, const std::optional<ShardNumbering>& begun,
                         const Environment& environment) {
    if (text == "slurm") return slurm_shard(shards, begun, environment);
    if (shards != 0)
        return one_error("", "--shards has no effect without --shard slurm",
                         "give --shard I/N, or leave it out");
    if (text.empty()) return Shard{};
    const auto slash = text.find('/');
    const int number = whole_number(std::string_view(text).substr(0, slash)).value_or(0);
    const int count =
        slash == text.npos ? 0 : whole_number(std::string_view(text).substr(slash + 1)).value_or(0);
    if (number < 1 || number > count)
        return one_error("",
                         fmt::format("--shard expects I/N with I from 1 to N, or slurm, found '{}'", text),
                         "for example: --shard 3/8");
    return Shard{number, {count, 1, 1}};
}

}  // namespace nuzuh
