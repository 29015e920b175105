// The model worked out household by household, straight from its equations, without any code of the engines
// or their rules: slow, obvious, and right only if the equations are.
#pragma once

#include <cmath>
#include <functional>
#include <numeric>

#include "sim/model/world.hpp"
#include "tests/exact/state.hpp"

namespace nuzuh::exact {

/// Exact distribution of the state after one step from `start`.
class ByHand {
public:
    explicit ByHand(const World& world) : w_(world) {}

    Distribution step(const State& start, int t) const {
        Distribution result;
        const int places = w_.place_count();
        const double deviation = w_.settings.behaviour.leave.daily_noise;
        const int worlds = deviation > 0 ? 1 << places : 1;
        for (int signs = 0; signs < worlds; ++signs) {
            std::vector<double> noise(std::size_t(places), 1.0);
            for (int i = 0; i < places && deviation > 0; ++i) noise[i] = (signs >> i & 1) ? 1.4 : 0.6;
            decide(start, t, noise, 1.0 / worlds, result);
        }
        return result;
    }

private:
    struct Outcome {
        Position position;
        double chance;
    };

    /// All joint outcomes of the households' independent decisions, then arrival.
    void decide(const State& start, int t, const std::vector<double>& noise, double chance,
                Distribution& result) const {
        std::vector<std::vector<Outcome>> each;
        for (const auto& [position, n] : start.households) {
            for (int h = 0; h < n; ++h) each.push_back(outcomes(start, t, noise, position));
        }
        State next;
        next.unused_quota = start.unused_quota;
        const std::function<void(std::size_t, double)> go = [&](std::size_t h, double p) {
            if (p == 0) return;
            if (h == each.size()) return arrive(next, t, p, result);
            for (const auto& outcome : each[h]) {
                next.add(outcome.position, 1);
                go(h + 1, p * outcome.chance);
                next.add(outcome.position, -1);
            }
        };
        go(0, chance);
    }

    double displaced(const State& s, int i) const {
        double persons = 0;
        for (const auto& [position, n] : s.households) {
            const auto& [status, k, at, o, left] = position;
            if (status == settled && at == i) persons += n * w_.groups[k].household_size;
        }
        return persons;
    }
    int count(const State& s, int status, int i, int o) const {
        int sum = 0;
        for (const auto& [position, n] : s.households) {
            const auto& [st, k, at, home_of, left] = position;
            if (st == status && at == i && (o < 0 || home_of == o)) sum += n;
        }
        return sum;
    }

    bool ceasefire_holds(int t, int i) const {
        for (const auto& entry : w_.settings.ceasefires)
            if (entry.place == w_.places[i].place && is_on(entry, w_.date_of(t))) return true;
        return false;
    }
    /// Mean over households, had none gone.
    double mean_return_rate(int t, int o) const {
        const auto& r = w_.settings.behaviour.returning;
        return ceasefire_holds(t, o) ? r.after_ceasefire : r.rate;
    }
    /// Takes those who were away at the start of a step, of whom each returns at a rate of its own, to how many are away at its end.
    double return_rate(int t, int o) const {
        const double spread = w_.settings.behaviour.returning.spread;
        if (spread == 0) return mean_return_rate(t, o);
        double before = 0;
        for (int past = t - 1; past >= 0 && w_.inputs[past].returning(o) > 0; --past)
            before += mean_return_rate(past, o) * w_.dt;
        const double after = before + mean_return_rate(t, o) * w_.dt, shape = 1 / (spread * spread);
        const auto away = [&](double hazard) { return std::pow(shape / (shape + hazard), shape); };
        return -std::log(away(after) / away(before)) / w_.dt;
    }
    /// Of those who are away from home o, the part whose home no strike has destroyed.
    double able(const State& s, int t, int o) const {
        const double lost = w_.settings.behaviour.returning.homes_lost_per_strike;
        double strikes = 0, homes = 0, from = 0;
        for (int past = 0; past <= t; ++past) strikes += w_.inputs[past].strikes(o) * w_.dt;
        for (const auto& group : w_.settings.groups)
            homes += w_.places[o].population * group.share / group.household_size;
        for (int k = 0; k < w_.group_count(); ++k) from += double(w_.households(k, o));
        const double away = from - count(s, home, o, -1) - count(s, back, o, -1);
        return away > 0 ? std::max(0.0, 1 - (1 - std::exp(-strikes * lost / homes)) * from / away) : 1;
    }
    /// Hazard that takes those who have not followed an order at the start of a step to how many they are at its end.
    double ordered(int t, int i) const {
        const auto& l = w_.settings.behaviour.leave;
        double hazard = 0;
        for (const auto& order : w_.settings.orders) {
            if (order.place != w_.places[i].place || !is_on(order, w_.date_of(t))) continue;
            const double c = order.compliance.value_or(l.order_compliance);
            const double delay = order.delay_days.value_or(l.order_delay_days);
            const double since = t * w_.dt - (order.from - w_.start);
            const double before = 1 - c + c * std::exp(-since / delay),
                         after = 1 - c + c * std::exp(-(since + w_.dt) / delay);
            hazard -= std::log(after / before) / w_.dt;
        }
        return hazard;
    }
    /// How much more the places of an area attract a group.
    double drawn(int k, int j) const {
        const int at = w_.places[j].type == PlaceType::crossing ? w_.place_index(w_.places[j].leads_to) : j;
        for (const auto& group : w_.settings.groups) {
            if (w_.groups[k].name.rfind(group.name, 0) != 0 || group.drawn_to.empty()) continue;
            for (const auto& member : w_.settings.network.areas)
                if (member.area == group.drawn_to && member.place == w_.places[at].place) return group.draw;
        }
        return 1;
    }
    /// Share of people whom no order keeps away.
    double comes_despite_orders(int t, int j) const {
        double comes = 1;
        for (const auto& order : w_.settings.orders)
            if (order.place == w_.places[j].place && is_on(order, w_.date_of(t)))
                comes *= 1 - order.compliance.value_or(w_.settings.behaviour.leave.order_compliance);
        return comes;
    }

