// How people at a place choose a route.
#pragma once

#include <span>
#include <vector>

#include "sim/base/samplers.hpp"
#include "sim/engine/flee3/ground.hpp"

namespace nuzuh::flee3 {

/// Attraction of routes from every place, kept up to date with what changes it: the day, the network, and how full
/// camps are.
///
///     weight = ((W + score of the end) / (S + km)^p * room at the end)^q
class Choice {
public:
    /// @param present    [P] people at each place, as it changes
    /// @param capacity   [P] people; below 1: no limit
    /// @param population [P] residents
    Choice(Ground& ground, const std::vector<Count>& present, const std::vector<double>& capacity,
           const std::vector<double>& population);

    /// Takes up scores of a new day.
    void begin_day();
    /// Says that the number of people at a place, or on the way to it, has changed.
    void note_change(int i) {
        if (limited_[std::size_t(i)]) refresh_room(i);
    }
    /// People on the way to each place; counted towards its room if camps are not to be overshot.
    void add_coming(int i, Count people);

    /// Whether anyone can be sent to a place: a camp with less than half of its room factor refuses.
    bool refuses(int i) const { return ground_.place(i).camp && limited_[std::size_t(i)] && room(i) < 0.5; }

    /// Divides people among the routes from a place; `picked` gets route and people.
    void choose(Stream& stream, int from, Count people, std::vector<std::pair<int, Count>>& picked);

    /// People at a place who may choose at once before room at the ends they choose among changes much.
    Count at_once(int from);

    /// Whether so many people could use up the room of some camp that has any left.
    bool could_fill_up(double people) const;

private:
    struct Table {
        std::vector<double> near;      ///< [ways] (S + km)^-p
        std::vector<double> up_to;     ///< [ways] running sum of weights
        std::vector<int> limited_ends; ///< places among the ends that have a capacity
        std::vector<int> routes;       ///< [ways]
        int stamp = -1;                ///< versions of the rooms that the weights follow
        int network = -1;              ///< version of the network that the ways follow
    };

    double room(int i) const;
    void refresh_room(int i);
    double score(int i) const;
    double agent_score(int i) const;
    const Table& table(int from);
    void look_around(Table& table, int from);
    void weigh(Table& table, int from);
    void keep_best_routes(const std::vector<Way>& ways, std::vector<double>& weights) const;

    Ground& ground_;
    const std::vector<Count>& present_;
    const std::vector<double>& capacity_;
    const std::vector<double>& population_;
    std::vector<Count> coming_;
    std::vector<bool> limited_;
    std::vector<double> score_;        ///< [P] as an agent sees it
    std::vector<double> known_room_;   ///< [P] as the tables have it
    std::vector<int> room_version_;    ///< [P]
    std::vector<Table> tables_;
    std::vector<int> counts_;
    int seen_network_ = -1, seen_places_ = -1;
};

}  // namespace nuzuh::flee3
