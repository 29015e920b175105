// Why those in flight left, and over which road they come, until they arrive.
#pragma once

#include "sim/base/archive.hpp"
#include "sim/engine/arrival_ring.hpp"
#include "sim/engine/engine.hpp"

namespace nuzuh {

/// People in flight by the causes for which they left and by the last road of their way, step by step of their arrival.
///
/// Nobody is asked why: of those who leave a place together each cause is given its expected part.
///
/// Threads  may add people bound for different places at the same time.
class UnderWay {
public:
    /// @param spec  whether anything is counted
    UnderWay(const World& world, const EngineSpec& spec) : counts_(spec.counts_causes()) {
        if (!counts_) return;
        nobody_.by_cause.setZero(Eigen::Index(cause_count), world.place_count());
        if (spec.count_last_roads) nobody_.last_road.setZero(2 * Eigen::Index(world.roads.size()));
        ring_.reset(std::size_t(world.network->longest_journey), nobody_);
    }

    bool counts() const { return counts_; }

    /// Some set out from place i to j.
    ///
    /// @param by_cause  for each of which so many persons stand
    void set_out(const World& world, int step, int mode, int i, int j, double persons,
                 const ByCause<double>& by_cause) {
        Slot& slot = ring_.at(step, std::size_t(world.journey_steps(step, mode, i, j)));
        double all = 0;
        for (std::size_t c = 0; c < cause_count; ++c) {
            all += persons * by_cause.of[c];
            slot.by_cause(Eigen::Index(c), j) += persons * by_cause.of[c];
        }
        if (slot.last_road.size() == 0) return;
        const int road = world.ways(step, mode).leg(i, j)->road;
        slot.last_road(2 * road + int(world.roads[std::size_t(road)].to == j)) += all;
    }

    /// Those whose journey ends with a step arrive.
    void arrive(int step, StepRecord& record) {
        if (!counts_) return;
        Slot& slot = ring_.at(step, 1);
        for (int c = 0; c < int(cause_count); ++c)
            record.place.col(int(arrivals_by(Cause(c)))) += slot.by_cause.row(c).transpose();
        record.last_road = slot.last_road;
        slot = nobody_;
    }

    void save(int step, Saver& to) const {
        to(std::uint64_t(ring_.size()));
        for (std::size_t n = 1; n <= ring_.size(); ++n)
            to(ring_.at(step, n).by_cause, ring_.at(step, n).last_road);
    }
    void restore(int step, Loader& from) {
        std::uint64_t slots = 0;
        from(slots);
        require_saved(slots <= from.left() && (slots > 0) == counts_);
        if (counts_) ring_.reset(std::size_t(slots), nobody_);
        for (std::size_t n = 1; n <= slots; ++n)
            from.fixed(ring_.at(step, n).by_cause, ring_.at(step, n).last_road);
    }

private:
    struct Slot {
        Eigen::ArrayXXd by_cause;  ///< [causes, P] persons
        Eigen::ArrayXd last_road;  ///< [2 R] persons; empty unless counted
    };

    bool counts_;
    Slot nobody_;
    ArrivalRing<Slot> ring_;
};

}  // namespace nuzuh
