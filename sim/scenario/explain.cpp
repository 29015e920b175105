#include "sim/scenario/explain.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/renamed.hpp"

namespace nuzuh {
namespace {

using scenario::KeyInfo, scenario::ValueKind;

std::string expected(const KeyInfo& key) {
    switch (key.kind) {
        case ValueKind::number:
            return "a number";
        case ValueKind::integer:
            return "a whole number";
        case ValueKind::text:
            return "a text";
        case ValueKind::flag:
            return "true or false";
        case ValueKind::date:
            return "a date, YYYY-MM-DD";
        case ValueKind::choice:
            return fmt::format("one of {}", fmt::join(key.choices, ", "));
        case ValueKind::duration:
            return "a duration: 1 day, 1/2 day, 6 h, 1 week";
        case ValueKind::words:
            return "a list of values";
        case ValueKind::section:
            return "keys below it";
        case ValueKind::network:
            return "a folder, or keys below it";
        case ValueKind::list:
            return "a list; an entry {table: file.csv} stands for the rows of a table";
        case ValueKind::name:
            break;
    }
    switch (key.names) {
        case Names::place:
            return "the identifier of a place";
        case Names::area:
            return "the name of an area, or 'all'";
        case Names::route:
            return "the identifier of a route";
        case Names::crossing:
            return "the identifier of a crossing";
        case Names::abroad:
            return "the identifier of a place abroad";
    }
    return "";
}

bool is_ranged(const KeyInfo& key) {
    return key.kind == ValueKind::number || key.kind == ValueKind::integer || key.kind == ValueKind::duration;
}

std::string row(std::string_view name, std::string_view text) {
    return text.empty() ? "" : fmt::format("  {:<10}{}\n", name, text);
}

std::string default_of(const KeyInfo& key) {
    if (key.field.required) return "none; required";
    return key.value;
}

std::string line_of(const KeyInfo& key) {
    const std::string unit =
        key.field.unit.empty() || key.field.unit == "-" ? "" : fmt::format(" [{}]", key.field.unit);
    const std::string value = key.value.empty() || key.field.required ? "" : fmt::format(" = {}", key.value);
    return fmt::format("{}{}{}\n    {}\n", key.path, value, unit, key.field.sentence);
}

std::string text_of(const KeyInfo& key) {
    std::string out = fmt::format("{}\n  {}\n", key.path, key.field.sentence);
    out += row("expects", expected(key));
    out += row("unit", key.field.unit == "-" ? "none (a pure number)" : key.field.unit);
    if (is_ranged(key)) out += row("range", scenario::in_words(key.range));
    out += row("default", default_of(key));
    out += row("rests on", key.field.source);
    out += row("formerly", key.field.formerly);
    if (!key.identity.empty())
        out += row("laid over", fmt::format("an entry with the same '{}'", key.identity));
    const auto below = scenario::keys_below(key.path);
    if (!below.empty()) out += "\n";
    for (const auto* inner : below) out += line_of(*inner);
    return out;
}

/// Keys that end in the given parts: `h_max`, `leave.h_max`.
std::vector<const KeyInfo*> ending_in(const std::string& path) {
    std::vector<const KeyInfo*> out;
    for (const auto& key : scenario::all_keys()) {
        const bool formerly = !key.field.formerly.empty() && key.field.formerly == path;
        if (key.path.ends_with("." + path) || formerly) out.push_back(&key);
    }
    return out;
}

std::string nearest_key(const std::string& path) {
    std::vector<std::string> paths, last_parts;
    for (const auto& key : scenario::all_keys()) {
        paths.push_back(key.path);
        last_parts.emplace_back(key.field.key);
    }
    if (auto near = nearest_word(path, paths); !near.empty()) return near;
    const auto last = path.substr(path.rfind('.') == path.npos ? 0 : path.rfind('.') + 1);
    const auto near = nearest_word(last, last_parts);
    const auto at = std::find(last_parts.begin(), last_parts.end(), near);
    return near.empty() ? "" : paths[std::size_t(at - last_parts.begin())];
}

}  // namespace

Result<std::string> explain_key(std::string_view dotted_key) {
    const std::string asked = scenario::without_positions(dotted_key);
    const std::string path = scenario::path_today(asked).value_or(asked);
    if (const auto* key = scenario::find_key(path)) return text_of(*key);
    std::string out;
    for (const auto* key : path.empty() ? std::vector<const KeyInfo*>{} : ending_in(path)) {
        out += (out.empty() ? "" : "\n") + text_of(*key);
    }
    if (!out.empty()) return out;
    Finding finding;
    finding.message = fmt::format("there is no key '{}'", dotted_key);
    const auto near = nearest_key(path);
    finding.hint =
        near.empty() ? "'nuzuh explain' alone lists all keys" : fmt::format("did you mean '{}'?", near);
    return Findings{finding};
}

std::string explain_all() {
    std::string out;
    for (const auto& key : scenario::all_keys()) out += line_of(key);
    out += "\nOf a study, beside the keys of its scenario:\n\n";
    for (const auto& key : scenario::study_keys()) out += line_of(key);
    return out;
}

}  // namespace nuzuh
