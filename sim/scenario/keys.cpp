#include "sim/scenario/keys.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "sim/model/study_fields.hpp"

namespace nuzuh::scenario {
namespace {

/// Collects the fields of a section and, below them, of its sections and lists.
class Catalogue {
public:
    Catalogue(std::vector<KeyInfo>& out, std::string parent) : out_(out), parent_(std::move(parent)) {}

    void number(const Field& f, double& value, Range range) {
        add(f, ValueKind::number, f.required ? "" : plain(value)).range = range;
    }
    void number(const Field& f, std::optional<double>&, Range range) {
        add(f, ValueKind::number).range = range;
    }
    template <class Int>
    void integer(const Field& f, Int& value, Range range) {
        add(f, ValueKind::integer, f.required ? "" : fmt::format("{}", value)).range = range;
    }
    void text(const Field& f, std::string& value) { add(f, ValueKind::text, value); }
    void name(const Field& f, std::string& value, Names names) {
        add(f, ValueKind::name, value).names = names;
    }
    void flag(const Field& f, bool& value) { add(f, ValueKind::flag, value ? "true" : "false"); }
    void date(const Field& f, Date&) { add(f, ValueKind::date); }
    void date(const Field& f, std::optional<Date>&) { add(f, ValueKind::date); }
    template <class E>
    void choice(const Field& f, E& value, Choices<E> choices) {
        KeyInfo& key = add(f, ValueKind::choice);
        for (const auto& [word, meaning] : choices) {
            key.choices.emplace_back(word);
            if (meaning == value && !f.required) key.value = word;
        }
    }
    void duration(const Field& f, double& days, Range range) {
        add(f, ValueKind::duration, fmt::format("{} day", plain(days))).range = range;
    }
    void words(const Field& f, std::vector<std::string>&) { add(f, ValueKind::words); }
    template <class S>
    void section(const Field& f, S& settings) {
        Catalogue below(out_, add(f, ValueKind::section).path);
        describe(below, settings);
    }
    template <class S>
    void list(const Field& f, List<S>&, std::string_view identity) {
        KeyInfo& key = add(f, ValueKind::list);
        key.identity = identity;
        Catalogue below(out_, key.path);
        S entry;
        describe(below, entry);
    }
    void network(const Field& f, Network& settings) {
        Catalogue below(out_, add(f, ValueKind::network).path);
        describe(below, settings);
    }

private:
    KeyInfo& add(const Field& f, ValueKind kind, std::string value = "") {
        KeyInfo key;
        key.path = parent_.empty() ? std::string(f.key) : fmt::format("{}.{}", parent_, f.key);
        key.parent = parent_;
        key.field = f;
        key.kind = kind;
        key.value = std::move(value);
        return out_.emplace_back(std::move(key));
    }

    std::vector<KeyInfo>& out_;
    std::string parent_;
};

template <class Settings>
std::vector<KeyInfo> keys_of() {
    std::vector<KeyInfo> keys;
    keys.reserve(256);
    Settings defaults;
    Catalogue catalogue(keys, "");
    describe(catalogue, defaults);
    return keys;
}

}  // namespace

const std::vector<KeyInfo>& all_keys() {
    static const auto keys = keys_of<ScenarioSettings>();
    return keys;
}

const std::vector<KeyInfo>& study_keys() {
    static const auto keys = keys_of<StudySettings>();
    return keys;
}

const KeyInfo* find_key(std::string_view path) {
    static const auto by_path = [] {
        std::map<std::string, const KeyInfo*, std::less<>> index;
        for (const auto* keys : {&all_keys(), &study_keys()}) {
            for (const auto& key : *keys) index[key.path] = &key;
        }
        return index;
    }();
    const auto found = by_path.find(path);
    return found == by_path.end() ? nullptr : found->second;
}

std::vector<const KeyInfo*> keys_below(std::string_view parent) {
    std::vector<const KeyInfo*> out;
    for (const auto* keys : {&all_keys(), &study_keys()}) {
        if (parent.empty() && keys == &study_keys()) continue;
        for (const auto& key : *keys) {
            if (key.parent == parent) out.push_back(&key);
        }
    }
    return out;
}

bool is_study_key(std::string_view key) {
    return std::any_of(study_keys().begin(), study_keys().end(),
                       [&](const KeyInfo& info) { return info.parent.empty() && info.field.key == key; });
}

std::string without_positions(std::string_view path) {
    std::string out;
    bool inside = false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '[') inside = true;
        if (!inside) out += path[i];
        if (path[i] == ']') inside = false;
    }
    std::string kept;
    for (std::size_t begin = 0; begin <= out.size();) {
        const std::size_t end = std::min(out.find('.', begin), out.size());
        const auto part = std::string_view(out).substr(begin, end - begin);
        const bool position = part.find_first_not_of("0123456789") == part.npos;
        if (!position) kept += kept.empty() ? std::string(part) : fmt::format(".{}", part);
        begin = end + 1;
    }
    return kept;
}

std::string plain(double value) {
    const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
    return whole ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

std::string in_words(const Range& range) {
    const bool low = std::isfinite(range.low), high = std::isfinite(range.high);
    if (low && high) return fmt::format("{} to {}", plain(range.low), plain(range.high));
    if (low) return fmt::format("at least {}", plain(range.low));
    if (high) return fmt::format("at most {}", plain(range.high));
    return "any number";
}

}  // namespace nuzuh::scenario
