// Members of Agents; included where the engine is made for a law, and by the exact tests.
#pragma once

#include <cmath>

#include <fmt/format.h>

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/given_departures.hpp"

namespace nuzuh {

template <class Law>
Agents<Law>::Agents(const World& world, Law law, int traces)
    : world_(world), law_(std::move(law)), sizes_(world), travel_(world), pull_(world), noise_(law_, world) {
    cells_.resize(std::size_t(2 * groups() * places() * (1 + places())));
    road_.resize(std::size_t(travel_.longest()));
    credit_.assign(places(), 0);
    given_carry_.assign(places(), 0);
    setting_out_.assign(world.modes.size(), Eigen::ArrayXXd::Zero(places(), places()));
    const auto all = std::size_t(world.households.sum());
    if (all >= std::numeric_limits<HouseholdId>::max()) {
        throw ModelFault(fmt::format("{} households are more than this engine can number", all));
    }
    history_.resize(all);
    if (traces > 0) trace_every_ = HouseholdId(std::max<std::size_t>(1, all / std::size_t(traces)));
    HouseholdId id = 0;
    for (int i = 0; i < places(); ++i) {
        for (int k = 0; k < groups(); ++k) {
            for (Count n = world.households(k, i); n > 0; --n) settle(home, k, i, i, id++);
        }
    }
}

template <class Law>
std::size_t Agents<Law>::cell_index(Status status, int k, int i, int o) const {
    const int at_home = 2 * groups() * places();
    if (status == home || status == back) {
        return std::size_t((int(status) * groups() + k) * places() + i);
    }
    const int away = (int(status) - settled) * groups() + k;
    return std::size_t(at_home + (away * places() + i) * places() + o);
}

template <class Law>
const Cell& Agents<Law>::cell(Status status, int k, int i, int o) const {
    return cells_[cell_index(status, k, i, o)];
}

/// Puts a household into a cell with a new threshold.
template <class Law>
void Agents<Law>::settle(Status status, int k, int i, int o, HouseholdId id) {
    const std::uint64_t settlement = history_[id].settlements++;
    cells_[cell_index(status, k, i, o)].settle(id, law_.threshold({Purpose::threshold, settlement, id}));
}

template <class Law>
void Agents<Law>::trace(HouseholdId id, int o, int place, int event) {
    if (trace_every_ == 0 || id % trace_every_ != 0) return;
    traces_.push_back({std::int32_t(id), step_, o, place, event});
}

template <class Law>
void Agents<Law>::step(StepRecord& record) {
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
            now.at_home(i) += double(cell(home, k, i, i).size() + cell(back, k, i, i).size());
            double here = 0;
            for (int o = 0; o < places(); ++o) {
                const auto n = double(cell(settled, k, i, o).size());
                now.households_from(i, o) += n;
                here += n;
            }
            now.displaced_persons(i) += persons(k) * here;
        }
    }
    return now;
}

template <class Law>
void Agents<Law>::leave(StepRecord& record) {
    const Headcount now = headcount();
    const Eigen::ArrayXd noise = noise_.draw(law_, world_, step_);
    const Hazards hazards = nuzuh::hazards(world_, step_, now, noise);
    const auto& may_return = inputs().home_in_reach;
    pull_.update(now);
    for (int i = 0; i < places(); ++i) {
        if (world_.places[i].type == PlaceType::abroad) continue;
        const bool crossing = world_.abroad_behind[i] >= 0;
        if (world_.departures.size() > 0) leave_as_given(i, record);
        for (int k = 0; k < groups(); ++k) {
            if (world_.groups[k].immobile) continue;
            if (world_.departures.size() == 0) {
                leave_cell(home, k, i, i, hazards.home(k, i), false, record);
                leave_cell(back, k, i, i, hazards.home(k, i), false, record);
            }
            for (int o = 0; o < places(); ++o) {
                leave_cell(settled, k, i, o, hazards.away(k, i), may_return(i, o), record);
                // Who was turned away at a gate goes on at once; who waits at a crossing has patience.
                leave_cell(waiting, k, i, o, crossing ? hazards.waiting(k, i) : 1e9, may_return(i, o),
                           record);
            }
        }
    }
    for (std::size_t m = 0; m < setting_out_.size(); ++m) {
        load_roads(world_.ways[inputs().ways][m], setting_out_[m], record.route);
        setting_out_[m].setZero();
    }
}

