// How people at a place choose a route.
#pragma once

#include <vector>

#include "sim/engine/flee3/daily_network.hpp"
#include "sim/engine/flee3/spawning.hpp"

namespace nuzuh::flee3 {

/// Attraction of routes from every place, kept up to date with what changes it: the day, the network, and how
/// full camps are.
///
///     weight = ((W + score of the end) / (S + km)^p * room at the end)^q
class Choice {
public:
    Choice(DailyNetwork& network, const People& people);

    /// Takes up scores of a new day.
    void begin_day();
    /// Says that the number of people at a place has changed.
    void note_change(int i) {
        if (limited_[std::size_t(i)]) refresh_room(i);
    }
    /// People on the way to each place; counted towards its room if camps are not to be overshot.
    void add_coming(int i, Count people) {
        if (network_.quirks().camp_overshoot || !limited_[std::size_t(i)]) return;
        coming_[std::size_t(i)] += people;
        refresh_room(i);
    }

    /// Whether nobody can be sent to a place: a camp with less than half of its room factor refuses.
    bool refuses(int i) const { return limited_[std::size_t(i)] && network_.place(i).camp && room(i) < 0.5; }

    /// The route that a uniform number on [0, 1) picks; none if no open link leads away.
    const Way* choose(int from, double u);

private:
    struct Table {
        std::vector<Way> ways;
        std::vector<double> near;       ///< [ways] (S + km)^-p
        std::vector<double> up_to;      ///< [ways and filling] running sum of weights, 2 from the last on
        std::vector<int> limited_ends;  ///< places among the ends that have a capacity
        int rooms = -1;                 ///< version of all rooms when last looked at
        int stamp = -1;                 ///< versions of the rooms that the weights follow
        int network = -1;               ///< version of the network that the ways follow
    };

    double room(int i) const;
    void refresh_room(int i);
    void know_room(int i, double room);
    double score(int i) const;
    double agent_score(int i) const;
    void bring_up_to_date(Table& table, int from);
    void look_around(Table& table, int from);
    void weigh(Table& table);
    void keep_best_routes(const std::vector<Way>& ways, std::vector<double>& weights) const;

    DailyNetwork& network_;
    const People& people_;
    std::vector<Count> coming_;
    std::vector<char> limited_;
    std::vector<double> full_;        ///< [P] people at whom nobody is let in; 0: no limit
    std::vector<double> score_;       ///< [P] as an agent sees it
    std::vector<double> known_room_;  ///< [P] as the tables have it
    std::vector<int> room_version_;   ///< [P]
    std::vector<Table> tables_;
    int rooms_version_ = 0;
    int seen_network_ = -1, seen_places_ = -1;
};

/// What is left of a place's attraction as it fills: 1 up to the buffer, then a line to 0 at full capacity.
inline double Choice::room(int i) const {
    const auto at = std::size_t(i);
    const double people = double(people_.present[at]) + double(coming_[at]);
    const double buffer = network_.rules().capacity_buffer * full_[at];
    if (!limited_[at] || people <= buffer) return 1;
    return people >= full_[at] ? 0 : 1 - (people - buffer) / (full_[at] - buffer);
}

constexpr std::size_t at_once = 4;  ///< numbers compared without a branch that could be guessed wrongly

/// Where numbers that rise first exceed x. Their number is a multiple of `at_once`, and the last exceeds x.
inline std::size_t first_above(const std::vector<double>& rising, double x) {
    const double* from = rising.data();
    while (from[at_once - 1] <= x) from += at_once;
    auto found = std::size_t(from - rising.data());
    for (std::size_t n = 0; n < at_once; ++n) found += from[n] <= x ? 1 : 0;
    return found;
}

inline const Way* Choice::choose(int from, double u) {
    Table& table = tables_[std::size_t(from)];
    const bool known = table.rooms == rooms_version_ && table.network == network_.network_version();
    if (!known) bring_up_to_date(table, from);
    return table.ways.empty() ? nullptr : &table.ways[first_above(table.up_to, u)];
}

}  // namespace nuzuh::flee3
