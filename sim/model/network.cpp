#include "sim/model/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <stdexcept>
#include <utility>

namespace nuzuh {
namespace {

double speed_factor(RouteClass road_class, const TravelSettings& travel) {
    switch (road_class) {
        case RouteClass::highway:
            return travel.factor_highway;
        case RouteClass::primary:
            return travel.factor_primary;
        case RouteClass::secondary:
            return travel.factor_secondary;
        case RouteClass::mountain:
            return travel.factor_mountain;
        case RouteClass::track:
            return travel.factor_track;
        case RouteClass::border:
            return travel.factor_border;
    }
    return 1;
}

constexpr double never = std::numeric_limits<double>::infinity();

/// An open road as seen from one of its ends.
struct Link {
    double hours;
    int to;
    int road;
};

/// The open roads of each place, one place behind the other.
class Links {
public:
    Links(int places, const std::vector<Road>& roads, const std::vector<bool>& open,
          const std::vector<double>& hours)
        : first_(std::size_t(places) + 1, 0) {
        const auto each_end = [&](auto visit) {
            for (std::size_t r = 0; r < roads.size(); ++r) {
                if (!open[r]) continue;
                visit(std::size_t(roads[r].from), Link{hours[r], roads[r].to, int(r)});
                visit(std::size_t(roads[r].to), Link{hours[r], roads[r].from, int(r)});
            }
        };
        each_end([&](std::size_t i, const Link&) { ++first_[i + 1]; });
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        links_.resize(first_.back());
        auto next = first_;
        each_end([&](std::size_t i, const Link& link) { links_[next[i]++] = link; });
    }

    std::span<const Link> of(int i) const {
        const auto place = std::size_t(i);
        return std::span(links_).subspan(first_[place], first_[place + 1] - first_[place]);
    }

private:
    std::vector<std::size_t> first_;
    std::vector<Link> links_;
};

/// Places that are reached and not yet left, the nearest first; of places equally near that of the smallest index. Each stands
/// here once, and moves up when a faster way to it is found.
class Front {
public:
    explicit Front(std::size_t places) : at_(places, -1) {}

    bool is_empty() const { return heap_.empty(); }

    /// A place that is reached within some hours, sooner than before if it was reached before.
    void put(double hours, int place) {
        int& at = at_[std::size_t(place)];
        if (at < 0) {
            at = int(heap_.size());
            heap_.emplace_back();
        }
        rise(std::size_t(at), {hours, place});
    }

    int take_nearest() {
        const int nearest = heap_.front().place;
        at_[std::size_t(nearest)] = -1;
        const Entry last = heap_.back();
        heap_.pop_back();
        if (!heap_.empty()) sink(last);
        return nearest;
    }

private:
    struct Entry {
        double hours;
        int place;
        bool operator<(const Entry& other) const {
            return hours < other.hours || (hours == other.hours && place < other.place);
        }
    };
    static constexpr std::size_t width = 4;  ///< branches of a node: two lines of memory

    void stand(std::size_t at, const Entry& entry) {
        heap_[at] = entry;
        at_[std::size_t(entry.place)] = int(at);
    }
    void rise(std::size_t at, const Entry& entry) {
        while (at > 0 && entry < heap_[(at - 1) / width]) {
            stand(at, heap_[(at - 1) / width]);
            at = (at - 1) / width;
        }
        stand(at, entry);
    }
    void sink(const Entry& entry) {
        std::size_t at = 0;
        for (std::size_t first = 1; first < heap_.size(); first = width * at + 1) {
            std::size_t least = first;
            for (std::size_t c = first + 1; c < std::min(first + width, heap_.size()); ++c) {
                if (heap_[c] < heap_[least]) least = c;
            }
            if (!(heap_[least] < entry)) break;
            stand(at, heap_[least]);
            at = least;
        }
        stand(at, entry);
    }

    std::vector<Entry> heap_;
    std::vector<int> at_;  ///< [P] where each place stands in the heap; -1: nowhere
};

/// What is used for one place after the other.
struct Search {
    Search(std::size_t places, std::shared_ptr<const RoadsAt> roads_at)
        : km(places), last(places), front(places), roads(std::move(roads_at)) {}

