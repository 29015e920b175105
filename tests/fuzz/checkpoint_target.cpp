// Checkpoints of every engine whose bytes were changed and whose SHA-256 holds.
#include <array>
#include <span>
#include <string>

#include "sim/study/checkpoint.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/sealed.hpp"
#include "tests/fuzz/edits.hpp"
#include "tests/fuzz/scratch.hpp"
#include "tests/fuzz/targets_of.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh::fuzz {
namespace {

/// A run that stopped half-way, and the one that goes on from there.
struct Stopped {
    World whole;
    EnsembleSpec spec;
    std::vector<std::byte> bytes;  ///< of its checkpoint

    Stopped(EngineKind kind, DrawMode mode) : whole(test::built(settings())) {
        auto first = settings();
        first.period.to = first.period.from + 11;
        spec = ensemble_spec(whole, 1);
        spec.engine = kind;
        spec.mode = mode;
        spec.members = 1;
        spec.traces = kind == EngineKind::agents ? 5 : 0;
        auto until = spec;
        until.keep_state = true;
        bytes = checkpoint_bytes(*run_ensemble(test::built(first), until).checkpoint);
    }

    static ScenarioSettings settings() {
        auto settings = test::rich_settings();
        settings.period.to = settings.period.from + 15;
        return settings;
    }
};

std::string edited(std::string content, std::span<const Edit> edits) {
    for (const auto& [kind, where, value] : edits) {
        if (content.empty()) break;
        const std::size_t at = where % content.size();
        const std::string_view as_bytes(reinterpret_cast<const char*>(&value), sizeof value);
        switch (kind % 5) {
            case 0:
                content[at] = char(value);
                break;
            case 1:
                content.replace(at, std::min(as_bytes.size(), content.size() - at), as_bytes);
                break;
            case 2:
                content.erase(at, 1 + value % 64);
                break;
            case 3:
                content.insert(at, as_bytes);
                break;
            default:
                content.resize(at);
        }
    }
    return content;
}

}  // namespace

void read_checkpoint_edits(std::string_view sample) {
    static const std::array<Stopped, 5> all = {Stopped{EngineKind::compartments, DrawMode::stochastic},
                                               {EngineKind::compartments, DrawMode::expected},
                                               {EngineKind::agents, DrawMode::stochastic},
                                               {EngineKind::pooled, DrawMode::stochastic},
                                               {EngineKind::pooled, DrawMode::expected}};
    if (sample.empty()) return;
    const Stopped& stopped = all[std::uint8_t(sample[0]) % all.size()];
    const std::string good(reinterpret_cast<const char*>(stopped.bytes.data()), stopped.bytes.size());
    constexpr std::size_t digest_length = 64;
    const auto heading = good.find('\n') + 1;
    const auto edits = edits_of(sample.substr(1));
    const std::string changed = edited(good.substr(heading + digest_length), edits);
    const auto checkpoint =
        read_checkpoint(sealed(good.substr(0, heading), std::as_bytes(std::span(changed))));
    if (!checkpoint) return require_reasons(checkpoint.findings());
    auto spec = stopped.spec;
    if (const auto why = why_not_continued(*checkpoint, stopped.whole, spec.terms()); !why.empty())
        return require_reasons(why);
    spec.from = &*checkpoint;
    const auto result = run_ensemble(stopped.whole, spec);
    if (edits.empty()) require(result.failure.empty(), "a good checkpoint is refused: " + result.failure);
}

}  // namespace nuzuh::fuzz
