// Places that are not where others are, and places that are given twice.
#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "sim/check/doubts.hpp"
#include "sim/check/slips.hpp"

namespace nuzuh {
namespace {

class PlacesChecker {
public:
    explicit PlacesChecker(const ScenarioSettings& settings) : s_(settings) {
        for (const auto& place : s_.network.places) {
            index_.emplace(place.place, int(positions_.size()));
            positions_.push_back({place.lat, place.lon});
        }
        told_.assign(positions_.size(), false);
    }

    Findings run() {
        at_zero();
        const Findings roads = doubts_about_roads(s_, told_);
        doubts_.findings.insert(doubts_.findings.end(), roads.begin(), roads.end());
        far_from_all();
        behind_crossings();
        border();
        twins();
        return std::move(doubts_.findings);
    }

private:
    const PlaceSettings& place(int i) const { return s_.network.places[std::size_t(i)]; }
    static std::string path(int i, const char* key) { return fmt::format("network.places[{}].{}", i, key); }
    int places() const { return int(positions_.size()); }

    /// Distance to the nearest other place, of those that `counts`.
    template <class Counts>
    std::pair<double, int> nearest(const LatLon& position, int self, Counts counts) const {
        std::pair best{std::numeric_limits<double>::infinity(), -1};
        for (int j = 0; j < places(); ++j) {
            if (j != self && counts(j))
                best = std::min(best, {km_between(position, positions_[std::size_t(j)]), j});
        }
        return best;
    }

    /// Coordinates left out of a table: 0, 0 lies in the sea.
    void at_zero() {
        const auto is_zero = [&](int i) {
            return positions_[std::size_t(i)].lat == 0 && positions_[std::size_t(i)].lon == 0;
        };
        std::vector<std::string> names;
        int first = -1;
        for (int i = 0; i < places(); ++i) {
            if (!is_zero(i)) continue;
            const auto [distance, near] = nearest({0, 0}, i, [&](int j) { return !is_zero(j); });
            if (near < 0 || distance < 100) continue;
            if (names.empty()) first = i;
            names.push_back(place(i).place);
            told_[std::size_t(i)] = true;
        }
        if (names.empty()) return;
        doubts_.warn(path(first, "lat"),
                     fmt::format("at 0, 0, in the sea off west Africa: {}", few_of(names)),
                     "the coordinates were probably left out");
    }

    /// A place that lies far from all others.
    ///
    /// Source   judgement: more than 200 km, with a road that long more than 1,000 km, and 15 times what is usual
    ///          between neighbours
    void far_from_all() {
        if (places() < 4) return;
        std::vector<std::pair<double, int>> gaps;
        for (int i = 0; i < places(); ++i)
            gaps.push_back(nearest(positions_[std::size_t(i)], i, [](int) { return true; }));
        std::vector<double> sorted;
        for (const auto& gap : gaps) sorted.push_back(gap.first);
        std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
        const double usual = sorted[sorted.size() / 2];
        for (int i = 0; i < places(); ++i) {
            const auto [gap, near] = gaps[std::size_t(i)];
            if (gap < (has_road(i) ? 1000 : 200) || gap < 15 * usual || told_[std::size_t(i)]) continue;
            told_[std::size_t(i)] = true;
            doubts_.warn(path(i, "lat"),
                         fmt::format("'{}' lies {} km from the nearest other place, '{}'", place(i).place,
                                     short_number(gap), place(near).place),
                         nearer(i, std::max(3 * usual, 50.0)));
        }
    }

    bool has_road(int i) const {
        return std::any_of(s_.network.routes.begin(), s_.network.routes.end(),
                           [&](const RouteSettings& route) {
                               return route.from == place(i).place || route.to == place(i).place;
                           });
    }

    /// The slip that would put a place near others; "" if there is none.
    std::string nearer(int i, double within_km) const {
        const LatLon& position = positions_[std::size_t(i)];
        for (const auto& cure : cures) {
            const LatLon right = cure.undone(position);
            if (!on_earth(right) || nearest(right, i, [](int) { return true; }).first > within_km) continue;
            return fmt::format("{}: lat {:.6g}, lon {:.6g} is near the others", cure.slip, right.lat,
                               right.lon);
        }
        return "look at its coordinates";
    }

    /// A place abroad has no road to its crossing, so nothing else holds it in its place.
    void behind_crossings() {
        for (int i = 0; i < places(); ++i) {
            const auto& crossing = place(i);
            if (crossing.type != PlaceType::crossing) continue;
            const int behind = index_.at(crossing.leads_to);
            const double gap = km_between(positions_[std::size_t(i)], positions_[std::size_t(behind)]);
            if (gap < 500 || told_[std::size_t(i)] || told_[std::size_t(behind)]) continue;
            told_[std::size_t(behind)] = true;
            doubts_.warn(path(behind, "lat"),
                         fmt::format("'{}' lies {} km from '{}', the crossing that leads there",
                                     crossing.leads_to, short_number(gap), crossing.place),
                         nearer(behind, 300));
        }
    }

