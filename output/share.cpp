#include "output/share.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "output/longitude.hpp"
#include "output/weekly.hpp"
#include "sim/base/folded.hpp"
#include "sim/check/admin_units.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh {
namespace {

using Counts = std::vector<std::vector<double>>;  // [M][W, S]

/// What tells sub-districts apart: their code, however their name is spelt; where a place has no code, the code that
/// others of its sub-district's name have, else the name. A name that stands for several codes tells nothing.
class SubDistrictKeys {
public:
    explicit SubDistrictKeys(const std::vector<PlaceEntry>& places) {
        for (const auto& place : places) {
            const auto code = comparable_code(place.adm3_pcode);
            if (!code.empty()) codes_of_name_[folded(place.adm3)].insert(code);
        }
    }
    std::string of(const PlaceEntry& place) const {
        auto code = comparable_code(place.adm3_pcode);
        const auto name = folded(place.adm3);
        if (!code.empty() || name.empty()) return code;
        const auto codes = codes_of_name_.find(name);
        if (codes == codes_of_name_.end()) return "name " + name;
        return codes->second.size() == 1 ? *codes->second.begin() : "";
    }

private:
    std::map<std::string, std::set<std::string>> codes_of_name_;
};

/// Takes over what a group does not know yet, and moves its middle.
void add_place(SubDistrict& group, const PlaceEntry& place, std::size_t size) {
    const auto take = [](std::string& known, const std::string& text) {
        if (known.empty()) known = text;
    };
    take(group.name, place.adm3);
    take(group.pcode, comparable_code(place.adm3_pcode));
    take(group.adm1_pcode, place.adm1_pcode);
    take(group.adm2_pcode, place.adm2_pcode);
    group.lat += (place.lat - group.lat) / double(size);
    group.lon = normal_longitude(group.lon + normal_longitude(place.lon - group.lon) / double(size));
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

SubDistricts sub_districts_of(const Gazetteer& g) {
    const SubDistrictKeys keys(g.places);
    std::map<std::string, std::size_t> by_key;
    SubDistricts out;
    std::vector<std::size_t> size;
    for (const auto& place : g.places) {
        const std::string key = keys.of(place);
        const auto [at, is_new] = by_key.emplace(key, out.groups.size());
        out.of_place.push_back(at->second);
        if (is_new) {
            out.groups.emplace_back();
            size.push_back(0);
        }
        PlaceEntry known = place;
        if (key.empty()) known.adm3 = known.adm1_pcode = known.adm2_pcode = "";
        add_place(out.groups[at->second], known, ++size[at->second]);
    }
    return out;
}

double protected_count(double persons) { return persons < 10 ? 0 : 10 * std::round(persons / 10); }

SharedCounts shared_counts(const ResultsFile& file, const Gazetteer& g) {
    require_all_places(file, "sums of sub-districts take");
    SharedCounts shared;
    const SubDistricts districts = sub_districts_of(g);
    const auto& of_place = districts.of_place;
    shared.sub_districts = districts.groups;
    const std::size_t groups = shared.sub_districts.size(), places = g.places.size();
    const auto weekly = [&](PlaceField field) { return by_week(file, g, field); };
    const auto since_start = [&](PlaceField field) {
        auto values = weekly(field);
        for (auto& member : values) {
            for (std::size_t c = places; c < member.size(); ++c) member[c] += member[c - places];
        }
        return values;
    };
    const auto displaced = weekly(PlaceField::displaced), unsheltered = weekly(PlaceField::without_shelter),
               waiting = weekly(PlaceField::waiting), arrivals = since_start(PlaceField::arrivals),
               turned = since_start(PlaceField::turned_away),
               departures = since_start(PlaceField::departures), returns = since_start(PlaceField::returns);
    const auto sum = [&](auto value) {
        Counts counts =
            summed(g, of_place, groups, [&](auto m, auto w, auto i) { return value(m, w * places + i, i); });
        protect(counts);
        return counts;
    };
    const auto is_abroad = [&](std::size_t i) { return g.places[i].type == "abroad"; };
    // Of each member by the capacity that it drew.
    const auto too_many = [&](auto m, auto c) {
        return std::clamp(double(unsheltered[m][c]) - waiting[m][c], 0.0, double(displaced[m][c]));
    };
    const Counts within =
        sum([&](auto m, auto c, auto i) { return is_abroad(i) ? 0 : displaced[m][c] - too_many(m, c); });
    const Counts beyond = sum([&](auto m, auto c, auto i) { return is_abroad(i) ? 0 : too_many(m, c); });
    const Counts waits = sum([&](auto m, auto c, auto) { return waiting[m][c]; });
    const Counts abroad = sum([&](auto m, auto c, auto i) { return is_abroad(i) ? displaced[m][c] : 0; });
    const Counts gone_on = sum([&](auto m, auto c, auto) {
        return std::max(0.0, double(arrivals[m][c]) - turned[m][c] - displaced[m][c]);
    });
    const Counts left = sum([&](auto m, auto c, auto) { return departures[m][c]; });
    const Counts back = sum([&](auto m, auto c, auto) { return returns[m][c]; });
    const Counts staying = plus(within, beyond);
    shared.members = {staying, plus(beyond, waits), abroad, plus(plus(staying, abroad), gone_on), left, back};
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
