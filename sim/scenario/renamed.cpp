#include "sim/scenario/renamed.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario {
namespace {

std::string joined(std::string_view path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

/// Keys that had another name in a former version.
struct FormerKeys {
    std::map<std::string, const KeyInfo*> by_path;  ///< by the path that it had
    std::set<std::string> sections;                 ///< in or below which there are any

    FormerKeys() {
        for (const auto* keys : {&all_keys(), &study_keys()}) {
            for (const auto& key : *keys) {
                if (key.field.formerly.empty()) continue;
                by_path[joined(key.parent, key.field.formerly)] = &key;
                std::string section(key.parent);
                for (; sections.insert(section).second && !section.empty();)
                    section.resize(section.rfind('.') == section.npos ? 0 : section.rfind('.'));
            }
        }
    }
};

const FormerKeys& former_keys() {
    static const FormerKeys keys;
    return keys;
}

/// The key that had this name below `parent` in a former version; nullptr if there is none.
const KeyInfo* formerly(std::string_view parent, std::string_view name) {
    const auto& by_path = former_keys().by_path;
    const auto found = by_path.find(joined(parent, name));
    return found == by_path.end() ? nullptr : found->second;
}

/// A path below a key, by the names of today; an entry of a list may have dots in its name.
std::optional<std::string> below_today(const std::string& parent, std::string_view path) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    const auto part = path.substr(0, end);
    const KeyInfo* renamed = formerly(parent, part);
    const KeyInfo* key = renamed ? renamed : find_key(joined(parent, part));
    if (!key) return {};
    const auto with_rest = [&](std::size_t skipped, const std::string& rest) {
        return fmt::format("{}{}{}", key->field.key, path.substr(end, skipped), rest);
    };
    for (std::size_t dot = path.find('.', end); dot != path.npos; dot = path.find('.', dot + 1)) {
        if (const auto below = below_today(key->path, path.substr(dot + 1)))
            return with_rest(dot + 1 - end, *below);
        if (key->kind != ValueKind::list) break;
    }
    if (!renamed) return {};
    return with_rest(path.size() - end, "");
}

/// Gives an entry of a map its new key, or says that the map has both.
void rename(Node& map, std::size_t i, const std::string& key, const std::string& path, Notes& notes) {
    Entry& entry = map.entries[i];
    if (const Entry* both = map.find(key)) {
        notes.error(
            entry.spot, path,
            fmt::format("{} is the former name of '{}', which stands beside it", in_quotes(entry.key), key),
            both->spot.line == entry.spot.line
                ? "leave one of the two out"
                : fmt::format("leave one of the two out; the other is on line {}", both->spot.line));
        map.entries.erase(map.entries.begin() + std::ptrdiff_t(i));
        return;
    }
    notes.warning(entry.spot, path, fmt::format("{} is now called '{}'", in_quotes(entry.key), key),
                  "it is read as that; write the new name");
    entry.key = key;
}

void rename_below(Node& node, const std::string& path, Notes& notes) {
    if (!former_keys().sections.contains(path)) return;
    for (Node& item : node.items) rename_below(item, path, notes);
    for (std::size_t i = node.entries.size(); i-- > 0;) {
        if (const KeyInfo* key = formerly(path, node.entries[i].key))
            rename(node, i, std::string(key->field.key), key->path, notes);
    }
    for (Entry& entry : node.entries) {
        if (const KeyInfo* key = find_key(joined(path, entry.key)))
            rename_below(entry.value, key->path, notes);
    }
}

void rename_axes(Node& axes, Notes& notes) {
    for (std::size_t i = axes.entries.size(); i-- > 0;) {
        if (const auto path = path_today(axes.entries[i].key)) rename(axes, i, *path, "axes." + *path, notes);
    }
}

}  // namespace

void rename_former_keys(Node& scenario, Notes& notes) {
    rename_below(scenario, "", notes);
    if (Entry* axes = scenario.find("axes")) rename_axes(axes->value, notes);
}

std::optional<std::string> path_today(std::string_view path) { return below_today("", path); }

}  // namespace nuzuh::scenario
