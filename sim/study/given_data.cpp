#include "sim/study/given_data.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "sim/base/random.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr int most_intervals = 10;
constexpr int sets_an_interval = 10;

/// Times that each set is drawn.
using Weights = std::vector<int>;

/// Values in ascending order, as positions; those that are equal stand in one block.
struct Order {
    std::vector<Index> at;
    std::vector<std::size_t> block_end;

    explicit Order(const ArrayXd& values) : at(std::size_t(values.size())) {
        std::iota(at.begin(), at.end(), Index{0});
        std::stable_sort(at.begin(), at.end(), [&](Index a, Index b) { return values[a] < values[b]; });
        for (std::size_t i = 1; i <= at.size(); ++i)
            if (i == at.size() || values[at[i]] > values[at[i - 1]]) block_end.push_back(i);
    }
};

/// Mean rank of each set where sets stand several times.
ArrayXd mean_ranks(const Order& order, const Weights& weights) {
    ArrayXd ranks(Index(order.at.size()));
    double below = 0;
    std::size_t from = 0;
    for (const std::size_t end : order.block_end) {
        double here = 0;
        for (std::size_t i = from; i < end; ++i) here += weights[std::size_t(order.at[i])];
        for (std::size_t i = from; i < end; ++i) ranks[order.at[i]] = below + (here + 1) / 2;
        below += here;
        from = end;
    }
    return ranks;
}

double weighted_correlation(const ArrayXd& a, const ArrayXd& b, const Weights& weights) {
    const ArrayXd w = Eigen::Map<const Eigen::ArrayXi>(weights.data(), Index(weights.size())).cast<double>();
    const ArrayXd da = a - (w * a).sum() / w.sum(), db = b - (w * b).sum() / w.sum();
    const double spread = std::sqrt((w * da.square()).sum() * (w * db.square()).sum());
    return spread > 0 ? (w * da * db).sum() / spread : unknown;
}

/// Interval of an axis in which each set lies, from 0.
std::vector<int> intervals_of(const Order& axis) {
    std::vector<int> interval(axis.at.size());
    const std::size_t sets = axis.at.size();
    const bool by_value = axis.block_end.size() <= std::size_t(most_intervals);
    const auto count = std::clamp<std::size_t>(sets / sets_an_interval, 2, most_intervals);
    std::size_t from = 0;
    for (std::size_t block = 0; block < axis.block_end.size(); from = axis.block_end[block++]) {
        const std::size_t middle = (from + axis.block_end[block] - 1) / 2;
        for (std::size_t i = from; i < axis.block_end[block]; ++i)
            interval[std::size_t(axis.at[i])] = int(by_value ? block : middle * count / sets);
    }
    return interval;
}

/// Median over intervals of the largest distance between the distribution in the interval and that of all.
///
/// The distance is largest where sets of the interval lie: just before them or at them.
double pawn_of(const Order& output, const std::vector<int>& interval, const Weights& weights) {
    const int count = *std::max_element(interval.begin(), interval.end()) + 1;
    std::vector<double> size(std::size_t(count), 0), below(std::size_t(count), 0),
        distance(std::size_t(count), 0);
    double all = 0, all_below = 0;
    for (std::size_t i = 0; i < interval.size(); ++i) {
        size[std::size_t(interval[i])] += weights[i];
        all += weights[i];
    }
    const auto look = [&](std::size_t g) {
        distance[g] = std::max(distance[g], std::abs(below[g] / size[g] - all_below / all));
    };
    std::size_t from = 0;
    for (const std::size_t end : output.block_end) {
        const auto each = [&](const auto& act) {
            for (std::size_t i = from; i < end; ++i) {
                const auto set = std::size_t(output.at[i]);
                if (weights[set] > 0) act(std::size_t(interval[set]), double(weights[set]));
            }
        };
        each([&](std::size_t g, double) { look(g); });
        each([&](std::size_t g, double weight) {
            below[g] += weight;
            all_below += weight;
        });
        each([&](std::size_t g, double) { look(g); });
        from = end;
    }
    std::vector<double> found;
    for (std::size_t g = 0; g < size.size(); ++g)
        if (size[g] > 0) found.push_back(distance[g]);
    return quantile(found, 0.5);
}

/// Samples of a statistic as an interval.
std::pair<double, double> interval_of(const std::vector<double>& samples, double level) {
    if (samples.empty()) return {unknown, unknown};
    const double tail = (1 - level) / 2;
    return {quantile(samples, tail), quantile(samples, 1 - tail)};
}

