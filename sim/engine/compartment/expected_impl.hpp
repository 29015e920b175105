// The members of Compartments that serve the expected law alone.
#pragma once

#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/compartment/kernels.hpp"

namespace nuzuh {

/// The expected law for everyone away from home, all cells of a group at once: what `move_on` does cell by cell.
/// Then everyone's destinations, as products of matrices:
///
///     to j with home o = pull(j, o) * sum over i of attraction(j, i) * leaving(i, o) / total weight(i, o)
template <class Law>
void Compartments<Law>::move_everyone(const Hazards& hazards, StepRecord& record) {
    open_ = inputs().home_in_reach.template cast<double>();
    Eigen::ArrayXd patience = Eigen::ArrayXd::Constant(places(), 1e9);
    for (int k = 0; k < groups(); ++k) {
        if (world_.groups[k].immobile) continue;
        move_group(k, hazards.away.row(k).transpose(), state_.settled[k], record);
        if (!anyone_waits_) continue;
        for (int c = 0; c < places(); ++c) {
            if (world_.abroad_behind[c] >= 0) patience(c) = hazards.waiting(k, c);
        }
        move_group(k, patience, state_.waiting[k], record);
    }
    for (std::size_t m = 0; m < world_.modes.size(); ++m) {
        const Eigen::ArrayXXd& attraction = inputs().attraction[m];
        Eigen::ArrayXXd all = Eigen::ArrayXXd::Zero(places(), places());
        for (int s = 1; s <= travel_.longest(); ++s) {
            const auto& [exist, to] = travel_.journeys(inputs().ways, int(m), s);
            const Eigen::ArrayXXd near = (attraction * exist)(to, Eigen::all);
            const Eigen::ArrayXXd pull = pull_.matrix()(to, Eigen::all);
            for (int k = 0; k < groups(); ++k) {
                if (world_.groups[k].immobile || world_.mode_of_group[k] != int(m)) continue;
                flow_.setZero(near.rows(), places());
                kernels::add_product(near, out_[k], flow_);
                arriving_after(s)[k](to, Eigen::all) += (pull * flow_).template cast<Number>();
            }
        }
        for (int k = 0; k < groups(); ++k) {
            if (world_.mode_of_group[k] != int(m)) continue;
            all += persons(k) * out_[k];
            out_[k].setZero();
        }
        flow_.setZero(places(), places());
        kernels::add_product(pull_.matrix(), all.transpose(), flow_);
        setting_out_[m] += attraction * flow_;
    }
}

/// Takes those who move on or go home out of the cells of one group, and sends the latter home.
template <class Law>
void Compartments<Law>::move_group(int k, const Eigen::ArrayXd& hazard, Matrix& cells, StepRecord& record) {
    const int mode = world_.mode_of_group[k];
    const double back = world_.settings.behaviour.returning.rate;
    kernels::Fractions fractions{Eigen::ArrayXd(places()), Eigen::ArrayXd(places()), Eigen::ArrayXd(places())};
    Eigen::ArrayXd blocked = Eigen::ArrayXd::Zero(places());
    for (int i = 0; i < places(); ++i) {
        const double leave = inputs().access(i) * hazard(i);
        const double out = leave_chance(leave + back, world_.dt);
        fractions.leave_if_closed(i) = leave_chance(leave, world_.dt);
        fractions.home_if_open(i) = leave + back > 0 ? out * back / (leave + back) : 0;
        fractions.leave_if_open(i) = out - fractions.home_if_open(i);
        const double stays = 1 - fractions.leave_if_closed(i);
        if (inputs().access(i) < 1 && stays > 0) blocked(i) = 1 - (1 - leave_chance(hazard(i), world_.dt)) / stays;
    }
    Eigen::ArrayXd departures = Eigen::ArrayXd::Zero(places());
    Eigen::ArrayXd stuck = Eigen::ArrayXd::Zero(places());
    Eigen::ArrayXXd here = cells.template cast<double>();
    going_home_.resize(places(), places());
    kernels::take_out(fractions, open_, total_weight_[std::size_t(mode)], here, out_[k], going_home_, departures,
                      stuck);
    if ((blocked > 0).any()) stuck += blocked * here.rowwise().sum();
    cells = here.template cast<Number>();
    record.place.col(int(PlaceField::departures)) += persons(k) * departures;
    record.place.col(int(PlaceField::could_not_leave)) += persons(k) * stuck;
    if (!(going_home_ > 0).any()) return;
    setting_out_[std::size_t(mode)] += persons(k) * going_home_.transpose();
    for (int s = 1; s <= travel_.longest(); ++s) {
        const Eigen::ArrayXXd& exist = travel_.journeys(inputs().ways, mode, s).exist;
        arriving_after(s)[k].matrix().diagonal().array() +=
            (going_home_ * exist.transpose()).colwise().sum().transpose().template cast<Number>();
    }
}

}  // namespace nuzuh
