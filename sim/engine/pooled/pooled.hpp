// Runs that forget the homes of displaced people, eight side by side.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/law.hpp"
#include "sim/engine/noise.hpp"
#include "sim/engine/pooled/crowd.hpp"
#include "sim/engine/pooled/means.hpp"

namespace nuzuh::pooled {

/// What a household does before it leaves; part of the addresses of draws.
enum Status : std::uint64_t { at_home, onward, at_gate };

/// Compartments without origins: counts by group and place, with those displaced at a place in one pool, whatever
/// their home. People are drawn to where most fled; those who return go to the open homes as all displaced people are
/// away from them.
///
/// Up to eight runs are moved side by side, number by number: every loop of the rules is then eight numbers wide,
/// and what the network fixes is read once for all of them. A run's numbers do not depend on who stands beside it.
template <class Law>
class Pooled final : public EngineGroup {
public:
    using Number = typename Law::Number;

    /// @param members  that `can_stand_together`
    Pooled(std::span<const Member> members, std::vector<Law> laws);

    void step(std::span<StepRecord> records) override;
    void save(std::size_t run, Saver& to) const override;
    void restore(std::size_t run, Loader& from) override;
    Histories histories(std::size_t) const override { return {}; }

    const Crowd& crowd() const { return crowd_; }
    /// @param step  at whose start the people are so
    void restore(Crowd crowd, int step);

private:
    /// What the network's state says, worked out when it changes.
    struct Ways {
        int state = -1;
        std::vector<int> same_reach;                    ///< [P] the first place with the same homes in reach
        std::vector<std::vector<int>> in_reach;         ///< [P] homes to which a way leads
        std::vector<std::vector<FarJourneys>> far;      ///< [modes]
        std::vector<std::vector<std::uint16_t>> steps;  ///< [modes][from P, to P]; 0 where there is no way
    };
    /// Attraction of a step: one sheet for all runs, or eight woven into one another.
    struct Sheets {
        std::vector<double> near;  ///< [from P, to P] of places one step away
        std::vector<Octet> woven, woven_near;
        const double* common = nullptr;  ///< nullptr: runs differ
    };

    // How it is: setting_impl.hpp.
    void lay_out();
    void start();
    void find_ways();
    void find_ground();
    void find_sheets();
    void look_around();

    // By means.
    void leave_in_means();
    void note_setting_out(int mode);
    void note_going_home(int mode);

    // By draws, one run after the other: draws_impl.hpp.
    void leave_by_draws(std::size_t run);
    void draw_leaving(std::size_t run, int i);
    void take_given(std::size_t run, int i);
    void leave_home(std::size_t run, int i);
    void leave_place(std::size_t run, int i);
    void draw_from_gate(std::size_t run, int i);
    void part(std::size_t run, int k, int i, Status status, Number n, double home_part, double& cell);
    Number send_home(std::size_t run, int k, int i, const Address& address, Number n);
    void count_stuck(std::size_t run, int k, int i, Status status, Number stayed, double hazard);
    void draw_destinations(std::size_t run, int i);
    void put_on_road(std::size_t run, std::vector<Octets>& road, int k, int i, int to, Number n);

    // Arrivals and crossings: arrivals_impl.hpp.
    void arrive();
    void arrive_at(std::size_t run, int j, Octets& arriving);
    std::vector<Number> let_some_in(std::size_t run, std::uint64_t queue, const std::vector<Number>& at_gate,
                                    double room_persons);
    void cross(std::size_t run, int c);
    void forget_homes(std::size_t run, int k, int c, Number n);

    void write(std::size_t run, StepRecord& record);

    std::size_t at(int k, int i) const {
        return std::size_t(k) * std::size_t(setting_.places) + std::size_t(i);
    }
    std::size_t runs() const { return members_.size(); }
    const World& world() const { return *members_.front().world; }
    const World& world(std::size_t run) const { return *members_[run].world; }
    const Journeys& journeys(int mode) const {
        return world().network->journeys[std::size_t(ways_.state)][std::size_t(mode)];
    }
    double& passed(PlaceField field, int i, std::size_t run) {
        return passed_[std::size_t(field)][std::size_t(i)].of[run];
    }
    double persons(int k, std::size_t run) const { return setting_.persons[std::size_t(k)].of[run]; }
    bool has_destination(std::size_t run, int k, int i) const {
        return outlook_.total[std::size_t(setting_.mode_of_group[std::size_t(k)])][std::size_t(i)].of[run] >
               0;
    }

    std::vector<Member> members_;
    std::vector<Law> laws_;
    std::vector<SizeClasses> sizes_;
    std::vector<SharedNoise> noises_;
    std::vector<ShareNoise> share_noises_;
    bool count_routes_ = false;  ///< for any run
    Setting setting_;
    Crowd crowd_;
    Outlook outlook_;
    Chances chances_;
    Ground ground_;
    Leaving leaving_;
    Passed passed_;
    Ways ways_;
    std::vector<Sheets> sheets_;  ///< [modes]
    Stock stock_;
    int step_ = 0;
    bool anyone_waits_ = false;                    ///< in any run
    std::array<double, octet_runs> households_{};  ///< at the start
    std::vector<std::size_t>
        slots_;  ///< [steps] where people are who arrive at the end of the s-th step from now
    std::array<std::vector<Eigen::ArrayXXd>, octet_runs>
        setting_out_;  ///< [modes][to P, from P] persons, for the roads

    struct {
        std::vector<Number> leave;              ///< [M] households that leave a place
        std::vector<Number> at_home, fled;      ///< [2 M] never displaced and back home, group by group
        std::vector<Number> cells;              ///< [2 M] at home; displaced
        std::vector<double> chance, none;       ///< [2 M] of one; that it is nobody
        std::vector<Number> out;                ///< [2 M]
        std::vector<double> weights, sums;      ///< [P]
        std::vector<int> where;                 ///< destination of each household
        std::vector<Number> to;                 ///< [P]
        std::vector<std::vector<Number>> away;  ///< [M][home P] who has not gone home yet
        std::vector<std::vector<Number>> open, taken;   ///< [M][home P] of those, in reach; who went since
        std::vector<int> open_from;                     ///< [M] in reach from where
        std::vector<std::optional<Line<Number>>> line;  ///< [M] of `open`
    } drawn_;                                           ///< of the run at hand
};

/// Whether runs can be moved side by side: on one network, with groups of the same kind.
bool can_stand_together(const Member& a, const Member& b);

std::unique_ptr<EngineGroup> make_pooled(std::span<const Member> members);

}  // namespace nuzuh::pooled
