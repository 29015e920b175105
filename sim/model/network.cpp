#include "sim/model/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <numbers>
#include <span>
#include <stdexcept>
#include <utility>

namespace nuzuh {

/// What ways are found with: named, since a state of the roads is made of it.
namespace ways {

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

/// The roads of a network and how long each takes, in all of its states.
struct RoadNetwork {
    RoadNetwork(int places, std::vector<Road> all, std::vector<double> hours_on_roads)
        : roads(std::move(all)),
          hours(std::move(hours_on_roads)),
          at(std::make_shared<const RoadsAt>(places, roads)),
          // Below it a way might take no longer for a road more; the order in which places are reached then hangs on more.
          can_mend(std::all_of(hours.begin(), hours.end(), [](double one) { return one > 1e-6; })) {}

    std::vector<Road> roads;
    std::vector<double> hours;  ///< [R]
    std::shared_ptr<const RoadsAt> at;
    bool can_mend;  ///< whether ways can be mended
};

WaysFrom ways_from(int start, const RoadNetwork& network, const Links& links,
                   const std::vector<bool>& through) {
    const std::size_t places = through.size();
    WaysFrom ways{std::vector<double>(places, never),
                  {},
                  std::vector<RoadsAt::Position>(places, RoadsAt::none),
                  std::vector<int>(places),
                  network.at};
    ways.reached.reserve(places);
    std::vector<double> km(places);          // by road
    std::vector<RoadsAt::End> last(places);  // the last stretch so far
    Front front(places);
    ways.hours[std::size_t(start)] = 0;
    km[std::size_t(start)] = 0;
    front.put(0, start);
    while (!front.is_empty()) {
        const int i = front.take_nearest();
        const auto place = std::size_t(i);
        if (i != start) {
            const auto [before, road] = last[place];
            km[place] = km[std::size_t(before)] + network.roads[std::size_t(road)].km;
            ways.hectometres[place] = int(std::lround(km[place] * 10));
            ways.back[place] = network.at->position(i, road);
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
    std::vector<int> closed_roads, closed_places;  ///< that can no longer be passed
    std::vector<int> new_roads;                    ///< that can be passed, or lead on from a place that can
};

Changes changes_between(const std::vector<Road>& roads, const Passable& then, const Passable& now) {
    Changes changes;
    for (std::size_t i = 0; i < now.through.size(); ++i) {
        if (then.through[i] && !now.through[i]) changes.closed_places.push_back(int(i));
    }
    for (std::size_t r = 0; r < roads.size(); ++r) {
        if (then.open[r] && !now.open[r]) changes.closed_roads.push_back(int(r));
        const auto leads_on = [&](int end) {
            return now.through[std::size_t(end)] && !then.through[std::size_t(end)];
        };
        if (now.open[r] && (!then.open[r] || leads_on(roads[r].from) || leads_on(roads[r].to)))
            changes.new_roads.push_back(int(r));
    }
    return changes;
}

/// Visits places to which the way from `start` ends with a stretch that can no longer be passed, until one visit says so.
///
/// @param visit  takes a place; gives whether to go on
template <class Visit>
void for_each_cut_off(int start, const WaysFrom& ways, const Changes& changes, const std::vector<Road>& roads,
                      Visit visit) {
    for (const int r : changes.closed_roads) {
        for (const int end : {roads[std::size_t(r)].from, roads[std::size_t(r)].to}) {
            if (ways.leads_to(end) && ways.last(end).road == r && !visit(end)) return;
        }
    }
    for (const int i : changes.closed_places) {
        if (i == start) continue;
        for (const RoadsAt::End& next : ways.roads->at(i)) {
            if (ways.leads_to(next.to) && ways.last(next.to).to == i && !visit(next.to)) return;
        }
    }
}

/// Whether the ways from a place are still the fastest: none uses what is closed, and nothing new is as fast.
bool are_same(int start, const WaysFrom& ways, const Changes& changes, const RoadNetwork& network) {
    for (const int r : changes.new_roads) {
        const double a = ways.hours[std::size_t(network.roads[std::size_t(r)].from)];
        const double b = ways.hours[std::size_t(network.roads[std::size_t(r)].to)];
        if (std::isinf(a) && std::isinf(b)) continue;
        if (std::min(a, b) + network.hours[std::size_t(r)] <= std::max(a, b)) return false;
    }
    bool is_any_cut_off = false;
    for_each_cut_off(start, ways, changes, network.roads, [&](int) { return !(is_any_cut_off = true); });
    return !is_any_cut_off;
}

/// Mends the ways from one place where they are no longer the fastest: only what changes touch is worked out again. What
/// comes out is what a search from the start would find.
class Mending {
public:
    Mending(int start, const WaysFrom& known, const RoadNetwork& network, const Links& links,
            const Passable& now, const Changes& changes)
        : links_(links),
          roads_(network.roads),
          road_hours_(network.hours),
          through_(now.through),
          changes_(changes),
          start_(start),
          ways_(known),
          km_(now.through.size()),
          mark_(now.through.size()),
          front_(now.through.size()) {}

    WaysFrom mended() {
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

    /// Adds to a list of places those to which ways lead over them.
    ///
    /// @param is_new  takes a place; gives whether it is not yet in the list, and marks it
    template <class IsNew>
    void add_all_beyond(std::vector<int>& places, IsNew is_new) {
        for (std::size_t n = 0; n < places.size(); ++n) {
            const int j = places[n];
            for (const RoadsAt::End& next : ways_.roads->at(j)) {
                const bool is_beyond = ways_.leads_to(next.to) && ways_.last(next.to).to == j;
                if (is_beyond && is_new(next.to)) places.push_back(next.to);
            }
        }
    }
    /// Forgets ways over what is closed.
    void lose() {
        const auto is_new = [&](int j) { return !std::exchange(mark(j).is_lost, true); };
        for_each_cut_off(start_, ways_, changes_, roads_, [&](int j) {
            if (is_new(j)) changed_.push_back(j);
            return true;
        });
        add_all_beyond(changed_, is_new);
        for (const int j : changed_) {
            mark(j).is_changed = true;
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
            new_ways_.push_back(j);
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
        add_all_beyond(new_ways_, [&](int j) { return !std::exchange(mark(j).is_new_way, true); });
        for (const int j : new_ways_) ways_.hectometres[std::size_t(j)] = int(std::lround(km(j) * 10));
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
    const int start_;
    WaysFrom ways_;
    std::vector<double> km_;     ///< [P] by road, where it is asked for
    std::vector<Mark> mark_;     ///< [P]
    std::vector<int> changed_;   ///< places to which it takes longer than before, or less long
    std::vector<int> doubtful_;  ///< places that may be reached over another road
    std::vector<int> new_ways_;  ///< places to which ways lead elsewhere than before
    std::vector<int> way_back_;
    Front front_;
};

/// The place half-way between the ends of a long way through a part of the network in which `inside` can be passed.
int middle_around(int inside, const FastestWays& ways, const std::vector<bool>& through) {
    const auto farthest = [&](int from) {
        return ways.reached(from).empty() ? from : ways.reached(from).back();
    };
    const int one_end = farthest(inside), other_end = farthest(one_end);
    const WaysFrom& way = *ways.from[std::size_t(one_end)];
    const double half = way.hours[std::size_t(other_end)] / 2;
    for (int j = other_end; j != one_end; j = way.last(j).to) {
        if (through[std::size_t(j)] && way.hours[std::size_t(j)] <= half) return j;
    }
    return through[std::size_t(one_end)] ? one_end : inside;
}

}  // namespace ways

using namespace ways;

/// A network while one set of roads is open, and the states before it.
struct StateOfRoads {
    StateOfRoads(std::shared_ptr<const RoadNetwork> roads, Passable passable, const FastestWays* ways_before,
                 std::shared_ptr<const StateOfRoads> state_before)
        : network(std::move(roads)),
          now(std::move(passable)),
          links(int(now.through.size()), network->roads, now.open, network->hours),
          then(std::move(state_before)) {
        if (ways_before) before = *ways_before;
    }

    std::shared_ptr<const RoadNetwork> network;
    Passable now;
    Links links;
    std::optional<FastestWays> before;
    std::shared_ptr<const StateOfRoads> then;  ///< in which those ways are
    mutable std::mutex guard;
    mutable std::map<const StateOfRoads*, std::shared_ptr<const Changes>> known_changes;

    std::shared_ptr<const Changes> changes_since(const StateOfRoads& earlier) const {
        const std::lock_guard lock(guard);
        auto& changes = known_changes[&earlier];
        if (!changes)
            changes = std::make_shared<const Changes>(changes_between(network->roads, earlier.now, now));
        return changes;
    }

    /// The ways from a place, from the last state in which they were asked for, if there is one.
    std::shared_ptr<const WaysFrom> ways_from(std::size_t place) const {
        const int start = int(place);
        for (const StateOfRoads* state = this; state->before; state = state->then.get()) {
            auto known = state->before->from.if_made(place);
            if (!known) continue;
            const auto changes = changes_since(*state->then);
            if (are_same(start, *known, *changes, *network)) return known;
            if (!network->can_mend) break;
            return std::make_shared<const WaysFrom>(
                Mending(start, *known, *network, links, now, *changes).mended());
        }
        return std::make_shared<const WaysFrom>(ways::ways_from(start, *network, links, now.through));
    }
};

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
                         const Passable& now, const FastestWays* before) {
    auto network =
        before ? before->state_->network : std::make_shared<const RoadNetwork>(places, roads, hours);
    FastestWays found;
    found.state_ = std::make_shared<const StateOfRoads>(std::move(network), now, before,
                                                        before ? before->state_ : nullptr);
    found.from = MadeWhenAsked<WaysFrom>(
        std::size_t(places), [state = found.state_](std::size_t place) { return state->ways_from(place); });
    return found;
}

/// Every way through a place that can be passed takes no longer than over the middle of its part of the network.
double FastestWays::longest_hours() const {
    const auto& through = state_->now.through;
    double longest = 0;
    for (std::size_t r = 0; r < state_->network->roads.size(); ++r) {
        if (state_->now.open[r]) longest = std::max(longest, state_->network->hours[r]);
    }
    std::vector<bool> is_covered(through.size());
    const auto cover_around = [&](int middle) {
        const auto& reached = this->reached(middle);
        is_covered[std::size_t(middle)] = true;
        for (const int j : reached) is_covered[std::size_t(j)] = true;
        if (reached.empty()) return;
        const double farthest = hours(middle, reached.back());
        const double next = reached.size() > 1 ? hours(middle, reached[reached.size() - 2]) : 0;
        longest = std::max(longest, farthest + next);
    };
    for (std::size_t i = 0; i < through.size(); ++i) {
        if (!through[i] || is_covered[i]) continue;
        cover_around(middle_around(int(i), *this, through));
        if (!is_covered[i])
            cover_around(int(i));  // from an end that nobody passes ways lead into other parts
    }
    constexpr double rounding = 1e-9;
    return longest * (1 + rounding);
}

}  // namespace nuzuh
