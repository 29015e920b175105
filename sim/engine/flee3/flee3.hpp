// The rules of Flee 3 as an engine.
#pragma once

#include <vector>

#include "sim/engine/engine.hpp"
#include "sim/engine/flee3/choice.hpp"
#include "sim/engine/flee3/counters.hpp"
#include "sim/engine/flee3/generator.hpp"
#include "sim/engine/flee3/person.hpp"
#include "sim/engine/flee3/spawning.hpp"

namespace nuzuh::flee3 {

/// Moves people by the rules of Flee 3, a day a step: from conflict zones along links, place by place, until
/// they stay.
///
/// Source   Flee 3 (Groen and others 2024) as it runs; README.md in this folder
class Flee3 final : public Engine {
public:
    Flee3(const World& world, Draws draws);

    using Engine::step;
    void step(std::span<StepRecord> records) override;

private:
    void fill_camps();
    void add(int home);
    void cut_off_travellers();
    void find_leave_chances();
    void depart(Stream& stream, Generator& generator);
    void leave_or_stay(Person& person, double u);
    bool set_out(Person& person, double u);
    bool follow_route(Person& person);
    bool take(Person& person, int link, int rest);
    bool drop_route(Person& person);
    void travel(Generator& generator);
    void spend_day(Person& person, Generator& generator);
    double km_per_day(const Person& person, const Link& link, Generator& generator) const;
    void arrive(Person& person, const Link& link);
    void decide_again(Person& person, double km_today, Generator& generator);
    bool hardly_leaves(const Person& person) const;
    void check_nobody_is_lost() const;

    /// What a uniform number below `chance` leaves, times `inverse`, is uniform again.
    struct LeaveChance {
        double chance, inverse;
    };

    void count_at(int place, Count change) {
        people_.present[std::size_t(place)] += change;
        choice_.note_change(place);
    }

    const World& world_;
    Draws draws_;
    DailyNetwork network_;
    People people_;
    Spawning spawning_;
    Choice choice_;
    Counters counters_;
    std::vector<Person> active_;        ///< in the order in which they set out first, or came out of a camp
    std::vector<Settled> settled_;      ///< [P]
    std::vector<LeaveChance> leaving_;  ///< [P] today
    std::int64_t spawned_ = 0;
    int day_ = 0;
};

}  // namespace nuzuh::flee3
