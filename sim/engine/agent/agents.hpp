// Households, each with a history.
#pragma once

#include <vector>

#include "sim/engine/admission.hpp"
#include "sim/engine/agent/cells.hpp"
#include "sim/engine/agent/choice.hpp"
#include "sim/engine/agent/clocks.hpp"
#include "sim/engine/agent/distances.hpp"
#include "sim/engine/agent/lazy_zeros.hpp"
#include "sim/engine/agent/residents.hpp"
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
///
/// Threads  leavers and places are divided among them; the result does not depend on their number.
template <class Law>
class Agents final : public Engine {
public:
    /// @param traces   households to trace, about
    /// @param threads  of one step, where enough households move to be worth it
    Agents(const World& world, Law law, int traces, int threads = 1);

    using Engine::step;
    void step(std::span<StepRecord> records) override;
    void save(std::size_t run, Saver& to) const override;
    void restore(std::size_t run, Loader& from) override;
    Histories histories(std::size_t run) const override;

    /// Households in a cell; o is ignored for those at home.
    Count households(Status status, int k, int i, int o) const;

private:
    template <class>
    friend struct AgentsInside;  // the exact tests, which start from any state

    /// Part of the households that leave one place: enough to be worth a thread's while.
    struct Piece {
        int i;
        std::size_t first, last;
        double departures = 0, first_departures = 0;  ///< [persons]
        bool anyone_stays = false;                    ///< for want of a destination
    };
    /// A cell in which somebody's threshold is passed.
    struct Due {
        Status status;
        int k, o;
    };
    static constexpr int own_home = -1;

    Headcount headcount() const;

    // Leaving.
    void leave(StepRecord& record);
    void find_due();
    HouseholdId first_out(int k, int i);
    void take_out(int i, const Hazards& hazards, StepRecord& record);
    void take_out_as_given(int i, StepRecord& record);
    void count_stuck(int i, const Hazards& hazards, StepRecord& record);
    std::vector<Piece> pieces() const;
    bool worth_dividing(const std::vector<Piece>& pieces) const;
    void decide(std::size_t p, Piece& piece, const Hazards& hazards, Choice& choice);
    bool goes_home(const Leaver& one, int i, const Hazards& hazards) const;
    void make_room(const std::vector<Piece>& pieces);
    void set_out(std::size_t p, const Piece& piece);
    void note_leavers(const Piece& piece, StepRecord& record);
    /// Index of a journey's destination and length among those of a piece.
    std::size_t journey(const Leaver& one, int i) const {
        const int steps = world_.journey_steps(inputs().ways, world_.mode_of_group[one.k], i, one.to);
        return std::size_t((steps - 1) * places() + one.to);
    }

    // Arriving.
    void arrive(StepRecord& record);
    void arrive_at(int j, std::vector<Traveller>& arriving, StepRecord& record);
    void let_in_at(int j, const std::vector<Traveller>& at_gate, StepRecord& record);
    std::vector<bool> drawn_in(const std::vector<Traveller>& many, std::uint64_t gate,
                               double room_persons) const;
    void cross(int c, StepRecord& record);

    void settle(Status status, int k, int i, int o, HouseholdId id);
    template <class Self, class Archive>
    static void archive_state(Self& self, Archive& archive);
    void write(StepRecord& record) const;
    void check_conserved() const;
    void trace(HouseholdId id, int o, int place, TraceKind event);
    std::size_t cell_index(Status status, int k, int i, int o) const;
    /// Households of a group away from home, settled or waiting: [place P, home P].
    auto away(Status status, int k) const {
        using Counts = Eigen::Array<Count, Eigen::Dynamic, Eigen::Dynamic>;
        const Count* first = cells_.households().data() + cell_index(status, k, 0, 0);
        return Eigen::Map<const Counts>(first, places(), places());
    }
    Residents& residents(int k, int i) { return residents_[std::size_t(k * places() + i)]; }
    const Residents& residents(int k, int i) const { return residents_[std::size_t(k * places() + i)]; }
    double persons(int k) const { return world_.groups[k].household_size; }
    int groups() const { return world_.group_count(); }
    int places() const { return world_.place_count(); }
    const StepInputs& inputs() const { return world_.inputs[std::size_t(step_)]; }

    const World& world_;
    Law law_;
    SizeClasses sizes_;
    DistanceTable distances_;
    Pull pull_;
    EnvironmentalNoise noise_;
    int threads_;
    HouseholdId trace_every_ = 0;  ///< each so-many-th household is traced; 0: none

    // The state at the end of a step.
    int step_ = 0;
    std::vector<Residents> residents_;  ///< [K][P]
    Cells cells_;                       ///< home, back: [K][P]; settled, waiting: [K][home P][P]
    Clocks clocks_;
    std::vector<std::vector<std::vector<Traveller>>> road_;  ///< [step of arrival, in turn][destination P]
    std::vector<Count> displaced_;     ///< [rows of World::displaced] away from home at the start
    LazyZeros<History> history_;       ///< [households]
    std::vector<double> credit_;       ///< [P] see Compartments::State
    std::vector<double> given_carry_;  ///< [P]
    std::vector<TraceEvent> traces_;

    // Within a step.
    std::vector<std::vector<Due>> due_;         ///< [P]
    std::vector<std::vector<Leaver>> leaving_;  ///< [P]
    std::vector<Eigen::ArrayXXd> setting_out_;  ///< [modes][to P, from P] persons
    Eigen::Array<std::size_t, Eigen::Dynamic, Eigen::Dynamic>
        bound_for_;                               ///< [journeys, pieces] households; then
                                                  ///< where on the road the next of them stands
    std::vector<Eigen::ArrayXXd> persons_bound_;  ///< [modes][to P, pieces]
    std::vector<Choice> choices_;                 ///< [threads]
    bool busy_ = false;                           ///< whether enough households move to divide the work
};

}  // namespace nuzuh