    /// Lines that maps show belong where the places are, and have no leaps.
    void border() {
        const auto& points = s_.network.border;
        if (points.empty() || positions_.empty()) return;
        const auto gap = [&](auto changed) {
            double least = std::numeric_limits<double>::infinity();
            for (const auto& point : points) {
                const LatLon position = changed(LatLon{point.lat, point.lon});
                if (on_earth(position))
                    least = std::min(least, nearest(position, -1, [](int) { return true; }).first);
            }
            return least;
        };
        const double away = gap([](const LatLon& s) { return s; });
        if (away > 300) {
            std::string hint = "look at its coordinates";
            for (const auto& cure : cures) {
                if (gap(cure.undone) < away / 5) {
                    hint = fmt::format("{} in the whole line", cure.slip);
                    break;
                }
            }
            doubts_.warn("network.border[0].lat",
                         fmt::format("the line lies {} km from the nearest place", short_number(away)), hint);
            return;
        }
        leaps();
    }

    void leaps() {
        const auto& points = s_.network.border;
        std::vector<double> steps;
        for (std::size_t p = 1; p < points.size(); ++p) {
            if (points[p].part == points[p - 1].part) steps.push_back(step(p));
        }
        if (steps.size() < 3) return;
        std::nth_element(steps.begin(), steps.begin() + steps.size() / 2, steps.end());
        const double usual = steps[steps.size() / 2];
        for (std::size_t p = 1; p < points.size(); ++p) {
            if (points[p].part != points[p - 1].part || step(p) < 200 || step(p) < 20 * usual) continue;
            const bool leads_back =
                p + 1 < points.size() && points[p + 1].part == points[p].part && step(p + 1) > step(p) / 2;
            doubts_.warn(
                fmt::format("network.border[{}].lat", leads_back || p > 1 ? p : p - 1),
                fmt::format("the line leaps {} km from one point to the next", short_number(step(p))),
                "look at the coordinates of this point");
            return;
        }
    }
    double step(std::size_t p) const {
        const auto &a = s_.network.border[p - 1], &b = s_.network.border[p];
        return great_circle_km(a.lat, a.lon, b.lat, b.lon);
    }

    /// Says what two places share, once a kind.
    template <class Key>
    void twins_by(Key key, const char* at, const char* what, const char* hint) {
        std::map<decltype(key(0)), int> seen;
        std::vector<std::string> pairs;
        int first = -1;
        for (int i = 0; i < places(); ++i) {
            if (key(i) == decltype(key(0)){}) continue;
            const auto [twin, is_new] = seen.emplace(key(i), i);
            if (is_new) continue;
            if (pairs.empty()) first = i;
            pairs.push_back(fmt::format("'{}' and '{}'", place(twin->second).place, place(i).place));
        }
        if (!pairs.empty()) doubts_.warn(path(first, at), fmt::format("{} {}", few_of(pairs), what), hint);
    }

    void twins() {
        twins_by(
            [&](int i) {
                const auto& p = place(i);
                const bool apart = p.type == PlaceType::crossing || p.type == PlaceType::abroad;
                return apart ? std::pair(0.0, 0.0) : std::pair(p.lat, p.lon);
            },
            "lat", "lie at the same coordinates", "a place that is given twice counts its people twice");
        twins_by([&](int i) { return place(i).name; }, "name", "have the same name",
                 "if they are one place, its people are counted twice; else tell them apart by name");
        twins_by(
            [&](int i) {
                const auto& p = place(i);
                return p.adm3_pcode.empty() || p.pcode == p.adm3_pcode ? std::string() : p.pcode;
            },
            "pcode", "have the same P-code", "if they are one place, its people are counted twice");
        roads_given_twice();
    }

    void roads_given_twice() {
        std::map<std::tuple<std::string, std::string, double, RouteClass>, std::size_t> seen;
        for (std::size_t r = 0; r < s_.network.routes.size(); ++r) {
            const auto& route = s_.network.routes[r];
            const auto [a, b] = std::minmax(route.from, route.to);
            const auto [twin, is_new] = seen.emplace(std::tuple(a, b, route.km, route.road_class), r);
            if (is_new) continue;
            doubts_.warn(fmt::format("network.routes[{}].route", r),
                         fmt::format("roads '{}' and '{}' are the same",
                                     s_.network.routes[twin->second].route, route.route),
                         "when one of them closes, people take the other");
            return;
        }
    }

    const ScenarioSettings& s_;
    std::map<std::string, int> index_;
    std::vector<LatLon> positions_;
    std::vector<bool> told_;  ///< places whose coordinates were spoken of
    Doubts doubts_;
};

}  // namespace

Findings doubts_about_places(const ScenarioSettings& settings) { return PlacesChecker(settings).run(); }

}  // namespace nuzuh
