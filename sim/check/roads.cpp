// Coordinates and lengths of roads that contradict each other.
//
// Places joined by roads that fit their coordinates form clusters. Where a road does not fit, the cluster at one of its
// ends is perhaps misplaced: changes that undo common slips of the hand are tried on all of its places, and the one
// that makes its roads fit is given as the likely cure.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/disjoint_sets.hpp"
#include "sim/check/doubts.hpp"
#include "sim/check/slips.hpp"

namespace nuzuh {
namespace {

constexpr std::size_t most_told = 5;  ///< warnings of one kind; then how many more

/// Whether a road may well join two places: stricter about detours than what is told of.
bool fits_well(double km, double air_km) { return !too_short(km, air_km) && km <= 3 * air_km + 20; }

class RoadsChecker {
public:
    RoadsChecker(const ScenarioSettings& settings, std::vector<bool>& told) : s_(settings), told_(told) {
        std::map<std::string, int> index;
        for (const auto& place : s_.network.places) {
            index.emplace(place.place, int(positions_.size()));
            positions_.push_back({place.lat, place.lon});
        }
        for (const auto& route : s_.network.routes)
            ends_.push_back({index.at(route.from), index.at(route.to)});
    }

    Findings run() {
        roads();
        return std::move(doubts_.findings);
    }

private:
    const PlaceSettings& place(int i) const { return s_.network.places[std::size_t(i)]; }
    static std::string path(int i, const char* key) { return fmt::format("network.places[{}].{}", i, key); }
    double km(int r) const { return s_.network.routes[std::size_t(r)].km; }
    double air(int r) const { return km_between(positions_[from(r)], positions_[to(r)]); }
    std::size_t from(int r) const { return std::size_t(ends_[std::size_t(r)].first); }
    std::size_t to(int r) const { return std::size_t(ends_[std::size_t(r)].second); }
    bool is_bad(int r) const { return too_short(km(r), air(r)) || too_long(km(r), air(r)); }
    int places() const { return int(positions_.size()); }
    int routes() const { return int(ends_.size()); }

    void roads() {
        std::set<int> bad;
        for (int r = 0; r < routes(); ++r) {
            if (is_bad(r) && !told_[from(r)] && !told_[to(r)]) bad.insert(r);
        }
        if (bad.empty() || all_of_them(bad)) return;
        while (cure_one(bad)) {}
        tell_roads(bad);
    }

    /// One slip in the whole table. Gives whether it was told.
    bool all_of_them(const std::set<int>& bad) {
        if (bad.size() < 3 || 2 * int(bad.size()) < routes()) return false;
        const auto most_fit = [&](auto fits) {
            int fitting = 0;
            for (int r = 0; r < routes(); ++r) fitting += fits(r);
            return 10 * fitting >= 9 * routes();
        };
        const auto message =
            fmt::format("{} of {} roads contradict the coordinates of their ends", bad.size(), routes());
        const auto fits_swapped = [&](int r) {
            const LatLon a = cures[0].undone(positions_[from(r)]), b = cures[0].undone(positions_[to(r)]);
            return on_earth(a) && on_earth(b) && fits_well(km(r), km_between(a, b));
        };
        if (most_fit(fits_swapped)) {
            doubts_.warn(path(0, "lat"), message, fmt::format("{} in the whole table", cures[0].slip));
            return true;
        }
        for (const auto& unit : {std::pair{"miles", 1.609344},
                                 {"metres", 0.001},
                                 {"tens of kilometres", 10.0},
                                 {"hundreds of metres", 0.1}}) {
            if (!most_fit([&](int r) { return fits_well(km(r) * unit.second, air(r)); })) continue;
            doubts_.warn(fmt::format("network.routes[{}].km", *bad.begin()), message,
                         fmt::format("lengths look like {}; km are expected", unit.first));
            return true;
        }
        return false;
    }

    /// Places joined by roads that fit, by the index of one of them.
    std::vector<int> clusters(const std::set<int>& bad) const {
        DisjointSets joined(places());
        for (int r = 0; r < routes(); ++r) {
            if (!bad.count(r)) joined.join(int(from(r)), int(to(r)));
        }
        std::vector<int> of;
        for (int i = 0; i < places(); ++i) of.push_back(joined.root(i));
        return of;
    }

    struct Found {
        int cured = 0;  ///< roads that fit then
        double detour = 0;
        int cluster = -1;
        const Cure* cure = nullptr;
    };

