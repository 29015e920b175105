#include "sim/study/run_counts.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/study/number_text.hpp"

namespace nuzuh {

namespace {

/// Reasons that are one but for their numbers.
struct AlikeReasons {
    std::string first;  ///< the most frequent of them
    std::int64_t runs = 0, most = 0;
    int others = -1;  ///< with other numbers
};

/// A reason with each of its numbers as one sign.
std::string without_numbers(const std::string& reason) {
    constexpr std::string_view digits = "0123456789.";
    std::string out;
    for (std::size_t i = 0; i < reason.size(); ++i) {
        const bool digit = digits.find(reason[i]) != digits.npos;
        if (!digit || out.empty() || out.back() != '#') out += digit ? '#' : reason[i];
    }
    return out;
}

std::vector<AlikeReasons> by_frequency(const std::map<std::string, std::int64_t>& reasons) {
    std::map<std::string, AlikeReasons> alike;
    for (const auto& [reason, runs] : reasons) {
        auto& kind = alike[without_numbers(reason)];
        if (runs > kind.most) kind.first = reason;
        kind.most = std::max(kind.most, runs);
        kind.runs += runs;
        ++kind.others;
    }
    std::vector<AlikeReasons> sorted;
    for (auto& [form, kind] : alike) sorted.push_back(std::move(kind));
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.runs > b.runs; });
    return sorted;
}

}  // namespace

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
    const auto sorted = by_frequency(reasons);
    std::string text =
        fmt::format("{} of {} runs could not be done", grouped(double(all - done)), grouped(double(all)));
    constexpr std::size_t most_reasons = 10;
    for (std::size_t i = 0; i < std::min(most_reasons, sorted.size()); ++i)
        text += fmt::format(
            "\n  {} {}: {}{}", grouped(double(sorted[i].runs)), sorted[i].runs == 1 ? "run" : "runs",
            sorted[i].first,
            sorted[i].others > 0 ? fmt::format(" ({} more with other numbers)", sorted[i].others) : "");
    if (sorted.size() > most_reasons)
        text += fmt::format("\n  and {} other reasons, in 'message' of the results",
                            grouped(double(sorted.size() - most_reasons)));
    return text;
}

}  // namespace nuzuh
