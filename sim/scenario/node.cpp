#include "sim/scenario/node.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace nuzuh::scenario {

const Entry* Node::find(std::string_view key) const {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
    return const_cast<Entry*>(static_cast<const Node*>(this)->find(key));
}

std::size_t count(const Node& node) {
    std::size_t total = 1;
    for (const auto& item : node.items) total += count(item);
    for (const auto& entry : node.entries) total += count(entry.value);
    return total;
}

std::string in_words(const Node& node) {
    switch (node.kind) {
        case Kind::null:
            return "nothing";
        case Kind::scalar:
            return in_quotes(node.text);
        case Kind::list:
            return "a list";
        case Kind::map:
            return "a map";
    }
    return "";
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 40;
    std::size_t length = std::min(text.size(), most);
    while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) --length;
    std::string out = "'";
    for (const char c : text.substr(0, length))
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return out + (length < text.size() ? "...'" : "'");
}

namespace {

/// Takes the next part off a dotted path: an index written `[2]`, or a key. A key of this map that holds dots
/// itself, like those of a study's axes, is taken whole.
std::string_view next_part(std::string_view& path, const Node& node) {
    if (path.front() == '.') path.remove_prefix(1);
    std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
    for (const Entry& entry : node.entries) {
        const bool fits = path.starts_with(entry.key) && entry.key.size() > end &&
                          (path.size() == entry.key.size() || path[entry.key.size()] == '.');
        if (fits) end = entry.key.size();
    }
    const auto part = path.substr(0, end);
    path.remove_prefix(end);
    return part;
}

}  // namespace

Spot spot_of_path(const Node& root, std::string_view path) {
    const Node* node = &root;
    Spot spot{root.spot.source, 0, 0, 1};
    while (!path.empty() && path != ".") {
        const auto part = next_part(path, *node);
        if (part.size() > 1 && part.front() == '[') {
            std::size_t index = 0;
            std::from_chars(part.data() + 1, part.data() + part.size(), index);
            if (!node->is_list() || index >= node->items.size()) return spot;
            node = &node->items[index];
            spot = node->spot;
            continue;
        }
        const Entry* entry = node->is_map() ? node->find(part) : nullptr;
        if (!entry) return spot;
        node = &entry->value;
        spot = node->is_scalar() ? node->spot : entry->spot;
    }
    return spot;
}

}  // namespace nuzuh::scenario