    /// Pull of j from i for a household of group k with home o: the product in full.
    double weight(const State& s, int t, int k, int i, int o, int j) const {
        const int mode = w_.mode_of_group[k];
        if (j == i || j == o) return 0;
        const auto& in = w_.inputs[t];
        const auto& c = w_.settings.behaviour.choose;
        const auto& ways = w_.network->ways[in.ways][mode];
        const auto& place = w_.places[j];
        if (!std::isfinite(ways.hours(i, j)) || in.fallen(j)) return 0;
        double a = place.type == PlaceType::town ? c.attraction_town : c.attraction_camp;
        if (place.type == PlaceType::crossing) a = in.quota(j) > 0 ? c.attraction_crossing : 0;
        if (place.type == PlaceType::abroad) a = 0;
        double worst = 0;
        for (int x = ways.leg(i, j)->before; x != i; x = ways.leg(i, x)->before) {
            worst = std::max(worst, in.danger(x));
        }
        double room = 1;
        if (w_.capacity[j] < 1e299) {
            room = w_.capacity[j] > 0 ? (1 - displaced(s, j) / w_.capacity[j]) / (1 - c.capacity_buffer) : 0;
            room = std::min(1.0, std::max(c.capacity_floor, room));
        }
        return a * std::pow(ways.hours(i, j) + c.softening_hours, -c.distance_power) *
               std::exp(-c.danger_on_way * worst) * std::exp(-c.danger_there * in.danger(j)) *
               std::pow(1.0 + count(s, settled, j, o), c.network_pull) *
               std::pow(std::max(1.0, place.population), c.population_power) * room * drawn(k, j) *
               comes_despite_orders(t, j);
    }

    std::vector<Outcome> outcomes(const State& s, int t, const std::vector<double>& noise,
                                  const Position& position) const {
        const auto& [status, k, i, o, left] = position;
        if (status == road) {
            return {{{road, k, i, o, left - 1}, 1.0}};  // 0 left: arrives in this step
        }
        const auto& in = w_.inputs[t];
        const auto& l = w_.settings.behaviour.leave;
        const auto& group = w_.groups[k];
        const bool abroad = w_.places[i].type == PlaceType::abroad;
        if (k >= w_.mobile_groups || abroad) return {{position, 1.0}};
        const double at_start = w_.households_at_start(i);
        const double gone =
            at_start > 0 ? std::max(0.0, 1 - (count(s, home, i, -1) + count(s, back, i, -1)) / at_start) : 0;
        const double x = std::pow(in.exposure(i) / group.threshold, l.steepness);
        double h =
            noise[i] * (l.h0 + l.h_max * x / (1 + x) * (1 + l.neighbours * gone) + l.h_front * in.front(i)) +
            (in.fallen(i) ? l.h_capture : 0) + ordered(t, i);
        if (status == settled) {
            const double here = displaced(s, i), room = w_.capacity[i];
            const double bare = here > room ? (here - room) / here : 0;
            h = h * l.displaced_factor + w_.onward[i] * (1 - bare) + l.onward_without_shelter * bare;
        } else if (status == waiting) {
            h = w_.places[i].type == PlaceType::crossing ? h * l.displaced_factor + l.onward_without_shelter
                                                         : 1e9;
        }
        h *= in.access(i);
        const int mode = w_.mode_of_group[k];
        const bool away = status == settled || status == waiting;
        const bool home_open =
            away && in.returning(o) > 0 && std::isfinite(w_.network->ways[in.ways][mode].hours(i, o));
        const double r = home_open ? return_rate(t, o) * able(s, t, o) : 0;
        const double out = 1 - std::exp(-(h + r) * w_.dt);
        std::vector<Outcome> result{{position, 1 - out}};
        if (out == 0) return result;
        if (r > 0) result.push_back({{road, k, o, o, steps(t, mode, i, o) - 1}, out * r / (h + r)});
        double total = 0;
        for (int j = 0; j < w_.place_count(); ++j) total += weight(s, t, k, i, o, j);
        if (total == 0) {
            result[0].chance += out * h / (h + r);
            return result;
        }
        for (int j = 0; j < w_.place_count(); ++j) {
            const double p = weight(s, t, k, i, o, j) / total;
            if (p > 0) result.push_back({{road, k, j, o, steps(t, mode, i, j) - 1}, out * h / (h + r) * p});
        }
        return result;
    }

