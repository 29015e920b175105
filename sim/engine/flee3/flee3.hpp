// The rules of Flee 3 as an engine.
#pragma once

#include <memory>
#include <vector>

#include "sim/engine/engine.hpp"
#include "sim/engine/flee3/choice.hpp"
#include "sim/engine/flee3/crowd.hpp"

namespace nuzuh::flee3 {

/// Moves people by the rules of Flee 3, a day a step: from conflict zones along links, place by place, until they
/// stay. People who are alike are one crowd, divided by one draw.
///
/// Source   Flee 3 (Groen and others 2024) as it runs; README.md in this folder
class Flee3 final : public Engine {
public:
    Flee3(const World& world, Draws draws);

    void step(StepRecord& record) override;

private:
    void fill_camps();
    void lay_out_spawning();
    void spawn(int day, Stream& stream);
    void spawn_at(int place, Count people);
    void cut_off_travellers();
    void depart(Stream& stream);
    void depart_from(int from, const Crowd& crowd, double km_today, Stream& stream);
    bool set_out(int from, Crowd crowd, int route, double km_today);
    void refuse(int at, Crowd crowd, double km_today);
    void travel(Stream& stream);
    void move_pending(std::size_t down_to, Stream& stream);
    void move(Travellers crowd, Stream& stream);
    void go(Travellers crowd, double km_per_day, Stream& stream);
    void arrive(Travellers crowd, double km_per_day, Stream& stream);
    void settle(int at, Crowd crowd, double km_today);
    double leave_chance(int at) const;
    void report();
    void check_nobody_is_lost() const;

    double persons(Count people) const { return double(people) * double(world_.settings.flee3.hasten); }
    void count_at(int place, Count change) {
        present_[std::size_t(place)] += change;
        choice_->note_change(place);
    }

    const World& world_;
    Draws draws_;
    Ground ground_;
    std::vector<double> capacity_, population_;   ///< [P] in simulated people
    std::vector<Count> present_;                  ///< [P] at the place, not on links
    std::vector<double> first_departures_;        ///< [P] persons who have left home
    std::unique_ptr<Choice> choice_;
    std::vector<double> to_spawn_;                ///< [days] people, when they follow registrations
    std::vector<std::vector<Crowd>> staying_;     ///< [P]
    std::vector<std::vector<Crowd>> settled_;     ///< [P] those of today
    std::vector<Travellers> on_links_, still_on_links_, pending_;
    std::vector<std::pair<int, Count>> picked_;
    Merger merger_;
    std::int64_t spawned_ = 0;
    int day_ = 0;
    StepRecord* record_ = nullptr;
};

}  // namespace nuzuh::flee3
