#include "sim/study/regional_prior.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/samplers.hpp"

namespace nuzuh {
namespace {

bool is_alike(const PriorParameter& a, const PriorParameter& b) {
    return a.spread == b.spread && a.from == b.from && a.to == b.to;
}

/// Sum of the z of one shared parameter, and of their squares, over regions.
struct Sums {
    double sum = 0, squares = 0;
};

}  // namespace

Result<RegionalPrior> RegionalPrior::of(const std::vector<std::vector<PriorParameter>>& priors) {
    RegionalPrior result;
    result.columns_.resize(priors.size());
    Findings wrong;
    for (std::size_t k = 0; k < priors.front().size(); ++k) {
        const auto& one = priors.front()[k];
        std::vector<std::size_t> columns;
        for (const auto& prior : priors) {
            const auto found =
                std::find_if(prior.begin(), prior.end(), [&](const auto& p) { return p.key == one.key; });
            if (found == prior.end()) break;
            columns.push_back(std::size_t(found - prior.begin()));
            if (!is_alike(*found, one))
                wrong.push_back({Severity::error,
                                 "parameters.prior",
                                 fmt::format("{} has different priors in the scenarios", one.key),
                                 "give it the same spread, or the same range, in each",
                                 {},
                                 {}});
        }
        if (columns.size() < priors.size()) continue;
        for (std::size_t r = 0; r < priors.size(); ++r) result.columns_[r].push_back(columns[r]);
    }
    if (!wrong.empty()) return wrong;
    if (result.columns_.front().empty())
        return one_error("parameters.prior", "the scenarios have no parameter in common",
                         "calibrate each by itself");
    return result;
}

bool RegionalPrior::is_shared(std::size_t region, std::size_t column) const {
    const auto& columns = columns_[region];
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

double RegionalPrior::between(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double RegionalPrior::log_density(std::span<const double* const> z, double between) const {
    const double n = double(regions()), own = between * between, common = 1 - own, all = own + n * common;
    double sum = 0;
    for (std::size_t s = 0; s < shared(); ++s) {
        Sums of;
        for (std::size_t r = 0; r < regions(); ++r) {
            const double value = z[r][column(r, s)];
            of.sum += value;
            of.squares += value * value;
        }
        sum -= (of.squares - common / all * of.sum * of.sum) / (2 * own);
    }
    return sum - double(shared()) * ((n - 1) * std::log(between) + std::log(all) / 2);
}

void RegionalPrior::mix(std::span<double* const> z, double between, Stream& stream) const {
    for (std::size_t s = 0; s < shared(); ++s) {
        const double common = std::sqrt(1 - between * between) * standard_normal(stream);
        for (std::size_t r = 0; r < regions(); ++r) {
            double& value = z[r][column(r, s)];
            value = common + between * value;
        }
    }
}

std::vector<double> RegionalPrior::elsewhere(std::span<const double* const> z, double between,
                                             Stream& stream) const {
    const double n = double(regions()), own = between * between, common = 1 - own, all = own + n * common;
    std::vector<double> drawn;
    for (std::size_t s = 0; s < shared(); ++s) {
        double sum = 0;
        for (std::size_t r = 0; r < regions(); ++r) sum += z[r][column(r, s)];
        const double variance = std::max(0.0, 1 - n * common * common / all);
        drawn.push_back(common / all * sum + std::sqrt(variance) * standard_normal(stream));
    }
    return drawn;
}

}  // namespace nuzuh
