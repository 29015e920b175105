#include "sim/scenario/overrides.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/merge.hpp"
#include "sim/scenario/renamed.hpp"
#include "sim/scenario/tables.hpp"
#include "sim/scenario/yaml.hpp"

namespace nuzuh::scenario {
namespace {

/// Follows a dotted path down the tree, making the maps on the way that are not there yet.
class Walk {
public:
    Walk(Node& root, std::string_view path, int source, Notes& notes)
        : node_(&root), rest_(path), source_(source), notes_(notes) {}

    /// The node that the path leads to; nullptr after a finding.
    Node* end() {
        while (!rest_.empty()) {
            if (!(node_->is_list() ? into_list() : into_map())) return nullptr;
        }
        return node_;
    }

private:
    Spot spot(std::size_t length) const { return {source_, 1, at_ + 1, int(length)}; }

    /// Steps over a part of the path and the '.' behind it.
    void advance(std::size_t length) {
        const bool dot = length < rest_.size() && rest_[length] == '.';
        const std::size_t with_dot = length + (dot ? 1 : 0);
        rest_.remove_prefix(with_dot);
        at_ += int(with_dot);
    }

    bool into_map() {
        const auto part = rest_.substr(0, rest_.find_first_of(".[", rest_.starts_with('[') ? 1 : 0));
        const auto inner = path_.empty() ? std::string(part) : fmt::format("{}.{}", path_, part);
        if (node_->is_scalar()) {
            notes_.error(spot(part.size()), inner, fmt::format("'{}' has no keys below it", path_));
            return false;
        }
        node_->kind = Kind::map;
        if (node_->spot.source < 0) node_->spot = spot(part.size());
        Entry* entry = node_->find(part);
        if (!entry) entry = &node_->entries.emplace_back(Entry{std::string(part), spot(part.size()), {}});
        entry->spot = spot(part.size());
        node_->header.reset();
        path_ = inner;
        node_ = &entry->value;
        advance(part.size());
        const KeyInfo* key = find_key(path_);
        if (key && key->kind == ValueKind::list && node_->is_null() && !rest_.empty())
            node_->kind = Kind::list;
        return true;
    }

    /// Identities may hold dots, so the longest one that fits is taken.
    bool into_list() {
        const KeyInfo* key = find_key(path_);
        const std::string identity = key ? key->identity : "";
        std::vector<std::string> names;
        Node* best = nullptr;
        std::size_t best_length = 0;
        for (Node& item : node_->items) {
            const auto id = identity.empty() ? "" : identity_of(item, identity);
            const bool fits = !id.empty() && rest_.starts_with(id) &&
                              (rest_.size() == id.size() || rest_[id.size()] == '.');
            if (fits && id.size() > best_length) {
                best = &item;
                best_length = id.size();
            }
            if (!id.empty()) names.push_back(id);
        }
        const auto part = rest_.substr(0, rest_.find_first_of(".[", 1));
        if (!best) {
            best = by_position(part);
            best_length = part.size();
        }
        if (!best) {
            note_no_entry(std::string(part), names);
            return false;
        }
        node_ = best;
        advance(best_length);
        return true;
    }

    /// The entry at `2` or `[2]`.
    Node* by_position(std::string_view part) {
        if (part.starts_with('[') && part.ends_with(']')) part = part.substr(1, part.size() - 2);
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
        const bool is_position = error == std::errc{} && end == part.data() + part.size();
        return is_position && index < node_->items.size() ? &node_->items[index] : nullptr;
    }

    void note_no_entry(const std::string& part, const std::vector<std::string>& names) {
        const auto near = nearest_word(part, names);
        const auto size = node_->items.size();
        std::string hint =
            size == 0 ? "the list is empty" : fmt::format("entries are counted from 0 to {}", size - 1);
        if (!near.empty())
            hint = fmt::format("did you mean '{}'?", near);
        else if (!names.empty() && names.size() <= 8)
            hint = fmt::format("entries are {}", fmt::join(names, ", "));
        notes_.error(spot(part.size()), path_, fmt::format("'{}' has no entry {}", path_, in_quotes(part)),
                     hint);
    }

    Node* node_;
    std::string path_;
    std::string_view rest_;
    int at_ = 0;
    int source_;
    Notes& notes_;
};

/// The key of `key=value`, checked as far as it can be alone; nothing after a finding.
std::optional<std::string> key_of(const std::string& option, int source, Notes& notes) {
    const auto bad_text = std::find_if(option.begin(), option.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (first_bad_utf8(option) != std::string::npos || bad_text != option.end()) {
        notes.error({source}, "", "the option is not one line of UTF-8 text");
        return {};
    }
    const auto equals = option.find('=');
    if (equals == std::string::npos || equals == 0) {
        notes.error({source, 1, 1, int(option.size())}, "", "'--set' expects KEY=VALUE",
                    "for example: --set behaviour.leave.h_max=0.2");
        return {};
    }
    const auto path = option.substr(0, equals);
    if (path == "extends" || path == "replaces") {
        notes.error({source, 1, 1, int(equals)}, "", fmt::format("'{}' cannot be set from outside", path),
                    "write it in a scenario file");
        return {};
    }
    return path;
}

/// Options laid over one scenario.
class Overrides {
public:
    Overrides(Node& scenario, Sources& sources, Notes& notes)
        : scenario_(scenario), sources_(sources), notes_(notes) {}

    void set(const std::string& option) {
        const auto name = option.size() > 60 ? option.substr(0, 60) + "..." : option;
        const int source = sources_.add(fmt::format("--set {}", name), "", option);
        const auto key = key_of(option, source, notes_);
        if (!key) return;
        const auto path = named_today(*key, source);
        const auto begin = int(key->size()) + 1;
        auto value =
            parse_yaml(sources_, source, std::string_view(option).substr(std::size_t(begin)), begin, notes_);
        if (!value) return;
        if (value->spot.line == 0) value->spot = {source, 1, begin, 1};
        if (Node* target = Walk(scenario_, path, source, notes_).end()) {
            *target = std::move(*value);
            put_tables_in(scenario_, ".", sources_, notes_);
            rename_former_keys(scenario_, notes_);
        }
    }

private:
    /// The key by its name of today; a former name is a warning, and an error where another option has the new one.
    std::string named_today(const std::string& key, int source) {
        const Spot spot{source, 1, 1, int(key.size())};
        const auto today = path_today(key);
        const auto& name = today ? *today : key;
        const auto [said, is_first] = said_as_.emplace(name, key);
        if (!is_first && said->second != key) {
            notes_.error(spot, name, fmt::format("'{}' is set by its former name too", name),
                         "leave one of the two options out");
        } else if (today) {
            notes_.warning(spot, name, fmt::format("{} is now called '{}'", in_quotes(key), name),
                           "it is read as that; write the new name");
        }
        return name;
    }

    Node& scenario_;
    Sources& sources_;
    Notes& notes_;
    std::map<std::string, std::string> said_as_;  ///< key by its name of today: as an option named it
};

}  // namespace

void set_keys(Node& scenario, const std::vector<std::string>& options, Sources& sources, Notes& notes) {
    Overrides overrides(scenario, sources, notes);
    for (const auto& option : options) overrides.set(option);
}

}  // namespace nuzuh::scenario