/// Those of a cell whose threshold is passed move on, or go home if that hazard was the one to strike first.
template <class Law>
void Agents<Law>::leave_cell(Status status, int k, int i, int o, double hazard, bool home_open,
                             StepRecord& record) {
    Cell& here = cells_[cell_index(status, k, i, o)];
    if (here.empty()) return;
    const double leave = inputs().access(i) * hazard;
    const double both = leave + (home_open ? world_.settings.behaviour.returning.rate : 0);
    if (!(both > 0) && inputs().access(i) >= 1) return;
    leaving_.clear();
    here.pass(both * world_.dt, leaving_);
    would_have_left(status, k, i, o, Count(here.size()), hazard, record);
    weights_known_ = false;
    for (HouseholdId id : leaving_) {
        const bool returns = home_open && law_.happens({Purpose::leave_or_return, history_[id].settlements, id},
                                                       1 - leave / both);
        if (returns) {
            go_home(k, i, o, id);
        } else {
            set_out(status, k, i, o, id, record);
        }
    }
}

/// Those among the households that stayed who would have left had the way out been free.
template <class Law>
void Agents<Law>::would_have_left(Status status, int k, int i, int o, Count stayed, double hazard,
                                  StepRecord& record) {
    const double access = inputs().access(i);
    if (access >= 1 || stayed == 0) return;
    const double left = leave_chance(access * hazard, world_.dt);
    const double wanted = leave_chance(hazard, world_.dt);
    if (!(left < 1)) return;
    const auto cell = std::uint64_t((k * places() + i) * places() + o);
    const Count n = law_.part_of({Purpose::could_not, std::uint64_t(step_), cell, std::uint64_t(status)}, stayed,
                                 (wanted - left) / (1 - left));
    record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
}

template <class Law>
void Agents<Law>::leave_as_given(int i, StepRecord& record) {
    const auto cells = std::size_t(2 * groups());
    std::vector<Count> there(cells), out(cells);
    for (std::size_t c = 0; c < cells; ++c) {
        const int k = int(c / 2);
        if (!world_.groups[k].immobile) there[c] = Count(cell(c % 2 == 0 ? home : back, k, i, i).size());
    }
    record.at(i, PlaceField::could_not_leave) +=
        take_given<Law, Count>(law_, world_, step_, i, there, out, given_carry_[i]);
    for (std::size_t c = 0; c < cells; ++c) {
        const int k = int(c / 2);
        const Status status = c % 2 == 0 ? home : back;
        weights_known_ = false;
        leaving_.clear();
        while (out[c]-- > 0) leaving_.push_back(cells_[cell_index(status, k, i, i)].pop());
        for (HouseholdId id : leaving_) set_out(status, k, i, i, id, record);
    }
}

/// Draws a destination, or stays where none can be reached.
template <class Law>
void Agents<Law>::set_out(Status status, int k, int i, int o, HouseholdId id, StepRecord& record) {
    if (!weights_known_) {
        weights_ = inputs().attraction[world_.mode_of_group[k]].col(i) * pull_.matrix().col(o);
        total_weight_ = weights_.sum();
        weights_known_ = true;
    }
    if (!(total_weight_ > 0)) {
        record.at(i, PlaceField::could_not_leave) += persons(k);
        settle(status, k, i, o, id);
        return;
    }
    record.at(i, PlaceField::departures) += persons(k);
    if (status == home) record.at(i, PlaceField::first_departures) += persons(k);
    History& history = history_[id];
    if (history.times_displaced < 255) ++history.times_displaced;
    trace(id, o, i, 0);
    const std::span<const double> weights(weights_.data(), std::size_t(places()));
    const int j = law_.pick({Purpose::choose, history.settlements, id}, weights, total_weight_);
    put_on_road(k, i, j, o, id);
}

