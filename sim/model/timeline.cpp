#include "sim/model/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

#include "sim/model/homes.hpp"
#include "sim/model/network_states.hpp"
#include "sim/model/population.hpp"
#include "sim/rules/danger.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {
namespace {

using Places = Eigen::Array<bool, Eigen::Dynamic, 1>;  ///< [P] of which something holds

/// A value by place and day, set by dated entries; a later entry replaces or multiplies an earlier one.
class DailySeries {
public:
    DailySeries(int places, Date first, Date last, double value)
        : first_(first), values_(Eigen::ArrayXXd::Constant(places, last - first + 1, value)) {}

    /// @param to  last day; none: the last there is
    void set(int i, Date from, std::optional<Date> to, double value) {
        change(i, from, to, [value](double) { return value; });
    }
    void multiply(int i, Date from, std::optional<Date> to, double factor) {
        change(i, from, to, [factor](double value) { return factor * value; });
    }
    void add(int i, Date date, double value) { values_(i, date - first_) += value; }
    auto on(Date date) const { return values_.col(date - first_); }
    bool is_ever_set(int i) const { return (values_.row(i) != 0).any(); }

private:
    template <class Changed>
    void change(int i, Date from, std::optional<Date> to, Changed changed) {
        const int last = int(values_.cols()) - 1;
        const int a = std::max(0, from - first_);
        const int b = to ? std::min(last, *to - first_) : last;
        for (int day = a; day <= b; ++day) values_(i, day) = changed(values_(i, day));
    }

