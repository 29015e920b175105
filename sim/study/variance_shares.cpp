#include "sim/study/variance_shares.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/study/given_data.hpp"

namespace nuzuh {

std::optional<VarianceShares> variance_shares(std::span<const double> members) {
    const std::size_t blocks = members.size() / MemberBlock::size;
    if (int(members.size()) < fewest_members_for_shares) return {};
    const double mean = std::accumulate(members.begin(), members.end(), 0.0) / double(members.size());
    double variance = 0;
    for (const double y : members) variance += (y - mean) * (y - mean) / double(members.size() - 1);
    if (!(variance > 0)) return {};
    std::array<double, MemberBlock::size>
        halved{};  // mean squares of differences from the first of a block, halved
    for (std::size_t b = 0; b < blocks; ++b) {
        for (std::size_t other = 1; other < MemberBlock::size; ++other) {
            const double difference = members[b * MemberBlock::size + other] - members[b * MemberBlock::size];
            halved[other] += difference * difference / 2 / double(blocks);
        }
    }
    const auto share = [&](double part) { return std::clamp(part / variance, 0.0, 1.0); };
    return VarianceShares{share(halved[1]), share(halved[3] - halved[1]), share(halved[2] - halved[1])};
}

std::vector<Influence> influences(std::span<const double> members,
                                  const std::vector<std::vector<double>>& values,
                                  const std::vector<std::string>& names, std::size_t most) {
    if (names.empty() || int(members.size()) < fewest_members_for_shares) return {};
    const auto count = Eigen::Index(members.size());
    const Eigen::ArrayXd outputs = Eigen::Map<const Eigen::ArrayXd>(members.data(), count);
    Eigen::ArrayXXd sets(count, Eigen::Index(names.size()));
    for (Eigen::Index m = 0; m < count; ++m) {
        for (Eigen::Index n = 0; n < sets.cols(); ++n) sets(m, n) = values[std::size_t(m)][std::size_t(n)];
    }
    constexpr int resamples = 200;  // enough for whether an interval holds 0
    const auto indices =
        given_data_indices(outputs, sets, std::vector<bool>(names.size(), false), {.resamples = resamples});
    std::vector<Influence> found;
    for (std::size_t n = 0; n < names.size(); ++n) {
        const Estimate& rho = indices.rank_correlation[n];
        if (rho.low > 0 || rho.high < 0) found.push_back({names[n], rho.value});
    }
    std::stable_sort(found.begin(), found.end(), [](const Influence& a, const Influence& b) {
        return std::abs(a.rank_correlation) > std::abs(b.rank_correlation);
    });
    found.resize(std::min(found.size(), most));
    return found;
}

std::string variance_text(const EnsembleResult& result) {
    if (result.unknowns.empty()) return "";
    std::vector<double> members;
    for (const auto& run : result.members)
        members.push_back(run.total[std::size_t(TotalField::people_displaced)].back());
    const auto shares = variance_shares(members);
    if (!shares) return "";
    std::string text = fmt::format(
        "Of the variance of people displaced about {:.0f} % comes from chance, {:.0f} % from behaviour and "
        "{:.0f} % "
        "from inputs.",
        100 * shares->chance, 100 * shares->behaviour, 100 * shares->inputs);
    std::vector<std::string> movers;
    for (const auto& [unknown, rho] : influences(members, result.drawn, result.unknowns))
        movers.push_back(fmt::format("{} ({:+.1f})", unknown, rho));
    if (!movers.empty())
        text += fmt::format(" Moved most by {} (rank correlation).", fmt::join(movers, ", "));
    return text;
}

}  // namespace nuzuh