template <class Law>
void Agents<Law>::go_home(int k, int i, int o, HouseholdId id) {
    put_on_road(k, i, o, o, id);
}

template <class Law>
void Agents<Law>::put_on_road(int k, int i, int j, int o, HouseholdId id) {
    const int mode = world_.mode_of_group[k];
    const int steps = i == j ? 1 : travel_.steps(inputs().ways, mode)(j, i);
    road_[std::size_t((step_ + steps - 1) % int(road_.size()))].push_back({id, k, j, o});
    setting_out_[mode](j, i) += persons(k);
    history_[id].steps_on_road = std::uint16_t(std::min(65535, history_[id].steps_on_road + steps));
}

template <class Law>
void Agents<Law>::arrive(StepRecord& record) {
    auto& slot = road_[std::size_t(step_ % int(road_.size()))];
    std::vector<std::vector<Traveller>> by_place(places());
    for (const Traveller& one : slot) by_place[one.j].push_back(one);
    slot.clear();
    for (int j = 0; j < places(); ++j) arrive_at(j, by_place[j], record);
}

template <class Law>
void Agents<Law>::arrive_at(int j, std::vector<Traveller>& arriving, StepRecord& record) {
    std::vector<std::vector<Traveller>> at_gate(sizes_.persons.size());
    const bool fallen = inputs().fallen(j);
    for (const Traveller& one : arriving) {
        if (one.o == j && !fallen) {
            settle(back, one.k, j, j, one.id);
            record.at(j, PlaceField::returns) += persons(one.k);
            trace(one.id, one.o, j, 2);
            continue;
        }
        record.at(j, PlaceField::arrivals) += persons(one.k);
        record.arrivals_from(j, one.o) += persons(one.k);
        if (history_[one.id].places_visited < 255) ++history_[one.id].places_visited;
        trace(one.id, one.o, j, 1);
        at_gate[sizes_.class_of_group[one.k]].push_back(one);
    }
    const bool crossing = world_.abroad_behind[j] >= 0;
    double room = no_limit;
    if (crossing || fallen) {
        room = 0;
    } else if (world_.places[j].admission == Admission::hard) {
        room = world_.capacity[j];
        for (int k = 0; k < groups(); ++k) {
            for (int o = 0; o < places(); ++o) room -= persons(k) * double(cell(settled, k, j, o).size());
        }
    }
    std::vector<typename Law::Number> waiting_at_gate;
    for (const auto& group : at_gate) waiting_at_gate.push_back(Count(group.size()));
    const auto when = std::uint64_t(step_);
    const auto admitted =
        let_in(law_, {Purpose::admit, when, std::uint64_t(2 * j)}, sizes_, waiting_at_gate, room);
    for (std::size_t c = 0; c < at_gate.size(); ++c) {
        std::vector<bool> in(at_gate[c].size(), admitted[c] == waiting_at_gate[c]);
        if (admitted[c] < waiting_at_gate[c] && admitted[c] > 0) {
            const Address address{Purpose::who_admitted, when, std::uint64_t(2 * j), c};
            for (int index : law_.some_of(address, admitted[c], waiting_at_gate[c])) in[std::size_t(index)] = true;
        }
        for (std::size_t a = 0; a < at_gate[c].size(); ++a) {
            const Traveller& one = at_gate[c][a];
            settle(in[a] ? settled : waiting, one.k, j, one.o, one.id);
            if (in[a] || crossing) continue;
            record.at(j, PlaceField::turned_away) += persons(one.k);
            trace(one.id, one.o, j, 3);
        }
    }
}