    Date first_;
    Eigen::ArrayXXd values_;
};

/// Calls `visit(place, share)` for each place an entry speaks of, shares adding to 1.
template <class Entry, class Visit>
void each_place(const World& world, const Entry& entry, Visit visit) {
    const auto places = world.places_of(entry);
    for (int i : places) visit(i, 1.0 / double(places.size()));
}

ConflictSeries conflicts_by_day(const World& world) {
    std::vector<int> in_conflict;
    for (const auto& entry : world.settings.conflicts) in_conflict.push_back(world.place_index(entry.place));
    return conflict_series(world.settings, in_conflict);
}

Date earliest_strike(const World& world) {
    Date first = world.start;
    for (const auto& entry : world.settings.bombardment) {
        if (!entry.factor) first = std::min(first, entry.from);
    }
    return std::max(first, world.start + -longest_memory_days);
}

DailySeries strikes_by_day(const World& world, Date first) {
    DailySeries strikes(world.place_count(), first, world.settings.period.to, 0);
    for (const auto& entry : world.settings.bombardment) {
        each_place(world, entry, [&](int i, double share) {
            if (entry.factor)
                strikes.multiply(i, entry.from, entry.to, *entry.factor);
            else
                strikes.set(i, entry.from, entry.to, entry.strikes_per_day.value_or(0) * share);
        });
    }
    if (world.settings.conflicts.empty()) return strikes;
    for (int day = 0; day < world.conflicts->intensity.cols(); ++day) {
        for (int i = 0; i < world.place_count(); ++i) {
            strikes.add(i, world.start + day,
                        conflict_force(world, i, day) * world.settings.behaviour.leave.conflict_strikes);
        }
    }
    return strikes;
}

DailySeries access_by_day(const World& world) {
    DailySeries access(world.place_count(), world.start, world.settings.period.to, 1);
    for (const auto& entry : world.settings.access) {
        each_place(world, entry, [&](int i, double) { access.set(i, entry.from, entry.to, entry.access); });
    }
    return access;
}

/// Households that a person of the population is, by the groups' shares and sizes.
double households_a_person(const ScenarioSettings& settings) {
    double sum = 0;
    for (const auto& group : settings.groups) sum += group.share / household_size(group, settings.unit);
    return sum;
}

/// 1 where and while a ceasefire is known to hold.
DailySeries ceasefires_by_day(const World& world) {
    DailySeries holds(world.place_count(), world.start, world.settings.period.to, 0);
    for (const auto& entry : world.settings.ceasefires)
        each_place(world, entry, [&](int i, double) { holds.set(i, entry.from, entry.to, 1); });
    return holds;
}

/// Hazards of leaving under orders, and whom they keep away.
void give_orders(const World& world, int step, StepInputs& inputs) {
    const auto& leave = world.settings.behaviour.leave;
    inputs.ordered = inputs.kept_away = Eigen::ArrayXd::Zero(world.place_count());
    for (const auto& order : world.settings.orders) {
        if (!is_on(order, world.date_of(step))) continue;
        const double compliance = order.compliance.value_or(leave.order_compliance);
        const double delay = order.delay_days.value_or(leave.order_delay_days);
        const double since = step * world.dt - double(order.from - world.start);
        const double hazard = rules::hazard_under_order(compliance, delay, since, world.dt);
        each_place(world, order, [&](int i, double) {
            inputs.ordered(i) += hazard;
            inputs.kept_away(i) = 1 - (1 - inputs.kept_away(i)) * (1 - compliance);
        });
    }
}

/// Places where an order stands.
Places under_order(const World& world, Date date) {
    Places result = Places::Constant(world.place_count(), false);
    for (const auto& order : world.settings.orders) {
        if (is_on(order, date)) each_place(world, order, [&](int i, double) { result(i) = true; });
    }
    return result;
}

DailySeries quota_by_day(const World& world) {
    const Date last = world.settings.period.to;
    DailySeries quota(world.place_count(), world.start, last, 0);
    for (const auto& entry : world.settings.crossings) {
        const double persons = entry.policy == CrossingPolicy::open    ? no_limit
                               : entry.policy == CrossingPolicy::quota ? entry.quota
                                                                       : 0;
        quota.set(world.place_index(entry.place), entry.from.value_or(world.start), entry.to, persons);
    }
    return quota;
}

/// What strikes at one place are in reach of: places, and the weight of a strike for each.
using InReach = std::vector<std::pair<int, double>>;

double km_between(const World& world, int a, int b) {
    const auto &from = world.places[std::size_t(a)], &to = world.places[std::size_t(b)];
    return great_circle_km(from.lat, from.lon, to.lat, to.lon);
}

/// The same of every place that is ever struck; a weight below 1e-12 is none.
std::vector<InReach> reach_of_strikes(const World& world, const DailySeries& strikes) {
    constexpr double none = 1e-12;
    std::vector<InReach> in_reach(world.places.size());
    for (int i = 0; i < world.place_count(); ++i) {
        if (!strikes.is_ever_set(i)) continue;
        for (int j = 0; j < world.place_count(); ++j) {
            const double weight =
                rules::distance_decay(km_between(world, i, j), world.settings.behaviour.leave.reach_km);
            if (weight >= none) in_reach[std::size_t(i)].emplace_back(j, weight);
        }
    }
    return in_reach;
}

/// Whether a front's town is under ground assault on a day.
bool under_assault(const FrontSettings& front, Date date) {
    if (!front.assault_from || date < *front.assault_from) return false;
    if (front.falls && date >= *front.falls) return false;
    return !front.assault_to || date <= *front.assault_to;
}

/// Front pressure at every place from each front while it is felt, [P, fronts].
Eigen::ArrayXXd front_reach(const World& world) {
    const auto& fronts = world.settings.fronts;
    const double reach = world.settings.behaviour.leave.front_reach_km;
    Eigen::ArrayXXd result(world.place_count(), Eigen::Index(fronts.size()));
    for (std::size_t f = 0; f < fronts.size(); ++f) {
        const int front = world.place_index(fronts[f].place);
        for (int i = 0; i < world.place_count(); ++i)
            result(i, Eigen::Index(f)) = rules::distance_decay(km_between(world, i, front), reach);
    }
    return result;
}

void feel_fronts(const World& world, const Eigen::ArrayXXd& reach, Date date, StepInputs& inputs) {
    const auto& leave = world.settings.behaviour.leave;
    for (std::size_t n = 0; n < world.settings.fronts.size(); ++n) {
        const auto& front = world.settings.fronts[n];
        const int f = world.place_index(front.place);
        const bool assault = under_assault(front, date);
        const bool fallen = has_fallen(front, date);
        if (fallen) inputs.fallen(f) = true;
        auto& band = inputs.band[std::size_t(f)];
        if (assault) band = std::max(band, DangerBand::assault);
        if (fallen) band = DangerBand::fallen;
        if (!assault && !(fallen && date - *front.falls < leave.front_days)) continue;
        inputs.front = inputs.front.max(reach.col(Eigen::Index(n)));
    }
}

void close_camps(const World& world, Date date, StepInputs& inputs) {
    for (const auto& change : world.settings.camps) {
        if (!is_on(change, date)) continue;
        inputs.camp_closed(world.place_index(change.place)) = change.status == RouteStatus::closed;
    }
}

/// Bands of a day. A conflict where strikes are not known is as dangerous at once as the strikes that it stands for
/// would be if they had long gone on: the index is log2(1 + strikes a day).
std::vector<DangerBand> bands(const World& world, const Eigen::ArrayXd& danger, int day) {
    std::vector<DangerBand> result;
    for (int i = 0; i < world.place_count(); ++i) {
        const double strikes =
            world.settings.conflicts.empty()
                ? 0
                : conflict_force(world, i, day) * world.settings.behaviour.leave.conflict_strikes;
        result.push_back(rules::danger_band(std::max(danger(i), std::log2(1 + strikes))));
    }
    return result;
}

std::vector<Eigen::ArrayXXd> responses_by_step(const World& world) {
    const double steepness = world.settings.behaviour.leave.steepness;
    std::vector<Eigen::ArrayXXd> result;
    for (const StepInputs& inputs : *world.inputs) {
        auto& now = result.emplace_back(world.mobile_groups, world.place_count());
        for (int i = 0; i < world.place_count(); ++i) {
            for (int k = 0; k < world.mobile_groups; ++k)
                now(k, i) = rules::response(inputs.exposure(i), world.groups[k].threshold, steepness);
        }
    }
    return result;
}

bool reaches_a_camp(const World& world, int i, int step) {
    const Eigen::ArrayXd& there = world.attraction->there[std::size_t(step)];
    for (int j = 0; j < world.place_count(); ++j) {
        if (is_camp(world.places[std::size_t(j)].type) && there(j) > 0 && j != i &&
            world.reach(step).leads(i, j))
            return true;
    }
    return false;
}

/// Departures behind the registrations, from places in conflict in proportion to population, intensity and what
/// is left of it. Who is registered has come to a camp: nobody leaves a place from which none can be reached, and
/// while there is no other place, people wait.
void depart_as_registered(const World& world, Eigen::ArrayXXd& departures) {
    const int steps_a_day = world.steps_a_day();
    const int days = int(world.conflicts->intensity.cols());
    const Eigen::ArrayXd persons = departures_behind(world.registered, days);
    double waiting = 0;
    for (int day = 0; day < days; ++day) {
        waiting += persons(day);
        Eigen::ArrayXd weight = Eigen::ArrayXd::Zero(world.place_count());
        for (int i = 0; i < world.place_count(); ++i) {
            const double force = world.places[std::size_t(i)].population * conflict_force(world, i, day);
            if (force > 0 && reaches_a_camp(world, i, day * steps_a_day)) weight(i) = force;
        }
        if (weight.sum() <= 0) continue;
        for (int part = 0; part < steps_a_day; ++part) {
            departures.col(day * steps_a_day + part) += weight * (waiting / weight.sum() / steps_a_day);
        }
        waiting = 0;
    }
}

/// Goes through the days and notes what the scenario fixes for each step.
class Days {
public:
    explicit Days(const World& world)
        : world_(world),
          behaviour_(world.settings.behaviour),
          first_(earliest_strike(world)),
          strikes_(strikes_by_day(world, first_)),
          access_(access_by_day(world)),
          quota_(quota_by_day(world)),
          ceasefire_(ceasefires_by_day(world)),
          reach_(reach_of_strikes(world, strikes_)),
          fronts_(front_reach(world)),
          exposure_(Eigen::ArrayXd::Zero(world.place_count())),
          quiet_days_(Eigen::ArrayXd::Constant(world.place_count(), 1e9)),
          struck_so_far_(exposure_),
          returned_(exposure_),
          at_peace_(Places::Constant(world.place_count(), false)) {
        for (Date date = first_; date < world.start; date = date + 1) pass_time(date, 1);
    }

