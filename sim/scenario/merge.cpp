#include "sim/scenario/merge.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/renamed.hpp"
#include "sim/scenario/tables.hpp"

namespace nuzuh::scenario {
namespace {

std::string joined(const std::string& path, const std::string& key) {
    return path.empty() ? key : fmt::format("{}.{}", path, key);
}

void lay_list_over(Node& base, Node over, const std::string& path, Notes& notes) {
    if (over.items.empty() && !notes.has_errors()) {  // else it is perhaps a table that could not be read
        notes.warning(over.spot, path, fmt::format("an empty list adds nothing to '{}'", path),
                      fmt::format("to start it anew, write 'replaces: [{}]'", path));
    }
    const KeyInfo* key = find_key(path);
    const std::string identity = key ? key->identity : "";
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; !identity.empty() && i < base.items.size(); ++i) {
        known.emplace(identity_of(base.items[i], identity), i);
    }
    for (Node& item : over.items) {
        const auto id = identity.empty() ? "" : identity_of(item, identity);
        const auto twin = id.empty() ? known.end() : known.find(id);
        if (twin == known.end())
            base.items.push_back(std::move(item));
        else
            lay_over(base.items[twin->second], std::move(item), path, notes);
    }
}

}  // namespace

std::string identity_of(const Node& entry, const std::string& identity_key) {
    const Entry* found = entry.is_map() ? entry.find(identity_key) : nullptr;
    return found && found->value.is_scalar() ? found->value.text : "";
}

Node* at_path(Node& root, std::string_view path) {
    Node* node = &root;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('.'), path.size());
        Entry* entry = node->is_map() ? node->find(path.substr(0, end)) : nullptr;
        if (!entry) return nullptr;
        node = &entry->value;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return node;
}

void lay_over(Node& base, Node over, const std::string& path, Notes& notes) {
    if (base.is_list() && over.is_list()) {
        lay_list_over(base, std::move(over), path, notes);
        return;
    }
    if (!base.is_map() || !over.is_map() || (path == "network" && is_from_folder(over))) {
        base = std::move(over);
        return;
    }
    for (Entry& entry : over.entries) {
        if (entry.value.empty_cell) continue;
        Entry* there = base.find(entry.key);
        if (!there) {
            base.entries.push_back(std::move(entry));
            continue;
        }
        there->spot = entry.spot;
        lay_over(there->value, std::move(entry.value), joined(path, entry.key), notes);
    }
    base.header = over.header;
    base.spot = over.spot;
}

void empty_replaced(Node& base, const Node& replaces, Notes& notes) {
    if (!replaces.is_list()) {
        notes.error(replaces.spot, "replaces",
                    fmt::format("'replaces' expects a list, found {}", in_words(replaces)),
                    "for example: replaces: [fronts, reported]");
        return;
    }
    std::vector<std::string> lists;
    for (const KeyInfo& key : all_keys()) {
        if (key.kind == ValueKind::list) lists.push_back(key.path);
    }
    for (const Node& name : replaces.items) {
        const auto today = path_today(name.text).value_or(name.text);
        if (std::find(lists.begin(), lists.end(), today) != lists.end()) {
            if (Node* list = at_path(base, today)) *list = Node{};
            continue;
        }
        const auto near = nearest_word(name.text, lists);
        notes.error(name.spot, "replaces",
                    fmt::format("'replaces' expects names of lists, found {}", in_words(name)),
                    near.empty() ? fmt::format("lists are {}", fmt::join(lists, ", "))
                                 : fmt::format("did you mean '{}'?", near));
    }
}

void note_twins_of(const KeyInfo& key, const Node& scenario, const Sources& sources, Notes& notes) {
    if (key.kind != ValueKind::list || key.identity.empty()) return;
    const Node* list = at_path(const_cast<Node&>(scenario), key.path);
    if (!list || !list->is_list()) return;
    std::unordered_map<std::string, Spot> first;
    for (const Node& item : list->items) {
        const auto id = identity_of(item, key.identity);
        if (id.empty()) continue;
        const Spot spot = item.find(key.identity)->value.spot;
        const auto [twin, is_new] = first.emplace(id, spot);
        if (is_new) continue;
        const Spot& there = twin->second;
        const auto where =
            there.source == spot.source ? "" : fmt::format(" of {}", sources[there.source].name);
        notes.error(spot, key.path,
                    fmt::format("{} {} is given twice in '{}'; the first is on line {}{}", key.identity,
                                in_quotes(id), key.path, there.line, where),
                    "put what is said of it into one entry");
    }
}

void note_twins(const Node& scenario, const Sources& sources, Notes& notes) {
    for (const auto* keys : {&all_keys(), &study_keys()})
        for (const KeyInfo& key : *keys) note_twins_of(key, scenario, sources, notes);
}

}  // namespace nuzuh::scenario
