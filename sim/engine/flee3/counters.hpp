// What is counted while people move, and the record that it makes.
#pragma once

#include <vector>

#include "sim/engine/flee3/person.hpp"
#include "sim/engine/flee3/spawning.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh::flee3 {

/// Counts of one day, and of displaced people by place and home.
class Counters {
public:
    explicit Counters(const DailyNetwork& network);

    void begin_day();

    void were_in_camp_at_start(int camp, Count people) { displaced_[cell(camp, camp)] += people; }
    void could_not_leave(int place) { ++could_not_leave_[std::size_t(place)]; }
    /// Somebody at a place sets out along a link.
    void set_out(const Person& person, int link) {
        ++users_[std::size_t(link)];
        if (person.fresh) {
            ++first_users_[std::size_t(link)];
            ++left_home_[std::size_t(person.home)];
        }
        // Who has not set out before is at home, unless home is a camp.
        if (!person.fresh || network_.was_camp(person.place)) --displaced_[cell(person.place, person.home)];
    }
    void came_back(const Person& person) { ++displaced_[cell(person.place, person.home)]; }
    void arrived(const Person& person) {
        ++arrived_[cell(person.place, person.home)];
        came_back(person);
    }

    /// Stocks at the end of the day and flows during it. Who has not set out from a conflict zone is at home.
    void report(const std::vector<Person>& active, StepRecord& record) const;

private:
    std::size_t cell(int place, int home) const { return std::size_t(home) * places_ + std::size_t(place); }
    void report_stocks(StepRecord& record) const;

    const DailyNetwork& network_;
    std::size_t places_;
    double persons_each_, household_size_;
    std::vector<Count> users_, first_users_;  ///< [L] today
    std::vector<Count> could_not_leave_;      ///< [P] today
    std::vector<Count> arrived_;              ///< [home P, place P] today
    std::vector<Count> displaced_;            ///< [home P, place P]
    std::vector<Count> left_home_;            ///< [P] since the start
};

}  // namespace nuzuh::flee3
