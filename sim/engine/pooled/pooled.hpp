// Runs that forget the homes of displaced people, eight side by side.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/draw_policy.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/noise.hpp"
#include "sim/engine/pooled/batch_decisions.hpp"
#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

/// Compartments without origins: counts by group and place, with those displaced at a place in one pool, whatever
/// their home. People are drawn to where most fled; those who return go to the open homes as all displaced people are
/// away from them.
///
/// Up to eight runs are moved side by side, number by number: every loop of the rules is then eight numbers wide,
/// and what the network fixes is read once for all of them. A run's numbers do not depend on who stands beside it.
template <class Policy>
class Pooled final : public Engine {
public:
    using Number = typename Policy::Number;

    /// @param members  that `can_stand_together`
    Pooled(std::span<const Member> members, std::vector<Policy> policies);

    using Engine::step;
    void step(std::span<StepRecord> records) override;
    void save(std::size_t run, Saver& to) const override;
    void restore(std::size_t run, Loader& from) override;

    const State& state() const { return state_; }
    /// @param step  at whose start the people are so
    void restore(State state, int step);

private:
    /// Attraction of a step: one matrix for all runs, or eight interleaved into one another.
    struct AttractionMatrices {
        std::vector<Batch> interleaved;  ///< [from P, to P]
        const double* common = nullptr;  ///< nullptr: runs differ
    };

    // How it is: inputs_impl.hpp.
    void lay_out();
    void start();
    void count_immobile();
    void take_in(bool step_ended);
    void take_overdispersion(std::size_t run);
    void find_ways();
    void find_inputs();
    void find_attraction();
    void look_around();

    void leave();
    void take_given();
    void leave_home(std::size_t run, int k, int i, double first, double again);

    // Where those who leave go, by means.
    void set_out_in_means();
    void note_setting_out(int mode);
    void note_going_home(int mode);

    // The same by draws, one run after the other: draws_impl.hpp.
    void set_out_by_draws();
    void draw_destinations(std::size_t run, int i);
    void draw_homes(std::size_t run, int k, int first);
    void put_on_road(std::size_t run, int k, int i, std::span<const double> where);

    // Arrivals and crossings: arrivals_impl.hpp.
    void arrive();
    void arrive_at(std::size_t run, int j, Batches& arriving);
    std::vector<Number> let_some_in(std::size_t run, std::uint64_t queue, const std::vector<Number>& at_gate,
                                    double room_persons);
    void cross(std::size_t run, int c);
    void forget_homes(std::size_t run, int k, int c, Number n);

    void write(std::size_t run, StepRecord& record);

    std::size_t at(int k, int i) const {
        return std::size_t(k) * std::size_t(parameters_.places) + std::size_t(i);
    }
    std::size_t runs() const { return members_.size(); }
    const World& world() const { return *members_.front().world; }
    const World& world(std::size_t run) const { return *members_[run].world; }
    /// Whether all runs share a part of their worlds.
    template <class Part>
    bool share(Part World::*part) const {
        return std::ranges::all_of(members_, [&](const Member& member) {
            return (member.world->*part).is_shared_with(world().*part);
        });
    }
    double& flow(PlaceField field, int i, std::size_t run) {
        return flows_[std::size_t(field)][std::size_t(i)].of[run];
    }
    double persons(int k, std::size_t run) const { return parameters_.persons[std::size_t(k)].of[run]; }

    std::vector<Member> members_;
    std::vector<Policy> policies_;
    BatchDecisions<Policy> decisions_;
    std::vector<SizeClasses> sizes_;
    UnitMeanGamma daily_noise_;
    Batches run_noise_;  ///< [P]
    std::vector<Overdispersion> overdispersions_;
    bool count_routes_ = false;        ///< for any run
    bool always_takes_stock_ = false;  ///< for records; else only at the end, to see that nobody is lost
    bool takes_stock_ = false;         ///< in the step at hand
    BatchParameters parameters_;
    State state_;
    DecisionContext context_;
    BatchInputs inputs_;
    Leaving leaving_;
    Flows flows_;
    int network_state_ = -1;
    std::vector<Ways> ways_;                      ///< [modes]
    std::vector<AttractionMatrices> attraction_;  ///< [modes]
    Stock stock_;
    int step_ = 0;
    bool anyone_waits_ = false;                    ///< in any run
    std::array<double, batch_runs> households_{};  ///< at the start
    std::vector<std::size_t>
        slots_;  ///< [steps] where people are who arrive at the end of the s-th step from now
    std::array<std::vector<Eigen::ArrayXXd>, batch_runs>
        setting_out_;  ///< [modes][to P, from P] persons, for the roads

    // Of the run at hand, while it is drawn where its people go.
    Batches pull_of_;                   ///< eight places at a time
    Batches ones_;                      ///< for each place 1, eight at a time
    std::vector<double> away_, taken_;  ///< [P] from open homes in reach; who went
    std::vector<Batch*> by_steps_;      ///< [steps] where people are who arrive after so many
    SampledDestinations sampled_;
};

/// Whether runs can be moved side by side: on one network, with groups of the same kind.
bool can_stand_together(const Member& a, const Member& b);

std::unique_ptr<Engine> make_pooled(std::span<const Member> members);

}  // namespace nuzuh::pooled
