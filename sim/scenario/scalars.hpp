// Single values as they are written in a scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/model/fields.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh {

/// Text as YAML: bare where that reads back as the same text, else in double quotes.
std::string yaml_text(const std::string& text);

/// The text of a number as YAML of every version reads it: 5.0e-05, where 5e-05 is a text to YAML 1.1.
std::string with_point(std::string number);

/// A number as YAML.
std::string yaml_number(double value);

/// A duration as YAML: "1/2 day", "7 days".
std::string yaml_duration(double days);

/// Hands each field on as its key and its text; what is not given is left out. Base of the two ways to write.
template <class Derived>
class ScalarVisitor {
public:
    void number(const Field& f, double& value, Range) { self().scalar(f, yaml_number(value)); }
    void number(const Field& f, std::optional<double>& value, Range) {
        if (value) self().scalar(f, yaml_number(*value));
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
    void words(const Field& f, std::vector<std::string>& values) {
        if (values.empty()) return;
        std::vector<std::string> texts;
        for (const auto& value : values) texts.push_back(yaml_text(value));
        self().scalar(f, fmt::format("[{}]", fmt::join(texts, ", ")));
    }

private:
    Derived& self() { return static_cast<Derived&>(*this); }
};

}  // namespace nuzuh
