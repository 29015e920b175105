#include "sim/study/run_counts.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/study/number_text.hpp"

namespace nuzuh {

void RunCounts::add(RunStatus status, const std::string& message) {
    ++all;
    if (status == RunStatus::done)
        ++done;
    else
        ++reasons[message];
}

void RunCounts::add(const RunCounts& other) {
    all += other.all;
    done += other.done;
    for (const auto& [reason, runs] : other.reasons) reasons[reason] += runs;
}

std::string RunCounts::shortfall() const {
    if (done == all) return "";
    std::vector<std::pair<std::string, std::int64_t>> sorted(reasons.begin(), reasons.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text =
        fmt::format("{} of {} runs could not be done", grouped(double(all - done)), grouped(double(all)));
    constexpr std::size_t most_reasons = 10;
    for (std::size_t i = 0; i < std::min(most_reasons, sorted.size()); ++i)
        text += fmt::format("\n  {} {}: {}", grouped(double(sorted[i].second)),
                            sorted[i].second == 1 ? "run" : "runs", sorted[i].first);
    if (sorted.size() > most_reasons)
        text += fmt::format("\n  and {} other reasons, in 'message' of the results",
                            grouped(double(sorted.size() - most_reasons)));
    return text;
}

}  // namespace nuzuh