    std::vector<StepInputs> all() {
        std::vector<StepInputs> result;
        for (int step = 0; step < world_.steps; ++step) result.push_back(next(step));
        return result;
    }

private:
    StepInputs next(int step) {
        const Date date = world_.date_of(step);
        const int places = world_.place_count();
        const Places holds = ceasefire_.on(date) > 0;
        exposure_ = (holds && !at_peace_).select(0.0, exposure_);
        at_peace_ = holds;
        pass_time(date, world_.dt);
        StepInputs inputs;
        inputs.strikes = strikes_.on(date);
        inputs.exposure = exposure_;
        inputs.danger = exposure_.unaryExpr(
            [&](double e) { return rules::danger_index(behaviour_.leave.memory_half_life_days, e); });
        inputs.front = Eigen::ArrayXd::Zero(places);
        inputs.access = access_.on(date);
        inputs.quota = quota_.on(date);
        inputs.fallen.setConstant(places, false);
        inputs.band = bands(world_, inputs.danger, date - world_.start);
        inputs.camp_closed.setConstant(places, false);
        feel_fronts(world_, fronts_, date, inputs);
        close_camps(world_, date, inputs);
        inputs.front = holds.select(0.0, inputs.front);
        give_orders(world_, step, inputs);
        let_return(date, inputs);
        destroy_homes(inputs);
        inputs.ways = world_.network->state[std::size_t(step)];
        return inputs;
    }

