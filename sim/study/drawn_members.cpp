#include "sim/study/drawn_members.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"

namespace nuzuh {

std::vector<DrawnMember> draw_members(const World& base, const Unknowns& unknowns, int first, int count) {
    std::vector<DrawnMember> members;
    for (int number = first; number < first + count; ++number) {
        const MemberBlock own = MemberBlock::of(number);
        const World* same_inputs = nullptr;
        const DrawnMember* same = nullptr;
        for (const DrawnMember& other : members) {
            const MemberBlock block = MemberBlock::of(first + int(&other - members.data()));
            if (block.inputs == own.inputs) same_inputs = other.world.get();
            if (block.inputs == own.inputs && block.behaviour == own.behaviour) same = &other;
        }
        if (same) {
            members.push_back(DrawnMember(*same));
            continue;
        }
        auto drawn = unknowns.draw(base.settings, number);
        auto world = make_world(std::move(drawn.settings), {same_inputs, &base});
        if (!world) {
            const auto& found = world.findings();
            const auto why = std::find_if(found.begin(), found.end(), [](const Finding& finding) {
                return finding.severity == Severity::error;
            });
            throw ModelFault(
                fmt::format("member {} draws what makes no sense: {}: {}", number, why->path, why->message));
        }
        members.push_back({std::make_shared<const World>(std::move(*world)), std::move(drawn.values)});
    }
    return members;
}

}  // namespace nuzuh
