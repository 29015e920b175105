#include "sim/study/variance_shares.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <boost/math/distributions/normal.hpp>

#include "sim/base/random.hpp"
#include "sim/study/given_data.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

/// What a block says of its members: their mean square, and halved squares of differences from the first.
struct Block {
    double sum = 0, squares = 0;
    std::array<double, MemberBlock::size> halved{};
};

using Shares = std::array<double, 3>;  // chance, behaviour, inputs

Shares shares_of(const std::vector<Block>& blocks, const std::vector<std::size_t>& chosen) {
    Block all;
    for (const std::size_t b : chosen) {
        all.sum += blocks[b].sum;
        all.squares += blocks[b].squares;
        for (std::size_t w = 0; w < all.halved.size(); ++w) all.halved[w] += blocks[b].halved[w];
    }
    const double count = double(chosen.size()), members = count * MemberBlock::size;
    const double variance = (all.squares - all.sum * all.sum / members) / (members - 1);
    const double chance = all.halved[MemberBlock::chance_differs];
    const auto share = [&](double part) { return std::clamp(part / count / variance, 0.0, 1.0); };
    return {share(chance), share(all.halved[MemberBlock::behaviour_differs] - chance),
            share(all.halved[MemberBlock::inputs_differ] - chance)};
}

bool is_input(const std::string& name) { return name.starts_with("uncertainty."); }

}  // namespace

std::optional<VarianceShares> variance_shares(std::span<const double> members) {
    if (int(members.size()) < fewest_members_for_shares) return {};
    std::vector<Block> blocks(members.size() / MemberBlock::size);
    const double middle = std::accumulate(members.begin(), members.end(), 0.0) / double(members.size());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto block = members.subspan(b * MemberBlock::size, MemberBlock::size);
        for (std::size_t w = 0; w < block.size(); ++w) {
            blocks[b].sum += block[w] - middle;
            blocks[b].squares += (block[w] - middle) * (block[w] - middle);
            blocks[b].halved[w] = (block[w] - block[0]) * (block[w] - block[0]) / 2;
        }
    }
    if (std::all_of(members.begin(), members.end(), [&](double y) { return y == members[0]; })) return {};
    std::vector<std::size_t> chosen(blocks.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    const Shares found = shares_of(blocks, chosen);
    constexpr int resamples = 400;
    std::array<std::vector<double>, 3> samples;
    Stream stream = Draws(1, 0).at(Purpose::bootstrap, 0);
    for (int r = 0; r < resamples; ++r) {
        for (auto& one : chosen) one = std::size_t(stream.uniform() * double(blocks.size()));
        const Shares again = shares_of(blocks, chosen);
        for (std::size_t source = 0; source < again.size(); ++source)
            samples[source].push_back(again[source]);
    }
    const auto estimate = [&](std::size_t source) {
        return Estimate{found[source], quantile(samples[source], 0.05), quantile(samples[source], 0.95)};
    };
    return VarianceShares{estimate(0), estimate(1), estimate(2)};
}

std::vector<Influence> influences(std::span<const double> members,
                                  const std::vector<std::vector<double>>& values,
                                  const std::vector<std::string>& names, std::size_t most) {
    if (names.empty() || int(members.size()) < fewest_members_for_shares) return {};
    const auto blocks = Eigen::Index(members.size() / MemberBlock::size);
    const boost::math::normal normal;
    const double chance_of_each = 0.05 / double(names.size());
    const double by_chance =
        std::tanh(quantile(complement(normal, chance_of_each / 2)) / std::sqrt(2.0 * double(blocks) - 3));
    std::vector<Influence> found;
    // Two members of every block, with different draws: of behaviour the first and second, of inputs the first and third.
    for (const int other : {MemberBlock::behaviour_differs, MemberBlock::inputs_differ}) {
        Eigen::ArrayXd outputs(2 * blocks);
        Eigen::ArrayXXd sets(2 * blocks, Eigen::Index(names.size()));
        for (Eigen::Index row = 0; row < outputs.size(); ++row) {
            const auto m = std::size_t(row / 2 * MemberBlock::size + (row % 2 == 0 ? 0 : other));
            outputs(row) = members[m];
            for (std::size_t n = 0; n < names.size(); ++n) sets(row, Eigen::Index(n)) = values[m][n];
        }
        for (std::size_t n = 0; n < names.size(); ++n) {
            if (is_input(names[n]) != (other == MemberBlock::inputs_differ)) continue;
            const double rho = rank_correlation(sets.col(Eigen::Index(n)), outputs);
            if (std::abs(rho) > by_chance) found.push_back({names[n], rho});
        }
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
    std::vector<std::string> parts;
    const auto add = [&](const Estimate& share, const char* source) {
        parts.push_back(fmt::format("{:.0f} % ({:.0f} to {:.0f}) from {}", 100 * share.value, 100 * share.low,
                                    100 * share.high, source));
    };
    const auto inputs = std::count_if(result.unknowns.begin(), result.unknowns.end(), is_input);
    add(shares->chance, "chance");
    if (std::size_t(inputs) < result.unknowns.size()) add(shares->behaviour, "behaviour");
    if (inputs > 0) add(shares->inputs, "inputs");
    std::string text = fmt::format("Of the variance of people displaced come {}.", fmt::join(parts, ", "));
    std::vector<std::string> movers;
    for (const auto& [unknown, rho] : influences(members, result.drawn, result.unknowns))
        movers.push_back(fmt::format("{} ({:+.1f})", unknown, rho));
    if (!movers.empty())
        text += fmt::format(" Moved most by {} (rank correlation).", fmt::join(movers, ", "));
    return text;
}

}  // namespace nuzuh
