#include "sim/check/make_world.hpp"

#include <utility>

#include "sim/check/doubts.hpp"
#include "sim/check/settings.hpp"

namespace nuzuh {

Result<World> make_world(ScenarioSettings settings, EarlierWorlds earlier) {
    const World* other = first_of(earlier);
    Findings findings = check_settings(settings, other ? &other->settings : nullptr);
    if (has_errors(findings)) return findings;
    World world = World::described_by(std::move(settings), earlier);
    if (!other) {
        const Findings doubts = doubts_about(world);
        findings.insert(findings.end(), doubts.begin(), doubts.end());
    }
    return {std::move(world), std::move(findings)};
}

}  // namespace nuzuh
