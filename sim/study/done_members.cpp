#include "sim/study/done_members.hpp"

#include <stdexcept>

#include "sim/base/archive.hpp"
#include "sim/study/sealed.hpp"

namespace nuzuh {
namespace {

constexpr std::string_view members_heading = "nuzuh members 1\n";

template <class Archive, class Result>
void archive(Archive& archive, Result& result) {
    archive(result.place, result.total, result.band, result.first_day_full, result.route);
    archive(result.arrivals_from, result.displaced_from);
    auto& histories = result.histories;
    archive(histories.times_displaced, histories.places_visited, histories.days_on_road, histories.distance,
            histories.traces);
}

}  // namespace

std::vector<std::byte> bytes_of(const DoneMembers& done) {
    Saver to;
    to(done.numbers, done.states, done.origin_sums);
    for (const RunResult& result : done.results) archive(to, result);
    return sealed(members_heading, to.bytes());
}

std::optional<DoneMembers> read_done_members(std::span<const std::byte> bytes) {
    const auto content = unsealed(members_heading, bytes);
    if (!content) return {};
    try {
        Loader from(*content);
        DoneMembers done;
        from(done.numbers, done.states, done.origin_sums);
        done.results.resize(done.numbers.size());
        for (RunResult& result : done.results) archive(from, result);
        return done;
    } catch (const std::out_of_range&) {
        return {};
    }
}

}  // namespace nuzuh