    void pass_time(Date date, double length_days) {
        Eigen::ArrayXd in_reach = Eigen::ArrayXd::Zero(world_.place_count());
        for (int i = 0; i < world_.place_count(); ++i) {
            const double here = strikes_.on(date)(i);
            if (here == 0) continue;
            for (const auto& [j, weight] : reach_[std::size_t(i)]) in_reach(j) += here * weight;
        }
        for (int i = 0; i < world_.place_count(); ++i) {
            exposure_(i) = rules::remembered_exposure(behaviour_.leave.memory_half_life_days, exposure_(i),
                                                      in_reach(i), length_days);
            quiet_days_(i) =
                in_reach(i) < behaviour_.returning.quiet_below ? quiet_days_(i) + length_days : 0;
        }
    }

    /// Rates of return relative to the strongest: exactly 1 where there is but one.
    void let_return(Date date, StepInputs& inputs) {
        const auto of_strongest = [&](double rate) {
            return world_.return_rate > 0 ? rate / world_.return_rate : 1.0;
        };
        const auto& returning = behaviour_.returning;
        const Places quiet = quiet_days_ >= returning.quiet_days;
        const Places open = (at_peace_ || quiet) && !inputs.fallen && !under_order(world_, date);
        const Eigen::ArrayXd rate =
            at_peace_.select(Eigen::ArrayXd::Constant(open.size(), of_strongest(returning.after_ceasefire)),
                             of_strongest(returning.rate));
        inputs.returning = open.select(rate, 0.0);
        if (!(returning.spread > 0)) return;
        returned_ = open.select(returned_, 0.0);
        for (int i = 0; i < world_.place_count(); ++i) {
            const double mean = inputs.returning(i) * world_.return_rate;
            inputs.returning(i) = of_strongest(
                rules::rate_of_those_still_away(mean, returning.spread, returned_(i), world_.dt));
            returned_(i) += mean * world_.dt;
        }
    }