    int steps(int t, int mode, int i, int j) const {
        if (i == j) return 1;
        const double days = w_.network->ways[w_.inputs[t].ways][mode].hours(i, j) /
                            w_.settings.behaviour.travel.hours_per_day;
        return std::max(1, int(std::ceil(days / w_.dt - 1e-9)));
    }

    /// Lets in, one household after the other in random order, until one does not fit.
    void queue(std::vector<Position> order, double room, std::size_t from,
               const std::function<void(const std::vector<Position>&, std::size_t, double, double)>& done,
               double p) const {
        if (from == order.size()) return done(order, from, room, p);
        for (std::size_t next = from; next < order.size(); ++next) {
            std::swap(order[from], order[next]);
            const double size = w_.groups[std::get<1>(order[from])].household_size;
            const double q = p / double(order.size() - from);
            if (size <= room + 1e-9) {
                queue(order, room - size, from + 1, done, q);
            } else {
                done(order, from, room, q);
            }
            std::swap(order[from], order[next]);
        }
    }

    void arrive(const State& after, int t, double p, Distribution& result) const {
        arrive_at(after, t, 0, p, result);
    }

    /// Place by place: who came home, who is let in, who is turned away.
    void arrive_at(const State& s, int t, int j, double p, Distribution& result) const {
        if (j == w_.place_count()) return cross(s, t, 0, p, result);
        const auto& in = w_.inputs[t];
        State rest = s;
        std::vector<Position> here;
        for (const auto& [position, n] : s.households) {
            const auto& [status, k, at, o, left] = position;
            if (status != road || left != 0 || at != j) continue;
            rest.add(position, -n);
            if (o == j && !in.fallen(j)) {
                rest.add({back, k, j, j, 0}, n);
            } else {
                for (int h = 0; h < n; ++h) here.push_back(position);
            }
        }
        double room = 1e300;
        if (w_.places[j].admission == Admission::hard) room = w_.capacity[j] - displaced(s, j);
        if (w_.places[j].type == PlaceType::crossing || in.fallen(j)) room = 0;
        queue(
            here, room, 0,
            [&](const std::vector<Position>& order, std::size_t admitted, double, double q) {
                State next = rest;
                for (std::size_t h = 0; h < order.size(); ++h) {
                    const auto& [status, k, at, o, left] = order[h];
                    next.add({h < admitted ? settled : waiting, k, j, o, 0}, 1);
                }
                arrive_at(next, t, j + 1, q, result);
            },
            p);
    }

    void cross(const State& s, int t, int c, double p, Distribution& result) const {
        if (c == w_.place_count()) {
            result[s] += p;
            return;
        }
        if (w_.places[c].type != PlaceType::crossing) return cross(s, t, c + 1, p, result);
        const double quota = w_.inputs[t].quota(c);
        std::vector<Position> here;
        State rest = s;
        for (const auto& [position, n] : s.households) {
            if (std::get<0>(position) != waiting || std::get<2>(position) != c) continue;
            rest.add(position, -n);
            for (int h = 0; h < n; ++h) here.push_back(position);
        }
        const auto carried = s.unused_quota.find(c);
        const double room =
            quota > 0 ? quota * w_.dt + (carried == s.unused_quota.end() ? 0 : double(carried->second) / 1000)
                      : 0;
        queue(
            here, room, 0,
            [&](const std::vector<Position>& order, std::size_t passed, double left, double q) {
                State next = rest;
                next.unused_quota.erase(c);
                if (passed < order.size() && quota > 0 && std::llround(left * 1000) != 0) {
                    next.unused_quota[c] = std::llround(left * 1000);
                }
                for (std::size_t h = 0; h < order.size(); ++h) {
                    const auto& [status, k, at, o, steps_left] = order[h];
                    if (h < passed)
                        next.add({settled, k, w_.place_index(w_.places[c].leads_to), o, 0}, 1);
                    else
                        next.add(order[h], 1);
                }
                cross(next, t, c + 1, q, result);
            },
            p);
    }

    const World& w_;
};

}  // namespace nuzuh::exact
