// Members of Agents; included where the engine is made for a law, and by the exact tests.
#pragma once

#include <cmath>

#include <fmt/format.h>

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/agent/arriving_impl.hpp"
#include "sim/engine/agent/leaving_impl.hpp"
#include "sim/engine/start.hpp"

namespace nuzuh {

template <class Law>
Agents<Law>::Agents(const World& world, Law law, int traces, int threads)
    : world_(world),
      law_(std::move(law)),
      sizes_(world),
      distances_(world),
      pull_(law_, world, Homes(world, Homes::every_place), true),
      noise_(law_, world),
      threads_(std::max(1, threads)),
      residents_(std::size_t(groups() * places())),
      cells_(std::size_t(2 * groups() * places() * (1 + places()))),
      clocks_(world),
      road_(std::size_t(world.network->longest_journey),
            std::vector<std::vector<Traveller>>(std::size_t(places()))),
      history_(std::size_t(world.households_from.sum())),
      credit_(std::size_t(places()), 0.0),
      given_carry_(std::size_t(places()), 0.0),
      due_(std::size_t(places())),
      leaving_(std::size_t(places())),
      setting_out_(world.modes.size(), Eigen::ArrayXXd::Zero(places(), places())),
      choices_(std::size_t(threads_)) {
    const std::size_t all = history_.size();
    if (all >= std::numeric_limits<HouseholdId>::max()) {
        throw ModelFault(fmt::format("{} households are more than this engine can number", all));
    }
    if (traces > 0) trace_every_ = HouseholdId(std::max<std::size_t>(1, all / std::size_t(traces)));
    HouseholdId first = 0;
    for (int i = 0; i < places(); ++i) {
        for (int k = 0; k < groups(); ++k) {
            residents(k, i) = {world.households(k, i), first, 0};
            residents(k, i).draw(law_);
            first += HouseholdId(world.households(k, i));
        }
    }
    displaced_ = displaced_at_start(law_, world);
    for (std::size_t r = 0; r < displaced_.size(); ++r) {
        const auto& row = world.displaced[r];
        for (Count n = displaced_[r]; n > 0; --n)
            settle(Status::settled, row.group, row.place, row.home, first++);
    }
}

template <class Law>
std::size_t Agents<Law>::cell_index(Status status, int k, int i, int o) const {
    const int at_home = 2 * groups() * places();
    if (status == Status::home || status == Status::back) {
        return std::size_t((int(status) * groups() + k) * places() + i);
    }
    const int away = (int(status) - int(Status::settled)) * groups() + k;
    return std::size_t(at_home + (away * places() + o) * places() + i);
}

template <class Law>
Count Agents<Law>::households(Status status, int k, int i, int o) const {
    const Count untouched = status == Status::home ? residents(k, i).households : 0;
    return untouched + cells_.households()[cell_index(status, k, i, o)];
}

/// Puts a household into a cell with a new threshold.
template <class Law>
void Agents<Law>::settle(Status status, int k, int i, int o, HouseholdId id) {
    const std::uint64_t settlement = ++history_[id].settlements;
    cells_.settle(cell_index(status, k, i, o), id,
                  clocks_.at(status, k, i, o) + law_.threshold({Purpose::threshold, settlement, id}));
}

template <class Law>
void Agents<Law>::trace(HouseholdId id, int o, int place, TraceKind event) {
    if (trace_every_ == 0 || id % trace_every_ != 0) return;
    traces_.push_back({std::int32_t(id), step_, o, place, event});
}

template <class Law>
void Agents<Law>::step(std::span<StepRecord> records) {
    StepRecord& record = records.front();
    record.reset(places(), int(world_.roads.size()));
    leave(record);
    arrive(record);
    for (int c = 0; c < places(); ++c) {
        if (world_.abroad_behind[c] >= 0) cross(c, record);
    }
    write(record);
    check_conserved();
    ++step_;
}

template <class Law>
Headcount Agents<Law>::headcount() const {
    Headcount now{Eigen::ArrayXd::Zero(places()), Eigen::ArrayXd::Zero(places()),
                  Eigen::ArrayXXd::Zero(places(), places())};
    for (int k = 0; k < groups(); ++k) {
        for (int i = 0; i < places(); ++i) {
            now.at_home(i) += households(Status::home, k, i, i) + households(Status::back, k, i, i);
        }
        if (k >= world_.mobile_groups) continue;
        const Eigen::ArrayXXd settled = away(Status::settled, k).template cast<double>();
        now.households_from += settled;
        now.displaced_persons += persons(k) * settled.rowwise().sum();
    }
    return now;
}

template <class Law>
void Agents<Law>::write(StepRecord& record) const {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    for (int k = 0; k < groups(); ++k) {
        for (int i = 0; i < places(); ++i) {
            const double here = households(Status::home, k, i, i) + households(Status::back, k, i, i);
            record.at(i, PlaceField::households_at_home) += here;
            record.at(i, PlaceField::at_home) += persons(k) * here;
        }
        if (k >= world_.mobile_groups) continue;
        const Eigen::ArrayXXd settled = away(Status::settled, k).template cast<double>();
        record.displaced_from += persons(k) * settled;
        column(PlaceField::households_displaced) += settled.rowwise().sum();
        column(PlaceField::waiting) +=
            persons(k) * away(Status::waiting, k).rowwise().sum().template cast<double>();
    }
    for (const auto& slot : road_) {
        for (int j = 0; j < places(); ++j) {
            for (const auto& one : slot[std::size_t(j)])
                record.at(j, PlaceField::on_the_road) += persons(one.k);
        }
    }
    column(PlaceField::displaced) = record.displaced_from.rowwise().sum();
    derive_stocks(world_, step_, record);
}

/// Everything that outlives a step, apart from cells and roads; of histories, those of households that have moved.
template <class Law>
template <class Self, class Archive>
void Agents<Law>::archive_state(Self& self, Archive& archive) {
    auto& clocks = self.clocks_;
    archive(self.step_, self.residents_, clocks.home, clocks.settled, clocks.waiting, clocks.returning);
    archive(self.credit_, self.given_carry_, self.traces_);
    HouseholdId first = 0;
    for (int i = 0; i < self.places(); ++i) {
        for (int k = 0; k < self.groups(); ++k) {
            for (HouseholdId id = first; id < self.residents(k, i).next; ++id) archive(self.history_[id]);
            first += HouseholdId(self.world_.households(k, i));
        }
    }
    for (Count n : self.displaced_) {
        for (; n > 0; --n) archive(self.history_[first++]);
    }
}

template <class Law>
void Agents<Law>::save(std::size_t, Saver& to) const {
    archive_state(*this, to);
    pull_.save(to);
    cells_.save(to);
    to(std::uint64_t(road_.size()));
    for (std::size_t left = 0; left < road_.size(); ++left)
        to(road_[(std::size_t(step_) + left) % road_.size()]);
}

template <class Law>
void Agents<Law>::restore(std::size_t, Loader& from) {
    archive_state(*this, from);
    pull_.restore(from);
    cells_.restore(from);
    std::uint64_t steps_ahead = 0;
    from(steps_ahead);
    // A world whose roads close later may have longer journeys, and so more steps ahead.
    for (auto& slot : road_) {
        for (auto& travellers : slot) travellers.clear();
    }
    road_.resize(std::max(road_.size(), std::size_t(steps_ahead)), road_.front());
    for (std::size_t left = 0; left < steps_ahead; ++left)
        from(road_[(std::size_t(step_) + left) % road_.size()]);
}

template <class Law>
Histories Agents<Law>::histories(std::size_t) const {
    const Eigen::ArrayXXd none = Eigen::ArrayXXd::Zero(places(), Histories::bins);
    Histories result{none, none, none, none, traces_};
    const auto bin = [](double value) { return std::min(int(value), Histories::bins - 1); };
    const auto add = [&](int o, HouseholdId id) {
        const History& history = history_[id];
        result.times_displaced(o, bin(history.times_displaced)) += 1;
        result.places_visited(o, bin(history.places_visited)) += 1;
        result.days_on_road(o, bin(history.steps_on_road * world_.dt)) += 1;
        result.distance(o, bin(std::ceil(history.hectometres * 0.1 / Histories::km_a_bin))) += 1;
    };
    HouseholdId first = 0;
    for (int o = 0; o < places(); ++o) {
        for (int k = 0; k < groups(); ++k) {
            for (HouseholdId id = first; id < residents(k, o).next; ++id) add(o, id);
            const Count never = residents(k, o).households;
            result.times_displaced(o, 0) += never;
            result.places_visited(o, 0) += never;
            result.days_on_road(o, 0) += never;
            result.distance(o, 0) += never;
            first += HouseholdId(world_.households(k, o));
        }
    }
    for (std::size_t r = 0; r < displaced_.size(); ++r) {
        for (Count n = displaced_[r]; n > 0; --n) add(world_.displaced[r].home, first++);
    }
    return result;
}

template <class Law>
void Agents<Law>::check_conserved() const {
    std::size_t now = 0;
    for (const auto& here : residents_) now += std::size_t(here.households);
    for (const Count here : cells_.households()) now += std::size_t(here);
    for (const auto& slot : road_) {
        for (const auto& travellers : slot) now += travellers.size();
    }
    if (now != history_.size()) {
        throw ModelFault(fmt::format("{} households at the end of step {}, {} at the start of the run", now,
                                     step_, history_.size()));
    }
}

}  // namespace nuzuh