Weights drawn(Stream stream, std::size_t sets) {
    Weights weights(sets, 0);
    for (std::size_t i = 0; i < sets; ++i)
        ++weights[std::min(std::size_t(stream.uniform() * double(sets)), sets - 1)];
    return weights;
}

std::vector<int> shuffled(std::vector<int> values, Stream stream) {
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[std::min(std::size_t(stream.uniform() * double(i)), i - 1)]);
    return values;
}

/// Sets of which every run was done.
std::vector<Index> whole_sets(const ArrayXd& outputs) {
    std::vector<Index> whole;
    for (Index i = 0; i < outputs.size(); ++i)
        if (std::isfinite(outputs[i])) whole.push_back(i);
    return whole;
}

/// One axis: its estimates, and what resampling makes of them.
class AxisAnalysis {
public:
    AxisAnalysis(const ArrayXd& axis, const Order& output, bool is_word, const Bootstrap& bootstrap)
        : axis_(axis),
          output_(output),
          interval_(intervals_of(axis_)),
          is_word_(is_word),
          bootstrap_(bootstrap) {
        const Weights once(interval_.size(), 1);
        correlation_.value = is_word_ ? unknown : rank_correlation(once);
        pawn_.value = pawn_of(output_, interval_, once);
        resample(once);
    }

    Estimate correlation() const { return correlation_; }
    Estimate pawn() const { return pawn_; }
    double by_chance() const { return by_chance_; }

private:
    double rank_correlation(const Weights& weights) const {
        return weighted_correlation(mean_ranks(axis_, weights), mean_ranks(output_, weights), weights);
    }

    void resample(const Weights& once) {
        std::vector<double> correlations, pawns, chances;
        for (int r = 0; r < bootstrap_.resamples; ++r) {
            const Draws draws(bootstrap_.seed, std::uint64_t(r));
            const Weights weights = drawn(draws.at(Purpose::bootstrap, 0), once.size());
            pawns.push_back(pawn_of(output_, interval_, weights));
            chances.push_back(pawn_of(output_, shuffled(interval_, draws.at(Purpose::bootstrap, 1)), once));
            if (is_word_) continue;
            const double rho = rank_correlation(weights);
            if (std::isfinite(rho)) correlations.push_back(rho);
        }
        std::tie(correlation_.low, correlation_.high) = interval_of(correlations, bootstrap_.level);
        const auto [low, high] = interval_of(pawns, bootstrap_.level);
        pawn_.low = std::clamp(2 * pawn_.value - high, 0.0, 1.0);
        pawn_.high = std::clamp(2 * pawn_.value - low, 0.0, 1.0);
        by_chance_ = quantile(chances, 0.95);
    }

    Order axis_;
    const Order& output_;
    std::vector<int> interval_;
    bool is_word_;
    const Bootstrap& bootstrap_;
    Estimate correlation_, pawn_;
    double by_chance_ = 0;
};

}  // namespace

double rank_correlation(const ArrayXd& x, const ArrayXd& y) {
    const Weights once(std::size_t(x.size()), 1);
    return weighted_correlation(mean_ranks(Order(x), once), mean_ranks(Order(y), once), once);
}

GivenDataIndices given_data_indices(const ArrayXd& outputs, const ArrayXXd& sets,
                                    const std::vector<bool>& is_word, const Bootstrap& bootstrap) {
    const auto whole = whole_sets(outputs);
    const auto axes = std::size_t(sets.cols());
    const std::vector<Estimate> none(axes, {unknown, unknown, unknown});
    GivenDataIndices out{int(whole.size()), int(outputs.size()) - int(whole.size()), none, none,
                         std::vector<double>(axes, unknown)};
    const ArrayXd y = outputs(whole);
    if (out.used < fewest_sets || y.minCoeff() == y.maxCoeff()) return out;
    const Order output(y);
    for (std::size_t k = 0; k < axes; ++k) {
        const ArrayXd x = sets.col(Index(k))(whole);
        if (x.minCoeff() == x.maxCoeff()) continue;
        const AxisAnalysis axis(x, output, is_word[k], bootstrap);
        out.rank_correlation[k] = axis.correlation();
        out.pawn[k] = axis.pawn();
        out.pawn_by_chance[k] = axis.by_chance();
    }
    return out;
}

}  // namespace nuzuh
