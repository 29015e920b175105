// How many people are displaced each day, and from where.
#pragma once

#include <vector>

#include "sim/base/samplers.hpp"
#include "sim/engine/flee3/daily_network.hpp"

namespace nuzuh::flee3 {

/// People of a case as Flee counts them: one for as many as `hasten` says.
struct People {
    explicit People(const World& world);

    std::vector<double> capacity;    ///< [P] of camps; -1 elsewhere
    std::vector<double> population;  ///< [P] residents
    std::vector<Count> present;      ///< [P] displaced people at the place, not on links
};

/// The people displaced on each day, and those in camps when the run starts.
class Spawning {
public:
    /// Lays out the days; takes those who are in camps at the start off the capacity, as Flee does.
    Spawning(const DailyNetwork& network, People& people);

    /// [P] in camps when the run starts
    const std::vector<Count>& at_start() const { return at_start_; }

    /// Homes of those who are displaced on a day, in the order in which they set out.
    const std::vector<std::int16_t>& homes_left(int day, Stream& stream);

private:
    void follow_registrations();
    void fill_camps();
    void draw_homes(Count people, Stream& stream);
    void leave_home(int place, Count people);

    const DailyNetwork& network_;
    People& people_;
    std::vector<double> by_day_;  ///< [days] people, when they follow registrations
    std::vector<Count> at_start_;
    std::vector<std::int16_t> homes_;
};

}  // namespace nuzuh::flee3
