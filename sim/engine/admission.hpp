// Who is let in where room or a quota is short.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/engine/law.hpp"
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
template <class Law>
std::vector<typename Law::Number> let_in(const Law& law, const Address& address, const SizeClasses& sizes,
                                         const std::vector<typename Law::Number>& at_gate,
                                         double room_persons) {
    using Number = typename Law::Number;
    const auto classes = at_gate.size();
    double wanting = 0;
    for (std::size_t c = 0; c < classes; ++c) wanting += double(at_gate[c]) * sizes.persons[c];
    if (wanting <= room_persons) return at_gate;
    std::vector<Number> admitted(classes, Number{0});
    if (!(room_persons > 0)) return admitted;
    if constexpr (Law::expected) {
        for (std::size_t c = 0; c < classes; ++c) admitted[c] = at_gate[c] * (room_persons / wanting);
    } else if (classes == 1) {
        admitted[0] = Number(room_persons / sizes.persons[0] + 1e-9);
    } else {
        std::vector<Number> left = at_gate;
        std::vector<Number> next(classes);
        for (std::uint64_t turn = 0;; ++turn) {
            Address one = address;
            one.b = turn;
            law.without_order(one, 1, left, next);
            const auto c = std::size_t(std::find(next.begin(), next.end(), 1) - next.begin());
            if (sizes.persons[c] > room_persons + 1e-9) break;
            room_persons -= sizes.persons[c];
            --left[c];
            ++admitted[c];
        }
    }
    return admitted;
}

}  // namespace nuzuh