template <class Law>
void Agents<Law>::cross(int c, StepRecord& record) {
    struct Place {
        int k, o, position;
    };
    std::vector<std::vector<Place>> queue(sizes_.persons.size());
    for (int k = 0; k < groups(); ++k) {
        for (int o = 0; o < places(); ++o) {
            const int here = int(cell(waiting, k, c, o).size());
            for (int p = 0; p < here; ++p) queue[sizes_.class_of_group[k]].push_back({k, o, p});
        }
    }
    std::vector<typename Law::Number> lengths;
    for (const auto& one : queue) lengths.push_back(Count(one.size()));
    const double quota = inputs().quota(c);
    const double room = quota > 0 ? quota * world_.dt + credit_[c] : 0;
    const auto when = std::uint64_t(step_);
    const auto passing = let_in(law_, {Purpose::admit, when, std::uint64_t(2 * c + 1)}, sizes_, lengths, room);
    double passed = 0;
    for (std::size_t s = 0; s < queue.size(); ++s) {
        if (passing[s] == 0) continue;
        const Address address{Purpose::who_admitted, when, std::uint64_t(2 * c + 1), s};
        std::vector<std::vector<int>> taken(std::size_t(groups() * places()));
        for (int index : law_.some_of(address, passing[s], lengths[s])) {
            const Place& one = queue[s][std::size_t(index)];
            taken[std::size_t(one.k * places() + one.o)].push_back(one.position);
        }
        for (int k = 0; k < groups(); ++k) {
            for (int o = 0; o < places(); ++o) {
                auto& positions = taken[std::size_t(k * places() + o)];
                if (positions.empty()) continue;
                std::sort(positions.begin(), positions.end());
                Cell& from = cells_[cell_index(waiting, k, c, o)];
                for (int position : positions) {
                    const HouseholdId id = from.household(position);
                    settle(settled, k, world_.abroad_behind[c], o, id);
                    passed += persons(k);
                    trace(id, o, world_.abroad_behind[c], 4);
                }
                from.take(positions);
            }
        }
    }
    credit_[c] = passing == lengths || quota <= 0 ? 0 : room - passed;
    record.at(c, PlaceField::admitted) = passed;
}

template <class Law>
void Agents<Law>::write(StepRecord& record) {
    for (int k = 0; k < groups(); ++k) {
        for (int i = 0; i < places(); ++i) {
            const auto at_home = double(cell(home, k, i, i).size() + cell(back, k, i, i).size());
            record.at(i, PlaceField::households_at_home) += at_home;
            record.at(i, PlaceField::at_home) += persons(k) * at_home;
            for (int o = 0; o < places(); ++o) {
                const auto here = double(cell(settled, k, i, o).size());
                record.at(i, PlaceField::households_displaced) += here;
                record.displaced_from(i, o) += persons(k) * here;
                record.at(i, PlaceField::waiting) += persons(k) * double(cell(waiting, k, i, o).size());
            }
        }
    }
    for (const auto& slot : road_) {
        for (const Traveller& one : slot) record.at(one.j, PlaceField::on_the_road) += persons(one.k);
    }
    derive_stocks(world_, step_, record);
}

template <class Law>
Histories Agents<Law>::histories() const {
    Histories result{Eigen::ArrayXXd::Zero(places(), Histories::bins),
                     Eigen::ArrayXXd::Zero(places(), Histories::bins),
                     Eigen::ArrayXXd::Zero(places(), Histories::bins), traces_};
    const auto bin = [](int value) { return std::min(value, Histories::bins - 1); };
    HouseholdId id = 0;
    for (int o = 0; o < places(); ++o) {
        for (Count n = world_.households.col(o).sum(); n > 0; --n, ++id) {
            const History& history = history_[id];
            result.times_displaced(o, bin(history.times_displaced)) += 1;
            result.places_visited(o, bin(history.places_visited)) += 1;
            result.days_on_road(o, bin(int(history.steps_on_road * world_.dt))) += 1;
        }
    }
    return result;
}

template <class Law>
void Agents<Law>::check_conserved() const {
    std::size_t now = 0;
    for (const auto& cell : cells_) now += cell.size();
    for (const auto& slot : road_) now += slot.size();
    if (now != history_.size()) {
        throw ModelFault(fmt::format("{} households at the end of step {}, {} at the start of the run", now,
                                     step_, history_.size()));
    }
}

}  // namespace nuzuh
