// Who is let in where room or a quota is short.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "sim/engine/draw_policy.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// The household sizes that occur, and which of them each group has.
struct SizeClasses {
    std::vector<double> persons;      ///< [classes] persons a household
    std::vector<int> class_of_group;  ///< [K]

    explicit SizeClasses(const World& world) {
        for (const auto& group : world.groups) {
            const auto found = std::find(persons.begin(), persons.end(), group.household_size);
            class_of_group.push_back(int(found - persons.begin()));
            if (found == persons.end()) persons.push_back(group.household_size);
        }
    }
};

/// How many households of each size are let in, taken one after the other in random order until the next
/// one does not fit.
///
/// @param at_gate        [classes] households
/// @param room_persons   [persons] that fit
/// @return               [classes] households; their persons never exceed the room
template <class Policy>
std::vector<typename Policy::Number> let_in(const Policy& policy, const Address& address,
                                            const SizeClasses& sizes,
                                            const std::vector<typename Policy::Number>& at_gate,
                                            double room_persons) {
    using Number = typename Policy::Number;
    const auto classes = at_gate.size();
    double wanting = 0;
    for (std::size_t c = 0; c < classes; ++c) wanting += double(at_gate[c]) * sizes.persons[c];
    if (wanting <= room_persons) return at_gate;
    std::vector<Number> admitted(classes, Number{0});
    if (!(room_persons > 0)) return admitted;
    if constexpr (Policy::expected) {
        for (std::size_t c = 0; c < classes; ++c) admitted[c] = at_gate[c] * (room_persons / wanting);
    } else if (classes == 1) {
        admitted[0] = Number(room_persons / sizes.persons[0] + 1e-9);
    } else {
        std::vector<Number> left = at_gate;
        std::vector<Number> next(classes);
        for (std::uint64_t turn = 0;; ++turn) {
            Address one = address;
            one.b = turn;
            policy.without_order(one, 1, left, next);
            const auto c = std::size_t(std::find(next.begin(), next.end(), 1) - next.begin());
            if (sizes.persons[c] > room_persons + 1e-9) break;
            room_persons -= sizes.persons[c];
            --left[c];
            ++admitted[c];
        }
    }
    return admitted;
}

/// Draws who of those at a gate is let in: first how many of each household size, then of which cell.
///
/// @param queue     tells apart the gates of a step; part of the address of the draws
/// @param at_gate   [cells] households
/// @param group_of  the group of a cell
/// @return          [cells] households
template <class Policy, class GroupOf>
std::vector<typename Policy::Number> let_in_by_cell(const Policy& policy, int step, std::uint64_t queue,
                                                    const SizeClasses& sizes,
                                                    std::span<const typename Policy::Number> at_gate,
                                                    const GroupOf& group_of, double room_persons) {
    using Number = typename Policy::Number;
    const auto when = std::uint64_t(step);
    const auto size_of = [&](std::size_t c) { return std::size_t(sizes.class_of_group[group_of(c)]); };
    std::vector<Number> by_size(sizes.persons.size(), Number{0});
    for (std::size_t c = 0; c < at_gate.size(); ++c) by_size[size_of(c)] += at_gate[c];
    const auto let = let_in(policy, {Purpose::admit, when, queue}, sizes, by_size, room_persons);
    std::vector<Number> result(at_gate.size(), Number{0}), cells(at_gate.size()), in(at_gate.size());
    for (std::size_t size = 0; size < let.size(); ++size) {
        if (!(let[size] > 0)) continue;
        for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = size_of(c) == size ? at_gate[c] : Number{0};
        if (let[size] == by_size[size])
            in = cells;
        else
            policy.without_order({Purpose::who_admitted, when, queue, size}, let[size], cells, in);
        for (std::size_t c = 0; c < in.size(); ++c) result[c] += in[c];
    }
    return result;
}

}  // namespace nuzuh