    void destroy_homes(StepInputs& inputs) {
        inputs.lost = Eigen::ArrayXd::Zero(world_.place_count());
        const double lost = behaviour_.returning.homes_lost_per_strike;
        if (!(lost > 0)) return;
        struck_so_far_ += inputs.strikes * world_.dt;
        const double homes_a_person = households_a_person(world_.settings);
        for (int i = 0; i < world_.place_count(); ++i)
            inputs.lost(i) =
                rules::homes_lost(struck_so_far_(i), lost, world_.places[i].population * homes_a_person);
    }

    const World& world_;
    const BehaviourSettings& behaviour_;
    Date first_;
    DailySeries strikes_, access_, quota_, ceasefire_;
    std::vector<InReach> reach_;
    Eigen::ArrayXXd fronts_;
    Eigen::ArrayXd exposure_, quiet_days_;
    Eigen::ArrayXd struck_so_far_;  ///< strikes on the place itself within the period
    Eigen::ArrayXd returned_;       ///< sum of mean rates of return since home was opened [-]
    Places at_peace_;               ///< whether a ceasefire holds
};

/// Holds attraction from everywhere in every step, if that is worth while: not where it is large or never asked for, and not
/// in a world made after another one, which most often serves one run; what engines need once, they work out when they do.
void hold_attraction(Attraction& attraction, const World& world, bool is_first) {
    if (world.settings.behaviour.rules == Rules::flee3) return;
    const double pairs = double(world.place_count()) * world.place_count();
    if (pairs * world.steps * double(world.modes.size()) * sizeof(double) > held_bytes) return;
    if (!is_first) return;
    std::vector<std::vector<Eigen::ArrayXXd>> held(std::size_t(world.steps),
                                                   std::vector<Eigen::ArrayXXd>(world.modes.size()));
    for (int step = 0; step < world.steps; ++step) {
        for (std::size_t m = 0; m < world.modes.size(); ++m)
            attraction.all(world, step, int(m), held[std::size_t(step)][m]);
    }
    attraction.held = std::move(held);
}

std::vector<StepInputs> inputs_by_step(const World& world) { return Days(world).all(); }

// The settings on which each part of a timeline depends, beside earlier parts. A world shares a part with an earlier
// world where they are the same: tests/unit/shared_parts_test.cpp changes each setting and finds what is missing here.

auto behind_conflicts(const World& world) {
    const auto& s = world.settings;
    return std::tie(s.network.places, s.period, s.conflicts);
}

auto behind_network(const World& world) {
    const auto& s = world.settings;
    return std::tie(s.period, s.routes, s.behaviour.rules, s.flee3.quirks);
}

/// What each place is for the network: how many live there is not behind it, nor when a front comes before its town falls.
bool has_same_network(const World& a, const World& b) {
    const auto falls_alike = [](const FrontSettings& one, const FrontSettings& other) {
        return one.place == other.place && one.falls == other.falls;
    };
    const List<FrontSettings>&one = a.settings.fronts, &other = b.settings.fronts;
    return behind_network(a) == behind_network(b) && has_same_ways(a, b) &&
           (one == other || std::equal(one.begin(), one.end(), other.begin(), other.end(), falls_alike));
}

auto behind_inputs(const World& world) {
    const auto& s = world.settings;
    const auto& leave = s.behaviour.leave;
    const auto& returning = s.behaviour.returning;
    // Without orders and ceasefires, what says how they act is not behind anything.
    const auto if_any = [](bool any, double value) { return any ? value : 0.0; };
    const bool orders = !s.orders.empty(), ceasefires = !s.ceasefires.empty();
    return std::tuple_cat(
        std::tie(s.network.places, s.fronts, s.network.areas, s.bombardment, s.access, s.orders, s.ceasefires,
                 s.crossings, s.camps, s.conflicts, s.conflict_decay, leave.conflict_strikes, leave.reach_km,
                 leave.memory_half_life_days, leave.front_reach_km, leave.front_days, returning.quiet_days,
                 returning.quiet_below),
        std::tuple(if_any(orders, leave.order_compliance), if_any(orders, leave.order_delay_days),
                   if_any(ceasefires || returning.spread > 0, returning.rate),
                   if_any(ceasefires, returning.after_ceasefire), returning.spread,
                   returning.homes_lost_per_strike,
                   returning.homes_lost_per_strike > 0 ? households_a_person(s) : 0.0));
}

auto behind_responses(const World& world) {
    return std::tie(world.settings.groups, world.settings.behaviour.leave.steepness);
}

auto behind_attraction(const World& world) {
    const auto& choose = world.settings.behaviour.choose;
    return std::tie(choose.distance_power, choose.softening_hours, choose.attraction_town,
                    choose.attraction_camp, choose.attraction_crossing, choose.danger_there,
                    choose.danger_on_way, choose.population_power, world.draws);
}

/// A part of a world: shared with the first earlier one that is the same in all that is behind it, or made.
///
/// @param is_same  whether an earlier world is the same in that
template <class Part, class IsSame, class Make>
Part shared_or_made(const World& world, const Part World::*part, EarlierWorlds earlier, IsSame is_same,
                    Make make) {
    const auto match = std::find_if(earlier.begin(), earlier.end(),
                                    [&](const World* other) { return other && is_same(*other); });
    return match != earlier.end() ? (*match)->*part : Part(make(world));
}

/// The same where one part before it is all that is behind it, but for some settings.
template <class Before, class Part, class Behind, class Make>
Part shared_or_made_after(const Before World::*before, const World& world, const Part World::*part,
                          EarlierWorlds earlier, Behind behind, Make make) {
    const auto is_same = [&](const World& other) {
        return (world.*before).is_shared_with(other.*before) && behind(world) == behind(other);
    };
    return shared_or_made(world, part, earlier, is_same, make);
}

}  // namespace

