// Counts of households between cells.
#pragma once

#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/arrival_ring.hpp"
#include "sim/engine/compartment/kernels.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/homes.hpp"
#include "sim/engine/draw_policy.hpp"
#include "sim/engine/noise.hpp"

namespace nuzuh {

/// The compartment engine: for each group, households at home, back home, displaced at a place or waiting
/// there by home, and on the road by destination, home and steps left.
///
/// All cells of a group and a place face the same hazard, whatever the home: one draw tells how many leave, a
/// second from which homes they are. This is exact, and far fewer draws than one a cell.
///
/// Shape    K groups, the first M of them mobile, P places, H homes told apart; rows of a cell matrix run over homes
///          within mobile groups.
template <class Policy>
class Compartments final : public Engine {
public:
    using Number = typename Policy::Number;
    using Column = Eigen::Array<Number, Eigen::Dynamic, 1>;
    using Cells = Eigen::Array<Number, Eigen::Dynamic, Eigen::Dynamic>;

    /// @param spec  what records say
    Compartments(const World& world, Policy policy, const EngineSpec& spec = {});

    using Engine::step;
    void step(std::span<StepRecord> records) override;
    void save(std::size_t run, Saver& to) const override;
    void restore(std::size_t run, Loader& from) override;

    /// Households, at the end of the last step.
    struct State {
        Cells home;                   ///< [K, P] never displaced
        Cells back;                   ///< [K, P] returned
        Cells settled;                ///< [M H, P] displaced at a place; at a place abroad, crossed
        Cells waiting;                ///< [M H, P] at a crossing, or turned away at a place
        ArrivalRing<Cells> road;      ///< [M H, destination P] in flight
        ArrivalRing<Cells> homeward;  ///< [M, home P] on their way home
        std::vector<double>
            unused_quota;  ///< [P] unused part of a crossing's quota, less than a household [persons]
        std::vector<double> departures_to_come;  ///< [P] given departures that are not yet a household [persons]
    };
    const State& state() const { return state_; }
    void restore(State state, int step);
    /// Row of `settled`, `waiting` and `road` that holds households of group k with their home at place o.
    int row(int k, int o) const { return k * homes_.count() + homes_.of(o); }

private:
    enum Status { first, again, onward, gate };

    /// Households drawn to leave a place.
    struct Leaving {
        int h;
        int k;
        Status status;
        Number n;
    };

    void survey();
    void open_homes();
    void leave(StepRecord& record);
    void take_given_departures(int i, StepRecord& record);

    // By draws: drawn_impl.hpp.
    void draw_leaving(int i, const Hazards& hazards, StepRecord& record);
    void draw_from_home(int i, const Hazards& hazards, StepRecord& record);
    void draw_onward(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record);
    Number draw_from_homes(int i, int k, Status status, Number n, double hazard);
    void go_home(int i, int k, int o, Number n);
    void count_stuck(int i, int k, std::uint64_t cell, Number stayed, double hazard, StepRecord& record);
    void set_out(int i, StepRecord& record);
    void take(int i, const Leaving& leaving, StepRecord& record);
    void put_on_road(int k, int i, int j, int h, Number n);

    // By means: expected_impl.hpp.
    void note_ways_home();
    void weigh_destinations();
    void mean_from_home(int i, const Hazards& hazards, StepRecord& record);
    void mean_onward(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record);
    void send_on_their_way();
    void mean_flows(int first_group, int end_group);
    const double* product(const double* left, int rows, Eigen::Index stride);
    void mean_homeward();
    void mean_roads(int mode);

    // Arrivals and crossings: arrivals_impl.hpp.
    void arrive(StepRecord& record);
    void come_home(Cells& homeward, Cells& arriving, StepRecord& record);
    void arrive_at(int j, Cells& arriving, StepRecord& record);
    void cross(int c, StepRecord& record);
    std::vector<Number> let_some_in(std::uint64_t queue, const Column& at_gate, double room_persons);

    void write(StepRecord& record);

