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
#include "sim/rules/leaving.hpp"

namespace nuzuh {

/// Where ways lead, for one state of the network.
template <class Policy>
void Compartments<Policy>::note_ways_home() {
    const std::size_t modes = world_.modes.size();
    mean_.near.resize(modes);
    for (std::size_t m = 0; m < modes; ++m) {
        const Journeys& ways = (*journeys_)[m];
        mean_.near[m].resize(homes(), places());
        for (int h = 0; h < homes(); ++h) mean_.near[m].row(h) = ways.near.row(homes_.place(h));
    }
}

/// Adds up the weights of all destinations, for every start and home.
template <class Policy>
void Compartments<Policy>::weigh_destinations() {
    mean_.pull = pull_.matrix().transpose();
    for (std::size_t m = 0; m < world_.modes.size(); ++m) {
        const Eigen::ArrayXXd& attraction = this->attraction(m);
        Eigen::ArrayXXd& per_weight = mean_.per_weight[m];
        auto& columns = mean_.columns;
        columns.clear();
        for (int i = 0; i < places(); ++i) {
            columns.add(attraction.col(i).data(), places());
            columns.close_column();
        }
        kernels::product(mean_.pull.data(), homes(), homes(), columns, per_weight.data());
        for (int i = 0; i < places(); ++i) mean_.cut_off[m][std::size_t(i)] = !(per_weight.col(i) > 0).all();
        per_weight = (per_weight > 0).select(per_weight.inverse(), 0.0);
    }
}

template <class Policy>
void Compartments<Policy>::mean_from_home(int i, const Hazards& hazards, StepRecord& record) {
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
            const double chance = rules::leave_chance(access * hazards.home(k, i), world_.dt);
            out = home * chance;
            out_again = back * chance;
            stuck =
                (home + back) * (1 - chance) * rules::chance_held_back(access, hazards.home(k, i), world_.dt);
        }
        const double per_weight = mean_.per_weight[world_.mode_of_group[k]](h, i);
        if (!(per_weight > 0)) {
            stuck += out + out_again;
            out = out_again = 0;
        }
        home -= out;
        back -= out_again;
        mean_.out(k * homes() + h, i) += (out + out_again) * per_weight;
        record.at(i, PlaceField::departures) += persons(k) * (out + out_again);
        record.at(i, PlaceField::first_departures) += persons(k) * out;
        record.at(i, PlaceField::could_not_leave) += persons(k) * stuck;
    }
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// @param hazard  [K]
template <class Policy>
void Compartments<Policy>::mean_onward(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record) {
    Cells& cells = status == onward ? state_.settled : state_.waiting;
    const Cells& all = status == onward ? settled_ : waiting_;
    const double access = inputs().access(i);
    for (int k = 0; k < groups(); ++k) {
        if (!(all(k, i) > 0)) continue;
        const double leave = access * hazard(k);
        const double closed = rules::leave_chance(leave, world_.dt);
        const int mode = world_.mode_of_group[k];
        const double* per_weight = &mean_.per_weight[mode](0, i);
        double* here = &cells(k * homes(), i);
        double* setting_out = &mean_.out(k * homes(), i);
        const double back = any_open_[std::size_t(i)] ? return_rate() : 0;
        const bool some_return = back > 0;
        mean_.leave.setConstant(closed);
        if (some_return) {
            const double either = rules::leave_chance(leave + back, world_.dt);
            const double home = rules::part_returning(either, leave, back);
            mean_.home = open_.col(i) * home;
            mean_.leave += open_.col(i) * (either - home - closed);
            mean_.return_from[std::size_t(i)] = true;
        }
        double stuck = 0;
        for (int h = 0; h < homes() && mean_.cut_off[std::size_t(mode)][std::size_t(i)]; ++h) {
            if (!(per_weight[h] > 0)) stuck += here[h] * mean_.leave(h);
        }
        const double out = some_return
                               ? kernels::take_out(mean_.leave.data(), mean_.home.data(), per_weight, here,
                                                   setting_out, &mean_.returning(k * homes(), i), homes())
                               : kernels::take_out(closed, per_weight, here, setting_out, homes());
        if (access < 1) {
            stuck += rules::chance_held_back(access, hazard(k), world_.dt) * kernels::sum(here, homes());
        }
        record.at(i, PlaceField::departures) += persons(k) * out;
        record.at(i, PlaceField::could_not_leave) += persons(k) * stuck;
    }
}

