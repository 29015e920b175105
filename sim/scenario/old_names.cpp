#include "sim/scenario/old_names.hpp"

#include <fmt/format.h>

#include "sim/scenario/values.hpp"

namespace nuzuh::scenario {
namespace {

constexpr std::string_view old_key = "track_origin", old_path = "engine.track_origin";

/// The kind of engine that `track_origin` meant, in place of the value.
///
/// @return  false after a finding
bool becomes_kind(Node& value, std::string_view path, Notes& notes) {
    bool tracked = true;
    if (const auto misread = read_flag(value, tracked)) {
        notes.error(value.spot, std::string(path), fmt::format("'{}' {}", old_key, misread->message),
                    misread->hint);
        return false;
    }
    value.text = tracked ? "compartments" : "pooled";
    return true;
}

void note_old_name(const Entry& entry, Notes& notes) {
    notes.warning(entry.spot, std::string(old_path),
                  "'track_origin' is an old name: false is read as kind: pooled, true changes nothing",
                  "write engine: {kind: pooled}, or leave it out");
}

/// `engine: {track_origin: ...}`.
void take_track_origin(Node& engine, Notes& notes) {
    for (std::size_t e = 0; e < engine.entries.size(); ++e) {
        if (engine.entries[e].key != old_key) continue;
        Entry old = std::move(engine.entries[e]);
        engine.entries.erase(engine.entries.begin() + std::ptrdiff_t(e));
        note_old_name(old, notes);
        if (old.value.is_null() || !becomes_kind(old.value, old_path, notes)) return;
        Entry* kind = engine.find("kind");
        const bool forgets = old.value.text == "pooled";
        if (forgets && (!kind || kind->value.is_null() || kind->value.text == "compartments")) {
            if (!kind) kind = &engine.entries.emplace_back();
            *kind = {"kind", old.spot, std::move(old.value)};
        } else if (forgets && kind->value.text == "agents") {
            notes.error(old.value.spot, std::string(old_path), "agents always know their home",
                        "use kind: pooled without track_origin");
        } else if (!forgets && kind && kind->value.text == "pooled") {
            notes.error(old.value.spot, std::string(old_path), "pooled runs forget where people are from",
                        "use kind: compartments, or leave out track_origin");
        }
        return;
    }
}

/// `axes: {engine.track_origin: [true, false]}`, or its values below `values`.
void take_axis(Node& axes, Notes& notes) {
    for (Entry& axis : axes.entries) {
        if (axis.key != old_path) continue;
        note_old_name(axis, notes);
        Entry* values = axis.value.is_map() ? axis.value.find("values") : nullptr;
        for (Node& value : (values ? values->value : axis.value).items)
            if (!becomes_kind(value, "axes.engine.track_origin", notes)) return;
        axis.key = "engine.kind";
    }
}

}  // namespace

void take_old_names(Node& tree, Notes& notes) {
    if (Entry* engine = tree.find("engine"); engine && engine->value.is_map())
        take_track_origin(engine->value, notes);
    if (Entry* axes = tree.find("axes"); axes && axes->value.is_map()) take_axis(axes->value, notes);
}

}  // namespace nuzuh::scenario
