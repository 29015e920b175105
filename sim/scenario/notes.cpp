#include "sim/scenario/notes.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace nuzuh::scenario {
namespace {

constexpr std::size_t longest_excerpt = 4000;  // [bytes]; longer lines are not shown
constexpr std::size_t most_notes = 20000;      // a wrong table has a mistake a cell; nobody reads more

}  // namespace

void place(Finding& finding, const Spot& spot, const Sources& sources) {
    finding.location = sources.location(spot);
    const auto line = sources.line(spot.source, spot.line);
    finding.excerpt = line.size() > longest_excerpt ? std::string() : std::string(line);
}

void Notes::add(Severity severity, const Spot& spot, std::string path, std::string message,
                std::string hint) {
    if (notes_.size() >= most_notes) return;
    notes_.push_back({spot, {severity, std::move(path), std::move(message), std::move(hint), {}, ""}});
}

void Notes::error(const Spot& spot, std::string path, std::string message, std::string hint) {
    ++errors_;
    add(Severity::error, spot, std::move(path), std::move(message), std::move(hint));
}

void Notes::warning(const Spot& spot, std::string path, std::string message, std::string hint) {
    add(Severity::warning, spot, std::move(path), std::move(message), std::move(hint));
}

Findings Notes::sorted() const {
    std::vector<const Note*> order;
    for (const auto& note : notes_) order.push_back(&note);
    const auto position = [](const Note* n) {
        return std::tie(n->spot.source, n->spot.line, n->spot.column);
    };
    std::stable_sort(order.begin(), order.end(), [&](auto* a, auto* b) { return position(a) < position(b); });

    Findings out;
    std::set<std::tuple<int, int, int, std::string>> said;
    for (const Note* note : order) {
        if (!said.emplace(std::tuple_cat(position(note), std::tie(note->finding.message))).second) continue;
        out.push_back(note->finding);
        place(out.back(), note->spot, sources_);
    }
    return out;
}

}  // namespace nuzuh::scenario
