// The first half of a step of Agents: who leaves, where to, and setting out.
#pragma once

#include <omp.h>

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {

template <class Law>
void Agents<Law>::leave(StepRecord& record) {
    const Headcount now = headcount();
    const Eigen::ArrayXd noise = noise_.draw(law_, world_, step_);
    const Hazards hazards = nuzuh::hazards(world_, step_, now, noise);
    pull_.update(now, step_);
    clocks_.advance(world_, inputs(), hazards);
    find_due();
#pragma omp parallel for schedule(dynamic) num_threads(threads_) if (busy_)
    for (int i = 0; i < places(); ++i) take_out(i, hazards, record);

    std::vector<Piece> work = pieces();
    busy_ = worth_dividing(work);
    bound_for_.setZero(Eigen::Index(road_.size()) * places(), Eigen::Index(work.size()));
    persons_bound_.assign(setting_out_.size(), Eigen::ArrayXXd::Zero(places(), Eigen::Index(work.size())));
#pragma omp parallel for schedule(dynamic) num_threads(threads_) if (busy_)
    for (std::size_t p = 0; p < work.size(); ++p) {
        decide(p, work[p], hazards, choices_[std::size_t(omp_get_thread_num())]);
    }
    make_room(work);
#pragma omp parallel for schedule(dynamic) num_threads(threads_) if (busy_)
    for (std::size_t p = 0; p < work.size(); ++p) set_out(p, work[p]);
    for (std::size_t p = 0; p < work.size(); ++p) {
        note_leavers(work[p], record);
        for (std::size_t m = 0; m < setting_out_.size(); ++m) {
            setting_out_[m].col(work[p].i) += persons_bound_[m].col(Eigen::Index(p));
        }
    }
    for (std::size_t m = 0; m < setting_out_.size(); ++m) {
        load_roads(world_.network->ways[inputs().ways][m], setting_out_[m], record.route);
        setting_out_[m].setZero();
    }
}

/// Whether the leavers of a step are enough to divide the work of the next loops among threads: on a machine that
/// others use, threads wait for each other longer than they gain with less than a millisecond or two of work.
template <class Law>
bool Agents<Law>::worth_dividing(const std::vector<Piece>& pieces) const {
    std::size_t leavers = 0;
    for (const Piece& piece : pieces) leavers += piece.last - piece.first;
    return threads_ > 1 && leavers > 10'000;
}

/// Lists, by place, the cells in which the lowest threshold is passed.
template <class Law>
void Agents<Law>::find_due() {
    for (auto& due : due_) due.clear();
    Eigen::ArrayXd clock(places());
    const auto compare = [&](Status status, int k, int o) {
        const double* lowest = cells_.lowest().data() + cell_index(status, k, 0, o);
        bool any = false;
        for (int i = 0; i < places(); ++i) any |= lowest[i] < clock(i);
        for (int i = 0; any && i < places(); ++i) {
            if (lowest[i] < clock(i)) due_[std::size_t(i)].push_back({status, k, o == own_home ? i : o});
        }
    };
    for (int k = 0; k < world_.mobile_groups; ++k) {
        clock = clocks_.home.col(k);
        compare(Status::home, k, own_home);
        compare(Status::back, k, own_home);
        for (int o = 0; o < places(); ++o) {
            clock = clocks_.settled.col(k) + clocks_.returning.col(o);
            compare(Status::settled, k, o);
            clock = clocks_.waiting.col(k) + clocks_.returning.col(o);
            compare(Status::waiting, k, o);
        }
    }
}

/// Takes the next of the households that have never moved.
template <class Law>
HouseholdId Agents<Law>::first_out(int k, int i) {
    const HouseholdId id = residents(k, i).leave(law_);
    // Memory that is read before it is written is mapped twice, and the second time stops all threads.
    history_[id] = {};
    return id;
}

/// Takes those whose threshold is passed out of the cells of place i.
template <class Law>
void Agents<Law>::take_out(int i, const Hazards& hazards, StepRecord& record) {
    auto& leaving = leaving_[std::size_t(i)];
    leaving.clear();
    if (world_.departures.size() > 0) take_out_as_given(i, record);
    for (int k = 0; k < world_.mobile_groups; ++k) {
        const Residents& here = residents(k, i);
        while (here.households > 0 && here.threshold < clocks_.home(i, k)) {
            leaving.push_back({first_out(k, i), k, i, Leaver::nowhere, Status::home});
        }
    }
    for (const auto& [status, k, o] : due_[std::size_t(i)]) {
        const std::size_t cell = cell_index(status, k, i, o);
        const double clock = clocks_.at(status, k, i, o);
        while (cells_.lowest()[cell] < clock) {
            leaving.push_back({cells_.pop(cell), k, o, Leaver::nowhere, status});
        }
    }
    if (inputs().access(i) < 1) count_stuck(i, hazards, record);
}

/// A given number of people leave their homes.
template <class Law>
void Agents<Law>::take_out_as_given(int i, StepRecord& record) {
    std::vector<Count> there(std::size_t(2 * world_.mobile_groups)), out(there);
    const auto status = [](std::size_t c) { return c % 2 == 0 ? Status::home : Status::back; };
    for (std::size_t c = 0; c < there.size(); ++c) {
        const int k = int(c / 2);
        there[c] = households(status(c), k, i, i);
    }
    record.at(i, PlaceField::could_not_leave) +=
        take_given<Law, Count>(law_, world_, step_, i, there, out, given_carry_[i]);
    for (std::size_t c = 0; c < out.size(); ++c) {
        const int k = int(c / 2);
        for (; out[c] > 0; --out[c]) {
            const bool resident = status(c) == Status::home && residents(k, i).households > 0;
            const HouseholdId id = resident ? first_out(k, i) : cells_.pop(cell_index(status(c), k, i, i));
            leaving_[std::size_t(i)].push_back({id, k, i, Leaver::nowhere, status(c)});
        }
    }
}

/// Counts those among the households that stayed at place i who would have left had the way out been free.
template <class Law>
void Agents<Law>::count_stuck(int i, const Hazards& hazards, StepRecord& record) {
    const double access = inputs().access(i);
    const auto count = [&](Status status, int k, int o, double hazard) {
        const Count stayed = households(status, k, i, o);
        if (stayed == 0) return;
        const auto cell = std::uint64_t((k * places() + i) * places() + o);
        const Count n = law_.part_of({Purpose::could_not, std::uint64_t(step_), cell, std::uint64_t(status)},
                                     stayed, rules::chance_held_back(access, hazard, world_.dt));
        record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
    };
    if (world_.places[i].type == PlaceType::abroad) return;
    for (int k = 0; k < world_.mobile_groups; ++k) {
        count(Status::home, k, i, hazards.home(k, i));
        count(Status::back, k, i, hazards.home(k, i));
        for (int o = 0; o < places(); ++o) {
            count(Status::settled, k, o, hazards.away(k, i));
            count(Status::waiting, k, o, hazards.waiting(k, i));
        }
    }
}

/// The leavers of all places in pieces that are worth a thread's while.
template <class Law>
std::vector<typename Agents<Law>::Piece> Agents<Law>::pieces() const {
    constexpr std::size_t most = 2048;
    std::vector<Piece> pieces;
    for (int i = 0; i < places(); ++i) {
        const std::size_t all = leaving_[std::size_t(i)].size();
        for (std::size_t first = 0; first < all; first += most) {
            pieces.push_back({i, first, std::min(all, first + most)});
        }
    }
    return pieces;
}

/// Finds out for each leaver whether it goes home or where else, and adds the journey to its history.
template <class Law>
void Agents<Law>::decide(std::size_t p, Piece& piece, const Hazards& hazards, Choice& choice) {
    choice.start_from(piece.i, world_.attraction[std::size_t(step_)], pull_);
    for (std::size_t l = piece.first; l < piece.last; ++l) {
        Leaver& one = leaving_[std::size_t(piece.i)][l];
        History& history = history_[one.id];
        const int mode = world_.mode_of_group[one.k];
        if (goes_home(one, piece.i, hazards)) {
            one.to = one.o;
        } else {
            const auto sums = choice.sums(mode, one.o);
            if (!(sums.back() > 0)) {
                piece.anyone_stays = true;
                continue;
            }
            one.to = law_.pick({Purpose::choose, history.settlements, one.id}, sums);
            if (history.times_displaced < 255) ++history.times_displaced;
            piece.departures += persons(one.k);
            if (one.status == Status::home) piece.first_departures += persons(one.k);
        }
        ++bound_for_(Eigen::Index(journey(one, piece.i)), Eigen::Index(p));
        persons_bound_[std::size_t(mode)](one.to, Eigen::Index(p)) += persons(one.k);
        const int steps = world_.journey_steps(inputs().ways, mode, piece.i, one.to);
        const int hectometres = distances_.hectometres(inputs().ways, mode)(one.to, piece.i);
        history.steps_on_road = std::uint16_t(std::min(65535, history.steps_on_road + steps));
        history.hectometres = std::uint16_t(std::min(65535, history.hectometres + hectometres));
    }
}

/// Whether the hazard of returning struck before that of leaving again.
template <class Law>
bool Agents<Law>::goes_home(const Leaver& one, int i, const Hazards& hazards) const {
    const bool away = one.status == Status::settled || one.status == Status::waiting;
    if (!away || !inputs().home_in_reach(i, one.o)) return false;
    const double hazard = one.status == Status::settled ? hazards.away(one.k, i) : hazards.waiting(one.k, i);
    const double back = world_.settings.behaviour.returning.rate;
    return law_.happens({Purpose::leave_or_return, history_[one.id].settlements, one.id},
                        rules::part_returning(1.0, hazard * inputs().access(i), back));
}

/// Makes room on the road for everyone who sets out, piece behind piece: the order does not depend on threads.
template <class Law>
void Agents<Law>::make_room(const std::vector<Piece>& pieces) {
    for (std::size_t slot = 0; slot < road_.size(); ++slot) {
        for (int to = 0; to < places(); ++to) {
            auto& travellers = road_[(std::size_t(step_) + slot) % road_.size()][std::size_t(to)];
            std::size_t all = travellers.size();
            for (std::size_t p = 0; p < pieces.size(); ++p) {
                all += std::exchange(bound_for_(Eigen::Index(slot) * places() + to, Eigen::Index(p)), all);
            }
            travellers.resize(all);
        }
    }
}

/// Puts the households of a piece on the road.
template <class Law>
void Agents<Law>::set_out(std::size_t p, const Piece& piece) {
    for (std::size_t l = piece.first; l < piece.last; ++l) {
        const Leaver& one = leaving_[std::size_t(piece.i)][l];
        if (one.to == Leaver::nowhere) continue;
        const std::size_t at = journey(one, piece.i);
        const std::size_t slot = (std::size_t(step_) + at / std::size_t(places())) % road_.size();
        road_[slot][std::size_t(one.to)][bound_for_(Eigen::Index(at), Eigen::Index(p))++] = {one.id, one.k,
                                                                                             one.o};
    }
}

/// Counts and traces those who left; who can reach nowhere stays.
template <class Law>
void Agents<Law>::note_leavers(const Piece& piece, StepRecord& record) {
    const int i = piece.i;
    record.at(i, PlaceField::departures) += piece.departures;
    record.at(i, PlaceField::first_departures) += piece.first_departures;
    for (std::size_t l = piece.first; l < piece.last && (piece.anyone_stays || trace_every_ > 0); ++l) {
        const Leaver& one = leaving_[std::size_t(i)][l];
        if (one.to == Leaver::nowhere) {
            record.at(i, PlaceField::could_not_leave) += persons(one.k);
            settle(one.status, one.k, i, one.o, one.id);
        } else if (one.to != one.o) {
            trace(one.id, one.o, i, TraceKind::leaves);
        }
    }
}

}  // namespace nuzuh
