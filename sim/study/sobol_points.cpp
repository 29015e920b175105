#include "sim/study/sobol_points.hpp"

#include <array>
#include <bit>

#include <boost/random/sobol.hpp>

#include "sim/base/random.hpp"

namespace nuzuh {
namespace {

constexpr int digits = 64;

/// A random linear map of the binary digits of one coordinate, and a shift.
class Scramble {
public:
    Scramble(std::uint64_t seed, int dimension) {
        Stream stream = Draws(seed, 0).at(Purpose::design, std::uint64_t(dimension), 0, scramble_address);
        shift_ = stream();
        for (int row = 0; row < digits; ++row) {
            const std::uint64_t diagonal = std::uint64_t{1} << (digits - 1 - row);
            const std::uint64_t above = ~(diagonal | (diagonal - 1));
            rows_[std::size_t(row)] = (stream() & above) | diagonal;
        }
    }

    std::uint64_t operator()(std::uint64_t x) const {
        std::uint64_t y = 0;
        for (const std::uint64_t row : rows_) y = (y << 1) | std::uint64_t(std::popcount(x & row) & 1);
        return y ^ shift_;
    }

private:
    static constexpr std::uint64_t scramble_address = 1;
    std::array<std::uint64_t, digits> rows_;  ///< first row: the digit that weighs most
    std::uint64_t shift_;
};

}  // namespace

std::vector<double> sobol_points(int points, int dimensions, std::optional<std::uint64_t> scramble_seed) {
    std::vector<std::uint64_t> net(std::size_t(points) * std::size_t(dimensions), 0);
    boost::random::sobol sequence{std::size_t(dimensions)};
    for (std::size_t i = std::size_t(dimensions); i < net.size(); ++i)
        net[i] = sequence();  // it omits point 0
    if (scramble_seed) {
        for (int d = 0; d < dimensions; ++d) {
            const Scramble scramble(*scramble_seed, d);
            for (std::size_t i = std::size_t(d); i < net.size(); i += std::size_t(dimensions))
                net[i] = scramble(net[i]);
        }
    }
    std::vector<double> out(net.size());
    for (std::size_t i = 0; i < net.size(); ++i) out[i] = double(net[i] >> 11) * 0x1.0p-53;
    return out;
}

}  // namespace nuzuh
