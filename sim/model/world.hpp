// The world that a scenario describes: checked once, immutable, shared by every run and thread.
#pragma once

#include <cmath>
#include <initializer_list>
#include <string>
#include <unordered_map>
#include <vector>

#include <Eigen/Core>

#include "sim/base/count.hpp"
#include "sim/base/finding.hpp"
#include "sim/base/shared.hpp"
#include "sim/model/attraction.hpp"
#include "sim/model/conflicts.hpp"
#include "sim/model/network.hpp"
#include "sim/model/reach.hpp"
#include "sim/model/registrations.hpp"
#include "sim/model/settings.hpp"
#include "sim/rules/danger.hpp"

namespace nuzuh {

constexpr double no_limit = 1e300;  ///< capacity or quota of a place that has none [persons]

/// An area that attracts a group more, or less, than it attracts others.
struct Draw {
    std::string area;   ///< "": none
    double factor = 1;  ///< [-]

    bool operator==(const Draw&) const = default;
};

/// Part of a group of the scenario: a class of equal threshold, or those who will not leave.
struct Group {
    std::string name;
    double household_size = 1;  ///< [persons]
    double threshold = 1;       ///< [strikes] exposure at half of the strongest leave hazard
    TravelMode mode = TravelMode::vehicle;
    Draw draw;
};

/// Memory that a World may take for what could also be worked out again in each step [bytes]; judgement. A table of all
/// pairs of places that is larger is made when it is asked for.
constexpr double held_bytes = 256e6;

/// How long the fastest ways take, for one state of the network and one way of travelling.
struct Journeys {
    Eigen::ArrayXXi steps;  ///< [to P, from P] steps of travel; 0 where there is no way
    Eigen::ArrayXXd near;   ///< [to P, from P] 1 where it takes one step or none, else 0
    std::vector<std::vector<std::vector<int>>>
        starts;  ///< [steps - 1][to P] places that are so many steps away
};

/// The network as it changes: roads that are closed, places that nobody passes any more. One set of fastest ways for
/// each state that it passes through.
struct PassableNetwork {
    std::vector<int> state;                      ///< [steps] index of the network's state
    std::vector<std::vector<FastestWays>> ways;  ///< [states][modes]
    std::vector<Reach> reach;  ///< [states]; a way that exists exists for every way of travelling
    std::vector<std::vector<Journeys>>
        journeys;             ///< [states][modes], or empty if they are too large to be held
    int longest_journey = 1;  ///< [steps] that no journey exceeds; the longest where they are held
};

/// What the scenario fixes for one step, whatever people do.
///
/// Shape    [P] unless said otherwise.
struct StepInputs {
    Eigen::ArrayXd strikes;   ///< [strikes/day] aimed at the place
    Eigen::ArrayXd exposure;  ///< [strikes] in memory
    Eigen::ArrayXd danger;    ///< [-] danger index: 1 at a steady strike a day, one more each doubling
    Eigen::ArrayXd front;     ///< [-] front pressure in [0, 1]
    Eigen::ArrayXd access;    ///< [-] way out in [0, 1]
    Eigen::ArrayXd quota;     ///< [persons/day] let through a crossing; 0 closed, no_limit open
    Eigen::Array<bool, Eigen::Dynamic, 1> fallen;
    std::vector<DangerBand> band;  ///< how dangerous the place is
    Eigen::Array<bool, Eigen::Dynamic, 1> camp_closed;
    Eigen::ArrayXd ordered;    ///< hazard of leaving under orders [1/day]
    Eigen::ArrayXd kept_away;  ///< [-] share of people whom orders keep from going there
    Eigen::ArrayXd returning;  ///< [-] of World::return_rate; 0 where home may not be returned to
    Eigen::ArrayXd lost;       ///< [-] share of homes that strikes have destroyed
    int ways = 0;              ///< index of the network's state
};

/// Displaced households of one group, home and place when the run starts.
struct DisplacedAtStart {
    int place;
    int home;
    int group;  ///< a mobile one
    Count households;
    double age_days;     ///< since they came
    double uncertainty;  ///< [-] relative standard deviation of the count
};

class World;

/// Places by identifier, and the places of each area.
struct PlaceIndex {
    std::unordered_map<std::string, int> place;
    std::unordered_map<std::string, std::vector<int>> area;
};

/// Worlds made before, whose parts a new one shares where everything behind them is the same; may hold nullptr.
using EarlierWorlds = std::initializer_list<const World*>;

/// The first of them that is there; nullptr: none is.
const World* first_of(EarlierWorlds earlier);

/// A scenario worked out for the engines. Only `make_world` (sim/check) makes one, and nothing changes it afterwards; a copy shares
/// its large parts.
///
/// Members follow from those above them, in whose order they are made.
///
/// Shape    P places, R roads, K groups of which M = `mobile_groups` may leave.
class World {
public:
    const ScenarioSettings settings;
    const Date start;
    const double dt;  ///< [day]
    const int steps;
    const List<PlaceSettings> places;  ///< P
    const Shared<PlaceIndex> index;
    const std::vector<double> capacity;    ///< [P] persons; no_limit where there is none
    const std::vector<double> onward;      ///< [P] rate of moving on by place type [1/day]
    const double return_rate;              ///< the strongest rate of going home [1/day]
    const std::vector<int> abroad_behind;  ///< [P] place abroad behind a crossing, else -1
    const std::vector<Road> roads;         ///< R
    const int mobile_groups;               ///< how many of the groups are classes that may leave
    const std::vector<Group> groups;  ///< K, classes of the scenario's groups, then parts that will not leave
    const std::vector<TravelMode> modes;             ///< ways of travelling in use, once for each draw
    const std::vector<Draw> draws;                   ///< [modes] to where who travels so is drawn
    const std::vector<int> mode_of_group;            ///< [K] index into modes
    const std::vector<RegisteredSeries> registered;  ///< people counted at places, by day
    const Shared<ConflictSeries> conflicts;          ///< [P, days]
    const Shared<PassableNetwork> network;
    const Shared<std::vector<StepInputs>> inputs;  ///< [steps]
    const Shared<std::vector<Eigen::ArrayXXd>>
        responses;                        ///< [steps][mobile K, P] of leaving to exposure [-]
    const Shared<Attraction> attraction;  ///< part of the choice that does not depend on people
    const Eigen::ArrayXXd departures;     ///< [P, steps] persons, when departures are given; else empty
    const Eigen::Array<Count, Eigen::Dynamic, Eigen::Dynamic> households;  ///< [K, P] at home at the start
    const Eigen::ArrayXd households_at_start;                              ///< [P] all groups, at home
    const std::vector<DisplacedAtStart> displaced;  ///< away from home at the start, besides those
    const Eigen::ArrayXd households_from;           ///< [P] all groups, at home or displaced at the start

