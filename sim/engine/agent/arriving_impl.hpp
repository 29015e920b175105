// The second half of a step of Agents: arriving, being let in or turned away, and crossing.
#pragma once

#include "sim/engine/agent/agents.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh {

template <class Law>
void Agents<Law>::arrive(StepRecord& record) {
    auto& arriving = road_[std::size_t(step_ % int(road_.size()))];
#pragma omp parallel for schedule(dynamic) num_threads(threads_) if (busy_ && trace_every_ == 0)
    for (int j = 0; j < places(); ++j) arrive_at(j, arriving[std::size_t(j)], record);
}

/// Those who come home, and those who arrive in flight.
template <class Law>
void Agents<Law>::arrive_at(int j, std::vector<Traveller>& arriving, StepRecord& record) {
    const bool fallen = inputs().fallen(j);
    const bool gate = fallen || world_.abroad_behind[j] >= 0 || world_.places[j].admission == Admission::hard;
    std::vector<Traveller> at_gate;
    for (const Traveller& one : arriving) {
        if (one.o == j && !fallen) {
            record.at(j, PlaceField::returns) += persons(one.k);
            trace(one.id, one.o, j, TraceKind::returns_home);
            settle(Status::back, one.k, j, j, one.id);
            continue;
        }
        record.at(j, PlaceField::arrivals) += persons(one.k);
        record.arrivals_from(j, one.o) += persons(one.k);
        if (history_[one.id].places_visited < 255) ++history_[one.id].places_visited;
        trace(one.id, one.o, j, TraceKind::arrives);
        if (gate) {
            at_gate.push_back(one);
        } else {
            settle(Status::settled, one.k, j, one.o, one.id);
        }
    }
    arriving.clear();
    if (!at_gate.empty()) let_in_at(j, at_gate, record);
}

/// Lets in those who arrived at a gate as far as there is room; the others wait there.
template <class Law>
void Agents<Law>::let_in_at(int j, const std::vector<Traveller>& at_gate, StepRecord& record) {
    const bool crossing = world_.abroad_behind[j] >= 0;
    const bool hard = world_.places[j].admission == Admission::hard;
    double free = world_.capacity[j];
    for (int k = 0; k < groups(); ++k) {
        for (int o = 0; o < places(); ++o) free -= persons(k) * double(households(Status::settled, k, j, o));
    }
    const double room = rules::room_on_arrival(crossing, inputs().fallen(j), hard, free);
    const auto in = drawn_in(at_gate, std::uint64_t(2 * j), room);
    for (std::size_t a = 0; a < at_gate.size(); ++a) {
        const Traveller& one = at_gate[a];
        settle(in[a] ? Status::settled : Status::waiting, one.k, j, one.o, one.id);
        if (in[a] || crossing) continue;
        record.at(j, PlaceField::turned_away) += persons(one.k);
        trace(one.id, one.o, j, TraceKind::turned_away);
    }
}

/// Which of many households find room, drawn without order within each size of household.
///
/// @param gate  tells apart the gates of a step
template <class Law>
std::vector<bool> Agents<Law>::drawn_in(const std::vector<Traveller>& many, std::uint64_t gate,
                                        double room_persons) const {
    std::vector<std::vector<HouseholdId>> ids(sizes_.persons.size());
    std::vector<std::vector<std::size_t>> positions(ids.size());
    for (std::size_t p = 0; p < many.size(); ++p) {
        const auto size = std::size_t(sizes_.class_of_group[many[p].k]);
        ids[size].push_back(many[p].id);
        positions[size].push_back(p);
    }
    std::vector<typename Law::Number> of_size;
    for (const auto& some : ids) of_size.push_back(Count(some.size()));
    const auto when = std::uint64_t(step_);
    const auto admitted = let_in(law_, {Purpose::admit, when, gate}, sizes_, of_size, room_persons);
    std::vector<bool> in(many.size(), admitted == of_size);
    if (admitted == of_size) return in;
    for (std::size_t s = 0; s < ids.size(); ++s) {
        if (admitted[s] == 0) continue;
        for (int index : law_.some_of({Purpose::who_admitted, when, gate}, admitted[s], ids[s])) {
            in[positions[s][std::size_t(index)]] = true;
        }
    }
    return in;
}

/// Lets people through a crossing, in random order, up to its quota.
template <class Law>
void Agents<Law>::cross(int c, StepRecord& record) {
    const double quota = inputs().quota(c);
    const double room = rules::room_at_crossing(quota, world_.dt, std::exchange(credit_[c], 0.0));
    if (!(room > 0)) return;
    std::vector<Traveller> queue;
    std::vector<HouseholdId> ids;
    for (int k = 0; k < groups(); ++k) {
        for (int o = 0; o < places(); ++o) {
            ids.clear();
            cells_.list(cell_index(Status::waiting, k, c, o), ids);
            for (HouseholdId id : ids) queue.push_back({id, k, o});
        }
    }
    const auto in = drawn_in(queue, std::uint64_t(2 * c + 1), room);
    double passed = 0;
    for (std::size_t first = 0, end = 0; first < queue.size(); first = end) {
        const auto [id, k, o] = queue[first];
        ids.clear();
        for (; end < queue.size() && queue[end].k == k && queue[end].o == o; ++end) {
            if (in[end]) ids.push_back(queue[end].id);
        }
        std::sort(ids.begin(), ids.end());
        cells_.take(cell_index(Status::waiting, k, c, o), ids);
        for (HouseholdId one : ids) {
            settle(Status::settled, k, world_.abroad_behind[c], o, one);
            trace(one, o, world_.abroad_behind[c], TraceKind::crosses);
        }
        passed += persons(k) * double(ids.size());
    }
    const bool all = std::find(in.begin(), in.end(), false) == in.end();
    credit_[c] = rules::quota_carry_over(quota, room, passed, !all);
    record.at(c, PlaceField::admitted) = passed;
}

}  // namespace nuzuh
