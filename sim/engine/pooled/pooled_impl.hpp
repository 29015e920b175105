// Members of Pooled; included where the engine is made for a law, and by tests.
#pragma once

#include <cmath>

#include <fmt/format.h>

#include "sim/engine/conditions.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/engine/pooled/arrivals_impl.hpp"
#include "sim/engine/pooled/draws_impl.hpp"
#include "sim/engine/pooled/outlook.hpp"
#include "sim/engine/pooled/pooled.hpp"
#include "sim/engine/pooled/setting_impl.hpp"

namespace nuzuh::pooled {

template <class Law>
Pooled<Law>::Pooled(std::span<const Member> members, std::vector<Law> laws)
    : members_(members.begin(), members.end()),
      laws_(std::move(laws)),
      count_routes_(std::any_of(members.begin(), members.end(),
                                [](const Member& member) { return member.spec.count_routes; })) {
    for (std::size_t run = 0; run < runs(); ++run) {
        sizes_.emplace_back(world(run));
        noises_.emplace_back(laws_[run], world(run));
        share_noises_.emplace_back(laws_[run], world(run));
        setting_out_[run].assign(world().modes.size(),
                                 Eigen::ArrayXXd::Zero(world().place_count(), world().place_count()));
    }
    lay_out();
    start();
    const Octets by_place(std::size_t(setting_.places)),
        by_group(std::size_t(setting_.mobile * setting_.places));
    outlook_.at_home = outlook_.displaced = outlook_.noise = outlook_.share_noise = outlook_.pull = by_place;
    outlook_.back = by_group;
    outlook_.anyone.resize(by_place.size());
    outlook_.total.assign(world().modes.size(), by_place);
    auto& c = chances_;
    for (Octets* each : {&c.home, &c.no_one_home, &c.onward, &c.onward_home_part, &c.no_one_onward, &c.gate,
                         &c.gate_home_part, &c.home_hazard, &c.onward_hazard, &c.gate_hazard})
        *each = by_group;
    leaving_ = {by_group, by_group, by_group};
    for (std::size_t f = 0; f < passed_.size(); ++f) passed_[f] = by_place;
    stock_ = {by_place, by_place, by_place, {}};
    const auto mobile = std::size_t(setting_.mobile), places = std::size_t(setting_.places);
    const std::vector<Number> none(places, Number{0});
    drawn_.leave.resize(mobile);
    drawn_.at_home.resize(2 * mobile);
    drawn_.fled.resize(2 * mobile);
    drawn_.cells.resize(2 * mobile);
    drawn_.chance.resize(2 * mobile);
    drawn_.none.resize(2 * mobile);
    drawn_.out.resize(2 * mobile);
    drawn_.weights.resize(places);
    drawn_.sums.resize(places);
    drawn_.to.resize(places);
    drawn_.away.assign(mobile, none);
    drawn_.open.assign(mobile, none);
    drawn_.taken.assign(mobile, none);
    drawn_.open_from.resize(mobile);
    drawn_.line.resize(mobile);
    count(setting_, crowd_, outlook_);
}

template <class Law>
void Pooled<Law>::restore(Crowd crowd, int step) {
    crowd_ = std::move(crowd);
    step_ = step;
    anyone_waits_ = true;
    remember(setting_, crowd_, outlook_);
    count(setting_, crowd_, outlook_);
}

template <class Law>
void Pooled<Law>::step(std::span<StepRecord> records) {
    const std::size_t slots = crowd_.road.size();
    slots_.resize(slots + 1);
    for (std::size_t s = 1; s <= slots; ++s) slots_[s] = (std::size_t(step_) + s - 1) % slots;
    for (Octets& field : passed_) std::fill(field.begin(), field.end(), Octet{});
    look_around();
    if constexpr (Law::expected) {
        leave_in_means();
    } else {
        find_chances(setting_, ground_, crowd_, outlook_, anyone_waits_, chances_);
        for (std::size_t run = 0; run < runs(); ++run) leave_by_draws(run);
    }
    arrive();
    remember(setting_, crowd_, outlook_);
    count(setting_, crowd_, outlook_);
    take_stock(setting_, crowd_, outlook_, anyone_waits_, stock_);
    anyone_waits_ = anyone_waits_ && any(stock_.waiting, [](double persons) { return persons > 0; });
    for (std::size_t run = 0; run < runs(); ++run) write(run, records[run]);
    ++step_;
}

/// Everyone decides and sets out, by means.
template <class Law>
void Pooled<Law>::leave_in_means() {
    for (Octets* households : {&leaving_.per_weight, &leaving_.returning})
        std::fill(households->begin(), households->end(), Octet{});
    for (std::size_t run = 0; run < runs() && setting_.departures_given; ++run) {
        for (int i = 0; i < setting_.places; ++i) {
            for (int k = 0; k < setting_.mobile; ++k) {
                drawn_.at_home[std::size_t(2 * k)] = Number(crowd_.home[at(k, i)].of[run]);
                drawn_.at_home[std::size_t(2 * k + 1)] = Number(crowd_.back[at(k, i)].of[run]);
            }
            take_given(run, i);
            leave_home(run, i);
        }
    }
    nuzuh::pooled::leave(setting_, ground_, outlook_, crowd_, leaving_, passed_);
    if (anyone_waits_) leave_gates(setting_, ground_, outlook_, crowd_, leaving_, passed_);
    std::vector<Octets*> road(slots_.size()), homeward(slots_.size());
    for (std::size_t s = 1; s < slots_.size(); ++s) {
        road[s] = &crowd_.road[slots_[s]];
        homeward[s] = &crowd_.homeward[slots_[s]];
    }
    for (std::size_t m = 0; m < sheets_.size(); ++m) {
        const Sheets& sheets = sheets_[m];
        if (sheets.common)
            set_out(sheets.near.data(), sheets.common, ways_.far[m], setting_, ground_, outlook_.pull, int(m),
                    road, leaving_);
        else
            set_out(sheets.woven_near.data(), sheets.woven.data(), ways_.far[m], setting_, ground_,
                    outlook_.pull, int(m), road, leaving_);
        if (count_routes_) note_setting_out(int(m));
        if (ground_.open.empty()) continue;
        go_home(journeys(int(m)).starts.front(), ways_.far[m], setting_, ground_, outlook_, int(m), homeward,
                crowd_, leaving_);
        if (count_routes_) note_going_home(int(m));
    }
}

/// Adds up how many persons set out from each place to each other, by one way of travelling.
template <class Law>
void Pooled<Law>::note_setting_out(int mode) {
    for (std::size_t run = 0; run < runs(); ++run) {
        auto& out = setting_out_[run][std::size_t(mode)];
        const Eigen::ArrayXXd& attraction = world(run).attraction[std::size_t(step_)][std::size_t(mode)];
        for (int i : ground_.from) {
            double per_weight = 0;
            for (int k = 0; k < setting_.mobile; ++k) {
                if (setting_.mode_of_group[std::size_t(k)] == mode)
                    per_weight += persons(k, run) * leaving_.per_weight[at(k, i)].of[run];
            }
            if (!(per_weight > 0)) continue;
            for (int j : ground_.to)
                out(j, i) += attraction(j, i) * outlook_.pull[std::size_t(j)].of[run] * per_weight;
        }
    }
}

/// The same for those who go home.
template <class Law>
void Pooled<Law>::note_going_home(int mode) {
    for (std::size_t run = 0; run < runs(); ++run) {
        auto& out = setting_out_[run][std::size_t(mode)];
        for (int k = 0; k < setting_.mobile; ++k) {
            if (setting_.mode_of_group[std::size_t(k)] != mode) continue;
            for (int i = 0; i < setting_.places; ++i) {
                const double per_home = persons(k, run) * leaving_.returning[at(k, i)].of[run];
                if (!(per_home > 0)) continue;
                const Pairs& is_way = world().network->is_way[std::size_t(ways_.state)];
                for (int o : ground_.open) {
                    if (is_way(i, o)) out(o, i) += per_home * leaving_.flow[at(k, o)].of[run];
                }
            }
        }
    }
}

template <class Law>
void Pooled<Law>::write(std::size_t run, StepRecord& record) {
    const EngineSpec& spec = members_[run].spec;
    if (record.place.rows() != setting_.places || step_ == 0)
        record.reset(setting_.places, int(world().roads.size()), false);
    const auto put = [&](PlaceField field, const Octets& values) {
        if (!spec.fields[std::size_t(field)]) return;
        double* to = record.place.col(int(field)).data();
        for (std::size_t i = 0; i < values.size(); ++i) to[i] = values[i].of[run];
    };
    for (std::size_t f = 0; f < passed_.size(); ++f) {
        if (place_fields[f].kind == Kind::flow) put(PlaceField(f), passed_[f]);
    }
    put(PlaceField::at_home, stock_.at_home);
    put(PlaceField::waiting, stock_.waiting);
    put(PlaceField::on_the_road, stock_.on_the_road);
    put(PlaceField::displaced, outlook_.displaced);
    put(PlaceField::households_displaced, outlook_.settled);
    put(PlaceField::households_at_home, outlook_.at_home);
    if (spec.fields[std::size_t(PlaceField::without_shelter)] ||
        spec.fields[std::size_t(PlaceField::remaining)])
        derive_stocks(world(run), step_, record);
    record.route.setZero();
    for (std::size_t m = 0; m < setting_out_[run].size() && spec.count_routes; ++m) {
        load_roads(world().network->ways[std::size_t(ways_.state)][m], setting_out_[run][m], record.route);
        setting_out_[run][m].setZero();
    }
    const double households = stock_.households.of[run],
                 tolerance = Law::expected ? 1e-6 * (1 + households_[run]) : 0;
    if (std::abs(households - households_[run]) > tolerance) {
        throw ModelFault(fmt::format("{} households at the end of step {}, {} at the start of the run",
                                     households, step_, households_[run]));
    }
}

template <class Law>
void Pooled<Law>::save(std::size_t run, Saver& to) const {
    const std::size_t slots = crowd_.road.size();
    const auto put = [&](const Octets& values) {
        std::vector<double> own;
        for (const Octet& value : values) own.push_back(value.of[run]);
        to(own);
    };
    to(step_, std::uint64_t(slots));
    share_noises_[run].save(to);
    for (const Octets* values : {&crowd_.home, &crowd_.back, &crowd_.settled, &crowd_.waiting, &crowd_.away,
                                 &crowd_.credit, &crowd_.carry, &outlook_.pulling})
        put(*values);
    for (std::size_t left = 0; left < slots; ++left) {
        const std::size_t slot = (std::size_t(step_) + left) % slots;
        put(crowd_.road[slot]);
        put(crowd_.homeward[slot]);
    }
}

template <class Law>
void Pooled<Law>::restore(std::size_t run, Loader& from) {
    std::uint64_t steps_ahead = 0;
    from(step_, steps_ahead);
    share_noises_[run].restore(from);
    const auto take = [&](Octets& values) {
        std::vector<double> own;
        from(own);
        for (std::size_t c = 0; c < values.size(); ++c) values[c].of[run] = own.at(c);
    };
    for (Octets* values : {&crowd_.home, &crowd_.back, &crowd_.settled, &crowd_.waiting, &crowd_.away,
                           &crowd_.credit, &crowd_.carry, &outlook_.pulling})
        take(*values);
    // A world whose roads close later may have longer journeys, and so more steps ahead.
    const std::size_t slots = std::max(crowd_.road.size(), std::size_t(steps_ahead));
    crowd_.road.resize(slots, Octets(crowd_.settled.size()));
    crowd_.homeward.resize(slots, Octets(crowd_.settled.size()));
    for (std::size_t left = 0; left < steps_ahead; ++left) {
        const std::size_t slot = (std::size_t(step_) + left) % slots;
        take(crowd_.road[slot]);
        take(crowd_.homeward[slot]);
    }
    anyone_waits_ = true;
    for (std::size_t j = 0; j < std::size_t(setting_.places); ++j) {
        outlook_.settled[j].of[run] = 0;
        for (int k = 0; k < setting_.mobile; ++k)
            outlook_.settled[j].of[run] += crowd_.settled[at(k, int(j))].of[run];
    }
    count(setting_, crowd_, outlook_);
}

}  // namespace nuzuh::pooled
