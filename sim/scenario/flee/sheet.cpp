#include "sim/scenario/flee/sheet.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/scenario/source.hpp"

namespace nuzuh::scenario::flee {

Node scalar(std::string text, const Spot& spot) {
    Node node;
    node.kind = Kind::scalar;
    node.spot = spot;
    node.text = std::move(text);
    return node;
}

Node map_at(const Spot& spot) {
    Node node;
    node.kind = Kind::map;
    node.spot = spot;
    return node;
}

Node list_at(const Spot& spot) {
    Node node = map_at(spot);
    node.kind = Kind::list;
    return node;
}

void put(Node& map, std::string key, Node value) {
    const Spot spot = value.spot;
    map.entries.push_back({std::move(key), spot, std::move(value)});
}

void put(Node& map, std::string key, std::string text, const Spot& spot) {
    put(map, std::move(key), scalar(std::move(text), spot));
}

std::string slug(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool big = c >= 'A' && c <= 'Z';
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (big || kept)
            out += big ? char(c - 'A' + 'a') : c;
        else if (!out.empty() && out.back() != '_')
            out += '_';
    }
    while (!out.empty() && out.back() == '_') out.pop_back();
    return out.empty() ? "place" : out;
}

bool Reading::has(const std::string& name) const {
    std::error_code error;
    return std::filesystem::exists(folder_ / name, error);
}

std::optional<Sheet> Reading::sheet(const std::string& name, bool required) {
    if (!required && !has(name)) return Sheet{};
    Sheet out;
    out.source = read_text(sources, notes, folder_ / name, Spot{});
    if (out.source < 0) return {};
    auto rows = csv_rows(sources, out.source, notes);
    if (!rows) return {};
    for (Row& row : *rows) {
        const bool comment = row.front().text.starts_with('#');
        if (comment && out.header.empty() && out.rows.empty()) out.header = row;
        if (!comment) out.rows.push_back(std::move(row));
    }
    return out;
}

std::string Reading::add_place(const Cell& name) {
    std::string id = slug(name.text);
    const auto taken = [&](const std::string& wanted) {
        return std::any_of(places_.begin(), places_.end(), [&](const auto& p) { return p.second == wanted; });
    };
    for (int n = 2; taken(id); ++n) id = fmt::format("{}_{}", slug(name.text), n);
    places_.emplace(name.text, id);
    return id;
}

std::string Reading::identifier(const std::string& name) const {
    const auto found = places_.find(name);
    return found != places_.end() ? found->second : slug(name);
}

std::string Reading::nearest(const std::string& name) const {
    std::vector<std::string> names;
    for (const auto& [known, id] : places_) names.push_back(known);
    const auto near = nearest_word(name, names);
    return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

std::optional<std::string> Reading::place(const Cell& name) {
    if (is_place(name.text)) return places_.at(name.text);
    notes.error(name.spot, "", fmt::format("locations.csv has no place {}", in_quotes(name.text)),
                nearest(name.text));
    return {};
}

std::optional<Date> Reading::date(const Cell& cell, const std::string& what) {
    Date out;
    const auto misread = read_date(scalar(cell.text, cell.spot), out);
    if (!misread) return out;
    notes.error(cell.spot, "", fmt::format("{} {}", what, misread->message), misread->hint);
    return {};
}

std::optional<double> Reading::number(const Cell& cell, const std::string& what) {
    double out = 0;
    const auto misread = read_number(scalar(cell.text, cell.spot), "", {}, out);
    if (!misread) return out;
    notes.error(cell.spot, "", fmt::format("{} {}", what, misread->message), misread->hint);
    return {};
}

std::optional<int> Reading::whole(const Cell& cell, const std::string& what) {
    std::int64_t out = 0;
    const auto misread = read_integer(scalar(cell.text, cell.spot), "", {-1e9, 1e9}, out);
    if (!misread) return int(out);
    notes.error(cell.spot, "", fmt::format("{} {}", what, misread->message), misread->hint);
    return {};
}

}  // namespace nuzuh::scenario::flee
