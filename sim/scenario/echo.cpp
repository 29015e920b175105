#include "sim/scenario/echo.hpp"

#include <fmt/format.h>

#include "sim/model/study_fields.hpp"
#include "sim/scenario/hints.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/scalars.hpp"

namespace nuzuh {
namespace {

using scenario::plain;

/// A value of an axis: what reads as a number stays one.
std::string yaml_word(const std::string& text) {
    if (scenario::decimal(text)) return with_point(text);
    return parse_date(text) || text == "true" || text == "false" ? text : yaml_text(text);
}

/// An entry of a list in one line: {key: value, key: value}.
class RowWriter : public ScalarVisitor<RowWriter> {
public:
    void scalar(const Field& f, const std::string& text) {
        row_ += fmt::format("{}{}: {}", row_.empty() ? "" : ", ", f.key, text);
    }
    template <class S>
    void section(const Field&, S&) {}
    template <class S>
    void list(const Field&, List<S>&, std::string_view) {}
    void network(const Field&, Network&) {}
    void words(const Field&, std::vector<std::string>&) {}

    std::string row() const { return fmt::format("{{{}}}", row_); }

private:
    std::string row_;
};

/// Units of a list's keys as a comment; "" where none has one.
std::string units_below(std::string_view list) {
    std::string out;
    for (const auto* key : scenario::keys_below(list)) {
        if (key->field.unit.empty() || key->field.unit == "-") continue;
        out += fmt::format("{}{} [{}]", out.empty() ? "  # " : ", ", key->field.key, key->field.unit);
    }
    return out;
}

/// An axis of a study: [A, B, C], or {from: A, to: B}.
std::string axis_text(const Axis& axis) {
    std::vector<std::string> values;
    for (const auto& value : axis.values) values.push_back(yaml_word(value));
    if (axis.is_list()) return fmt::format("[{}]", fmt::join(values, ", "));
    Axis copy = axis;
    copy.key.clear();
    RowWriter row;
    describe(row, copy);
    return row.row();
}

/// A section, a line a key.
class SectionWriter : public ScalarVisitor<SectionWriter> {
public:
    SectionWriter(std::string& out, std::string path, std::size_t depth)
        : out_(out), path_(std::move(path)), indent_(2 * depth, ' '), depth_(depth) {}

    void scalar(const Field& f, const std::string& text) {
        const auto comment = f.unit.empty() || f.unit == "-" ? "" : fmt::format("  # {}", f.unit);
        out_ += fmt::format("{}{}: {}{}\n", indent_, f.key, text, comment);
    }
    void duration(const Field& f, double& days, Range) {
        out_ += fmt::format("{}{}: {}\n", indent_, f.key, yaml_duration(days));
    }
    template <class S>
    void section(const Field& f, S& settings) {
        out_ += fmt::format("{}{}:\n", indent_, f.key);
        SectionWriter below(out_, path_of(f), depth_ + 1);
        describe(below, settings);
    }
    template <class S>
    void list(const Field& f, List<S>& entries, std::string_view) {
        if (entries.empty()) {
            out_ += fmt::format("{}{}: []\n", indent_, f.key);
            return;
        }
        out_ += fmt::format("{}{}:{}\n", indent_, f.key, units_below(path_of(f)));
        for (S& entry : entries.own()) {
            RowWriter row;
            describe(row, entry);
            out_ += fmt::format("{}  - {}\n", indent_, row.row());
        }
    }
    void list(const Field& f, List<Axis>& axes, std::string_view) {
        out_ += fmt::format("{}{}:\n", indent_, f.key);
        for (const Axis& axis : axes)
            out_ += fmt::format("{}  {}: {}\n", indent_, yaml_text(axis.key), axis_text(axis));
    }
    void network(const Field& f, Network& settings) { section(f, settings); }

private:
    std::string path_of(const Field& f) const {
        return path_.empty() ? std::string(f.key) : fmt::format("{}.{}", path_, f.key);
    }

    std::string& out_;
    std::string path_;
    std::string indent_;
    std::size_t depth_;
};

}  // namespace

std::string effective_yaml(const ScenarioSettings& settings) {
    std::string out;
    ScenarioSettings copy = settings;
    SectionWriter writer(out, "", 0);
    describe(writer, copy);
    return out;
}

std::string effective_yaml(const ScenarioSettings& scenario, const StudySettings& study) {
    StudySettings copy = study;
    std::string out = effective_yaml(scenario);
    SectionWriter writer(out, "", 0);
    describe(writer, copy);
    return out;
}

}  // namespace nuzuh
