// Households taken one by one out of cells.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/ascending.hpp"
#include "sim/base/count.hpp"

namespace nuzuh {

/// Households of cells, of which one after the other is taken, none twice. They are thought of as standing in a row, cell by
/// cell; whoever is last in the row takes the place of one who is taken.
///
/// Source   Fisher and Yates 1938, with the places that have changed in a list: those taken must be few.
class HouseholdsInCells {
public:
    /// @param cells  households of each
    void stand(std::span<const Count> cells) {
        ends_.resize(cells.size());
        Count all = 0;
        for (std::size_t c = 0; c < cells.size(); ++c) ends_[c] = all += cells[c];
        left_ = all;
        moved_.clear();
    }
    /// How many are left.
    Count left() const { return left_; }
    /// The cell of the household at a place of the row.
    ///
    /// @param at  in [0, left())
    std::size_t cell(Count at) const { return cell_of(household(at)); }
    /// Takes it.
    ///
    /// @return  its cell
    std::size_t take(Count at) {
        const Count taken = household(at);
        moved_.emplace_back(at, household(--left_));
        return cell_of(taken);
    }

private:
    /// Who stands at a place of the row, by the place at first.
    Count household(Count at) const {
        for (std::size_t m = moved_.size(); m-- > 0;) {
            if (moved_[m].first == at) return moved_[m].second;
        }
        return at;
    }
    std::size_t cell_of(Count household) const { return first_above(ends_, household); }

    std::vector<Count> ends_;  ///< of each cell in the row at first
    Count left_ = 0;
    std::vector<std::pair<Count, Count>> moved_;  ///< place in the row, and who stands there now
};

}  // namespace nuzuh