    std::vector<double> km;          ///< [P] by road
    std::vector<RoadsAt::End> last;  ///< [P] the last stretch so far
    Front front;
    std::shared_ptr<const RoadsAt> roads;
};

WaysFrom ways_from(int start, const Links& links, const std::vector<Road>& roads,
                   const std::vector<bool>& through, Search& search) {
    const std::size_t places = search.km.size();
    WaysFrom ways{std::vector<double>(places, never),
                  {},
                  std::vector<RoadsAt::Position>(places, RoadsAt::none),
                  std::vector<int>(places),
                  search.roads};
    ways.reached.reserve(places);
    auto& [km, last, front, roads_at] = search;
    ways.hours[std::size_t(start)] = 0;
    km[std::size_t(start)] = 0;
    front.put(0, start);
    while (!front.is_empty()) {
        const int i = front.take_nearest();
        const auto place = std::size_t(i);
        if (i != start) {
            const auto [before, road] = last[place];
            km[place] = km[std::size_t(before)] + roads[std::size_t(road)].km;
            ways.hectometres[place] = int(std::lround(km[place] * 10));
            ways.back[place] = roads_at->position(i, road);
            ways.reached.push_back(i);
            if (!through[place]) continue;
        }
        const double so_far = ways.hours[place];
        for (const Link& link : links.of(i)) {
            const double reached = so_far + link.hours;
            if (reached >= ways.hours[std::size_t(link.to)]) continue;
            ways.hours[std::size_t(link.to)] = reached;
            last[std::size_t(link.to)] = {i, link.road};
            front.put(reached, link.to);
        }
    }
    return ways;
}

/// What differs between two days.
struct Changes {
    std::vector<char> road_closed, place_closed;  ///< [R], [P] can no longer be passed
    std::vector<int> new_roads;                   ///< that can be passed, or lead on from a place that can
    bool any_closed = false;

    /// Whether the last stretch of a way from `start` can no longer be passed.
    bool close(int start, const RoadsAt::End& last) const {
        return road_closed[std::size_t(last.road)] ||
               (last.to != start && place_closed[std::size_t(last.to)]);
    }
};

Changes changes_between(const std::vector<Road>& roads, const Passable& then, const Passable& now) {
    Changes changes{std::vector<char>(roads.size(), false), std::vector<char>(now.through.size(), false), {}};
    for (std::size_t i = 0; i < now.through.size(); ++i) {
        changes.place_closed[i] = then.through[i] && !now.through[i];
        changes.any_closed = changes.any_closed || changes.place_closed[i];
    }
    for (std::size_t r = 0; r < roads.size(); ++r) {
        changes.road_closed[r] = then.open[r] && !now.open[r];
        changes.any_closed = changes.any_closed || changes.road_closed[r];
        const auto leads_on = [&](int end) {
            return now.through[std::size_t(end)] && !then.through[std::size_t(end)];
        };
        if (now.open[r] && (!then.open[r] || leads_on(roads[r].from) || leads_on(roads[r].to)))
            changes.new_roads.push_back(int(r));
    }
    return changes;
}

/// Whether the ways from a place are still the fastest: none uses what is closed, and nothing new is as fast.
bool are_same(int start, const WaysFrom& ways, const Changes& changes, const std::vector<Road>& roads,
              const std::vector<double>& hours) {
    for (const int r : changes.new_roads) {
        const double a = ways.hours[std::size_t(roads[std::size_t(r)].from)];
        const double b = ways.hours[std::size_t(roads[std::size_t(r)].to)];
        if (std::isinf(a) && std::isinf(b)) continue;
        if (std::min(a, b) + hours[std::size_t(r)] <= std::max(a, b)) return false;
    }
    if (!changes.any_closed) return true;
    return std::none_of(ways.reached.begin(), ways.reached.end(),
                        [&](int j) { return changes.close(start, ways.last(j)); });
}

/// Mends the ways from one place where they are no longer the fastest: only what changes touch is worked out again. What
/// comes out is what a search from the start would find.
class Mending {
public:
    Mending(const Links& links, const std::vector<Road>& roads, const std::vector<double>& hours,
            const Passable& now, const Changes& changes)
        : links_(links),
          roads_(roads),
          road_hours_(hours),
          through_(now.through),
          changes_(changes),
          km_(now.through.size()),
          mark_(now.through.size()),
          front_(now.through.size()) {}

