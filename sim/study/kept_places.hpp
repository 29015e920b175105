// The places of which results tell, where `output.places` chooses some.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"
#include "sim/study/shelf.hpp"

namespace nuzuh {

/// What is kept of rows of numbers.
///
/// @param values   [..., width], row-major
/// @param columns  ascending, below width
/// @return         [..., columns]
template <class Number>
std::vector<Number> columns_of(std::span<const Number> values, std::size_t width,
                               std::span<const std::size_t> columns) {
    std::vector<Number> kept;
    kept.reserve(values.size() / width * columns.size());
    for (std::size_t row = 0; row < values.size(); row += width) {
        for (const std::size_t column : columns) kept.push_back(values[row + column]);
    }
    return kept;
}

/// The places of which results tell, and the routes between two of them. Totals, people by danger, homes and histories stay
/// those of everyone.
class KeptPlaces {
public:
    explicit KeptPlaces(const World& world);

    const std::vector<std::size_t>& places() const { return places_; }  ///< among the World's, ascending
    const std::vector<std::size_t>& routes() const { return routes_; }  ///< likewise
    bool are_all() const { return are_all_; }

    /// Of numbers [..., places of the World] those of kept places.
    template <class Number>
    std::vector<Number> of_places(std::span<const Number> values) const {
        return columns_of(values, all_places_, places_);
    }
    /// What is kept of a large series of a run.
    std::vector<float> of(std::span<const float> values, Series series) const;
    /// A run's series by place and route, as far as they are kept, and nothing else.
    RunResult series_of_kept(const RunResult& run) const;
    /// Leaves out of a run what is not kept.
    void shorten(RunResult& run) const;

private:
    /// Puts what is kept of a run's series into another, or into the run itself.
    void take_kept(const RunResult& run, RunResult& to) const;

    std::vector<std::size_t> places_, routes_;
    bool are_all_;
    std::size_t all_places_, all_routes_;
};

}  // namespace nuzuh
