// The homes that an engine tells apart.
#pragma once

#include <vector>

#include "sim/model/world.hpp"

namespace nuzuh {

/// The homes that an engine tells apart: inhabited places, or every place.
class Homes {
public:
    enum Told { inhabited, every_place };

    Homes(const World& world, Told told) : of_(std::size_t(world.place_count()), 0) {
        for (int o = 0; o < world.place_count(); ++o) {
            const bool apart = told == every_place || world.households_from(o) > 0;
            of_[std::size_t(o)] = apart ? int(place_.size()) : -1;
            if (apart) place_.push_back(o);
        }
    }

    int count() const { return int(place_.size()); }
    /// Index of the home of those who live at a place; -1 where it has none.
    int of(int place) const { return of_[std::size_t(place)]; }
    /// The place that a home is.
    int place(int h) const { return place_[std::size_t(h)]; }

private:
    std::vector<int> of_;
    std::vector<int> place_;
};

}  // namespace nuzuh
