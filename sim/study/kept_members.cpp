#include "sim/study/kept_members.hpp"

#include <stdexcept>

#include "sim/base/archive.hpp"
#include "sim/study/sealed.hpp"

namespace nuzuh {
namespace {

constexpr std::string_view members_heading = "nuzuh members 5\n";

template <class Archive, class Result>
void archive(Archive& archive, Result& result) {
    archive(result.place, result.total, result.band, result.first_day_full, result.route);
    archive(result.arrivals_from, result.displaced_from);
    auto& histories = result.histories;
    archive(histories.times_displaced, histories.places_visited, histories.days_on_road, histories.distance,
            histories.traces);
}

}  // namespace

std::vector<std::byte> bytes_of(const KeptMembers& kept, std::string_view run) {
    Saver to;
    to(std::vector<char>(run.begin(), run.end()));
    to(kept.numbers, kept.states, kept.origin_sums, kept.in_hand.size());
    for (const RunResult& result : kept.results) archive(to, result);
    for (const auto& [number, steps, state] : kept.in_hand) to(number, steps, state);
    return sealed(members_heading, to.bytes());
}

std::optional<KeptMembers> read_kept_members(std::span<const std::byte> bytes, std::string_view run) {
    const auto content = unsealed(members_heading, bytes);
    if (!content) return {};
    try {
        Loader from(*content);
        std::vector<char> of_run;
        from(of_run);
        if (std::string_view(of_run.data(), of_run.size()) != run) return {};
        KeptMembers kept;
        std::size_t in_hand = 0;
        from(kept.numbers, kept.states, kept.origin_sums, in_hand);
        require_saved(in_hand <= from.left());
        kept.results.resize(kept.numbers.size());
        for (RunResult& result : kept.results) archive(from, result);
        kept.in_hand.resize(in_hand);
        for (auto& [number, steps, state] : kept.in_hand) from(number, steps, state);
        return kept;
    } catch (const std::out_of_range&) {
        return {};
    }
}

}  // namespace nuzuh