    WaysFrom mended(int start, const WaysFrom& known) {
        start_ = start;
        ways_ = known;
        std::fill(mark_.begin(), mark_.end(), Mark{});
        changed_.clear();
        doubtful_.clear();
        lose();
        reach_again();
        find_legs();
        put_in_order();
        measure();
        return std::move(ways_);
    }

private:
    struct Mark {
        bool is_lost = false, is_changed = false, is_doubtful = false, is_new_way = false, has_km = false;
    };

    Mark& mark(int j) { return mark_[std::size_t(j)]; }
    double& hours(int j) { return ways_.hours[std::size_t(j)]; }
    RoadsAt::Position& back(int j) { return ways_.back[std::size_t(j)]; }
    bool leads_on(int n) { return (n == start_ || through_[std::size_t(n)]) && hours(n) < never; }

    /// Forgets ways over what is closed.
    void lose() {
        for (const int j : ways_.reached) {
            const RoadsAt::End& last = ways_.last(j);
            mark(j).is_lost = changes_.close(start_, last) || mark(last.to).is_lost;
        }
        for (const int j : ways_.reached) {
            if (!mark(j).is_lost) continue;
            change(j);
            hours(j) = never;
            back(j) = RoadsAt::none;
            ways_.hectometres[std::size_t(j)] = 0;
        }
    }
    void change(int j) {
        if (std::exchange(mark(j).is_changed, true)) return;
        changed_.push_back(j);
    }
    void reach(int j, double in_hours) {
        if (!(in_hours < hours(j))) return;
        change(j);
        hours(j) = in_hours;
        front_.put(in_hours, j);
    }
    /// From what is known into what is lost and over what is new, and on from there.
    void reach_again() {
        for (std::size_t c = 0, lost = changed_.size(); c < lost; ++c) {
            const int j = changed_[c];
            for (const Link& link : links_.of(j)) {
                if (!mark(link.to).is_lost && leads_on(link.to)) reach(j, hours(link.to) + link.hours);
            }
        }
        for (const int r : changes_.new_roads) {
            const Road& road = roads_[std::size_t(r)];
            if (leads_on(road.from)) reach(road.to, hours(road.from) + road_hours_[std::size_t(r)]);
            if (leads_on(road.to)) reach(road.from, hours(road.to) + road_hours_[std::size_t(r)]);
        }
        while (!front_.is_empty()) {
            const int i = front_.take_nearest();
            if (!leads_on(i)) continue;
            for (const Link& link : links_.of(i)) reach(link.to, hours(i) + link.hours);
        }
    }
    void doubt(int j) {
        if (j == start_ || std::exchange(mark(j).is_doubtful, true)) return;
        doubtful_.push_back(j);
    }
    /// Last stretches of what has changed and of what is beside it: of ways that take equally long, that over the place which
    /// is reached first, the smaller one of two.
    void find_legs() {
        for (const int j : changed_) {
            doubt(j);
            for (const Link& link : links_.of(j)) doubt(link.to);
        }
        for (const int r : changes_.new_roads) {
            doubt(roads_[std::size_t(r)].from);
            doubt(roads_[std::size_t(r)].to);
        }
        for (const int j : doubtful_) {
            if (!(hours(j) < never)) continue;
            RoadsAt::End best{-1, -1};
            for (const Link& link : links_.of(j)) {
                if (!leads_on(link.to) || hours(link.to) + link.hours != hours(j)) continue;
                if (best.to < 0 || std::pair(hours(link.to), link.to) < std::pair(hours(best.to), best.to))
                    best = {link.to, link.road};
            }
            const auto position = ways_.roads->position(j, best.road);
            if (position == back(j)) continue;
            back(j) = position;
            mark(j).is_new_way = true;
        }
    }
    void put_in_order() {
        const auto is_nearer = [&](int a, int b) { return std::pair(hours(a), a) < std::pair(hours(b), b); };
        auto& reached = ways_.reached;
        std::erase_if(reached, [&](int j) { return mark(j).is_changed; });
        std::erase_if(changed_, [&](int j) { return !(hours(j) < never); });
        std::sort(changed_.begin(), changed_.end(), is_nearer);
        const auto unchanged = std::ptrdiff_t(reached.size());
        reached.insert(reached.end(), changed_.begin(), changed_.end());
        std::inplace_merge(reached.begin(), reached.begin() + unchanged, reached.end(), is_nearer);
    }
    /// How long ways are by road, where they lead elsewhere than before.
    void measure() {
        for (const int j : ways_.reached) {
            mark(j).is_new_way = mark(j).is_new_way || mark(ways_.last(j).to).is_new_way;
            if (mark(j).is_new_way) ways_.hectometres[std::size_t(j)] = int(std::lround(km(j) * 10));
        }
    }
    double km(int j) {
        way_back_.clear();
        int x = j;
        for (; x != start_ && !mark(x).has_km; x = ways_.last(x).to) way_back_.push_back(x);
        double so_far = x == start_ ? 0 : km_[std::size_t(x)];
        for (auto on = way_back_.rbegin(); on != way_back_.rend(); ++on) {
            so_far += roads_[std::size_t(ways_.last(*on).road)].km;
            km_[std::size_t(*on)] = so_far;
            mark(*on).has_km = true;
        }
        return so_far;
    }

