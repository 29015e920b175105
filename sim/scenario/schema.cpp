#include "sim/scenario/schema.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/scenario/keys.hpp"

namespace nuzuh {
namespace {

using scenario::KeyInfo, scenario::ValueKind;

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", int(c));
        else
            out += c;
    }
    return out + "\"";
}

/// Members of a JSON object, in the order added; values are JSON already.
class Object {
public:
    Object& add(std::string_view key, std::string json) {
        members_.emplace_back(key, std::move(json));
        return *this;
    }

    std::string json() const {
        std::string out;
        for (const auto& [key, value] : members_) {
            out += fmt::format("{}{}: {}", out.empty() ? "" : ",\n", json_text(key), value);
        }
        return out.empty() ? "{}" : fmt::format("{{\n{}\n}}", out);
    }

private:
    std::vector<std::pair<std::string, std::string>> members_;
};

std::string array(const std::vector<std::string>& items) {
    return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string type(std::vector<std::string> kinds, bool nullable) {
    if (nullable) kinds.push_back("null");
    for (auto& kind : kinds) kind = json_text(kind);
    return kinds.size() == 1 ? kinds[0] : array(kinds);
}

std::string any_of(const std::vector<std::string>& schemas) {
    return Object().add("anyOf", array(schemas)).json();
}

/// Whether scenarios stand alone, or are laid over another and may leave anything out.
enum class Form { whole, overlay };

std::string schema_of_map(std::string_view path, Form form, std::string_view sentence);

std::string schema_of_list(const KeyInfo& key, Form form) {
    const auto table =
        Object()
            .add("type", json_text("object"))
            .add("description", json_text("Rows of a CSV table; the path is relative to this file."))
            .add("properties", Object().add("table", Object().add("type", json_text("string")).json()).json())
            .add("required", array({json_text("table")}))
            .add("additionalProperties", "false");
    return Object()
        .add("description", json_text(key.field.sentence))
        .add("type", type({"array"}, !key.field.required || form == Form::overlay))
        .add("items", any_of({schema_of_map(key.path, form, ""), table.json()}))
        .json();
}

void add_range(Object& schema, const Range& range) {
    if (std::isfinite(range.low)) schema.add("minimum", scenario::plain(range.low));
    if (std::isfinite(range.high)) schema.add("maximum", scenario::plain(range.high));
}

std::string description_of(const KeyInfo& key) {
    std::string out(key.field.sentence);
    if (!key.field.unit.empty() && key.field.unit != "-") out += fmt::format(" [{}]", key.field.unit);
    if (!key.value.empty() && !key.field.required) out += fmt::format(" Default {}.", key.value);
    if (!key.field.source.empty()) out += fmt::format(" Rests on: {}.", key.field.source);
    return out;
}

std::string schema_of_scalar(const KeyInfo& key, bool nullable) {
    Object schema;
    schema.add("description", json_text(description_of(key)));
    switch (key.kind) {
        case ValueKind::number:
            schema.add("type", type({"number"}, nullable));
            break;
        case ValueKind::integer:
            schema.add("type", type({"integer"}, nullable));
            break;
        case ValueKind::flag:
            schema.add("type", type({"boolean"}, nullable));
            break;
        case ValueKind::text:
        case ValueKind::name:
            schema.add("type", type({"string", "number"}, nullable));
            break;
        case ValueKind::date:
            schema.add("type", type({"string"}, nullable))
                .add("pattern", json_text(R"(^\d{4}-\d{2}-\d{2}([T ]00:00(:00([.]0+)?)?(Z|[+]00:00)?)?$)"));
            break;
        case ValueKind::duration:
            schema.add("type", type({"string"}, nullable))
                .add("pattern", json_text("^[0-9.]+(/[0-9.]+)? *(d|day|days|h|hour|hours|week|weeks)$"));
            break;
        case ValueKind::choice: {
            std::vector<std::string> words;
            for (const auto& word : key.choices) words.push_back(json_text(word));
            if (nullable) words.emplace_back("null");
            schema.add("enum", array(words));
            break;
        }
        case ValueKind::words:
            schema.add("type", type({"array"}, nullable));
            break;
        default:
            break;
    }
    if (key.kind == ValueKind::number || key.kind == ValueKind::integer) add_range(schema, key.range);
    return schema.json();
}

std::string schema_of(const KeyInfo& key, Form form) {
    const bool nullable = !key.field.required || form == Form::overlay;
    std::vector<std::string> forms;
    switch (key.kind) {
        case ValueKind::list:
            return schema_of_list(key, form);
        case ValueKind::network:
            forms.push_back(Object().add("type", json_text("string")).json());
            [[fallthrough]];
        case ValueKind::section:
            forms.push_back(schema_of_map(key.path, form, key.field.sentence));
            if (nullable) forms.push_back(Object().add("type", json_text("null")).json());
            return forms.size() == 1 ? forms[0] : any_of(forms);
        default:
            return schema_of_scalar(key, nullable);
    }
}

/// A former name of a key: whatever the key takes, and what it is called now.
std::string schema_of_former(const KeyInfo& key) {
    return Object()
        .add("description", json_text(fmt::format("The former name of {}.", key.field.key)))
        .add("deprecated", "true")
        .json();
}

/// The keys that make a scenario a study. An axis is a range or a list; its key is that of the map.
void add_study_keys(Object& properties, Form form) {
    for (const auto& key : scenario::study_keys()) {
        if (!key.parent.empty()) continue;
        if (key.path != "axes") {
            properties.add(key.path, schema_of(key, form));
            continue;
        }
        Object range;
        for (const auto* part : scenario::keys_below("axes")) {
            if (part->field.key != "key") range.add(part->field.key, schema_of(*part, Form::overlay));
        }
        const auto map = Object().add("type", json_text("object")).add("properties", range.json()).json();
        const auto list = Object().add("type", json_text("array")).json();
        const auto table = Object().add("type", json_text("string")).json();
        properties.add(key.path, Object()
                                     .add("description", json_text(key.field.sentence))
                                     .add("type", json_text("object"))
                                     .add("properties", Object().add("table", table).json())
                                     .add("additionalProperties", any_of({map, list}))
                                     .json());
    }
}

std::string schema_of_map(std::string_view path, Form form, std::string_view sentence) {
    Object properties;
    std::vector<std::string> required;
    if (path.empty() && form == Form::overlay) {
        const auto words = Object().add("type", json_text("string")).json();
        properties.add("extends", Object()
                                      .add("type", json_text("string"))
                                      .add("description", json_text("Scenario that this one is laid over."))
                                      .json());
        properties.add("replaces",
                       Object()
                           .add("type", json_text("array"))
                           .add("items", words)
                           .add("description", json_text("Lists that start anew instead of growing."))
                           .json());
    }
    for (const auto* key : scenario::keys_below(path)) {
        properties.add(key->field.key, schema_of(*key, form));
        if (!key->field.formerly.empty()) properties.add(key->field.formerly, schema_of_former(*key));
        if (key->field.required) required.push_back(json_text(key->field.key));
    }
    if (path.empty()) add_study_keys(properties, form);
    Object schema;
    if (!sentence.empty()) schema.add("description", json_text(sentence));
    schema.add("type", json_text("object")).add("additionalProperties", "false");
    if (!required.empty() && form == Form::whole) schema.add("required", array(required));
    return schema.add("properties", properties.json()).json();
}

/// Indents by brackets outside of texts.
std::string indented(const std::string& json) {
    std::string out;
    std::size_t depth = 0;
    for (std::size_t begin = 0; begin < json.size();) {
        const std::size_t end = std::min(json.find('\n', begin), json.size());
        const auto line = std::string_view(json).substr(begin, end - begin);
        const std::size_t shown = line.front() == '}' ? depth - 1 : depth;
        out += fmt::format("{}{}\n", std::string(2 * shown, ' '), line);
        bool in_text = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '\\')
                ++i;
            else if (line[i] == '"')
                in_text = !in_text;
            else if (!in_text && line[i] == '{')
                ++depth;
            else if (!in_text && line[i] == '}')
                --depth;
        }
        begin = end + 1;
    }
    return out;
}

}  // namespace

std::string json_schema() {
    const auto reference = [](std::string_view name) {
        return Object().add("$ref", json_text(fmt::format("#/definitions/{}", name))).json();
    };
    return indented(Object()
                        .add("$schema", json_text("http://json-schema.org/draft-07/schema#"))
                        .add("title", json_text("nuzuh scenario"))
                        .add("if", Object().add("required", array({json_text("extends")})).json())
                        .add("then", reference("overlay"))
                        .add("else", reference("scenario"))
                        .add("definitions", Object()
                                                .add("scenario", schema_of_map("", Form::whole, ""))
                                                .add("overlay", schema_of_map("", Form::overlay, ""))
                                                .json())
                        .json());
}

}  // namespace nuzuh
