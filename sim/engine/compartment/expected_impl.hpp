// The members of Compartments that replace every draw by its mean.
//
// What draws do household by household is here a product of matrices: to place j go
//
//     pull(h, j) * sum over i of attraction(j, i) * leaving(h, i) / total weight(h, i)
//
// of those with home h.
#pragma once

#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/compartment/kernels.hpp"
#include "sim/model/rules.hpp"

namespace nuzuh {

/// Adds up the weights of all destinations, for every start and home.
template <class Law>
void Compartments<Law>::weigh_destinations() {
    mean_.pull = pull_.matrix().transpose();
    mean_.returning.setZero();
    for (std::size_t m = 0; m < world_.modes.size(); ++m) {
        const Eigen::ArrayXXd& attraction = inputs().attraction[m];
        Eigen::ArrayXXd& per_weight = mean_.per_weight[m];
        if (!homes_.tracked()) {
            const double* pull = pull_.matrix().data();
            for (int i = 0; i < places(); ++i) {
                const double all = kernels::weigh(attraction.col(i).data(), pull, scratch_.weights.data(), places());
                per_weight(0, i) = all > 0 ? 1 / all : 0;
            }
            continue;
        }
        auto& columns = mean_.columns;
        columns.clear();
        for (int i = 0; i < places(); ++i) {
            for (int j = 0; j < places(); ++j) {
                if (attraction(j, i) > 0) columns.add(j, attraction(j, i));
            }
            columns.close_column();
        }
        kernels::product(mean_.pull.data(), homes(), homes(), columns, per_weight.data());
        per_weight = (per_weight > 0).select(per_weight.inverse(), 0.0);
    }
}

template <class Law>
void Compartments<Law>::mean_from_home(int i, const Hazards& hazards, StepRecord& record) {
    if (!(world_.households_at_start(i) > 0)) return;
    const int h = homes_.of(i);
    const double access = inputs().access(i);
    const bool given = world_.departures.size() > 0;
    if (given) take_given_departures(i, record);
    for (int k = 0; k < groups(); ++k) {
        double& home = state_.home(k, i);
        double& back = state_.back(k, i);
        double out = 0, out_again = 0, stuck = 0;
        if (given) {
            out = by_group_.out[2 * k];
            out_again = by_group_.out[2 * k + 1];
        } else if (hazards.home(k, i) > 0) {
            const double chance = leave_chance(access * hazards.home(k, i), world_.dt);
            out = home * chance;
            out_again = back * chance;
            if (access < 1) stuck = (home + back) * (leave_chance(hazards.home(k, i), world_.dt) - chance);
        }
        const double per_weight = mean_.per_weight[world_.mode_of_group[k]](h, i);
        if (!(per_weight > 0)) {
            stuck += out + out_again;
            out = out_again = 0;
        }
        home -= out;
        back -= out_again;
        state_.away(k, i) += out + out_again;
        mean_.out(k * homes() + h, i) += (out + out_again) * per_weight;
        record.at(i, PlaceField::departures) += persons(k) * (out + out_again);
        record.at(i, PlaceField::first_departures) += persons(k) * out;
        record.at(i, PlaceField::could_not_leave) += persons(k) * stuck;
    }
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// @param hazard  [K]
template <class Law>
void Compartments<Law>::mean_onward(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record) {
    Cells& cells = status == onward ? state_.settled : state_.waiting;
    const Cells& all = status == onward ? settled_ : waiting_;
    const double access = inputs().access(i);
    for (int k = 0; k < groups(); ++k) {
        if (!(all(k, i) > 0)) continue;
        const double leave = access * hazard(k);
        const double closed = leave_chance(leave, world_.dt);
        mean_.leave.setConstant(closed);
        mean_.home.setZero();
        const bool some_return = any_open_[std::size_t(i)] && back_(k, i) > 0;
        if (some_return) {
            const double out = leave_chance(leave + back_(k, i), world_.dt);
            const double home = out * back_(k, i) / (leave + back_(k, i));
            for (int h = 0; h < homes(); ++h) {
                if (homes_.tracked() && !(open_(h, i) > 0)) continue;
                mean_.home(h) = home;
                mean_.leave(h) = out - home;
            }
        }
        const double* per_weight = &mean_.per_weight[world_.mode_of_group[k]](0, i);
        double* here = &cells(k * homes(), i);
        double stuck = 0;
        for (int h = 0; h < homes(); ++h) {
            if (!(per_weight[h] > 0)) stuck += here[h] * mean_.leave(h);
        }
        const double out = kernels::take_out(mean_.leave.data(), mean_.home.data(), per_weight, here,
                                             &mean_.out(k * homes(), i), &mean_.returning(k * homes(), i), homes());
        if (access < 1 && closed < 1) {
            const double would = 1 - (1 - leave_chance(hazard(k), world_.dt)) / (1 - closed);
            stuck += would * kernels::sum(here, homes());
        }
        record.at(i, PlaceField::departures) += persons(k) * out;
        record.at(i, PlaceField::could_not_leave) += persons(k) * stuck;
        if (some_return) mean_.anyone_returns = true;
    }
}

/// Divides all who leave among their destinations and puts them on the road.
template <class Law>
void Compartments<Law>::send_on_their_way() {
    for (int first = 0; first < groups();) {
        int end = first;
        while (end < groups() && world_.mode_of_group[end] == world_.mode_of_group[first]) ++end;
        if (homes_.tracked()) mean_flows(first, end);
        else mean_flows_without_origin(first, end);
        first = end;
    }
    if (std::exchange(mean_.anyone_returns, false)) {
        for (int k = 0; k < groups(); ++k) homes_.tracked() ? mean_homeward(k) : mean_homeward_without_origin(k);
    }
    for (int m = 0; m < int(world_.modes.size()) && count_routes_; ++m) mean_roads(m);
    mean_.out.setZero();
}

/// The same for neighbouring groups with one way of travelling.
template <class Law>
void Compartments<Law>::mean_flows(int first_group, int end_group) {
    const Eigen::ArrayXXd& attraction = inputs().attraction[world_.mode_of_group[first_group]];
    const auto& starts = journeys(first_group).starts;
    const int rows = (end_group - first_group) * homes();
    auto& columns = mean_.columns;
    auto& targets = mean_.targets;
    auto& flow = mean_.flow;
    columns.clear();
    targets.clear();
    for (int s = 1; s <= int(starts.size()); ++s) {
        for (int j = 0; j < places(); ++j) {
            for (int i : starts[s - 1][j]) {
                if (attraction(j, i) > 0) columns.add(i, attraction(j, i));
            }
            if (int(columns.row.size()) == columns.begin.back()) continue;
            columns.close_column();
            targets.emplace_back(j, s);
        }
    }
    flow.resize(rows, columns.count());
    kernels::product(&mean_.out(first_group * homes(), 0), rows, mean_.out.rows(), columns, flow.data());
    for (int q = 0; q < columns.count(); ++q) {
        const auto [j, s] = targets[std::size_t(q)];
        for (int k = first_group; k < end_group; ++k) {
            state_.road[slots_[std::size_t(s)]].col(j).segment(k * homes(), homes()) +=
                flow.col(q).segment((k - first_group) * homes(), homes()) * mean_.pull.col(j);
        }
    }
}

/// The same without origins: all who set out from a place, whatever their home, divide alike.
template <class Law>
void Compartments<Law>::mean_flows_without_origin(int first_group, int end_group) {
    const Eigen::ArrayXXd& attraction = inputs().attraction[world_.mode_of_group[first_group]];
    const Journeys& ways = journeys(first_group);
    mean_.near = attraction * ways.near;
    spread(mean_.near, mean_.out, first_group, end_group);
    const auto pull = pull_.matrix().col(0);
    for (int k = first_group; k < end_group; ++k) {
        state_.road[slots_[1]].row(k) += (mean_.flow.col(k - first_group) * pull).transpose();
    }
    each_far_journey(ways, [&](int s, int j, int i) {
        const double weight = attraction(j, i) * pull(j);
        if (weight == 0) return;
        for (int k = first_group; k < end_group; ++k) state_.road[slots_[std::size_t(s)]](k, j) += weight * mean_.out(k, i);
    });
}

/// flow(j, k) = sum over i of weight(j, i) * from(k, i), for neighbouring groups.
template <class Law>
void Compartments<Law>::spread(const Eigen::ArrayXXd& weight, const Eigen::ArrayXXd& from, int first_group,
                               int end_group) {
    auto& columns = mean_.columns;
    columns.clear();
    for (int k = first_group; k < end_group; ++k) {
        for (int i = 0; i < places(); ++i) {
            if (from(k, i) > 0) columns.add(i, from(k, i));
        }
        columns.close_column();
    }
    mean_.flow.resize(places(), end_group - first_group);
    kernels::product(weight.data(), places(), places(), columns, mean_.flow.data());
}

/// Calls `visit(steps, to, from)` for every journey of more than one step.
template <class Law>
template <class Visit>
void Compartments<Law>::each_far_journey(const Journeys& ways, Visit visit) const {
    for (int s = 2; s <= int(ways.starts.size()); ++s) {
        for (int j = 0; j < places(); ++j) {
            for (int i : ways.starts[std::size_t(s - 1)][std::size_t(j)]) visit(s, j, i);
        }
    }
}

/// Puts those of a group who go home on the road.
template <class Law>
void Compartments<Law>::mean_homeward(int k) {
    const auto returning = mean_.returning.middleRows(k * homes(), homes());
    const Journeys& ways = journeys(k);
    Eigen::ArrayXXd& setting_out = setting_out_[world_.mode_of_group[k]];
    for (int h = 0; h < homes(); ++h) {
        const int o = homes_.place(h);
        state_.homeward[slots_[1]](k, o) += (returning.row(h) * ways.near.row(o)).sum();
        if (count_routes_) setting_out.row(o) += persons(k) * returning.row(h);
    }
    each_far_journey(ways, [&](int s, int o, int i) {
        if (homes_.of(o) >= 0) state_.homeward[slots_[std::size_t(s)]](k, o) += returning(homes_.of(o), i);
    });
}

/// The same without origins: from each place to the open homes in reach, as people are away from them.
template <class Law>
void Compartments<Law>::mean_homeward_without_origin(int k) {
    const Journeys& ways = journeys(k);
    const Eigen::ArrayXd away = inputs().may_return.select(away_.row(k).transpose(), 0.0);
    auto out = mean_.returning.row(k);  // from here on per household away from an open home in reach
    out = (out > 0).select(out * world_.settings.behaviour.returning.rate / (back_.row(k) * away_.row(k).sum()), 0.0);
    spread(ways.near, mean_.returning, k, k + 1);
    Eigen::ArrayXd home = mean_.flow.col(0) * away;
    state_.homeward[slots_[1]].row(k) += home.transpose();
    each_far_journey(ways, [&](int s, int o, int i) {
        const double n = away(o) * out(i);
        state_.homeward[slots_[std::size_t(s)]](k, o) += n;
        home(o) += n;
    });
    state_.away.row(k) -= home.transpose();
    if (!count_routes_) return;
    setting_out_[world_.mode_of_group[k]] +=
        persons(k) * (ways.steps > 0).template cast<double>() * (away.matrix() * out.matrix()).array();
}

/// Adds up how many persons set out from each place to each other.
template <class Law>
void Compartments<Law>::mean_roads(int mode) {
    Eigen::ArrayXXd all = Eigen::ArrayXXd::Zero(homes(), places());
    for (int k = 0; k < groups(); ++k) {
        if (world_.mode_of_group[k] == mode) all += persons(k) * mean_.out.middleRows(k * homes(), homes());
    }
    auto& columns = mean_.columns;
    columns.clear();
    for (int i = 0; i < places(); ++i) {
        for (int h = 0; h < homes(); ++h) {
            if (all(h, i) > 0) columns.add(h, all(h, i));
        }
        columns.close_column();
    }
    mean_.flow.resize(places(), places());
    kernels::product(pull_.matrix().data(), places(), places(), columns, mean_.flow.data());
    setting_out_[std::size_t(mode)] += inputs().attraction[std::size_t(mode)] * mean_.flow;
}

}  // namespace nuzuh
