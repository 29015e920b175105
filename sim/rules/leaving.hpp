// Who leaves: hazards of households at home, displaced and waiting, and what they do when several hazards compete.
//
// A hazard h [1/day] over a step of length dt [day] acts as the chance 1 - exp(-h dt).
#pragma once

#include "sim/rules/cause.hpp"
#include "sim/rules/number.hpp"

namespace nuzuh::rules {

/// Parameters of leaving that a hazard depends on. See LeaveSettings for their meaning.
///
/// @tparam N  a double, a pack, or a batch to take packs from
template <class N>
struct LeaveRates {
    N h0, h_max, neighbours, h_front, h_capture;  ///< [1/day], neighbours [-]
    N displaced_factor;                           ///< [-]
    N onward_without_shelter;                     ///< [1/day]
};

/// Calls f(a.h0, b.h0), and so on for every parameter.
template <class A, class B, class F>
NUZUH_INLINE void for_each_rate(LeaveRates<A>& a, const LeaveRates<B>& b, const F& f) {
    f(a.h0, b.h0);
    f(a.h_max, b.h_max);
    f(a.neighbours, b.neighbours);
    f(a.h_front, b.h_front);
    f(a.h_capture, b.h_capture);
    f(a.displaced_factor, b.displaced_factor);
    f(a.onward_without_shelter, b.onward_without_shelter);
}

/// Hazard with which those who were turned away at a gate go on: at once, whatever the length of a step [1/day].
constexpr double turned_away_hazard = 1e9;

/// What everyone at a place shares when it is decided who leaves.
template <Number V>
struct SharedHazards {
    V neighbours;  ///< 1 + neighbours * share of the place's own households that are away [-]
    V front;       ///< part of the hazard from fronts [1/day]
    V noise;       ///< environmental noise, of mean 1 [-]
    V capture;     ///< hazard where the place has fallen [1/day]
    V ordered;     ///< hazard under orders to leave [1/day]
};

/// Share of a place's own households that are away.
///
/// @param share_at_home  households at home for each who lived there at the start [-]
/// @param inhabited      whether anybody did
/// @return               [-] in [0, 1]
template <Number V>
NUZUH_INLINE V share_gone(const V& share_at_home, decltype(V{} > 0) inhabited) {
    return only(inhabited, max(V(1.0 - share_at_home), V{}));
}

/// Hazard of leaving because of an order to leave, averaged over a step. A share of those who are there comply, each after an
/// exponential time; how many have not gone is then what it would be had each decided on the day of the order.
///
///     log(S(t) / S(t + length)) / length,  S(t) = 1 - compliance * (1 - exp(-t / delay))
///
/// @param compliance  [-] in [0, 1]
/// @param delay_days  mean time until those who comply leave [day], > 0
/// @param since_days  t, from the order to the start of the step [day]
/// @return            [1/day]
inline double hazard_under_order(double compliance, double delay_days, double since_days,
                                 double length_days) {
    const auto not_gone = [&](double days) { return 1 + compliance * std::expm1(-days / delay_days); };
    if (compliance >= 1) return 1 / delay_days;
    return std::log(not_gone(since_days) / not_gone(since_days + length_days)) / length_days;
}

/// @param gone     share of the place's own households that are away [-] in [0, 1]
/// @param front    front pressure [-] in [0, 1]
/// @param ordered  hazard under orders to leave [1/day]
template <Number V>
NUZUH_INLINE SharedHazards<V> shared_hazards(const LeaveRates<V>& leave, const V& gone, const V& front,
                                             const V& noise, decltype(V{} > 0) fallen, const V& ordered) {
    return {1.0 + leave.neighbours * gone, leave.h_front * front, noise, only(fallen, leave.h_capture),
            ordered};
}

/// Hazard with which a mobile household leaves a place because of what happens there, before access out.
///
///     noise * (h0 + h_max * response * (1 + neighbours * gone) + h_front * front)
///         + h_capture where it has fallen + hazard under orders to leave
///
/// @param response  of the household's group to exposure at the place [-]
/// @return          [1/day]
template <Number V>
NUZUH_INLINE V hazard_at_home(const LeaveRates<V>& leave, const SharedHazards<V>& here, const V& response) {
    return here.noise * (leave.h0 + leave.h_max * response * here.neighbours + here.front) +
           (here.capture + here.ordered);
}

/// Part of those displaced at a place who have no shelter [-].
template <Number V>
NUZUH_INLINE V share_without_shelter(const V& displaced_persons, const V& capacity_persons) {
    const auto crowded = displaced_persons > capacity_persons;
    if (!any(crowded)) return V{};
    return only(crowded, V(1.0 - capacity_persons / displaced_persons));
}

/// Rate of moving on from a place where part of the displaced have no shelter: the mean over those with and
/// those without.
///
/// @param sheltered        rate of those with shelter [1/day]
/// @param without_shelter  rate of those without [1/day]
/// @return                 [1/day]
template <Number V>
NUZUH_INLINE V onward_rate(const V& sheltered, const V& without_shelter, const V& displaced_persons,
                           const V& capacity_persons) {
    const V without = share_without_shelter(displaced_persons, capacity_persons);
    return sheltered + only(without > 0, V((without_shelter - sheltered) * without));
}

/// Hazard of moving on of a household displaced at a place [1/day].
///
/// @param at_home  hazard of a household of its group that is at home there
/// @param onward   rate of moving on there, see `onward_rate`
template <Number V>
NUZUH_INLINE V hazard_displaced(const LeaveRates<V>& leave, const V& at_home, const V& onward) {
    return at_home * leave.displaced_factor + onward;
}

/// Hazard of moving on of a household that waits: with patience at a crossing, at once where it was turned away
/// [1/day].
template <Number V>
NUZUH_INLINE V hazard_waiting(const LeaveRates<V>& leave, const V& at_home, bool at_crossing) {
    return at_crossing ? V(hazard_displaced(leave, at_home, leave.onward_without_shelter))
                       : V(V{} + turned_away_hazard);
}

/// The parts of `hazard_at_home`. That neighbours have gone multiplies what strikes do, and counts with it.
template <Number V>
NUZUH_INLINE ByCause<V> causes_at_home(const LeaveRates<V>& leave, const SharedHazards<V>& here,
                                       const V& response) {
    ByCause<V> parts;
    parts[Cause::base_rate] = here.noise * leave.h0;
    parts[Cause::strikes] = here.noise * leave.h_max * response * here.neighbours;
    parts[Cause::fronts] = here.noise * here.front;
    parts[Cause::capture] = here.capture;
    parts[Cause::orders] = here.ordered;
    return parts;
}

/// The parts of `hazard_displaced`.
///
/// @param at_home    those of `hazard_at_home`
/// @param sheltered  rate of moving on of those with shelter [1/day]
/// @param without    part of those displaced who have none, see `share_without_shelter`; 1 for those who wait at a crossing
template <Number V>
NUZUH_INLINE ByCause<V> causes_displaced(const LeaveRates<V>& leave, const ByCause<V>& at_home,
                                         const V& sheltered, const V& without) {
    ByCause<V> parts;
    for (std::size_t c = 0; c < cause_count; ++c) parts.of[c] = leave.displaced_factor * at_home.of[c];
    parts[Cause::moving_on] = sheltered * (1.0 - without);
    parts[Cause::no_shelter] = leave.onward_without_shelter * without;
    return parts;
}

/// The same as shares of their sum; none where nothing makes anybody leave.
template <Number V>
NUZUH_INLINE ByCause<V> shares_of(const ByCause<V>& parts) {
    ByCause<V> shares;
    V all{};
    for (const V& part : parts.of) all += part;
    const V per = inverse(all);
    for (std::size_t c = 0; c < cause_count; ++c) shares.of[c] = parts.of[c] * per;
    return shares;
}

/// Chance that something of constant hazard happens during a step.
///
///     chance = 1 - exp(-hazard * length)
///
/// so four quarter-days give the chance of one whole day, and no bombardment, however heavy, passes one.
///
/// @param hazard_per_day  [1/day], >= 0
/// @param length_days     length of the step [day], > 0
/// @return                probability [-] in [0, 1]; 1 is reached only by rounding
template <Number V>
NUZUH_INLINE V leave_chance(const V& hazard_per_day, double length_days) {
    return chance(V(hazard_per_day * length_days));
}

/// Chance that nobody of n leaves during a step.
inline double chance_of_nobody(double n, double hazard_per_day, double length_days) {
    return std::exp(-n * hazard_per_day * length_days);
}

/// Chance that a household which stayed behind closed ways out would have left had they been free.
///
///     (wanted - left) / (1 - left),  left = chance under access * hazard, wanted = chance under hazard
///
/// @param access  [-] in [0, 1]
template <Number V>
NUZUH_INLINE V chance_held_back(const V& access, const V& hazard_per_day, double length_days) {
    const V left = leave_chance(V(access * hazard_per_day), length_days);
    const V wanted = leave_chance(hazard_per_day, length_days);
    return (wanted - left) * inverse(V(1.0 - left));
}

/// Mean rate of return during a step of those who are still away, where rates differ between households as a gamma
/// distribution does: those who are readiest have gone.
///
///     log((1 + v (R + r)) / (1 + v R)) / v,  v = spread^2, r = rate * length; of a day
///
/// so that steps of any length leave the same number away.
///
/// @param rate       mean over all households, had none gone [1/day]
/// @param spread     standard deviation between households over the mean [-]
/// @param so_far     R, the sum of mean rates since home was opened [-]
/// @return           [1/day]
/// Source   Vaupel, Manton, Stallard 1979 (doi:10.2307/2061224)
inline double rate_of_those_still_away(double rate, double spread, double so_far, double length_days) {
    const double v = spread * spread, r = rate * length_days;
    return v > 0 ? std::log1p(v * r / (1 + v * so_far)) / (v * length_days) : rate;
}

/// Share of the homes of a place that strikes have destroyed, each strike as likely to hit any.
///
///     1 - exp(-strikes * lost / homes)
///
/// @param strikes  on the place so far
/// @param lost     homes a strike
/// @return         [-] in [0, 1); 0 where there are no homes
inline double homes_lost(double strikes, double lost, double homes) {
    return homes > 0 ? -std::expm1(-strikes * lost / homes) : 0.0;
}

/// Of those who are away from a place, the part whose home stands: everyone whose home is lost is away.
///
///     max(0, 1 - lost * households / away),  away = households - at_home
///
/// @param lost        share of homes that are lost [-]
/// @param households  from there, wherever they are
inline double able_to_return(double lost, double households, double at_home) {
    const double away = households - at_home;
    return away > 0 ? std::max(0.0, 1 - lost * households / away) : 1.0;
}

/// Of those who leave while moving on and going home compete, those who go home; none where nothing makes them.
///
///     leaving * returning / (onward + returning)
///
/// @param leaving  households, or their chance, or 1 for the share
template <Number V>
NUZUH_INLINE V part_returning(const V& leaving, const V& onward, const V& returning) {
    const V both = onward + returning;
    return only(both > 0, V(leaving * returning / both));
}

/// The same for each unit of hazard: competing hazards divide those who leave in proportion to themselves, so the hazard
/// of one home times this is who goes there.
template <Number V>
NUZUH_INLINE V leaving_per_hazard(const V& leaving, const V& onward, const V& returning) {
    return leaving * inverse(V(onward + returning));
}

/// Part of those drawn at the chance of moving on and of the strongest return who leave where the return is weaker.
///
/// @param returning,strongest  [1/day]
inline double part_of_strongest(double onward, double returning, double strongest, double length_days) {
    return returning < strongest
               ? leave_chance(onward + returning, length_days) / leave_chance(onward + strongest, length_days)
               : 1;
}

}  // namespace nuzuh::rules
