#include "sim/engine/agent/leaving.hpp"

#include "sim/engine/agent/setting_out.hpp"

namespace nuzuh::agent {

std::vector<Chunk> chunks_of(const std::vector<std::vector<Leaver>>& leaving) {
    constexpr std::size_t most = 2048;
    std::vector<Chunk> chunks;
    for (std::size_t i = 0; i < leaving.size(); ++i) {
        const std::size_t all = leaving[i].size();
        for (std::size_t first = 0; first < all; first += most)
            chunks.push_back({int(i), first, std::min(all, first + most)});
    }
    return chunks;
}

bool worth_dividing(const std::vector<Chunk>& chunks, int threads) {
    std::size_t leavers = 0;
    for (const Chunk& chunk : chunks) leavers += chunk.last - chunk.first;
    return threads > 1 && leavers > 10'000;
}

void put_on_road(const World& world, State& state, const std::vector<std::vector<Leaver>>& leaving,
                 CauseShares causes, int part, int parts) {
    for (std::size_t i = 0; i < leaving.size(); ++i) {
        for (const Leaver& one : leaving[i]) {
            if (one.to == Leaver::nowhere || one.to % parts != part) continue;
            state.road.at(state.step, std::size_t(one.steps))[std::size_t(one.to)].push_back(
                {one.id, one.k, one.o});
            if (!state.under_way.counts() || one.to == one.o) continue;
            const auto k = std::size_t(one.k);
            state.under_way.set_out(world, state.step, world.mode_of_group[k], int(i), one.to,
                                    world.groups[k].household_size, causes.of(int(i), one.k, one.before));
        }
    }
}

}  // namespace nuzuh::agent
