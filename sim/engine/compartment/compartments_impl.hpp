// Members of Compartments; included where the engine is made for a law, and by the exact tests.
#pragma once

#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/compartment/expected_impl.hpp"
#include "sim/engine/compartment/kernels.hpp"
#include "sim/engine/given_departures.hpp"

namespace nuzuh {

template <class Law>
Compartments<Law>::Compartments(const World& world, Law law)
    : world_(world), law_(std::move(law)), sizes_(world), travel_(world), pull_(world), noise_(law_, world) {
    const Matrix none = Matrix::Zero(places(), places());
    for (int k = 0; k < groups(); ++k) {
        state_.home.push_back(world.households.row(k).transpose().template cast<Number>());
        state_.back.push_back(Column::Zero(places()));
    }
    settled_ = {std::vector<Column>(groups(), Column::Zero(places())),
                std::vector<Column>(groups(), Column::Zero(places()))};
    waiting_ = settled_;
    state_.settled.assign(groups(), none);
    state_.waiting.assign(groups(), none);
    state_.road.assign(travel_.longest(), std::vector<Matrix>(groups(), none));
    state_.credit.assign(places(), 0);
    if constexpr (Law::expected) out_.assign(groups(), Eigen::ArrayXXd::Zero(places(), places()));
    total_weight_.resize(world.modes.size());
    setting_out_.assign(world.modes.size(), Eigen::ArrayXXd::Zero(places(), places()));
    given_carry_.assign(places(), 0);
    households_ = world.households_at_start.sum();
    slot_in_use_.assign(state_.road.size(), Law::expected);
    by_group_ = {std::vector<Number>(2 * groups()), std::vector<double>(2 * groups()),
                 std::vector<Number>(2 * groups())};
    scratch_ = {std::vector<Number>(places()), std::vector<Number>(places()), std::vector<Number>(places()),
                std::vector<double>(places())};
}

template <class Law>
void Compartments<Law>::restore(State state, int step) {
    state_ = std::move(state);
    step_ = step;
    slot_in_use_.assign(state_.road.size(), true);
    anyone_waits_ = true;
}

template <class Law>
void Compartments<Law>::step(StepRecord& record) {
    record.reset(places(), int(world_.roads.size()));
    leave(record);
    arrive(record);
    for (int c = 0; c < places(); ++c) {
        if (world_.abroad_behind[c] >= 0) cross(c, record);
    }
    write(record);
    ++step_;
}

/// Counts people away from home once a step; everything that needs their number reads it here.
template <class Law>
void Compartments<Law>::count_away(const std::vector<Matrix>& cells, Away& away) const {
    const Matrix open_home = inputs().home_in_reach.template cast<Number>();
    for (int k = 0; k < groups(); ++k) {
        if (world_.groups[k].immobile) continue;
        away.all[k] = cells[k].rowwise().sum();
        away.open[k] = (cells[k] * open_home).rowwise().sum();
    }
}

template <class Law>
Headcount Compartments<Law>::headcount() {
    count_away(state_.settled, settled_);
    if (anyone_waits_) count_away(state_.waiting, waiting_);
    anyone_waits_ = false;
    for (const auto& here : waiting_.all) anyone_waits_ = anyone_waits_ || (here > 0).any();
    Headcount now{Eigen::ArrayXd::Zero(places()), Eigen::ArrayXd::Zero(places()),
                  Eigen::ArrayXXd::Zero(places(), places())};
    for (int k = 0; k < groups(); ++k) {
        now.at_home += (state_.home[k] + state_.back[k]).template cast<double>();
        if (world_.groups[k].immobile) continue;
        now.households_from += state_.settled[k].template cast<double>();
        now.displaced_persons += persons(k) * settled_.all[k].template cast<double>();
    }
    return now;
}

template <class Law>
void Compartments<Law>::leave(StepRecord& record) {
    const Headcount now = headcount();
    const Eigen::ArrayXd noise = noise_.draw(law_, world_, step_);
    const Hazards hazards = nuzuh::hazards(world_, step_, now, noise);
    pull_.update(now);
    if constexpr (Law::expected) {
        for (std::size_t m = 0; m < world_.modes.size(); ++m) {
            total_weight_[m].setZero(places(), places());
            kernels::add_product(inputs().attraction[m].transpose(), pull_.matrix(), total_weight_[m]);
        }
    }
    for (int i = 0; i < places(); ++i) {
        leave_from(i, hazards, record);
        set_out(i, record);
    }
    if constexpr (Law::expected) move_everyone(hazards, record);
    for (std::size_t m = 0; m < setting_out_.size(); ++m) {
        load_roads(world_.ways[inputs().ways][m], setting_out_[m], record.route);
        setting_out_[m].setZero();
    }
}

/// Draws who leaves place i into `leaving_`; those who go home are put on the road at once.
template <class Law>
void Compartments<Law>::leave_from(int i, const Hazards& hazards, StepRecord& record) {
    leaving_.clear();
    if (world_.places[i].type == PlaceType::abroad) return;
    if (world_.departures.size() > 0) {
        leave_as_given(i, record);
    } else {
        leave_home(i, hazards, record);
    }
    if constexpr (Law::expected) return;  // see move_everyone
    move_on(i, onward, hazards.away.col(i), record);
    if (!anyone_waits_) return;
    // Who was turned away at a gate goes on at once; who waits at a crossing has patience.
    const bool crossing = world_.abroad_behind[i] >= 0;
    move_on(i, gate, crossing ? Eigen::ArrayXd(hazards.waiting.col(i))
                              : Eigen::ArrayXd(Eigen::ArrayXd::Constant(groups(), 1e9)), record);
}

template <class Law>
void Compartments<Law>::leave_home(int i, const Hazards& hazards, StepRecord& record) {
    if (!(world_.households_at_start(i) > 0)) return;
    const double access = inputs().access(i);
    auto& [cells, chances, out] = by_group_;
    for (int k = 0; k < groups(); ++k) {
        cells[2 * k] = state_.home[k](i);
        cells[2 * k + 1] = state_.back[k](i);
        chances[2 * k] = hazards.home(k, i) > 0 ? leave_chance(access * hazards.home(k, i), world_.dt) : 0;
        chances[2 * k + 1] = chances[2 * k];
    }
    leave_cells<Law, Number>(law_, std::uint64_t(step_), std::uint64_t(i), first, cells, chances, out);
    for (int c = 0; c < 2 * groups(); ++c) {
        const int k = c / 2;
        if (out[c] > 0) leaving_.push_back({i, k, c % 2 == 0 ? first : again, out[c]});
        if (access >= 1) continue;
        count_stuck(i, k, std::uint64_t(c), Number(cells[c] - out[c]), hazards.home(k, i), record);
    }
}

/// Counts those among the households that stayed who would have left had the way out been free.
template <class Law>
void Compartments<Law>::count_stuck(int i, int k, std::uint64_t cell, Number stayed, double hazard,
                                    StepRecord& record) {
    if (!(stayed > 0)) return;
    const double access = inputs().access(i);
    const double left = leave_chance(access * hazard, world_.dt);
    const double wanted = leave_chance(hazard, world_.dt);
    if (!(left < 1)) return;
    const Number n = law_.part_of({Purpose::could_not, std::uint64_t(step_), std::uint64_t(k * places() + i), cell},
                                  stayed, (wanted - left) / (1 - left));
    record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
}

/// A given number of people leave their homes, drawn without order among the mobile.
template <class Law>
void Compartments<Law>::leave_as_given(int i, StepRecord& record) {
    auto& [cells, chances, out] = by_group_;
    for (int k = 0; k < groups(); ++k) {
        const bool mobile = !world_.groups[k].immobile;
        cells[2 * k] = mobile ? state_.home[k](i) : Number{0};
        cells[2 * k + 1] = mobile ? state_.back[k](i) : Number{0};
    }
    record.at(i, PlaceField::could_not_leave) +=
        take_given<Law, Number>(law_, world_, step_, i, cells, out, given_carry_[i]);
    for (int c = 0; c < 2 * groups(); ++c) {
        if (out[c] > 0) leaving_.push_back({i, c / 2, c % 2 == 0 ? first : again, out[c]});
    }
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// Those whose home is open to them face two competing hazards; one draw tells how many stop staying, a second
/// which of the two won.
///
/// @param hazard  [K]
template <class Law>
void Compartments<Law>::move_on(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record) {
    const Away& away = status == onward ? settled_ : waiting_;
    const double back = world_.settings.behaviour.returning.rate;
    const double access = inputs().access(i);
    auto& [cells, chances, out] = by_group_;
    for (int k = 0; k < groups(); ++k) {
        const double leave = access * hazard(k);
        cells[2 * k] = away.all[k](i) - away.open[k](i);
        cells[2 * k + 1] = away.open[k](i);
        chances[2 * k] = cells[2 * k] > 0 ? leave_chance(leave, world_.dt) : 0;
        chances[2 * k + 1] = cells[2 * k + 1] > 0 ? leave_chance(leave + back, world_.dt) : 0;
    }
    leave_cells<Law, Number>(law_, std::uint64_t(step_), std::uint64_t(i), status, cells, chances, out);
    for (int c = 0; c < 2 * groups(); ++c) {
        const int k = c / 2;
        if (out[c] > 0) leave_for_somewhere(i, k, status, c % 2 == 1, out[c], access * hazard(k));
        if (access >= 1) continue;
        count_stuck(i, k, std::uint64_t(2 * groups() * status + c), Number(cells[c] - out[c]), hazard(k), record);
    }
}

/// Draws from which homes those who stop staying at a place are, and who of them goes home.
template <class Law>
void Compartments<Law>::leave_for_somewhere(int i, int k, Status status, bool open_home, Number n, double leave) {
    Matrix& cells = (status == onward ? state_.settled : state_.waiting)[k];
    const double back = world_.settings.behaviour.returning.rate;
    const auto when = std::uint64_t(step_);
    const auto cell = std::uint64_t(k * places() + i);
    const std::uint64_t b = 4 * std::uint64_t(status) + open_home;
    auto& [here, out, returning, weights] = scratch_;
    for (int o = 0; o < places(); ++o) {
        here[o] = inputs().home_in_reach(i, o) == open_home ? cells(i, o) : Number{0};
    }
    law_.without_order({Purpose::who, when, cell, b}, n, here, out);
    if (open_home) {
        const Number home = law_.part_of({Purpose::leave_or_return, when, cell, b}, n, back / (leave + back));
        law_.without_order({Purpose::who, when, cell, b + 2}, home, out, returning);
        for (int o = 0; o < places(); ++o) {
            if (!(returning[o] > 0)) continue;
            cells(i, o) -= returning[o];
            out[o] -= returning[o];
            put_on_road(k, i, o, o, returning[o]);
        }
    }
    for (int o = 0; o < places(); ++o) {
        if (out[o] > 0) leaving_.push_back({o, k, status, out[o]});
    }
}

/// Takes households that were drawn to leave out of the cell they leave, and counts the movement.
template <class Law>
void Compartments<Law>::take(int i, const Leaving& leaving, StepRecord& record) {
    const auto& [o, k, status, n] = leaving;
    switch (status) {
        case first: state_.home[k](i) -= n; break;
        case again: state_.back[k](i) -= n; break;
        case onward: state_.settled[k](i, o) -= n; break;
        case gate: state_.waiting[k](i, o) -= n; break;
    }
    const double people = persons(k) * double(n);
    record.at(i, PlaceField::departures) += people;
    if (status == first) record.at(i, PlaceField::first_departures) += people;
}

/// Everyone drawn to leave place i draws a destination, or stays where none can be reached.
template <class Law>
void Compartments<Law>::set_out(int i, StepRecord& record) {
    std::vector<double>& weights = scratch_.weights;
    std::vector<Number>& to = scratch_.out;
    const auto mode_of = [&](const Leaving& one) { return world_.mode_of_group[one.k]; };
    std::sort(leaving_.begin(), leaving_.end(), [&](const Leaving& x, const Leaving& y) {
        return std::tuple(x.o, mode_of(x), x.k, x.status) < std::tuple(y.o, mode_of(y), y.k, y.status);
    });
    std::pair known{-1, -1};
    double total = 0;
    for (const Leaving& one : leaving_) {
        const auto& [o, k, status, n] = one;
        if (std::pair needed{o, mode_of(one)}; needed != known) {
            Eigen::Map<Eigen::ArrayXd> row(weights.data(), places());
            row = inputs().attraction[mode_of(one)].col(i) * pull_.matrix().col(o);
            total = row.sum();
            known = needed;
        }
        if (!(total > 0)) {
            record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
            continue;
        }
        take(i, one, record);
        if constexpr (Law::expected) {
            out_[k](i, o) += n / total;
        } else {
            const auto cell = std::uint64_t((k * places() + i) * places() + o);
            const Address address{Purpose::choose, std::uint64_t(step_), cell, std::uint64_t(status)};
            if (n == 1) {
                put_on_road(k, i, law_.pick(address, weights, total), o, 1);
                continue;
            }
            std::fill(to.begin(), to.end(), Number{0});
            law_.divide(address, n, weights, total, to);
            for (int j = 0; j < places(); ++j) {
                if (to[j] > 0) put_on_road(k, i, j, o, to[j]);
            }
        }
    }
}

/// Households of home o on their way from i to j; j is home itself for those who return.
template <class Law>
void Compartments<Law>::put_on_road(int k, int i, int j, int o, Number n) {
    const int mode = world_.mode_of_group[k];
    const int steps = i == j ? 1 : travel_.steps(inputs().ways, mode)(j, i);
    arriving_after(steps)[k](j, o) += n;
    slot_in_use_[std::size_t((step_ + steps - 1) % int(state_.road.size()))] = true;
    setting_out_[mode](j, i) += persons(k) * double(n);
}

/// People on the road who arrive at the end of the s-th step from now; s = 1 is this one.
template <class Law>
std::vector<typename Compartments<Law>::Matrix>& Compartments<Law>::arriving_after(int steps) {
    return state_.road[(step_ + steps - 1) % int(state_.road.size())];
}

template <class Law>
void Compartments<Law>::arrive(StepRecord& record) {
    auto& arriving = arriving_after(1);
    const auto slot = std::size_t(step_ % int(state_.road.size()));
    if (!slot_in_use_[slot]) return;
    slot_in_use_[slot] = Law::expected;
    for (int k = 0; k < groups(); ++k) {
        if (world_.groups[k].immobile) continue;
        for (int o = 0; o < places(); ++o) {  // who comes home
            const Number n = arriving[k](o, o);
            if (!(n > 0) || inputs().fallen(o)) continue;
            state_.back[k](o) += n;
            record.at(o, PlaceField::returns) += persons(k) * double(n);
            arriving[k](o, o) = 0;
        }
        record.arrivals_from += persons(k) * arriving[k].template cast<double>();
    }
    record.place.col(int(PlaceField::arrivals)) = record.arrivals_from.rowwise().sum();
    for (int j = 0; j < places(); ++j) {
        if (record.at(j, PlaceField::arrivals) > 0) arrive_at(j, record);
    }
    for (int k = 0; k < groups(); ++k) {
        if (world_.groups[k].immobile) continue;
        state_.settled[k] += arriving[k];
        arriving[k].setZero();
    }
}

/// Turns those who may not stay at j into people waiting there; the others stay in `arriving_after(1)`.
template <class Law>
void Compartments<Law>::arrive_at(int j, StepRecord& record) {
    const bool crossing = world_.abroad_behind[j] >= 0;
    const bool hard = world_.places[j].admission == Admission::hard;
    if (!crossing && !hard && !inputs().fallen(j)) return;
    auto& arriving = arriving_after(1);
    double room = 0;
    if (hard && !inputs().fallen(j)) {
        room = world_.capacity[j];
        for (int k = 0; k < groups(); ++k) room -= persons(k) * double(state_.settled[k].row(j).sum());
    }
    std::vector<Number> at_gate(sizes_.persons.size(), Number{0});
    for (int k = 0; k < groups(); ++k) at_gate[sizes_.class_of_group[k]] += arriving[k].row(j).sum();
    const auto when = std::uint64_t(step_);
    const auto admitted = let_in(law_, {Purpose::admit, when, std::uint64_t(2 * j)}, sizes_, at_gate, room);
    std::vector<Number> cells, in;
    for (std::size_t c = 0; c < at_gate.size(); ++c) {
        cells.clear();
        for (int k = 0; k < groups(); ++k) {
            for (int o = 0; o < places(); ++o) {
                cells.push_back(sizes_.class_of_group[k] == int(c) ? arriving[k](j, o) : Number{0});
            }
        }
        in.assign(cells.size(), Number{0});
        law_.without_order({Purpose::who_admitted, when, std::uint64_t(2 * j), c}, admitted[c], cells, in);
        for (int k = 0; k < groups(); ++k) {
            if (sizes_.class_of_group[k] != int(c)) continue;
            for (int o = 0; o < places(); ++o) {
                const Number here = in[std::size_t(k * places() + o)];
                const Number turned = arriving[k](j, o) - here;
                if (turned > 0) anyone_waits_ = true;
                state_.waiting[k](j, o) += turned;
                arriving[k](j, o) = here;
                if (!crossing) record.at(j, PlaceField::turned_away) += persons(k) * double(turned);
            }
        }
    }
}

/// Lets people through a crossing, in random order, up to its quota.
template <class Law>
void Compartments<Law>::cross(int c, StepRecord& record) {
    const double quota = inputs().quota(c);
    double& credit = state_.credit[c];
    std::vector<Number> queue(sizes_.persons.size(), Number{0});
    for (int k = 0; k < groups(); ++k) queue[sizes_.class_of_group[k]] += state_.waiting[k].row(c).sum();
    const double room = quota > 0 ? quota * world_.dt + credit : 0;
    const auto when = std::uint64_t(step_);
    const auto passing = let_in(law_, {Purpose::admit, when, std::uint64_t(2 * c + 1)}, sizes_, queue, room);
    double passed = 0;
    bool all = true;
    std::vector<Number> cells, out;
    for (std::size_t s = 0; s < queue.size(); ++s) {
        if (passing[s] != queue[s]) all = false;
        if (!(passing[s] > 0)) continue;
        cells.clear();
        for (int k = 0; k < groups(); ++k) {
            for (int o = 0; o < places(); ++o) {
                cells.push_back(sizes_.class_of_group[k] == int(s) ? state_.waiting[k](c, o) : Number{0});
            }
        }
        out.assign(cells.size(), Number{0});
        law_.without_order({Purpose::who_admitted, when, std::uint64_t(2 * c + 1), s}, passing[s], cells, out);
        for (int k = 0; k < groups(); ++k) {
            for (int o = 0; o < places(); ++o) {
                const Number n = out[std::size_t(k * places() + o)];
                state_.waiting[k](c, o) -= n;
                state_.settled[k](world_.abroad_behind[c], o) += n;
                passed += persons(k) * double(n);
            }
        }
    }
    credit = all || quota <= 0 ? 0 : room - passed;
    record.at(c, PlaceField::admitted) = passed;
}

template <class Law>
void Compartments<Law>::write(StepRecord& record) const {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    double households = 0;
    Eigen::ArrayXd sums(places());
    const auto by_place = [&](const Matrix& cells) -> const auto& {
        sums.setZero();
        kernels::add_sums(cells, sums);
        households += sums.sum();
        return sums;
    };
    for (int k = 0; k < groups(); ++k) {
        const Eigen::ArrayXd home = (state_.home[k] + state_.back[k]).template cast<double>();
        households += home.sum();
        column(PlaceField::households_at_home) += home;
        column(PlaceField::at_home) += persons(k) * home;
        if (world_.groups[k].immobile) continue;
        sums.setZero();
        kernels::add_weighted(state_.settled[k], persons(k), record.displaced_from, sums);
        households += sums.sum();
        column(PlaceField::households_displaced) += sums;
        if (anyone_waits_) column(PlaceField::waiting) += persons(k) * by_place(state_.waiting[k]);
        for (std::size_t slot = 0; slot < state_.road.size(); ++slot) {
            if (!slot_in_use_[slot]) continue;
            column(PlaceField::on_the_road) += persons(k) * by_place(state_.road[slot][k]);
        }
    }
    derive_stocks(world_, step_, record);
    check_conserved(households);
}

template <class Law>
void Compartments<Law>::check_conserved(double households) const {
    const double tolerance = Law::expected ? 1e-6 * (1 + households_) : 0;
    if (std::abs(households - households_) > tolerance) {
        throw ModelFault(fmt::format("{} households at the end of step {}, {} at the start of the run",
                                     households, step_, households_));
    }
}

}  // namespace nuzuh
