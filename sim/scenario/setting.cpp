#include "sim/scenario/setting.hpp"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/model/fields.hpp"
#include "sim/scenario/explain.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario {
namespace {

/// Reads the text under one key of a list's entry.
class TextUnder {
public:
    explicit TextUnder(std::string_view key) : key_(key) {}
    void text(const Field& f, std::string& value) {
        if (f.key == key_) found_ = value;
    }
    void name(const Field& f, std::string& value, Names) { text(f, value); }
    template <class T>
    void number(const Field&, T&, Range) {}
    template <class T>
    void integer(const Field&, T&, Range) {}
    void flag(const Field&, bool&) {}
    template <class T>
    void date(const Field&, T&) {}
    template <class E>
    void choice(const Field&, E&, Choices<E>) {}
    void duration(const Field&, double&, Range) {}
    void words(const Field&, std::vector<std::string>&) {}
    const std::string& found() const { return found_; }

private:
    std::string_view key_;
    std::string found_;
};

/// Goes down the settings along a dotted key and sets what stands at its end.
class Setter {
public:
    Setter(std::string_view key, const Node& value) : rest_(key), value_(value) {}

    const SetOutcome& outcome() const { return outcome_; }

    void number(const Field& f, double& out, Range range) {
        const double before = out;
        take(f, [&] { return read_number(value_, f.unit, range, out); });
        if (f.key == rest_) outcome_.before = before;
    }
    void number(const Field& f, std::optional<double>& out, Range range) {
        double number = 0;
        take(f, [&] { return read_number(value_, f.unit, range, number); });
        if (f.key == rest_) outcome_.before = out;
        if (set(f)) out = number;
    }
    template <class Int>
    void integer(const Field& f, Int& out, Range range) {
        std::int64_t number = 0;
        take(f, [&] { return read_integer(value_, f.unit, range, number); });
        if (set(f)) out = Int(number);
    }
    void text(const Field& f, std::string& out) {
        take(f, [&] { return read_text_value(value_, out); });
    }
    void name(const Field& f, std::string& out, Names) { text(f, out); }
    void words(const Field& f, std::vector<std::string>& out) {
        std::vector<std::string> words;
        take(f, [&] { return read_words(value_, words); });
        if (set(f)) out = std::move(words);
    }
    void flag(const Field& f, bool& out) {
        take(f, [&] { return read_flag(value_, out); });
    }
    void date(const Field& f, Date& out) {
        take(f, [&] { return read_date(value_, out); });
    }
    void date(const Field& f, std::optional<Date>& out) {
        Date date;
        take(f, [&] { return read_date(value_, date); });
        if (set(f)) out = date;
    }
    void duration(const Field& f, double& days, Range range) {
        take(f, [&] { return read_duration(value_, range, days); });
    }
    template <class E>
    void choice(const Field& f, E& out, Choices<E> choices) {
        take(f, [&] { return read_choice(value_, choices, out); });
    }
    template <class S>
    void section(const Field& f, S& settings) {
        if (is_above(f)) descend(f, f.key.size(), settings);
    }
    void network(const Field& f, Network& settings) { section(f, settings); }
    template <class S>
    void list(const Field& f, List<S>& entries, std::string_view identity) {
        if (!is_above(f)) return;
        const auto below = rest_.substr(f.key.size() + 1);
        std::vector<std::string> names;
        S* entry = nullptr;
        std::size_t length = 0;
        for (S& candidate : entries.own()) {
            TextUnder text(identity);
            describe(text, candidate);
            names.push_back(text.found());
            const auto& name = names.back();
            const bool fits =
                name.size() > length && below.starts_with(name) && below.substr(name.size(), 1) == ".";
            if (fits) entry = &candidate, length = name.size();
        }
        if (!entry) entry = by_position(entries, below, length);
        if (entry) return descend(f, f.key.size() + 1 + length, *entry);
        const auto part = below.substr(0, below.find('.'));
        const auto near = nearest_word(part, names);
        outcome_.misread = Misread{fmt::format("'{}' has no entry {}", f.key, in_quotes(part)),
                                   near.empty() ? "" : fmt::format("did you mean '{}'?", near)};
    }

private:
    template <class S>
    static S* by_position(List<S>& entries, std::string_view below, std::size_t& length) {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(below.data(), below.data() + below.size(), index);
        length = std::size_t(end - below.data());
        const bool position = error == std::errc{} && below.substr(length, 1) == ".";
        return position && index < entries.size() ? &entries[index] : nullptr;
    }

    bool is_above(const Field& f) const {
        return rest_.size() > f.key.size() && rest_.starts_with(f.key) && rest_[f.key.size()] == '.';
    }
    template <class S>
    void descend(const Field& f, std::size_t length, S& settings) {
        Setter below(rest_.substr(length + 1), value_);
        describe(below, settings);
        outcome_ = below.outcome();
        if (!outcome_.path.empty()) outcome_.path = fmt::format("{}.{}", f.key, outcome_.path);
    }
    template <class Read>
    void take(const Field& f, Read read) {
        if (f.key != rest_) return;
        outcome_ = {std::string(f.key), read(), {}};
        if (outcome_.misread)
            outcome_.misread->message = fmt::format("'{}' {}", f.key, outcome_.misread->message);
    }
    bool set(const Field& f) const { return f.key == rest_ && !outcome_.misread; }

    std::string_view rest_;
    const Node& value_;
    SetOutcome outcome_;
};

}  // namespace

SetOutcome set_setting(ScenarioSettings& settings, std::string_view key, const Node& value) {
    Setter setter(key, value);
    describe(setter, settings);
    SetOutcome outcome = setter.outcome();
    if (outcome.path.empty() && !outcome.misread)
        outcome.misread = Misread{fmt::format("there is no setting {}", in_quotes(key)), ""};
    return outcome;
}

}  // namespace nuzuh::scenario

namespace nuzuh {

std::string set_setting(ScenarioSettings& settings, std::string_view key, const std::string& value) {
    scenario::Node node;
    node.kind = scenario::Kind::scalar;
    node.text = value;
    const auto outcome = scenario::set_setting(settings, key, node);
    return outcome.misread ? outcome.misread->message : "";
}

std::optional<double> number_of_setting(const ScenarioSettings& settings, std::string_view key) {
    ScenarioSettings copy = settings;
    return scenario::set_setting(copy, key, scenario::Node{}).before;
}

SettingAccess setting_access() {
    return {[](ScenarioSettings& settings, std::string_view key, const std::string& value) {
                return set_setting(settings, key, value);
            },
            number_of_setting,
            [](std::string_view key) {
                const auto known = explain_key(std::string(key));
                return known ? "it is no single number" : known.findings().front().hint;
            }};
}

SettingText text_of_setting(const ScenarioSettings& settings, std::string_view key) {
    ScenarioSettings copy = settings;
    const auto* info = scenario::find_key(scenario::set_setting(copy, key, scenario::Node{}).path);
    if (!info) return {};
    return {info->field.unit == "-" ? "1" : std::string(info->field.unit), std::string(info->field.sentence)};
}

}  // namespace nuzuh
