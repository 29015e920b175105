// Households, each with a history.
#pragma once

#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/agent/cell.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/engine/law.hpp"
#include "sim/engine/noise.hpp"

namespace nuzuh {

/// The agent engine: the cells of the compartments, filled with households instead of counts.
///
/// A household that settles in a cell draws one unit-exponential threshold and leaves in the step in which the
/// cell's accumulated hazard passes it (Sellke's construction). Given the cell's hazards this is the same
/// chance each step as a draw a step, because the exponential distribution has no memory; so the counts of
/// this engine and of the stochastic compartments have the same distribution. A step costs what moves, not
/// what exists.
template <class Law>
class Agents final : public Engine {
public:
    Agents(const World& world, Law law, int traces);

    void step(StepRecord& record) override;
    Histories histories() const override;

    /// Where a household is; the order is that of the cells.
    enum Status { home, back, settled, waiting };

    /// The households of a cell; o is ignored for those at home.
    const Cell& cell(Status status, int k, int i, int o) const;

private:
    template <class>
    friend struct AgentsInside;  // the exact tests, which start from any state

    Headcount headcount() const;
    void settle(Status status, int k, int i, int o, HouseholdId id);
    void leave(StepRecord& record);
    void leave_cell(Status status, int k, int i, int o, double hazard, bool home_open, StepRecord& record);
    void leave_as_given(int i, StepRecord& record);
    void set_out(Status status, int k, int i, int o, HouseholdId id, StepRecord& record);
    void go_home(int k, int i, int o, HouseholdId id);
    void would_have_left(Status status, int k, int i, int o, Count stayed, double hazard,
                         StepRecord& record);
    void put_on_road(int k, int i, int j, int o, HouseholdId id);
    void arrive(StepRecord& record);
    void arrive_at(int j, std::vector<Traveller>& arriving, StepRecord& record);
    void cross(int c, StepRecord& record);
    void write(StepRecord& record);
    void trace(HouseholdId id, int o, int place, int event);
    void check_conserved() const;
    std::size_t cell_index(Status status, int k, int i, int o) const;
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
    std::vector<Cell> cells_;                     ///< home, back: [K][P]; settled, waiting: [K][P][home P]
    std::vector<std::vector<Traveller>> road_;    ///< [steps left]
    std::vector<History> history_;                ///< [households]
    std::vector<double> credit_;                  ///< [P] see Compartments::State
    std::vector<double> given_carry_;             ///< [P]
    std::vector<TraceEvent> traces_;
    HouseholdId trace_every_ = 0;                 ///< each so-many-th household is traced; 0: none
    int step_ = 0;

    // Within a step.
    std::vector<Eigen::ArrayXXd> setting_out_;    ///< [modes][to P, from P] persons
    Eigen::ArrayXd weights_;                      ///< [P] of the cell that is leaving
    double total_weight_ = 0;
    bool weights_known_ = false;
    std::vector<HouseholdId> leaving_;
};

}  // namespace nuzuh