    const Links& links_;
    const std::vector<Road>& roads_;
    const std::vector<double>& road_hours_;
    const std::vector<bool>& through_;
    const Changes& changes_;
    int start_ = 0;
    WaysFrom ways_;
    std::vector<double> km_;     ///< [P] by road, where it is asked for
    std::vector<Mark> mark_;     ///< [P]
    std::vector<int> changed_;   ///< places to which it takes longer than before, or less long
    std::vector<int> doubtful_;  ///< places that may be reached over another road
    std::vector<int> way_back_;
    Front front_;
};

}  // namespace

RoadsAt::RoadsAt(int places, const std::vector<Road>& roads) : first_(std::size_t(places) + 1, 0) {
    for (const Road& road : roads) {
        ++first_[std::size_t(road.from) + 1];
        ++first_[std::size_t(road.to) + 1];
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
        if (first_[i] >= none) throw std::length_error("more roads meet at a place than can be counted");
        first_[i] += first_[i - 1];
    }
    ends_.resize(first_.back());
    std::vector<Position> next(std::size_t(places), 0);
    const auto add = [&](int place, int to, int road) {
        const Position position = next[std::size_t(place)]++;
        ends_[first_[std::size_t(place)] + position] = {to, road};
        return position;
    };
    for (std::size_t r = 0; r < roads.size(); ++r) {
        const Road& road = roads[r];
        const Position at_from = add(road.from, road.to, int(r)), at_to = add(road.to, road.from, int(r));
        roads_.push_back({road.from, {at_from, at_to}});
    }
}

double great_circle_km(double lat_a, double lon_a, double lat_b, double lon_b) {
    constexpr double earth_radius_km = 6371.0088;  // mean radius, IUGG
    constexpr double degree = std::numbers::pi / 180;
    const double south_north = std::sin((lat_b - lat_a) * degree / 2);
    const double west_east = std::sin((lon_b - lon_a) * degree / 2);
    const double h = south_north * south_north +
                     std::cos(lat_a * degree) * std::cos(lat_b * degree) * west_east * west_east;
    return 2 * earth_radius_km * std::asin(std::min(1.0, std::sqrt(h)));
}

double hours_on_road(const Road& road, TravelMode mode, const TravelSettings& travel) {
    if (mode == TravelMode::foot) return road.km / (travel.foot_km_per_day / travel.hours_per_day);
    return road.km / (travel.speed_kmh * speed_factor(road.road_class, travel));
}

FastestWays fastest_ways(int places, const std::vector<Road>& roads, const std::vector<double>& hours,
                         const Passable& now, const FastestWays* known, const Passable* then) {
    const Links links(places, roads, now.open, hours);
    Search search(std::size_t(places), known && places > 0 ? known->from.front()->roads
                                                           : std::make_shared<const RoadsAt>(places, roads));
    const Changes changes = known ? changes_between(roads, *then, now) : Changes{};
    // Below it a way might take no longer for a road more; the order in which places are reached then hangs on more.
    constexpr double shortest = 1e-6;  // hours
    const bool can_mend =
        known && std::all_of(hours.begin(), hours.end(), [](double one) { return one > shortest; });
    Mending mending(links, roads, hours, now, changes);
    FastestWays ways;
    for (int start = 0; start < places; ++start) {
        const auto place = std::size_t(start);
        if (known && are_same(start, *known->from[place], changes, roads, hours))
            ways.from.push_back(known->from[place]);
        else
            ways.from.push_back(std::make_shared<const WaysFrom>(
                can_mend ? mending.mended(start, *known->from[place])
                         : ways_from(start, links, roads, now.through, search)));
    }
    return ways;
}

}  // namespace nuzuh