    int place_count() const { return int(places.size()); }
    int group_count() const { return int(groups.size()); }
    /// Steps of a journey; a step for those who do not have to travel at all.
    int journey_steps(int step, int mode, int from, int to) const {
        if (from == to) return 1;
        const auto state = std::size_t(inputs[std::size_t(step)].ways);
        if (network->journeys.empty()) return steps_of_way(state, mode, from, to);
        return network->journeys[state][std::size_t(mode)].steps(to, from);
    }
    /// Journeys of all pairs.
    ///
    /// @param step  of the run
    /// @param mode  index of the way of travelling
    /// @param made  room for them where they are not held
    const Journeys& journeys(int step, int mode, Journeys& made) const;
    /// Whether households displaced at a place can go home: home may be returned to, and a way leads there.
    bool home_in_reach(int step, int place, int home) const {
        return inputs[std::size_t(step)].returning(home) > 0 && reach(step).leads(place, home);
    }
    /// Steps of a way in a state of the network, from its hours; 0 where there is none.
    int steps_of_way(std::size_t state, int mode, int from, int to) const;
    const Reach& reach(int step) const { return network->reach[std::size_t(inputs[std::size_t(step)].ways)]; }
    const FastestWays& ways(int step, int mode) const {
        return network->ways[std::size_t(inputs[std::size_t(step)].ways)][std::size_t(mode)];
    }
    int steps_a_day() const { return int(std::lround(1 / dt)); }
    Date date_of(int step) const { return start + int(step * dt); }
    /// People who live at a place in whole households when the run starts [persons].
    double people_simulated(int place) const;
    /// Index of a place by identifier; -1 if there is none.
    int place_index(const std::string& place) const;
    /// Places of an area ("all": every place); empty if there is no such area.
    std::vector<int> places_of(const std::string& area) const;
    /// Places that an entry such as a siege or an order is about: its place, or those of its area.
    template <class Entry>
    requires requires(const Entry& entry) { entry.place.empty(), entry.area.empty(); }
    std::vector<int> places_of(const Entry& entry) const {
        return entry.place.empty() ? places_of(entry.area) : std::vector{place_index(entry.place)};
    }

private:
    /// @param same_places, same_people  earlier worlds that join the same places, and in which the same people stand in them;
    ///                                  nullptr: none does
    World(ScenarioSettings scenario, EarlierWorlds earlier, const World* same_places,
          const World* same_people);
    /// The world of settings in which there is no mistake.
    static World described_by(ScenarioSettings settings, EarlierWorlds earlier);

    friend Result<World> make_world(ScenarioSettings settings, EarlierWorlds earlier);
};

}  // namespace nuzuh
