// Single people, as far as their next decisions depend on them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/base/samplers.hpp"

namespace nuzuh::flee3 {

/// Somebody on the move, or at a place that most leave soon.
struct Person {
    double km = 0;           ///< done on the link
    double recent_km = 0;    ///< half of yesterday's travel, a quarter of that before, and so on
    std::int32_t route = 0;  ///< remaining stops; 0: none
    std::int32_t link = -1;  ///< -1: at the place
    std::int16_t place = 0;  ///< where they are, or set out from
    std::int16_t home = 0;
    bool fresh = true;     ///< has not come to the end of a link yet
    bool cut_off = false;  ///< the link closed behind them
};

/// People at a place that hardly anyone leaves. Only those who do are looked at: a camp costs what moves.
class Settled {
public:
    void add(const Person& person, int day) {
        people_.push_back({person.recent_km, day, person.home, person.fresh});
    }
    /// People who are there from the start and have this place as home: alike, and therefore only counted.
    void begin_with(Count people) { at_start_ += people; }
    Count count() const { return at_start_ + Count(people_.size()); }

    /// Gives everyone a chance to leave. `leaves(person)` says whether they do.
    ///
    /// Source   the number of people between two who want to leave is geometric
    template <class Leaves>
    void each_leaving(Stream& stream, double chance, int place, int day, Leaves leaves) {
        if (chance <= 0) return;
        const double log_stay = std::log1p(-std::min(chance, 1 - 0x1.0p-53));
        for (double left = double(count());;) {
            left -= 1 + std::floor(-stream.exponential() / log_stay);
            if (left < 0) return;
            const auto at = Count(left);
            Person person;
            person.place = person.home = std::int16_t(place);
            if (at < at_start_) {
                if (leaves(person)) --at_start_;
                continue;
            }
            Settler& settler = people_[std::size_t(at - at_start_)];
            person.recent_km = std::ldexp(settler.recent_km, settler.since_day - day + 1);
            person.home = settler.home;
            person.fresh = settler.fresh;
            if (!leaves(person)) continue;
            settler = people_.back();
            people_.pop_back();
        }
    }

private:
    struct Settler {
        double recent_km;  ///< at the end of `since_day`; halved each day from then on
        std::int32_t since_day;
        std::int16_t home;
        bool fresh;
    };
    Count at_start_ = 0;  ///< before the others, for who is asked
    std::vector<Settler> people_;
};

}  // namespace nuzuh::flee3
