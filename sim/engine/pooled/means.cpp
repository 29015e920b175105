#include "sim/engine/pooled/means.hpp"

#include "sim/engine/pooled/octet_rules.hpp"

namespace nuzuh::pooled {

namespace {

/// Sums over the sources of some destinations and groups at a time, which then stay in registers.
template <std::size_t targets, std::size_t groups, class Number>
NUZUH_INLINE std::size_t near_flows(const Number* sheet, const Setting& setting, const Ground& ground,
                                    const Octets& pull, std::size_t k, std::size_t at, Leaving& leaving) {
    const auto places = std::size_t(setting.places);
    const Octet* from = &leaving.per_weight[k * places];
    for (; at + targets <= ground.to.size(); at += targets) {
        V sums[targets][groups] = {};
        for (int source : ground.from) {
            const auto i = std::size_t(source);
            V leave[groups];
            for (std::size_t g = 0; g < groups; ++g) leave[g] = load(from[g * places + i]);
            for (std::size_t t = 0; t < targets; ++t) {
                const V weight = load(sheet[i * places + std::size_t(ground.to[at + t])]);
                for (std::size_t g = 0; g < groups; ++g) sums[t][g] += weight * leave[g];
            }
        }
        for (std::size_t t = 0; t < targets; ++t) {
            const auto j = std::size_t(ground.to[at + t]);
            for (std::size_t g = 0; g < groups; ++g)
                store(sums[t][g] * load(pull[j]), leaving.flow[(k + g) * places + j]);
        }
    }
    return at;
}

template <std::size_t groups, class Number>
NUZUH_INLINE std::size_t near_flows(const Number* sheet, const Setting& setting, const Ground& ground,
                                    const Octets& pull, std::size_t k, std::size_t end, Leaving& leaving) {
    for (; k + groups <= end; k += groups) {
        const std::size_t at =
            near_flows<2, groups>(sheet, setting, ground, pull, k, std::size_t(0), leaving);
        near_flows<1, groups>(sheet, setting, ground, pull, k, at, leaving);
    }
    return k;
}

template <std::size_t groups, class Number>
NUZUH_INLINE std::size_t far_flows(const Number* sheet, const FarJourneys& ways, const Setting& setting,
                                   const Octets& pull, std::size_t k, std::size_t end,
                                   std::span<Octets* const> road, const Leaving& leaving) {
    const auto places = std::size_t(setting.places);
    const auto j = std::size_t(ways.to);
    for (; k + groups <= end; k += groups) {
        V sums[groups] = {};
        for (int source : ways.from) {
            const auto i = std::size_t(source);
            const V weight = load(sheet[i * places + j]);
            for (std::size_t g = 0; g < groups; ++g)
                sums[g] += weight * load(leaving.per_weight[(k + g) * places + i]);
        }
        for (std::size_t g = 0; g < groups; ++g)
            add(sums[g] * load(pull[j]), (*road[std::size_t(ways.steps)])[(k + g) * places + j]);
    }
    return k;
}

template <class Number>
NUZUH_INLINE void flows(const Number* near_sheet, const Number* sheet, std::span<const FarJourneys> far,
                        const Setting& setting, const Ground& ground, const Octets& pull, int mode,
                        std::span<Octets* const> road, Leaving& leaving) {
    const auto places = std::size_t(setting.places);
    const auto mobile = std::size_t(setting.mobile);
    for (std::size_t first = 0, end; first < mobile; first = end) {
        end = first + 1;
        while (end < mobile && setting.mode_of_group[end] == setting.mode_of_group[first]) ++end;
        if (setting.mode_of_group[first] != mode) continue;
        std::size_t k = near_flows<4>(near_sheet, setting, ground, pull, first, end, leaving);
        k = near_flows<2>(near_sheet, setting, ground, pull, k, end, leaving);
        near_flows<1>(near_sheet, setting, ground, pull, k, end, leaving);
        for (k = first; k < end; ++k) {
            for (int j : ground.to) {
                const std::size_t to = k * places + std::size_t(j);
                add(load(leaving.flow[to]), (*road[1])[to]);
            }
        }
        for (const FarJourneys& ways : far) {
            k = far_flows<4>(sheet, ways, setting, pull, first, end, road, leaving);
            far_flows<1>(sheet, ways, setting, pull, k, end, road, leaving);
        }
    }
}

/// Turns those of a group who go home into households per household away from an open home in reach, and puts who is
/// away from open homes into `flow`.
NUZUH_INLINE void share_among_homes(const Setting& setting, const Ground& ground, const Outlook& outlook,
                                    std::size_t k, Leaving& leaving) {
    const auto places = std::size_t(setting.places);
    V everyone{};
    for (std::size_t o = k * places; o < (k + 1) * places; ++o) everyone += load(outlook.away[o]);
    for (int o : ground.open) {
        const std::size_t c = k * places + std::size_t(o);
        store(load(outlook.away[c]) * load(ground.may_return[std::size_t(o)]), leaving.flow[c]);
    }
    const V rate = load(setting.return_rate) * inverse(everyone);
    for (std::size_t c = k * places; c < (k + 1) * places; ++c)
        store(load(leaving.returning[c]) * rate, leaving.returning[c]);
}

/// Some groups at a time go home to a place, see `go_home`.
///
/// @param at_home  whether those who are there already go home too
template <std::size_t groups>
NUZUH_INLINE std::size_t homes(const std::vector<int>& from, std::size_t o, bool at_home,
                               const Setting& setting, std::size_t k, std::size_t end, Octets& homeward,
                               Octets& away, const Leaving& leaving) {
    const auto places = std::size_t(setting.places);
    for (; k + groups <= end; k += groups) {
        const Octet* returning = &leaving.returning[k * places];
        V sums[groups] = {};
        for (std::size_t g = 0; g < groups && at_home; ++g) sums[g] = load(returning[g * places + o]);
        for (int i : from) {
            for (std::size_t g = 0; g < groups; ++g) sums[g] += load(returning[g * places + std::size_t(i)]);
        }
        for (std::size_t g = 0; g < groups; ++g) {
            const std::size_t c = (k + g) * places + o;
            const V n = sums[g] * load(leaving.flow[c]);
            add(n, homeward[c]);
            store(load(away[c]) - n, away[c]);
        }
    }
    return k;
}

/// Households that wanted to leave and found the way out blocked.
NUZUH_INLINE V besieged(const Setting& setting, const V& access, const V& hazard, const V& stayed) {
    const V closed = chance(access * hazard * setting.dt), wanted = chance(hazard * setting.dt);
    const Bits some_stay = closed < 1;
    const V would = only(some_stay, 1.0 - (1.0 - wanted) / select(some_stay, 1.0 - closed, all(1)));
    return only(access < 1, would * stayed);
}

/// Those who are away from home, at one place.
struct Parting {
    V per_back;  ///< who goes home, divided by the hazard of it
    V home, out, stuck;
};

NUZUH_INLINE Parting part(const Setting& setting, const Ground& ground, const V& access, const V& hazard,
                          const V& back, const V& per_weight, const V& here) {
    const V both = access * hazard + back;
    const V leaving = here * chance(both * setting.dt);
    Parting result;
    result.per_back = leaving * inverse(both);
    result.home = result.per_back * back;
    const V wanted = leaving - result.home;
    result.out = only(per_weight > 0, wanted);
    result.stuck = wanted - result.out;
    if (ground.any_siege) result.stuck += besieged(setting, access, hazard, here - result.home - result.out);
    return result;
}

}  // namespace

NUZUH_CLONES void leave(const Setting& setting, const Ground& ground, const Outlook& outlook, Crowd& crowd,
                        Leaving& leaving, Passed& passed) {
    const auto places = std::size_t(setting.places);
    for (std::size_t i = 0; i < places; ++i) {
        if (setting.is_abroad[i] || !outlook.anyone[i]) continue;
        const AtPlace place = at_place(setting, ground, outlook, i);
        V departures{}, first{}, stuck{}, per_weight{};
        for (std::size_t k = 0, c = i; k < std::size_t(setting.mobile); ++k, c += places) {
            const V persons = load(setting.persons[k]);
            if (k == 0 || setting.mode_of_group[k] != setting.mode_of_group[k - 1])
                per_weight = inverse(load(outlook.total[std::size_t(setting.mode_of_group[k])][i]));
            const V home_rate =
                home_hazard(setting, place, load(ground.response[i * std::size_t(setting.mobile) + k]));
            V from_home = load(leaving.per_weight[c]);
            if (!setting.departures_given) {
                const V chance_out = chance(place.access * home_rate * setting.dt);
                const V home = load(crowd.home[c]), back = load(crowd.back[c]);
                const V out = only(per_weight > 0, home * chance_out);
                const V again = only(per_weight > 0, back * chance_out);
                from_home = out + again;
                stuck += persons * ((home + back) * chance_out - from_home);
                if (ground.any_siege)
                    stuck += persons *
                             besieged(setting, place.access, home_rate, (home + back) * (1.0 - chance_out));
                store(home - out, crowd.home[c]);
                store(back - again, crowd.back[c]);
                add(from_home, crowd.away[c]);
                departures += persons * from_home;
                first += persons * out;
            }
            const V here = load(crowd.settled[c]);
            const Parting parting =
                part(setting, ground, place.access, onward_hazard(setting, place, home_rate),
                     load(outlook.back[c]), per_weight, here);
            store(here - parting.home - parting.out, crowd.settled[c]);
            store(parting.per_back, leaving.returning[c]);
            store((from_home + parting.out) * per_weight, leaving.per_weight[c]);
            stuck += persons * parting.stuck;
            departures += persons * parting.out;
        }
        add(departures, passed[std::size_t(PlaceField::departures)][i]);
        add(first, passed[std::size_t(PlaceField::first_departures)][i]);
        add(stuck, passed[std::size_t(PlaceField::could_not_leave)][i]);
    }
}

NUZUH_CLONES void leave_gates(const Setting& setting, const Ground& ground, const Outlook& outlook,
                              Crowd& crowd, Leaving& leaving, Passed& passed) {
    const auto places = std::size_t(setting.places);
    for (std::size_t i = 0; i < places; ++i) {
        V anyone{};
        for (std::size_t k = 0; k < std::size_t(setting.mobile); ++k)
            anyone += load(crowd.waiting[k * places + i]);
        if (setting.is_abroad[i] || !any_positive(anyone)) continue;
        const AtPlace place = at_place(setting, ground, outlook, i);
        const bool crossing = setting.abroad_behind[i] >= 0;
        V departures{}, stuck{};
        for (std::size_t k = 0, c = i; k < std::size_t(setting.mobile); ++k, c += places) {
            const V persons = load(setting.persons[k]), here = load(crowd.waiting[c]);
            const V per_weight = inverse(load(outlook.total[std::size_t(setting.mode_of_group[k])][i]));
            const V hazard = gate_hazard(
                setting,
                home_hazard(setting, place, load(ground.response[i * std::size_t(setting.mobile) + k])),
                crossing);
            const Parting parting =
                part(setting, ground, place.access, hazard, load(outlook.back[c]), per_weight, here);
            store(here - parting.home - parting.out, crowd.waiting[c]);
            add(parting.per_back, leaving.returning[c]);
            add(parting.out * per_weight, leaving.per_weight[c]);
            stuck += persons * parting.stuck;
            departures += persons * parting.out;
        }
        add(departures, passed[std::size_t(PlaceField::departures)][i]);
        add(stuck, passed[std::size_t(PlaceField::could_not_leave)][i]);
    }
}

NUZUH_CLONES void set_out(const double* near_sheet, const double* sheet, std::span<const FarJourneys> far,
                          const Setting& setting, const Ground& ground, const Octets& pull, int mode,
                          std::span<Octets* const> road, Leaving& leaving) {
    flows(near_sheet, sheet, far, setting, ground, pull, mode, road, leaving);
}
NUZUH_CLONES void set_out(const Octet* near_sheet, const Octet* sheet, std::span<const FarJourneys> far,
                          const Setting& setting, const Ground& ground, const Octets& pull, int mode,
                          std::span<Octets* const> road, Leaving& leaving) {
    flows(near_sheet, sheet, far, setting, ground, pull, mode, road, leaving);
}

NUZUH_CLONES void go_home(const std::vector<std::vector<int>>& near, std::span<const FarJourneys> far,
                          const Setting& setting, const Ground& ground, const Outlook& outlook, int mode,
                          std::span<Octets* const> homeward, Crowd& crowd, Leaving& leaving) {
    const auto mobile = std::size_t(setting.mobile);
    for (std::size_t first = 0, end; first < mobile; first = end) {
        end = first + 1;
        while (end < mobile && setting.mode_of_group[end] == setting.mode_of_group[first]) ++end;
        if (setting.mode_of_group[first] != mode) continue;
        for (std::size_t k = first; k < end; ++k) share_among_homes(setting, ground, outlook, k, leaving);
        for (int open : ground.open) {
            const auto o = std::size_t(open);
            const std::size_t k =
                homes<4>(near[o], o, true, setting, first, end, *homeward[1], crowd.away, leaving);
            homes<1>(near[o], o, true, setting, k, end, *homeward[1], crowd.away, leaving);
        }
        for (const FarJourneys& ways : far) {
            const auto o = std::size_t(ways.to);
            if (!ground.is_open[o]) continue;
            Octets& road = *homeward[std::size_t(ways.steps)];
            const std::size_t k =
                homes<4>(ways.from, o, false, setting, first, end, road, crowd.away, leaving);
            homes<1>(ways.from, o, false, setting, k, end, road, crowd.away, leaving);
        }
    }
}

}  // namespace nuzuh::pooled
