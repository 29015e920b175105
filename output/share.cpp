#include "output/share.hpp"

#include <algorithm>
#include <cmath>

#include "output/weekly.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh {
namespace {

using Counts = std::vector<std::vector<double>>;  // [M][W, S]

/// The sub-district of each place, as index.
std::vector<std::size_t> group_places(const Gazetteer& g, std::vector<SubDistrict>& sub_districts) {
    std::vector<std::size_t> of_place, size;
    for (const auto& place : g.places) {
        const auto same = [&](const SubDistrict& s) {
            return s.pcode == place.adm3_pcode && s.name == place.adm3;
        };
        const auto found = std::find_if(sub_districts.begin(), sub_districts.end(), same);
        of_place.push_back(std::size_t(found - sub_districts.begin()));
        if (found == sub_districts.end()) {
            sub_districts.push_back({place.adm3, place.adm3_pcode, 0, 0});
            size.push_back(0);
        }
        auto& group = sub_districts[of_place.back()];
        const double share = 1.0 / double(++size[of_place.back()]);
        group.lat += (place.lat - group.lat) * share;
        group.lon += (place.lon - group.lon) * share;
    }
    return of_place;
}

/// Adds a quantity up over the places of each sub-district.
///
/// @param value  of a member, week and place
template <class F>
Counts summed(const Gazetteer& g, const std::vector<std::size_t>& of_place, std::size_t groups, F value) {
    Counts counts(g.members, std::vector<double>(g.weeks.size() * groups, 0));
    for (std::size_t m = 0; m < g.members; ++m) {
        for (std::size_t w = 0; w < g.weeks.size(); ++w) {
            for (std::size_t i = 0; i < g.places.size(); ++i)
                counts[m][w * groups + of_place[i]] += value(m, w, i);
        }
    }
    return counts;
}

void protect(Counts& counts) {
    for (auto& member : counts) {
        for (double& persons : member) persons = protected_count(persons);
    }
}

Counts plus(Counts a, const Counts& b) {
    for (std::size_t m = 0; m < a.size(); ++m) {
        for (std::size_t c = 0; c < a[m].size(); ++c) a[m][c] += b[m][c];
    }
    return a;
}

Counts summed_over_groups(const Counts& counts, std::size_t weeks, std::size_t groups) {
    Counts totals;
    for (const auto& member : counts) {
        totals.emplace_back(weeks, 0.0);
        for (std::size_t c = 0; c < member.size(); ++c) totals.back()[c / groups] += member[c];
    }
    return totals;
}

}  // namespace

double protected_count(double persons) { return persons < 10 ? 0 : 10 * std::round(persons / 10); }

SharedCounts shared_counts(const ResultsFile& file, const Gazetteer& g) {
    SharedCounts shared;
    const auto of_place = group_places(g, shared.sub_districts);
    const std::size_t groups = shared.sub_districts.size(), places = g.places.size();
    const auto weekly = [&](PlaceField field) { return by_week(file, g, field); };
    const auto since_start = [&](PlaceField field) {
        auto values = weekly(field);
        for (auto& member : values) {
            for (std::size_t c = places; c < member.size(); ++c) member[c] += member[c - places];
        }
        return values;
    };
    const auto displaced = weekly(PlaceField::displaced), arrivals = since_start(PlaceField::arrivals),
               turned = since_start(PlaceField::turned_away),
               departures = since_start(PlaceField::departures), returns = since_start(PlaceField::returns);
    const auto sum = [&](auto value) { return summed(g, of_place, groups, value); };
    const auto within = [&](std::size_t i, double persons) {
        return std::isnan(g.places[i].capacity) ? persons : std::min(persons, g.places[i].capacity);
    };
    const auto at = [&](std::size_t w, std::size_t i) { return w * places + i; };
    Counts with = sum([&](auto m, auto w, auto i) { return within(i, displaced[m][at(w, i)]); });
    Counts without = sum(
        [&](auto m, auto w, auto i) { return displaced[m][at(w, i)] - within(i, displaced[m][at(w, i)]); });
    Counts gone_on = sum([&](auto m, auto w, auto i) {
        const std::size_t c = at(w, i);
        return std::max(0.0, double(arrivals[m][c]) - turned[m][c] - displaced[m][c]);
    });
    Counts left = sum([&](auto m, auto w, auto i) { return departures[m][at(w, i)]; });
    Counts back = sum([&](auto m, auto w, auto i) { return returns[m][at(w, i)]; });
    for (Counts* counts : {&with, &without, &gone_on, &left, &back}) protect(*counts);
    const Counts staying = plus(with, without);
    shared.members = {staying, without, plus(staying, gone_on), left, back};
    for (std::size_t f = 0; f < shared.members.size(); ++f)
        shared.totals[f] = summed_over_groups(shared.members[f], g.weeks.size(), groups);
    return shared;
}

double member_at(std::vector<double> sample, double p) {
    std::sort(sample.begin(), sample.end());
    constexpr double rounding = 1e-9;
    const double rank = std::ceil(p * double(sample.size()) - rounding);
    return sample[std::size_t(std::clamp(rank - 1, 0.0, double(sample.size() - 1)))];
}

}  // namespace nuzuh
