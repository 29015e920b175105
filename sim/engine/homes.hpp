// The homes that an engine tells apart.
#pragma once

#include <vector>

#include "sim/model/world.hpp"

namespace nuzuh {

/// The homes that an engine tells apart: inhabited places, every place, or none, so that one stands for all.
///
/// Without origins nobody knows where a displaced household is from: people at a place are drawn to it by all
/// who fled there, whatever their home, and have the same share of open homes as all displaced people together.
class Homes {
public:
    enum Told { inhabited, every_place, none };

    Homes(const World& world, Told told) : told_(told), of_(std::size_t(world.place_count()), 0) {
        for (int o = 0; o < world.place_count() && tracked(); ++o) {
            const bool apart = told == every_place || world.households_from(o) > 0;
            of_[std::size_t(o)] = apart ? int(place_.size()) : -1;
            if (apart) place_.push_back(o);
        }
    }

    bool tracked() const { return told_ != none; }
    int count() const { return tracked() ? int(place_.size()) : 1; }
    /// Index of the home of those who live at a place; -1 where it has none.
    int of(int place) const { return of_[std::size_t(place)]; }
    /// The place that a home is; only where homes are told apart.
    int place(int h) const { return place_[std::size_t(h)]; }

private:
    Told told_;
    std::vector<int> of_;
    std::vector<int> place_;
};

}  // namespace nuzuh
