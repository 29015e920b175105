// Counts of displaced households by where they are, home and group.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "sim/base/archive.hpp"
#include "sim/base/ascending.hpp"

namespace nuzuh::compartment {

/// Households of one home and group, somewhere.
template <class Number>
struct Cell {
    int h;
    int k;
    Number n;
};

/// Cells of all places that hold somebody, for whole households: in large worlds most pairs of home and place hold nobody.
///
/// Shape    M groups, H homes.
template <class Number>
class SparseCells {
public:
    struct Place {
        std::vector<int> home;  ///< ascending
        std::vector<Number> n;  ///< [M][homes]

        /// Households of a group, of each home.
        std::span<const Number> of_group(int k) const {
            return std::span(n).subspan(std::size_t(k) * home.size(), home.size());
        }
    };

    SparseCells(int places, int homes, int groups)
        : homes_(homes), groups_(std::size_t(groups)), at_(std::size_t(places)) {}

    const Place& at(int j) const { return at_[std::size_t(j)]; }
    /// Households of a home and group at place j; the cell is made if there is none.
    Number& of(int j, int h, int k) {
        Place& place = at_[std::size_t(j)];
        const bool all_are_there = int(place.home.size()) == homes_;
        const std::size_t row = all_are_there ? std::size_t(h) : first_not_below(place.home, h, homes_);
        if (row == place.home.size() || place.home[row] != h) insert(place, h, row);
        return place.n[std::size_t(k) * place.home.size() + row];
    }
    /// Takes households out of a cell, by its row among those of the place.
    void take(int j, std::size_t row, int k, Number n) {
        Place& place = at_[std::size_t(j)];
        place.n[std::size_t(k) * place.home.size() + row] -= n;
    }
    /// Calls `visit(h, households)` for every home with a cell at place j, households being those of each group.
    template <class Visit>
    void each(int j, Visit visit) const {
        const Place& place = at(j);
        std::vector<Number> households(groups_);
        for (std::size_t row = 0; row < place.home.size(); ++row) {
            for (std::size_t k = 0; k < groups_; ++k) households[k] = place.n[k * place.home.size() + row];
            visit(place.home[row], std::span<const Number>(households));
        }
    }
    /// Drops the homes from which nobody is left at place j.
    void tidy(int j) {
        Place& place = at_[std::size_t(j)];
        const std::size_t rows = place.home.size();
        std::vector<std::size_t> kept;
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t k = 0; k < groups_; ++k) {
                if (place.n[k * rows + row] == 0) continue;
                kept.push_back(row);
                break;
            }
        }
        if (kept.size() == rows) return;
        for (std::size_t k = 0; k < groups_; ++k) {
            for (std::size_t r = 0; r < kept.size(); ++r)
                place.n[k * kept.size() + r] = place.n[k * rows + kept[r]];
        }
        for (std::size_t r = 0; r < kept.size(); ++r) place.home[r] = place.home[kept[r]];
        place.n.resize(groups_ * kept.size());
        place.home.resize(kept.size());
    }

    void save(Saver& to) const {
        for (const Place& place : at_) to(place.home, place.n);
    }
    void restore(Loader& from) {
        for (Place& place : at_) {
            from(place.home, place.n);
            require_saved(ascend_below(place.home, homes_) && place.n.size() == groups_ * place.home.size());
        }
    }

private:
    /// Makes a row for a home.
    void insert(Place& place, int h, std::size_t row) {
        const std::size_t rows = place.home.size();
        place.home.insert(place.home.begin() + std::ptrdiff_t(row), h);
        place.n.resize(groups_ * (rows + 1));
        for (std::size_t k = groups_; k-- > 0;) {
            Number* const from = place.n.data() + k * rows;
            Number* const to = place.n.data() + k * (rows + 1);
            std::copy_backward(from + row, from + rows, to + rows + 1);
            to[row] = 0;
            std::copy_backward(from, from + row, to + row);
        }
    }

    int homes_;
    std::size_t groups_;
    std::vector<Place> at_;
};

/// Cells of all homes at all places, for fractions of households: after some steps every cell holds some.
///
/// Shape    M groups, H homes, P places.
class DenseCells {
public:
    Eigen::ArrayXXd n;  ///< [M H, P], homes within groups

    DenseCells(int places, int homes, int groups)
        : n(Eigen::ArrayXXd::Zero(Eigen::Index(groups) * homes, places)), homes_(homes) {}

    double& of(int j, int h, int k) { return n(k * homes_ + h, j); }
    template <class Visit>
    void each(int j, Visit visit) const {
        std::vector<double> households(std::size_t(n.rows() / std::max(1, homes_)));
        for (int h = 0; h < homes_; ++h) {
            for (std::size_t k = 0; k < households.size(); ++k)
                households[k] = n(Eigen::Index(k) * homes_ + h, j);
            visit(h, std::span<const double>(households));
        }
    }
    void tidy(int) {}

    void save(Saver& to) const { to(n); }
    void restore(Loader& from) { from.fixed(n); }

private:
    int homes_;
};

/// Households in flight that arrive together, as they set out.
template <class Number>
struct SparseArrivals {
    struct Arrival {
        int j;
        Cell<Number> cell;
    };
    std::vector<Arrival> all;
};

}  // namespace nuzuh::compartment