/// Divides all who leave among their destinations and puts them on the road.
template <class Policy>
void Compartments<Policy>::send_on_their_way() {
    for (int first = 0; first < groups();) {
        int end = first;
        while (end < groups() && world_.mode_of_group[end] == world_.mode_of_group[first]) ++end;
        mean_flows(first, end);
        first = end;
    }
    auto& return_from = mean_.return_from;
    if (std::find(return_from.begin(), return_from.end(), true) != return_from.end()) {
        mean_homeward();
        mean_.returning.setZero();
        std::fill(return_from.begin(), return_from.end(), false);
    }
    for (int m = 0; m < int(world_.modes.size()) && count_routes_; ++m) mean_roads(m);
    mean_.out.setZero();
}

/// Product of a matrix with `mean_.columns`.
///
/// @return  [rows, columns], until the next product
template <class Policy>
const double* Compartments<Policy>::product(const double* left, int rows, Eigen::Index stride) {
    mean_.flow.resize(std::size_t(rows * mean_.columns.count()));
    kernels::product(left, rows, stride, mean_.columns, mean_.flow.data());
    return mean_.flow.data();
}

/// The same for neighbouring groups with one way of travelling.
template <class Policy>
void Compartments<Policy>::mean_flows(int first_group, int end_group) {
    const Eigen::ArrayXXd& attraction = this->attraction(std::size_t(world_.mode_of_group[first_group]));
    const auto& starts = journeys(first_group).starts;
    const int rows = (end_group - first_group) * homes();
    auto& columns = mean_.columns;
    auto& targets = mean_.targets;
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
    const double* flow = product(&mean_.out(first_group * homes(), 0), rows, mean_.out.rows());
    for (int q = 0; q < columns.count(); ++q) {
        const auto [j, s] = targets[std::size_t(q)];
        const std::size_t slot = slots_[std::size_t(s)];
        for (int k = first_group; k < end_group; ++k) {
            const double n =
                kernels::add_product(flow, &mean_.pull(0, j), 1, &state_.road[slot](k * homes(), j), homes());
            on_their_way(slot, k, j, n);
            flow += homes();
        }
    }
}

/// Puts those who go home on the road.
template <class Policy>
void Compartments<Policy>::mean_homeward() {
    mean_.near_home.setZero(homes(), groups());
    Eigen::ArrayXd persons_home(homes());
    for (int i = 0; i < places(); ++i) {
        if (!mean_.return_from[std::size_t(i)]) continue;
        for (int k = 0; k < groups(); ++k) {
            const Eigen::ArrayXXd& near = mean_.near[std::size_t(world_.mode_of_group[k])];
            kernels::add_product(&mean_.returning(k * homes(), i), &near(0, i), 1, &mean_.near_home(0, k),
                                 homes());
        }
        for (int m = 0; m < int(world_.modes.size()) && count_routes_; ++m) {
            persons_home.setZero();
            for (int k = 0; k < groups(); ++k) {
                if (world_.mode_of_group[k] != m) continue;
                kernels::add(&mean_.returning(k * homes(), i), persons(k), persons_home.data(), homes());
            }
            for (int h = 0; h < homes(); ++h)
                setting_out_[std::size_t(m)](homes_.place(h), i) += persons_home(h);
        }
    }
    for (int k = 0; k < groups(); ++k) {
        const auto put = [&](std::size_t slot, int o, double n) {
            state_.homeward[slot](k, o) += n;
            on_their_way(slot, k, o, n);
        };
        for (int h = 0; h < homes(); ++h) put(slots_[1], homes_.place(h), mean_.near_home(h, k));
        const auto& starts = journeys(k).starts;
        for (int s = 2; s <= int(starts.size()); ++s) {
            for (int o = 0; o < places(); ++o) {
                const int h = homes_.of(o);
                for (int i : starts[std::size_t(s - 1)][std::size_t(o)]) {
                    if (h >= 0) put(slots_[std::size_t(s)], o, mean_.returning(k * homes() + h, i));
                }
            }
        }
    }
}

/// Adds up how many persons set out from each place to each other.
template <class Policy>
void Compartments<Policy>::mean_roads(int mode) {
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
    const Eigen::Map<const Eigen::ArrayXXd> drawn_to(product(pull_.matrix().data(), places(), places()),
                                                     places(), places());
    setting_out_[std::size_t(mode)] += attraction(std::size_t(mode)) * drawn_to;
}

}  // namespace nuzuh
