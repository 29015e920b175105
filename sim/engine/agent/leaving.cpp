#include "sim/engine/agent/leaving.hpp"

#include <utility>

#include "sim/engine/agent/setting_out.hpp"

namespace nuzuh::agent {

void find_due(const World& world, const State& state, std::vector<std::vector<Cell>>& due) {
    for (auto& cells : due) cells.clear();
    const int places = world.place_count();
    Eigen::ArrayXd hazard(places);
    constexpr int own_home = -1;
    const auto compare = [&](Whereabouts where, int k, int o) {
        const double* lowest = state.cells.lowest().data() + state.cells.index(where, k, 0, o);
        bool any = false;
        for (int i = 0; i < places; ++i) any |= lowest[i] < hazard(i);
        for (int i = 0; any && i < places; ++i) {
            if (lowest[i] < hazard(i)) due[std::size_t(i)].push_back({where, k, i, o == own_home ? i : o});
        }
    };
    for (int k = 0; k < world.mobile_groups; ++k) {
        hazard = state.hazards.home.col(k);
        compare(Whereabouts::home, k, own_home);
        compare(Whereabouts::back, k, own_home);
        for (int o = 0; o < places; ++o) {
            hazard = state.hazards.settled.col(k) + state.hazards.returning.col(o);
            compare(Whereabouts::settled, k, o);
            hazard = state.hazards.waiting.col(k) + state.hazards.returning.col(o);
            compare(Whereabouts::waiting, k, o);
        }
    }
}

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

void make_room(State& state, Eigen::Array<std::size_t, Eigen::Dynamic, Eigen::Dynamic>& bound_for) {
    const int places = state.places();
    for (std::size_t slot = 0; slot < state.road.size(); ++slot) {
        for (int to = 0; to < places; ++to) {
            auto& travellers = state.road.at(state.step, slot + 1)[std::size_t(to)];
            std::size_t all = travellers.size();
            for (Eigen::Index c = 0; c < bound_for.cols(); ++c)
                all += std::exchange(bound_for(Eigen::Index(slot) * places + to, c), all);
            travellers.resize(all);
        }
    }
}

void put_on_road(const World& world, State& state, const Chunk& chunk, const std::vector<Leaver>& leaving,
                 std::size_t* next) {
    for (std::size_t l = chunk.first; l < chunk.last; ++l) {
        const Leaver& one = leaving[l];
        if (one.to == Leaver::nowhere) continue;
        const std::size_t journey = journey_of(world, state.step, one, chunk.i);
        auto& travellers =
            state.road.at(state.step, journey / std::size_t(world.place_count()) + 1)[std::size_t(one.to)];
        travellers[next[journey]++] = {one.id, one.k, one.o};
    }
}

}  // namespace nuzuh::agent
