// Counts of displaced households by where they are, home and group.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
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
        const auto row =
            std::size_t(std::lower_bound(place.home.begin(), place.home.end(), h) - place.home.begin());
        if (row == place.home.size() || place.home[row] != h) insert(place, h, row);
        return place.n[row * groups_ + std::size_t(k)];
    }
    /// Adds cells in order of homes and groups.
    void add(int j, std::span<const Cell<Number>> cells) {
        Place& place = at_[std::size_t(j)];
        std::size_t row = 0;
        for (const auto& cell : cells) {
            while (row < place.home.size() && place.home[row] < cell.h) ++row;
            if (row == place.home.size() || place.home[row] != cell.h) insert(place, cell.h, row);
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
    /// Makes a row for a home.
    void insert(Place& place, int h, std::size_t row) {
        place.home.insert(place.home.begin() + std::ptrdiff_t(row), h);
        place.n.insert(place.n.begin() + std::ptrdiff_t(row * groups_), groups_, Number{0});
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

    /// Calls `visit(j, cells)` for every destination, cells in order of homes and groups.
    ///
    /// @param places, homes, groups  how many there are
    template <class Visit>
    void each_destination(int places, int homes, int groups, Visit visit) const {
        std::vector<std::size_t> begin(std::size_t(places) + 1);
        for (const Arrival& one : all) ++begin[std::size_t(one.j) + 1];
        for (std::size_t j = 1; j < begin.size(); ++j) begin[j] += begin[j - 1];
        std::vector<Cell<Number>> by_place(all.size());
        std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
        for (const Arrival& one : all) by_place[next[std::size_t(one.j)]++] = one.cell;

        std::vector<Number> n(std::size_t(homes) * std::size_t(groups));  // of the place at hand
        std::vector<char> is_listed(static_cast<std::size_t>(homes));
        std::vector<int> listed;
        std::vector<Cell<Number>> cells;
        for (int j = 0; j < places; ++j) {
            listed.clear();
            for (std::size_t c = begin[std::size_t(j)]; c < begin[std::size_t(j) + 1]; ++c) {
                const auto& one = by_place[c];
                n[std::size_t(one.h) * std::size_t(groups) + std::size_t(one.k)] += one.n;
                if (!std::exchange(is_listed[std::size_t(one.h)], char{1})) listed.push_back(one.h);
            }
            if (listed.empty()) continue;
            std::sort(listed.begin(), listed.end());
            cells.clear();
            for (const int h : listed) {
                is_listed[std::size_t(h)] = 0;
                for (int k = 0; k < groups; ++k) {
                    Number& there = n[std::size_t(h) * std::size_t(groups) + std::size_t(k)];
                    if (there > 0) cells.push_back({h, k, std::exchange(there, Number{0})});
                }
            }
            visit(j, std::span<const Cell<Number>>(cells));
        }
    }
};

}  // namespace nuzuh::compartment
