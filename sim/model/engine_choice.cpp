#include "sim/model/engine_choice.hpp"

#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "sim/model/fields.hpp"

namespace nuzuh {

Findings why_no_engine(const EngineRequest& asked) {
    Findings findings;
    const auto error = [&](const char* path, std::string message, const char* hint) {
        findings.push_back({Severity::error, path, std::move(message), hint, {}, ""});
    };
    const bool flee3 = asked.rules == Rules::flee3;
    if (flee3 && asked.kind != EngineKind::agents)
        error("engine.kind", "rules: flee3 moves single people", "use kind: agents");
    if (asked.mode == DrawMode::expected && asked.kind == EngineKind::agents)
        error("engine.mode", "agents always draw", "use kind: compartments or pooled with mode: expected");
    if (asked.mode == DrawMode::expected && asked.members > 1)
        error("engine.members", "in expected mode every member is the same", "use members: 1");
    if (asked.traces < 0) error("traces", "a number of households is not below 0", "");
    if (asked.traces > 0 && asked.kind != EngineKind::agents) {
        error("traces",
              fmt::format("there are no traces with {}, which know no households",
                          word_of(asked.kind, engine_names)),
              "use agents, or ask for no traces");
    } else if (asked.traces > 0 && flee3) {
        error("traces", "there are no traces with rules: flee3, which counts people who are alike",
              "ask for no traces");
    }
    if (asked.causes && flee3)
        error("output.causes", "rules: flee3 know no causes: whoever leaves a place does so by one chance",
              "leave it out, or use rules: hazard_choice");
    if (asked.continues && flee3)
        error("continue", "a run by rules: flee3 cannot be stopped and continued",
              "run it from start to end");
    return findings;
}

void require_engine(const EngineRequest& asked) {
    std::string why;
    for (const Finding& finding : why_no_engine(asked))
        why += fmt::format("{}{}: {}", why.empty() ? "" : "; ", finding.path, finding.message);
    if (!why.empty()) throw std::invalid_argument(why);
}

}  // namespace nuzuh
