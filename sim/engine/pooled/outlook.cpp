#include "sim/engine/pooled/outlook.hpp"

#include <algorithm>

#include "sim/engine/pooled/octet_rules.hpp"

namespace nuzuh::pooled {

namespace {

/// Several places at a time: sums that do not wait for one another.
template <std::size_t together, class Number>
NUZUH_INLINE std::size_t weights(const Number* sheet, const Setting& setting, const Ground& ground,
                                 const Octets& pull, std::size_t at, Octets& total) {
    for (; at + together <= ground.from.size(); at += together) {
        const Number* columns[together];
        V sums[together] = {};
        for (std::size_t c = 0; c < together; ++c)
            columns[c] = sheet + std::ptrdiff_t(ground.from[at + c]) * setting.places;
        for (int j : ground.to) {
            const V pulls = load(pull[std::size_t(j)]);
            for (std::size_t c = 0; c < together; ++c) sums[c] += load(columns[c][j]) * pulls;
        }
        for (std::size_t c = 0; c < together; ++c) store(sums[c], total[std::size_t(ground.from[at + c])]);
    }
    return at;
}

template <class Number>
NUZUH_INLINE void all_weights(const Number* sheet, const Setting& setting, const Ground& ground,
                              const Octets& pull, Octets& total) {
    weights<1>(sheet, setting, ground, pull, weights<4>(sheet, setting, ground, pull, 0, total), total);
}

}  // namespace

NUZUH_CLONES void count(const Setting& setting, const Crowd& crowd, Outlook& outlook) {
    const auto places = std::size_t(setting.places);
    for (std::size_t i = 0; i < places; ++i) {
        V at_home{}, displaced{};
        for (std::size_t k = 0, c = i; k < std::size_t(setting.groups); ++k, c += places) {
            at_home += load(crowd.home[c]);
            if (k >= std::size_t(setting.mobile)) continue;
            at_home += load(crowd.back[c]);
            displaced += load(setting.persons[k]) * load(crowd.settled[c]);
        }
        store(at_home, outlook.at_home[i]);
        store(displaced, outlook.displaced[i]);
        outlook.anyone[i] = any_positive(at_home + displaced);
    }
}

NUZUH_CLONES void take_stock(const Setting& setting, const Crowd& crowd, const Outlook& outlook,
                             bool anyone_waits, Stock& stock) {
    const auto places = std::size_t(setting.places);
    V households{};
    for (std::size_t i = 0; i < places; ++i) {
        V at_home{}, waiting{}, on_the_road{};
        households += load(outlook.at_home[i]) + load(outlook.settled[i]);
        for (std::size_t k = 0, c = i; k < std::size_t(setting.groups); ++k, c += places) {
            const V persons = load(setting.persons[k]);
            at_home += persons * load(crowd.home[c]);
            if (k >= std::size_t(setting.mobile)) continue;
            at_home += persons * load(crowd.back[c]);
            if (anyone_waits) {
                waiting += persons * load(crowd.waiting[c]);
                households += load(crowd.waiting[c]);
            }
            for (std::size_t s = 0; s < crowd.road.size(); ++s) {
                const V travelling = load(crowd.road[s][c]) + load(crowd.homeward[s][c]);
                on_the_road += persons * travelling;
                households += travelling;
            }
        }
        store(at_home, stock.at_home[i]);
        store(waiting, stock.waiting[i]);
        store(on_the_road, stock.on_the_road[i]);
    }
    store(households, stock.households);
}

NUZUH_CLONES void come_home(const Setting& setting, const Ground& ground, Octets& homeward, Octets& arriving,
                            Crowd& crowd, Passed& passed) {
    const auto places = std::size_t(setting.places);
    for (std::size_t o = 0; o < places; ++o) {
        V returns{};
        for (std::size_t k = 0, c = o; k < std::size_t(setting.mobile); ++k, c += places) {
            const V n = load(homeward[c]);
            if (ground.fallen[o]) {
                store(load(arriving[c]) + n, arriving[c]);
                store(load(crowd.away[c]) + n, crowd.away[c]);
            } else {
                store(load(crowd.back[c]) + n, crowd.back[c]);
                returns += load(setting.persons[k]) * n;
            }
            store(V{}, homeward[c]);
        }
        store(returns, passed[std::size_t(PlaceField::returns)][o]);
    }
}

NUZUH_CLONES void settle(const Setting& setting, const std::vector<char>& is_free, Octets& arriving,
                         Crowd& crowd, Passed& passed) {
    const auto places = std::size_t(setting.places);
    for (std::size_t j = 0; j < places; ++j) {
        V arrivals{};
        for (std::size_t k = 0, c = j; k < std::size_t(setting.mobile); ++k, c += places) {
            const V n = load(arriving[c]);
            arrivals += load(setting.persons[k]) * n;
            if (!is_free[j]) continue;
            store(load(crowd.settled[c]) + n, crowd.settled[c]);
            store(V{}, arriving[c]);
        }
        store(arrivals, passed[std::size_t(PlaceField::arrivals)][j]);
    }
}

NUZUH_CLONES void find_ways_home(const Setting& setting, const Ground& ground,
                                 const std::vector<int>& same_reach,
                                 const std::vector<std::vector<int>>& in_reach, Outlook& outlook) {
    const auto places = std::size_t(setting.places);
    for (std::size_t k = 0; k < std::size_t(setting.mobile); ++k) {
        const Octet* away = &outlook.away[k * places];
        V everyone{};
        for (std::size_t o = 0; o < places; ++o) everyone += load(away[o]);
        const V rate = load(setting.return_rate) * inverse(everyone);
        for (std::size_t i = 0; i < places; ++i) {
            const auto same = std::size_t(same_reach[i]);
            V open = same < i ? load(outlook.back[k * places + same]) : V{};
            for (int o : in_reach[i]) {
                if (same < i) break;
                if (ground.is_open[std::size_t(o)])
                    open += load(away[std::size_t(o)]) * load(ground.may_return[std::size_t(o)]);
            }
            store(same < i ? open : open * rate, outlook.back[k * places + i]);
        }
    }
}

NUZUH_CLONES void find_chances(const Setting& setting, const Ground& ground, const Crowd& crowd,
                               const Outlook& outlook, bool gates, Chances& chances) {
    const auto places = std::size_t(setting.places);
    for (std::size_t i = 0; i < places; ++i) {
        const AtPlace place = at_place(setting, ground, outlook, i);
        const bool crossing = setting.abroad_behind[i] >= 0;
        for (std::size_t k = 0, c = i; k < std::size_t(setting.mobile); ++k, c += places) {
            const V home =
                home_hazard(setting, place, load(ground.response[i * std::size_t(setting.mobile) + k]));
            const V onward = onward_hazard(setting, place, home), back = load(outlook.back[c]);
            const V acted_on = place.access * home * setting.dt;
            store(chance(acted_on), chances.home[c]);
            store(1.0 + expm1(-((load(crowd.home[c]) + load(crowd.back[c])) * acted_on)),
                  chances.no_one_home[c]);
            const V both = place.access * onward + back;
            store(chance(both * setting.dt), chances.onward[c]);
            store(back * inverse(both), chances.onward_home_part[c]);
            store(1.0 + expm1(-(load(crowd.settled[c]) * both * setting.dt)), chances.no_one_onward[c]);
            if (!gates && !ground.any_siege) continue;
            const V gate = gate_hazard(setting, home, crossing);
            const V either = place.access * gate + back;
            store(chance(either * setting.dt), chances.gate[c]);
            store(back * inverse(either), chances.gate_home_part[c]);
            store(home, chances.home_hazard[c]);
            store(onward, chances.onward_hazard[c]);
            store(gate, chances.gate_hazard[c]);
        }
    }
}

NUZUH_CLONES void copy_sheet(const double* sheet, int places, std::vector<double>& copy,
                             std::vector<double>& most_to, std::vector<double>& most_from) {
    const auto n = std::size_t(places);
    copy.resize(n * n);
    double* __restrict to = most_to.data();
    for (std::size_t i = 0; i < n; ++i) {
        const double* column = sheet + i * n;
        double most[8] = {};
        double* __restrict copied = copy.data() + i * n;
        for (std::size_t j = 0; j < n; ++j) {
            copied[j] = column[j];
            to[j] = column[j] > to[j] ? column[j] : to[j];
        }
        for (std::size_t j = 0; j + 8 <= n; j += 8) {
            for (std::size_t l = 0; l < 8; ++l) most[l] = column[j + l] > most[l] ? column[j + l] : most[l];
        }
        for (std::size_t j = n - n % 8; j < n; ++j) most[0] = std::max(most[0], column[j]);
        most_from[i] = std::max(most_from[i], *std::max_element(most, most + 8));
    }
}

NUZUH_CLONES void remember(const Setting& setting, const Crowd& crowd, Outlook& outlook) {
    const auto places = std::size_t(setting.places);
    const V fading = load(setting.choose.network_fading);
    for (std::size_t j = 0; j < places; ++j) {
        V here{};
        for (std::size_t k = 0, c = j; k < std::size_t(setting.mobile); ++k, c += places)
            here += load(crowd.settled[c]);
        const V came = max(here - load(outlook.settled[j]), V{});
        store(select(fading > 0, load(outlook.pulling[j]) * fading + came, here), outlook.pulling[j]);
        store(here, outlook.settled[j]);
    }
}

NUZUH_CLONES void find_pull(const Setting& setting, Outlook& outlook) {
    const auto& choose = setting.choose;
    const auto places = std::size_t(setting.places);
    const V power = load(choose.network_pull), softening = load(choose.network_softening),
            floor = load(choose.capacity_floor), per_buffer = load(choose.per_buffer);
    V everyone{};
    for (std::size_t j = 0; j < places; ++j) everyone += load(outlook.pulling[j]);
    const V per_scale = 1.0 / max(softening * everyone, all(1));  // 1 without softening
    for (std::size_t j = 0; j < places; ++j) {
        const V network = expm1(power * ln(1.0 + load(outlook.pulling[j]) * per_scale)) + 1.0;
        const V capacity = load(setting.capacity[j]);
        const V free = 1.0 - load(outlook.displaced[j]) * load(setting.per_capacity[j]);
        const V room = select(capacity > 0, min(max(free * per_buffer, floor), all(1)), floor);
        store(network * (room * load(outlook.share_noise[j])), outlook.pull[j]);
    }
}

NUZUH_CLONES void add_weights(const double* sheet, const Setting& setting, const Ground& ground,
                              const Octets& pull, Octets& total) {
    all_weights(sheet, setting, ground, pull, total);
}
NUZUH_CLONES void add_weights(const Octet* sheet, const Setting& setting, const Ground& ground,
                              const Octets& pull, Octets& total) {
    all_weights(sheet, setting, ground, pull, total);
}

NUZUH_CLONES void weigh(const double* column, const Octets& pull, std::size_t run,
                        std::vector<double>& weights, std::vector<double>& sums) {
    const std::size_t places = weights.size();
    for (std::size_t j = 0; j < places; ++j) weights[j] = column[j] * pull[j].of[run];
    // Four at a time, so that few additions wait for one another.
    double sum = 0;
    std::size_t j = 0;
    for (; j + 4 <= places; j += 4) {
        const double one = weights[j], two = one + weights[j + 1], three = two + weights[j + 2],
                     four = three + weights[j + 3];
        sums[j] = sum + one;
        sums[j + 1] = sum + two;
        sums[j + 2] = sum + three;
        sums[j + 3] = sum += four;
    }
    for (; j < places; ++j) sums[j] = sum += weights[j];
}

}  // namespace nuzuh::pooled