Shared<ConflictSeries> conflicts_of(const World& world, EarlierWorlds earlier) {
    const auto is_same = [&](const World& other) {
        return behind_conflicts(world) == behind_conflicts(other);
    };
    return shared_or_made(world, &World::conflicts, earlier, is_same, conflicts_by_day);
}

Shared<PassableNetwork> network_of(const World& world, EarlierWorlds earlier) {
    const auto is_same = [&](const World& other) { return has_same_network(world, other); };
    return shared_or_made(world, &World::network, earlier, is_same,
                          [&](const World& made) { return passable_network(made, earlier); });
}

Shared<std::vector<StepInputs>> inputs_of(const World& world, EarlierWorlds earlier) {
    return shared_or_made_after(&World::network, world, &World::inputs, earlier, behind_inputs,
                                inputs_by_step);
}

Shared<std::vector<Eigen::ArrayXXd>> responses_of(const World& world, EarlierWorlds earlier) {
    return shared_or_made_after(&World::inputs, world, &World::responses, earlier, behind_responses,
                                responses_by_step);
}

Shared<Attraction> attraction_of(const World& world, EarlierWorlds earlier) {
    const bool is_first = !first_of(earlier);
    return shared_or_made_after(&World::inputs, world, &World::attraction, earlier, behind_attraction,
                                [is_first](const World& made) {
                                    Attraction attraction = work_out_attraction(made);
                                    hold_attraction(attraction, made, is_first);
                                    return attraction;
                                });
}

Eigen::ArrayXXd departures_of(const World& world) {
    const bool registered = world.settings.behaviour.leave.departures == DeparturesBy::registrations;
    if (world.settings.departures.empty() && !registered) return {};
    Eigen::ArrayXXd departures = Eigen::ArrayXXd::Zero(world.place_count(), world.steps);
    if (registered) depart_as_registered(world, departures);
    const int steps_a_day = world.steps_a_day();
    for (const auto& row : world.settings.departures) {
        const int first = (row.date - world.start) * steps_a_day;
        for (int step = first; step < first + steps_a_day; ++step) {
            departures(world.place_index(row.place), step) += row.persons / steps_a_day;
        }
    }
    return departures;
}

}  // namespace nuzuh
