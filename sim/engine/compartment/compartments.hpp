// Counts of households between cells.
#pragma once

#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/engine/law.hpp"
#include "sim/engine/noise.hpp"

namespace nuzuh {

/// The compartment engine: for each group, households at home, back home, displaced at a place or waiting
/// there by home, and on the road by destination, home and steps left.
///
/// All cells of a group and a place face the same hazard, whatever the home: one draw tells how many leave, a
/// second from which homes they are. This is exact, and far fewer draws than one a cell.
///
/// Shape    matrices are [place P, home P]; K of them, one a group.
template <class Law>
class Compartments final : public Engine {
public:
    using Number = typename Law::Number;
    using Column = Eigen::Array<Number, Eigen::Dynamic, 1>;
    using Matrix = Eigen::Array<Number, Eigen::Dynamic, Eigen::Dynamic>;

    Compartments(const World& world, Law law);

    void step(StepRecord& record) override;

    /// Households by group, at the end of the last step.
    struct State {
        std::vector<Column> home;     ///< [K][P] never displaced
        std::vector<Column> back;     ///< [K][P] returned
        std::vector<Matrix> settled;  ///< [K][P, P] displaced at a place; at a place abroad, crossed
        std::vector<Matrix> waiting;  ///< [K][P, P] at a crossing, or turned away at a place
        std::vector<std::vector<Matrix>> road;  ///< [steps left][K][destination P, home P]
        std::vector<double> credit;   ///< [P] unused part of a crossing's quota, less than a household [persons]
    };
    const State& state() const { return state_; }
    void restore(State state, int step);

private:
    enum Status { first, again, onward, gate };

    /// Households drawn to leave a place.
    struct Leaving {
        int o;
        int k;
        Status status;
        Number n;
    };

    /// Households away from home at each place, by group and whether their home is open to them.
    struct Away {
        std::vector<Column> all;   ///< [K][P]
        std::vector<Column> open;  ///< [K][P]
    };

    Headcount headcount();
    void count_away(const std::vector<Matrix>& cells, Away& away) const;
    void leave(StepRecord& record);
    void leave_from(int i, const Hazards& hazards, StepRecord& record);
    void leave_home(int i, const Hazards& hazards, StepRecord& record);
    void leave_as_given(int i, StepRecord& record);
    void move_on(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record);
    void leave_for_somewhere(int i, int k, Status status, bool open_home, Number n, double leave);
    void count_stuck(int i, int k, std::uint64_t cell, Number stayed, double hazard, StepRecord& record);
    void set_out(int i, StepRecord& record);
    void move_everyone(const Hazards& hazards, StepRecord& record);
    void move_group(int k, const Eigen::ArrayXd& hazard, Matrix& cells, StepRecord& record);
    void take(int i, const Leaving& leaving, StepRecord& record);
    void put_on_road(int k, int i, int j, int o, Number n);
    std::vector<Matrix>& arriving_after(int steps);
    void arrive(StepRecord& record);
    void arrive_at(int j, StepRecord& record);
    void cross(int c, StepRecord& record);
    void write(StepRecord& record) const;
    void check_conserved(double households) const;
    double persons(int k) const { return world_.groups[k].household_size; }
    int groups() const { return world_.group_count(); }
    int places() const { return world_.place_count(); }
    const StepInputs& inputs() const { return world_.inputs[step_]; }

    const World& world_;
    Law law_;
    SizeClasses sizes_;
    TravelTable travel_;
    Pull pull_;
    SharedNoise noise_;
    State state_;
    int step_ = 0;
    double households_ = 0;  ///< at the start, all of them

    // Within a step.
    Away settled_, waiting_;                      ///< at its start
    std::vector<Leaving> leaving_;                ///< from the place at hand
    std::vector<Eigen::ArrayXXd> out_;            ///< [K][place P, home P] expected law: leaving / total weight
    std::vector<Eigen::ArrayXXd> total_weight_;   ///< [modes][place P, home P] expected law
    Eigen::ArrayXXd open_, going_home_, flow_;    ///< [place P, home P] expected law
    struct {
        std::vector<Number> cells;
        std::vector<double> chances;
        std::vector<Number> out;
    } by_group_;                                  ///< [2 K] each
    struct {
        std::vector<Number> here, out, returning;
        std::vector<double> weights;
    } scratch_;                                   ///< [P] each
    bool anyone_waits_ = false;                   ///< whether anybody may be waiting anywhere
    std::vector<bool> slot_in_use_;               ///< [slots of the road] whether anybody may be in it
    std::vector<Eigen::ArrayXXd> setting_out_;    ///< [modes][to P, from P] persons, for the roads
    std::vector<double> given_carry_;             ///< [P] persons of a departure series not yet a household
};

}  // namespace nuzuh
