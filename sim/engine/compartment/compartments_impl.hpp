// Members of Compartments; included where the engine is made for a law, and by the exact tests.
#pragma once

#include <cmath>

#include <fmt/format.h>

#include "sim/engine/compartment/compartments.hpp"

namespace nuzuh {

template <class Law>
Compartments<Law>::Compartments(const World& world, Law law)
    : world_(world), law_(std::move(law)), sizes_(world), travel_(world), pull_(world) {
    const Matrix none = Matrix::Zero(places(), places());
    for (int k = 0; k < groups(); ++k) {
        state_.home.push_back(world.households.row(k).transpose().template cast<Number>());
        state_.back.push_back(Column::Zero(places()));
    }
    state_.settled.assign(groups(), none);
    state_.waiting.assign(groups(), none);
    state_.road.assign(travel_.longest(), std::vector<Matrix>(groups(), none));
    state_.credit.assign(places(), 0);
    for (auto& leaving : leaving_) leaving.assign(groups(), none);
    setting_out_.assign(world.modes.size(), Eigen::ArrayXXd::Zero(places(), places()));
    given_carry_.assign(places(), 0);
    households_ = world.households_at_start.sum();
}

template <class Law>
void Compartments<Law>::restore(State state, int step) {
    state_ = std::move(state);
    step_ = step;
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
    check_conserved();
    ++step_;
}

template <class Law>
Headcount Compartments<Law>::headcount() const {
    Headcount now{Eigen::ArrayXd::Zero(places()), Eigen::ArrayXd::Zero(places()),
                  Eigen::ArrayXXd::Zero(places(), places())};
    for (int k = 0; k < groups(); ++k) {
        now.at_home += (state_.home[k] + state_.back[k]).template cast<double>();
        now.households_from += state_.settled[k].template cast<double>();
        now.displaced_persons += persons(k) * state_.settled[k].rowwise().sum().template cast<double>();
    }
    return now;
}

template <class Law>
void Compartments<Law>::leave(StepRecord& record) {
    const Headcount now = headcount();
    Eigen::ArrayXd noise(places());
    const double deviation = world_.settings.behaviour.leave.shared_noise / std::sqrt(world_.dt);
    for (int i = 0; i < places(); ++i) {
        noise(i) = law_.shared_noise({Purpose::shared_noise, std::uint64_t(step_), std::uint64_t(i)}, deviation);
    }
    const Hazards hazards = nuzuh::hazards(world_, step_, now, noise);
    pull_.update(now);
    may_return_ = homes_in_reach(world_, inputs());
    for (int i = 0; i < places(); ++i) {
        leave_from(i, hazards, record);
        if constexpr (!Law::expected) set_out(i, record);
    }
    if constexpr (Law::expected) set_out_everyone(record);
    for (std::size_t m = 0; m < setting_out_.size(); ++m) {
        load_roads(world_.ways[inputs().ways][m], setting_out_[m], record.route);
        setting_out_[m].setZero();
    }
}

/// Draws who leaves place i into `leaving_`; those who go home are put on the road at once.
template <class Law>
void Compartments<Law>::leave_from(int i, const Hazards& hazards, StepRecord& record) {
    if (world_.places[i].type == PlaceType::abroad) return;
    if (world_.departures.size() > 0) {
        leave_as_given(i, record);
    } else {
        leave_home(i, hazards, record);
    }
    const bool crossing = world_.abroad_behind[i] >= 0;
    for (int k = 0; k < groups(); ++k) {
        move_on(i, k, onward, hazards.away(k, i), record);
        // Who was turned away at a gate goes on at once; who waits at a crossing has patience.
        move_on(i, k, gate, crossing ? hazards.waiting(k, i) : 1e9, record);
    }
}

template <class Law>
void Compartments<Law>::leave_home(int i, const Hazards& hazards, StepRecord& record) {
    const double access = inputs().access(i);
    for (int k = 0; k < groups(); ++k) {
        const double hazard = hazards.home(k, i);
        const double chance = leave_chance(access * hazard, world_.dt);
        for (Status status : {first, again}) {
            const Number here = (status == first ? state_.home : state_.back)[k](i);
            const Address address{Purpose::leave, std::uint64_t(step_), std::uint64_t(k * places() + i),
                                  std::uint64_t(status)};
            const Number n = law_.part_of(address, here, chance);
            leaving_[status][k](i, i) = n;
            record.at(i, PlaceField::could_not_leave) +=
                persons(k) * double(would_have_left(Purpose::could_not, i, k, status, here - n, hazard));
        }
    }
}

/// Those among the households that stayed who would have left had the way out been free.
template <class Law>
typename Law::Number Compartments<Law>::would_have_left(Purpose purpose, int i, int k, std::uint64_t b,
                                                        Number stayed, double hazard) const {
    const double access = inputs().access(i);
    if (access >= 1) return 0;
    const double left = leave_chance(access * hazard, world_.dt);
    const double wanted = leave_chance(hazard, world_.dt);
    if (!(left < 1)) return 0;
    return law_.part_of({purpose, std::uint64_t(step_), std::uint64_t(k * places() + i), b}, stayed,
                        (wanted - left) / (1 - left));
}

/// A given number of people leave their homes, drawn without order among the mobile.
template <class Law>
void Compartments<Law>::leave_as_given(int i, StepRecord& record) {
    double& carry = given_carry_[i];
    carry += world_.departures(i, step_);
    std::vector<Number> at_home;
    for (Status status : {first, again}) {
        for (int k = 0; k < groups(); ++k) {
            const Number here = (status == first ? state_.home : state_.back)[k](i);
            at_home.push_back(world_.groups[k].immobile ? Number{0} : here);
        }
    }
    double households = 0, people = 0;
    for (std::size_t c = 0; c < at_home.size(); ++c) {
        households += double(at_home[c]);
        people += double(at_home[c]) * persons(int(c) % groups());
    }
    if (!(households > 0)) {
        record.at(i, PlaceField::could_not_leave) += std::max(0.0, carry);
        carry = 0;
        return;
    }
    const double wanted = std::clamp(carry / (people / households), 0.0, households);
    const Number n = Law::expected ? Number(wanted) : Number(std::floor(wanted + 1e-9));
    std::vector<Number> out(at_home.size());
    law_.without_order({Purpose::series, std::uint64_t(step_), std::uint64_t(i)}, n, at_home, out);
    for (std::size_t c = 0; c < out.size(); ++c) {
        const int k = int(c) % groups();
        leaving_[c < std::size_t(groups()) ? first : again][k](i, i) = out[c];
        carry -= double(out[c]) * persons(k);
    }
}

/// Displaced or waiting households of a group at place i: some move on, some go home.
///
/// Those whose home can be returned to face two competing hazards; one draw tells how many stop staying, a
/// second which of the two won.
template <class Law>
void Compartments<Law>::move_on(int i, int k, Status status, double hazard, StepRecord& record) {
    const Matrix& cells = (status == onward ? state_.settled : state_.waiting)[k];
    if (!(cells.row(i).sum() > 0)) return;
    const double access = inputs().access(i);
    const double leave = access * hazard;
    const double back = world_.settings.behaviour.returning.rate;
    const auto cell = std::uint64_t(k * places() + i);
    const std::uint64_t at = 4 * std::uint64_t(status);
    std::vector<Number> here(places()), out(places()), returning(places());
    for (const bool open_home : {false, true}) {
        Number total{0};
        for (int o = 0; o < places(); ++o) {
            const bool counts = may_return_(i, o) == open_home;
            here[o] = counts ? cells(i, o) : Number{0};
            total += here[o];
        }
        if (!(total > 0)) continue;
        const double both = leave + (open_home ? back : 0);
        const auto when = std::uint64_t(step_);
        const Number n = law_.part_of({Purpose::leave, when, cell, at + open_home}, total,
                                      leave_chance(both, world_.dt));
        record.at(i, PlaceField::could_not_leave) +=
            persons(k) * double(would_have_left(Purpose::could_not, i, k, at + open_home, total - n, hazard));
        if (!(n > 0)) continue;
        law_.without_order({Purpose::who, when, cell, at + open_home}, n, here, out);
        if (open_home) {
            const Number home =
                law_.part_of({Purpose::leave_or_return, when, cell, at}, n, both > 0 ? back / both : 0);
            law_.without_order({Purpose::who, when, cell, at + 2}, home, out, returning);
            go_home(i, k, status, Eigen::Map<const Column>(returning.data(), places()), record);
            for (int o = 0; o < places(); ++o) out[o] -= returning[o];
        }
        for (int o = 0; o < places(); ++o) leaving_[status][k](i, o) += out[o];
    }
}

template <class Law>
void Compartments<Law>::go_home(int i, int k, Status status, const Column& by_home, StepRecord&) {
    Matrix& cells = (status == onward ? state_.settled : state_.waiting)[k];
    for (int o = 0; o < places(); ++o) {
        if (!(by_home(o) > 0)) continue;
        cells(i, o) -= by_home(o);
        put_on_road(k, i, o, o, by_home(o));
    }
}

/// Takes households that were drawn to leave out of the cell they leave, and counts the movement.
template <class Law>
void Compartments<Law>::take(int i, int o, int k, Status status, Number n, StepRecord& record) {
    switch (status) {
        case first: state_.home[k](i) -= n; break;
        case again: state_.back[k](i) -= n; break;
        case onward: state_.settled[k](i, o) -= n; break;
        case gate: state_.waiting[k](i, o) -= n; break;
        case status_count: break;
    }
    const double people = persons(k) * double(n);
    record.at(i, PlaceField::departures) += people;
    if (status == first) record.at(i, PlaceField::first_departures) += people;
}

/// Everyone drawn to leave place i draws a destination, or stays where none can be reached.
template <class Law>
void Compartments<Law>::set_out(int i, StepRecord& record) {
    std::vector<double> weights(places());
    std::vector<Number> to(places());
    for (int o = 0; o < places(); ++o) {
        int mode_of_weights = -1;
        double total = 0;
        for (int k = 0; k < groups(); ++k) {
            const int mode = world_.mode_of_group[k];
            for (int status = first; status < status_count; ++status) {
                const Number n = leaving_[status][k](i, o);
                if (!(n > 0)) continue;
                leaving_[status][k](i, o) = 0;
                if (mode != mode_of_weights) {
                    Eigen::Map<Eigen::ArrayXd>(weights.data(), places()) =
                        inputs().attraction[mode].col(i) * pull_.matrix().col(o);
                    total = Eigen::Map<Eigen::ArrayXd>(weights.data(), places()).sum();
                    mode_of_weights = mode;
                }
                if (!(total > 0)) {
                    record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
                    continue;
                }
                take(i, o, k, Status(status), n, record);
                std::fill(to.begin(), to.end(), Number{0});
                const auto cell = std::uint64_t((k * places() + i) * places() + o);
                law_.divide({Purpose::choose, std::uint64_t(step_), cell, std::uint64_t(status)}, n, weights,
                            total, to);
                for (int j = 0; j < places(); ++j) {
                    if (to[j] > 0) put_on_road(k, i, j, o, to[j]);
                }
            }
        }
    }
}

/// The same for expected values, as matrix products over all places at once.
///
///     leaving to j from home o = pull(j, o) * sum over i of attraction(j, i) * leaving(i, o) / total(i, o)
template <class Law>
void Compartments<Law>::set_out_everyone(StepRecord& record) {
    for (std::size_t m = 0; m < world_.modes.size(); ++m) {
        const Eigen::MatrixXd attraction = inputs().attraction[m].matrix();
        const Eigen::ArrayXXd total = (attraction.transpose() * pull_.matrix().matrix()).array();
        const Eigen::ArrayXXi& steps = travel_.steps(inputs().ways, int(m));
        Eigen::ArrayXXd all = Eigen::ArrayXXd::Zero(places(), places());
        for (int k = 0; k < groups(); ++k) {
            if (world_.mode_of_group[k] != int(m)) continue;
            Eigen::ArrayXXd out = Eigen::ArrayXXd::Zero(places(), places());
            for (int status = first; status < status_count; ++status) {
                auto& leaving = leaving_[status][k];
                for (int o = 0; o < places(); ++o) {
                    for (int i = 0; i < places(); ++i) {
                        const double n = double(leaving(i, o));
                        if (!(n > 0)) continue;
                        leaving(i, o) = 0;
                        if (!(total(i, o) > 0)) {
                            record.at(i, PlaceField::could_not_leave) += persons(k) * n;
                            continue;
                        }
                        take(i, o, k, Status(status), Number(n), record);
                        out(i, o) += n / total(i, o);
                    }
                }
            }
            all += persons(k) * out;
            for (int s = 1; s <= travel_.longest(); ++s) {
                if (!(steps == s).any()) continue;
                const Eigen::MatrixXd within = (steps == s).select(attraction.array(), 0.0).matrix();
                const Eigen::ArrayXXd flow = pull_.matrix() * (within * out.matrix()).array();
                arriving_after(s)[k] += flow.template cast<Number>();
            }
        }
        setting_out_[m] += attraction.array() * (pull_.matrix().matrix() * all.matrix().transpose()).array();
    }
}

/// Households of home o on their way from i to j; j is home itself for those who return.
template <class Law>
void Compartments<Law>::put_on_road(int k, int i, int j, int o, Number n) {
    const int mode = world_.mode_of_group[k];
    const int steps = i == j ? 1 : travel_.steps(inputs().ways, mode)(j, i);
    arriving_after(steps)[k](j, o) += n;
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
    for (int k = 0; k < groups(); ++k) {
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
void Compartments<Law>::write(StepRecord& record) {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    for (int k = 0; k < groups(); ++k) {
        const Eigen::ArrayXd home = (state_.home[k] + state_.back[k]).template cast<double>();
        const Eigen::ArrayXd settled = state_.settled[k].rowwise().sum().template cast<double>();
        column(PlaceField::households_at_home) += home;
        column(PlaceField::at_home) += persons(k) * home;
        column(PlaceField::households_displaced) += settled;
        column(PlaceField::displaced) += persons(k) * settled;
        column(PlaceField::waiting) +=
            persons(k) * state_.waiting[k].rowwise().sum().template cast<double>();
        for (const auto& slot : state_.road) {
            column(PlaceField::on_the_road) += persons(k) * slot[k].rowwise().sum().template cast<double>();
        }
        record.displaced_from += persons(k) * state_.settled[k].template cast<double>();
    }
    const Eigen::Map<const Eigen::ArrayXd> capacity(world_.capacity.data(), places());
    column(PlaceField::without_shelter) =
        (column(PlaceField::displaced) - capacity).max(0.0) + column(PlaceField::waiting);
    column(PlaceField::remaining) = inputs().in_danger.select(column(PlaceField::at_home), 0.0);
}

template <class Law>
void Compartments<Law>::check_conserved() const {
    Number now{0};
    for (int k = 0; k < groups(); ++k) {
        now += state_.home[k].sum() + state_.back[k].sum() + state_.settled[k].sum() +
               state_.waiting[k].sum();
        for (const auto& slot : state_.road) now += slot[k].sum();
    }
    const double tolerance = Law::expected ? 1e-6 * (1 + households_) : 0;
    if (std::abs(double(now) - households_) > tolerance) {
        throw ModelFault(fmt::format("{} households at the end of step {}, {} at the start of the run",
                                     double(now), step_, households_));
    }
}

}  // namespace nuzuh
