#include "sim/scenario/axes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/model/setting_access.hpp"
#include "sim/scenario/explain.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/setting.hpp"

namespace nuzuh::scenario {
namespace {

/// Settings that fix the shape of the results, or that runs do not read.
constexpr std::array<std::string_view, 8> not_varied{"title",      "summary",  "period",   "output",
                                                     "parameters", "planning", "reported", "engine.members"};

bool is_not_varied(std::string_view key) {
    return std::any_of(not_varied.begin(), not_varied.end(),
                       [&](std::string_view fixed) { return is_within(key, fixed); });
}

/// crossings.0.quota of crossings[0].quota, as messages name entries.
std::string with_dots(std::string key) {
    std::erase(key, ']');
    std::replace(key.begin(), key.end(), '[', '.');
    return key;
}

Node key_node(const Entry& axis) {
    Node key;
    key.kind = Kind::scalar;
    key.spot = axis.spot;
    key.text = axis.key;
    return key;
}

class AxisCheck {
public:
    AxisCheck(const Entry& axis, const Axis& read, const ScenarioSettings& scenario, Notes& notes)
        : axis_(axis), read_(read), scenario_(scenario), notes_(notes), path_("axes." + axis.key) {}

    void check() {
        if (is_not_varied(axis_.key)) {
            return error(axis_.spot, fmt::format("'{}' cannot be varied", axis_.key),
                         axis_.key == "engine.members" ? "'replicates' says how many runs a set has"
                         : is_within(axis_.key, "parameters")
                             ? "replicates draw them; make the setting itself an axis, or give --fixed"
                             : "it is the same for every run of a study");
        }
        const Entry* values = axis_.value.is_map() ? axis_.value.find("values") : nullptr;
        if (axis_.value.is_map() && !has_range_or_values(values)) return;
        const bool ranged = axis_.value.is_map() && !values;
        const Node* list = ranged ? nullptr : values ? &values->value : &axis_.value;
        for (const Node* value : ranged ? ends() : items(*list)) {
            if (!takes(*value)) return;
        }
        const KeyInfo* key = find_key(setting_);
        if (ranged && key && key->kind == ValueKind::integer && read_.scale != AxisScale::whole)
            error(axis_.spot, fmt::format("'{}' takes whole numbers only", axis_.key), "add scale: whole");
    }

private:
    void error(const Spot& spot, std::string message, std::string hint = "") {
        notes_.error(spot, path_, std::move(message), std::move(hint));
    }

    std::vector<const Node*> ends() const {
        return {&axis_.value.find("from")->value, &axis_.value.find("to")->value};
    }
    static std::vector<const Node*> items(const Node& list) {
        std::vector<const Node*> out;
        for (const Node& item : list.items) out.push_back(&item);
        return out;
    }

    /// Either values or both ends.
    bool has_range_or_values(const Entry* values) {
        bool right = true;
        for (const char* end : {"from", "to"}) {
            const Entry* written = axis_.value.find(end);
            if (values && written)
                error(written->spot, fmt::format("'{}' does nothing beside 'values'", end));
            if (!values && !written)
                error(axis_.spot, fmt::format("axis '{}' lacks '{}'", axis_.key, end),
                      "an axis is a range {from: A, to: B}, or values [A, B, C]");
            right = right && bool(values) != bool(written);
        }
        return right;
    }

    /// Whether the setting exists; a value that it does not take is a note.
    bool takes(const Node& value) {
        const auto outcome = set_setting(scenario_, axis_.key, value);
        setting_ = outcome.path;
        if (!outcome.misread) return true;
        std::string hint = outcome.misread->hint;
        if (const auto dotted = with_dots(axis_.key); dotted != axis_.key)
            hint = fmt::format("entries of a list go by number: {}", dotted);
        else if (const auto known = explain_key(axis_.key); setting_.empty() && hint.empty())
            hint = known ? "it has keys below it" : known.findings().front().hint;
        error(setting_.empty() ? axis_.spot : value.spot, outcome.misread->message, hint);
        return !setting_.empty();
    }

    const Entry& axis_;
    const Axis& read_;
    ScenarioSettings scenario_;
    Notes& notes_;
    std::string path_;
    std::string setting_;  ///< path of the setting in the list of keys
};

}  // namespace

Node with_axes_as_list(const Node& study, Notes& notes) {
    Node out = study;
    Entry* axes = out.find("axes");
    if (!axes || !axes->value.is_map()) return out;
    Node list;
    list.kind = Kind::list;
    list.spot = axes->value.spot;
    for (const Entry& axis : axes->value.entries) {
        Node entry;
        entry.kind = Kind::map;
        entry.spot = axis.spot;
        entry.entries.push_back({"key", axis.spot, key_node(axis)});
        if (axis.value.is_map())
            entry.entries.insert(entry.entries.end(), axis.value.entries.begin(), axis.value.entries.end());
        else if (axis.value.is_list())
            entry.entries.push_back({"values", axis.spot, axis.value});
        else
            notes.error(
                axis.spot, "axes." + axis.key,
                fmt::format("axis '{}' expects a range or values, found {}", axis.key, in_words(axis.value)),
                "{from: A, to: B}, or [A, B, C]");
        list.items.push_back(std::move(entry));
    }
    axes->value = std::move(list);
    return out;
}

void check_axes(const Node& study, const StudySettings& read, const ScenarioSettings& scenario,
                Notes& notes) {
    const Entry* axes = study.find("axes");
    if (!axes || !axes->value.is_map()) return;
    for (std::size_t i = 0; i < axes->value.entries.size(); ++i)
        AxisCheck(axes->value.entries[i], read.design.axes[i], scenario, notes).check();
}

}  // namespace nuzuh::scenario
