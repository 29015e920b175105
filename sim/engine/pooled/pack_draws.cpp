#include "sim/engine/pooled/pack_draws.hpp"

#include "sim/base/samplers.hpp"

namespace nuzuh::pack {

RandomDecisions::RandomDecisions(std::vector<Draws> draws)
    : runs_(int(draws.size())), draws_(std::move(draws)) {
    draws_.resize(batch_runs, draws_.back());
    for (std::size_t run = 0; run < batch_runs; ++run) {
        keys_.seed[run] = draws_[run].seed();
        keys_.run[run] = draws_[run].run();
    }
}

void RandomDecisions::run_by_run(int first, int count, const Address& address, std::size_t question,
                                 const Batch& n, const Batch& p, Batch& result) const {
    for (int run = first; run < first + count; ++run) {
        if (!(p.of[run] > 0)) continue;
        Stream stream = draws_[std::size_t(run)].at(address.purpose, address.when, address.a,
                                                    std::uint64_t(question) << 48 | address.b);
        result.of[run] = double(binomial(stream, Count(n.of[run]), p.of[run]));
    }
}

UnitMeanGamma::UnitMeanGamma(const Batch& deviation) {
    for (int run = 0; run < batch_runs; ++run) {
        const double variance = deviation.of[run] * deviation.of[run];
        if (!(variance > 0)) continue;
        is_one_ = false;
        const bool small = 1 / variance < 1;
        d_.of[run] = (small ? 1 / variance + 1 : 1 / variance) - 1.0 / 3;
        c_.of[run] = 1 / std::sqrt(9 * d_.of[run]);
        scale_.of[run] = variance;
        per_small_shape_.of[run] = small ? variance : 0;
        has_small_shapes_ = has_small_shapes_ || small;
    }
}

}  // namespace nuzuh::pack
