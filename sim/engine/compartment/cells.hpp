// Counts of displaced households by where they are, home and group.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "sim/base/archive.hpp"

namespace nuzuh::compartment {

/// Households of one home and group, somewhere.
template <class Number>
struct Cell {
    int h;
    int k;
    Number n;
};

/// Cells of all places that hold somebody, for whole households: most pairs of home and place hold nobody.
///
/// Shape    M groups.
template <class Number>
class SparseCells {
public:
    struct Place {
        std::vector<int> home;  ///< ascending
        std::vector<Number> n;  ///< [homes][M]
    };

    SparseCells(int places, int, int groups) : groups_(std::size_t(groups)), at_(std::size_t(places)) {}

    const Place& at(int j) const { return at_[std::size_t(j)]; }
    /// Households of a home and group at place j; the cell is made if there is none.
    Number& of(int j, int h, int k) {
        Place& place = at_[std::size_t(j)];
        return place.n[row_of(place, h, 0) * groups_ + std::size_t(k)];
    }
    /// Adds cells in order of homes and groups.
    void add(int j, std::span<const Cell<Number>> cells) {
        Place& place = at_[std::size_t(j)];
        std::size_t row = 0;
        for (const auto& cell : cells) {
            row = row_of(place, cell.h, row);
            place.n[row * groups_ + std::size_t(cell.k)] += cell.n;
        }
    }
    /// Calls `visit(h, households)` for every home with a cell at place j, households being those of each group.
    template <class Visit>
    void each(int j, Visit visit) const {
        const Place& place = at(j);
        for (std::size_t row = 0; row < place.home.size(); ++row)
            visit(place.home[row], std::span(place.n).subspan(row * groups_, groups_));
    }
    /// Drops the homes from which nobody is left at place j.
    void tidy(int j) {
        Place& place = at_[std::size_t(j)];
        std::size_t kept = 0;
        for (std::size_t row = 0; row < place.home.size(); ++row) {
            const auto from = place.n.begin() + std::ptrdiff_t(row * groups_),
                       end = from + std::ptrdiff_t(groups_);
            if (std::all_of(from, end, [](Number n) { return n == 0; })) continue;
            if (kept < row) {
                place.home[kept] = place.home[row];
                std::copy(from, end, place.n.begin() + std::ptrdiff_t(kept * groups_));
            }
            ++kept;
        }
        place.home.resize(kept);
        place.n.resize(kept * groups_);
    }

    void save(Saver& to) const {
        for (const Place& place : at_) to(place.home, place.n);
    }
    void restore(Loader& from) {
        for (Place& place : at_) from(place.home, place.n);
    }

private:
    /// The row of a home, made if there is none.
    ///
    /// @param first  where to begin to look
    std::size_t row_of(Place& place, int h, std::size_t first) {
        const auto begin = place.home.begin();
        const auto found = std::lower_bound(begin + std::ptrdiff_t(first), place.home.end(), h);
        const auto row = found - begin;
        if (found == place.home.end() || *found != h) {
            place.home.insert(found, h);
            place.n.insert(place.n.begin() + row * std::ptrdiff_t(groups_), groups_, Number{0});
        }
        return std::size_t(row);
    }

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
        : n(Eigen::ArrayXXd::Zero(groups * homes, places)), homes_(homes) {}

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
    void restore(Loader& from) { from(n); }

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

    /// Puts them in order of destinations, homes and groups.
    void sort() {
        const auto order = [](const Arrival& a) {
            return std::uint64_t(a.j) << 40 | std::uint64_t(a.cell.h) << 16 | std::uint64_t(a.cell.k);
        };
        std::sort(all.begin(), all.end(),
                  [&](const Arrival& a, const Arrival& b) { return order(a) < order(b); });
    }
};

}  // namespace nuzuh::compartment