    /// Part of the address of a draw: households of one status, group and home.
    static std::uint64_t cell(Status status, int k, int h) {
        return std::uint64_t(status) << 56 | std::uint64_t(k) << 32 | std::uint64_t(h);
    }
    void on_their_way(std::size_t slot, int k, int j, Number n);
    double persons(int k) const { return world_.groups[k].household_size; }
    double return_rate() const { return world_.settings.behaviour.returning.rate; }
    int groups() const { return world_.mobile_groups; }
    int places() const { return world_.place_count(); }
    int homes() const { return homes_.count(); }
    const StepInputs& inputs() const { return world_.inputs[std::size_t(step_)]; }
    const Eigen::ArrayXXd& attraction(std::size_t mode) const {
        return world_.attraction[std::size_t(step_)][mode];
    }
    const Journeys& journeys(int k) const { return (*journeys_)[std::size_t(world_.mode_of_group[k])]; }

    const World& world_;
    Policy policy_;
    SizeClasses sizes_;
    Homes homes_;
    bool count_routes_, count_origins_;
    Pull pull_;
    EnvironmentalNoise noise_;
    State state_;
    int step_ = 0;
    double households_ = 0;           ///< at the start, all of them
    bool anyone_waits_ = false;       ///< whether anybody may be waiting anywhere
    Eigen::ArrayXXd road_persons_;    ///< [P, slots of the road] travelling there
    Eigen::ArrayXd road_households_;  ///< [slots of the road]

    // What the state holds at the start of a step.
    Headcount now_;
    Cells settled_, waiting_;                      ///< [M, P] households, any home
    std::vector<Eigen::ArrayXXd> displaced_from_;  ///< [household sizes][P, H] displaced households

    // Homes open to those who are away.
    Cells open_;                                      ///< [H, P] 1 where home is open and in reach
    std::vector<char> any_open_;                      ///< [P] whether any home is
    Eigen::Array<bool, Eigen::Dynamic, 1> open_for_;  ///< [P] homes open when `open_` was worked out,
    int open_by_ = -1;                                ///< and the state of the network

    // Within a step.
    const std::vector<Journeys>* journeys_ = nullptr;  ///< [modes]
    std::vector<std::size_t> slots_;  ///< [steps] where people are who arrive at the end of the s-th
                                      ///< step from now; s = 1 is this one
    std::vector<Leaving> leaving_;    ///< from the place at hand
    std::vector<Eigen::ArrayXXd> setting_out_;  ///< [modes][to P, from P] persons, for the roads
    struct {
        std::vector<Number> cells;
        std::vector<double> chances, none;
        std::vector<Number> out;
    } by_group_;                                    ///< [2 M] each
    std::vector<Number> drawn_, leave_;             ///< [H] each
    std::vector<std::size_t> moving_, going_home_;  ///< homes of those who do
    struct {
        std::vector<Number> here, to;       ///< [P]
        std::vector<double> weights, sums;  ///< [P]
        std::vector<int> where;             ///< destination of each household
    } scratch_;
    struct {
        Eigen::ArrayXXd pull;                     ///< [H, P]
        std::vector<Eigen::ArrayXXd> per_weight;  ///< [modes][H, P] 1 / pull of all destinations; 0: none
        std::vector<std::vector<char>> cut_off;   ///< [modes][P] whether it is 0 for any home
        Eigen::ArrayXXd out;                      ///< [M H, P] leaving / pull of all destinations
        Eigen::ArrayXXd returning;                ///< [M H, P] going home
        std::vector<char> return_from;            ///< [P] whether anyone goes home from there
        std::vector<Eigen::ArrayXXd> near;        ///< [modes][H, P] 1 where home is one step away
        Eigen::ArrayXXd near_home;                ///< [H, M] on a way home of one step
        Eigen::ArrayXd leave, home;               ///< [H] chances
        std::vector<double> flow;
        kernels::Columns columns;
        std::vector<std::pair<int, int>> targets;  ///< destination and steps of each column
    } mean_;                                       ///< expected values only
};

std::unique_ptr<Engine> make_compartments(const World& world, const EngineSpec& spec);

}  // namespace nuzuh
