#include "sim/scenario/echo.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "sim/model/fields.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh {
namespace {

using reading::plain;

/// Text as YAML: bare where that reads back as the same text, else in double quotes.
std::string yaml_text(const std::string& text) {
    static constexpr std::string_view other_meaning[] = {
        "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no",
        "No",   "NO",   "on",   "On",   "ON",   "off",  "Off",   "OFF",   "y",     "Y",   "n",   "N"};
    const auto word = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == ' '; };
    const bool bare =
        !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) && text.back() != ' ' &&
        std::all_of(text.begin(), text.end(), word) &&
        std::find(std::begin(other_meaning), std::end(other_meaning), text) == std::end(other_meaning);
    if (bare) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += fmt::format("\\{}", c);
        else if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + "\"";
}

std::string yaml_duration(double days) {
    if (days == 0.5) return "1/2 day";
    if (days == 0.25) return "1/4 day";
    return fmt::format("{} {}", plain(days), days == 1 ? "day" : "days");
}

/// Hands each field on as its key and its text; what is not given is left out. Base of the two ways to write.
template <class Derived>
class ScalarVisitor {
public:
    void number(const Field& f, double& value, Range) { self().scalar(f, plain(value)); }
    void number(const Field& f, std::optional<double>& value, Range) {
        if (value) self().scalar(f, plain(*value));
    }
    template <class Int>
    void integer(const Field& f, Int& value, Range) {
        self().scalar(f, fmt::format("{}", value));
    }
    void text(const Field& f, std::string& value) {
        if (!value.empty()) self().scalar(f, yaml_text(value));
    }
    void name(const Field& f, std::string& value, Names) { text(f, value); }
    void flag(const Field& f, bool& value) { self().scalar(f, value ? "true" : "false"); }
    void date(const Field& f, Date& value) { self().scalar(f, iso(value)); }
    void date(const Field& f, std::optional<Date>& value) {
        if (value) self().scalar(f, iso(*value));
    }
    template <class E>
    void choice(const Field& f, E& value, Choices<E> choices) {
        for (const auto& [word, meaning] : choices) {
            if (meaning == value) self().scalar(f, std::string(word));
        }
    }
    void duration(const Field& f, double& days, Range) { self().scalar(f, yaml_duration(days)); }

private:
    Derived& self() { return static_cast<Derived&>(*this); }
};

/// An entry of a list in one line: {key: value, key: value}.
class RowWriter : public ScalarVisitor<RowWriter> {
public:
    void scalar(const Field& f, const std::string& text) {
        row_ += fmt::format("{}{}: {}", row_.empty() ? "" : ", ", f.key, text);
    }
    template <class S>
    void section(const Field&, S&) {}
    template <class S>
    void list(const Field&, std::vector<S>&, std::string_view) {}
    void network(const Field&, Network&) {}

    std::string row() const { return fmt::format("{{{}}}", row_); }

private:
    std::string row_;
};

/// Units of a list's keys as a comment; "" where none has one.
std::string units_below(std::string_view list) {
    std::string out;
    for (const auto* key : reading::keys_below(list)) {
        if (key->field.unit.empty() || key->field.unit == "-") continue;
        out += fmt::format("{}{} [{}]", out.empty() ? "  # " : ", ", key->field.key, key->field.unit);
    }
    return out;
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
    void list(const Field& f, std::vector<S>& entries, std::string_view) {
        if (entries.empty()) {
            out_ += fmt::format("{}{}: []\n", indent_, f.key);
            return;
        }
        out_ += fmt::format("{}{}:{}\n", indent_, f.key, units_below(path_of(f)));
        for (S& entry : entries) {
            RowWriter row;
            describe(row, entry);
            out_ += fmt::format("{}  - {}\n", indent_, row.row());
        }
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

}  // namespace nuzuh
