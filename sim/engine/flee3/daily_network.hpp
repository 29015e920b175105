// What a case fixes for the rules of Flee 3, whatever people do: places, links, and the state of both by day.
#pragma once

#include <memory>
#include <vector>

#include "sim/model/network_states.hpp"

namespace nuzuh::flee3 {

/// Each quirk of people's ways as it is in force: true where Flee runs otherwise than it means to. Closures of links are
/// `RoadStatus`'s.
struct Quirks {
    bool full_day_on_next_link, strict_arrival, frozen_intensity, capacity_double_count, day0_double_sum,
        forced_redirection, camp_overshoot;
};
Quirks quirks_in_force(const Flee3Quirks& quirks);

/// A link leads one way.
struct Link {
    int from = 0, to = 0;
    double km = 0;
    int road = 0;           ///< index of the world's road
    double km_per_day = 0;  ///< of those who do not walk
    double walk_probability = 0;
    bool redirects = false;  ///< everyone at `from` takes it
};

/// A place as people find it on one day.
struct PlaceOfDay {
    bool camp = false;
    bool town = false;
    double conflict = 0;      ///< [-] intensity that the rules see; 0 for none
    double decay = 1;         ///< [-] what is left of its force
    double leave_chance = 0;  ///< [-] a day, before population
};

/// Remaining stops of a journey, shared: a route is its next stop and the route after it. 0 is the empty one.
struct Route {
    int next = -1;  ///< place
    int rest = 0;   ///< route
    int last = -1;  ///< place
};

/// A route that people at a place may choose.
struct Way {
    int link = -1;  ///< its first
    int rest = 0;   ///< stops after the first
    int end = 0;    ///< place
    double km = 0;
};

class DailyNetwork {
public:
    explicit DailyNetwork(const World& world);

    int place_count() const { return world_.place_count(); }
    const World& world() const { return world_; }
    const Flee3Settings& rules() const { return rules_; }
    const Quirks& quirks() const { return quirks_; }

    /// Takes the next day in, which may change kinds of places, conflicts and open links.
    void begin_day(int day);

    const PlaceOfDay& place(int i) const { return places_[std::size_t(i)]; }
    const std::vector<Link>& links() const { return links_; }
    bool is_open(int link) const { return open_[std::size_t(link)]; }
    bool closed_today() const { return closed_today_; }  ///< some link closed since yesterday

    /// The first open link from a place to another; -1 if there is none.
    int link_between(int from, int to) const;
    /// An open link that everyone at the place is sent along; -1 if there is none.
    int redirection(int from) const { return redirection_[std::size_t(from)]; }

    /// Ways that people at a place see today: every path along open links that passes no place twice, up to
    /// the awareness level; waypoints neither count as a step nor are where a way ends.
    const std::vector<Way>& ways_from(int i);
    const Route& route(int r) const { return routes_[std::size_t(r)]; }

    /// Number of times that ways may have changed.
    int network_version() const { return network_version_; }
    /// Number of times that kinds of places or conflicts changed.
    int places_version() const { return places_version_; }

    bool is_foreign(int i) const { return foreign_[std::size_t(i)]; }
    bool was_camp(int i) const { return is_camp(world_.places[std::size_t(i)].type); }

private:
    void lay_out_links();
    void change_conflicts(int day);
    void change_camps(int day);
    void change_links(int day);
    int route_of(int next, int rest);
    void extend(int from, int depth, std::vector<int>& path, double km, std::vector<Way>& ways);

    const World& world_;
    const Flee3Settings& rules_;
    Quirks quirks_;
    RoadStatus road_status_;
    std::vector<PlaceOfDay> places_;
    std::vector<bool> camp_open_, foreign_;
    std::vector<Link> links_;
    std::vector<std::vector<int>> links_from_;  ///< [P]
    std::vector<bool> open_;                    ///< [L] today
    std::vector<int> redirection_;              ///< [P] today
    bool closed_today_ = false;
    std::vector<Route> routes_{Route{}};
    std::vector<std::vector<std::pair<int, int>>> routes_by_next_;  ///< [P] rest, route
    std::vector<std::vector<Way>> ways_;
    std::vector<bool> ways_known_;
    int network_version_ = 0, places_version_ = 0;
};

}  // namespace nuzuh::flee3