    /// What a cure of a cluster does: how many bad roads at its rim fit then; none if one does not.
    Found tried(const Cure& cure, int cluster, const std::vector<int>& of, const std::set<int>& bad) const {
        Found found{0, 0, cluster, &cure};
        for (int r = 0; r < routes(); ++r) {
            const bool a = of[from(r)] == cluster, b = of[to(r)] == cluster;
            if (!a && !b) continue;
            const LatLon start = a ? cure.undone(positions_[from(r)]) : positions_[from(r)];
            const LatLon end = b ? cure.undone(positions_[to(r)]) : positions_[to(r)];
            if (!on_earth(start) || !on_earth(end) || !fits_well(km(r), km_between(start, end))) return {};
            if (!bad.count(r) || too_long(km(r), air(r))) continue;
            ++found.cured;
            found.detour = std::max(found.detour, km(r) / std::max(km_between(start, end), 0.01));
        }
        return found;
    }

    /// Tells of the slip that explains most roads, and takes these out. Gives whether there was one.
    bool cure_one(std::set<int>& bad) {
        const auto of = clusters(bad);
        std::map<int, int> sizes;
        for (int cluster : of) ++sizes[cluster];
        std::set<int> rims;
        for (int r : bad) rims.insert({of[from(r)], of[to(r)]});
        Found best;
        for (int cluster : rims) {
            if (2 * sizes[cluster] > places() && places() > 2) continue;
            for (const auto& cure : cures) {
                const Found found = tried(cure, cluster, of, bad);
                const auto worth = [](const Found& f) { return std::pair(f.cured, -f.detour); };
                if (found.cured > 0 && (best.cured == 0 || worth(found) > worth(best))) best = found;
            }
        }
        if (best.cured == 0) return false;
        tell_cure(best, of, bad);
        std::erase_if(bad, [&](int r) { return of[from(r)] == best.cluster || of[to(r)] == best.cluster; });
        return true;
    }

    void tell_cure(const Found& found, const std::vector<int>& of, const std::set<int>& bad) {
        std::vector<std::string> names;
        int first = -1;
        for (int i = 0; i < places(); ++i) {
            if (of[std::size_t(i)] != found.cluster) continue;
            if (names.empty()) first = i;
            names.push_back(place(i).place);
            told_[std::size_t(i)] = true;
        }
        const auto touches = [&](int r) {
            return of[from(r)] == found.cluster || of[to(r)] == found.cluster;
        };
        const int r = *std::find_if(bad.begin(), bad.end(), touches);
        const LatLon right = found.cure->undone(positions_[std::size_t(first)]);
        doubts_.warn(
            path(first, "lat"),
            fmt::format("{}; {}", contradiction(r),
                        names.size() == 1 ? fmt::format("'{}' seems to lie elsewhere", names[0])
                                          : fmt::format("these seem to lie elsewhere: {}", few_of(names))),
            fmt::format("{}: with lat {:.6g}, lon {:.6g} the road would be {:.1f} times the straight line",
                        found.cure->slip, right.lat, right.lon, found.detour));
    }

    std::string contradiction(int r) const {
        const auto& route = s_.network.routes[std::size_t(r)];
        return fmt::format("road '{}' from '{}' to '{}' is {} km long, {} the straight line of {} km",
                           route.route, route.from, route.to, short_number(km(r)),
                           too_short(km(r), air(r)) ? "shorter than" : "many times", short_number(air(r)));
    }

    void tell_roads(const std::set<int>& bad) {
        std::size_t told = 0;
        for (int r : bad) {
            const bool last = ++told == most_told && bad.size() > told;
            const auto more = last ? fmt::format("; and {} more roads like it", bad.size() - told) : "";
            doubts_.warn(fmt::format("network.routes[{}].km", r), contradiction(r) + more,
                         "look at its length, and at the coordinates of both ends");
            if (last) return;
        }
    }

    const ScenarioSettings& s_;
    std::vector<bool>& told_;  ///< places whose coordinates were spoken of
    std::vector<LatLon> positions_;
    std::vector<std::pair<int, int>> ends_;
    Doubts doubts_;
};

}  // namespace

Findings doubts_about_roads(const ScenarioSettings& settings, std::vector<bool>& told) {
    return RoadsChecker(settings, told).run();
}

}  // namespace nuzuh
