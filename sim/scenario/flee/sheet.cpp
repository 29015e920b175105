#include "sim/scenario/flee/sheet.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/model/registrations.hpp"
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
    if (out.empty() || out == everywhere) return "place" + (out.empty() ? "" : "_" + out);
    return out;
}

bool Reading::has(const std::string& name) const {
    std::error_code error;
    return std::filesystem::exists(folder_ / name, error);
}

namespace {

/// Takes off blanks, also those within quotes and those that do not break a line.
void trim(std::string& text) {
    constexpr std::string_view wide = "\xC2\xA0";
    while (true) {
        if (text.starts_with(' ') || text.starts_with('\t'))
            text.erase(0, 1);
        else if (text.ends_with(' ') || text.ends_with('\t'))
            text.pop_back();
        else if (text.starts_with(wide))
            text.erase(0, wide.size());
        else if (text.ends_with(wide))
            text.erase(text.size() - wide.size());
        else
            return;
    }
}

bool is_empty(const Row& row) {
    return std::all_of(row.begin(), row.end(), [](const Cell& cell) { return cell.text.empty(); });
}

/// A date as Python reads it: months and days may have one digit.
std::string padded_date(const std::string& text) {
    std::array<int, 3> parts{};
    int end = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &parts[0], &parts[1], &parts[2], &end) != 3 ||
        end != int(text.size()) || parts[0] < 1000)
        return text;
    return fmt::format("{:04}-{:02}-{:02}", parts[0], parts[1], parts[2]);
}

}  // namespace

std::optional<Sheet> Reading::sheet(const std::string& name, bool required, Header header) {
    if (!has(name)) {
        if (!required) return Sheet{};
        const auto near = nearest_file(folder_ / name);
        notes.error({}, "", fmt::format("there is no file '{}' in the case '{}'", name, folder_.string()),
                    near);
        return {};
    }
    Sheet out;
    out.source = read_text(sources, notes, folder_ / name, Spot{});
    if (out.source < 0) return {};
    auto rows = csv_rows(sources, out.source, notes, {.quotes_as_python = true});
    if (!rows) return {};
    for (Row& row : *rows) {
        for (Cell& cell : row) {
            const auto size = cell.text.size();
            trim(cell.text);
            if (cell.text.size() != size)
                trimmed_.insert({cell.spot.source, cell.spot.line, cell.spot.column});
        }
        if (is_empty(row)) continue;
        const bool first = header == Header::first_line && out.header.size() < 2 && row.size() > 1;
        const bool comment = first || row.front().text.starts_with('#');
        if (!comment)
            out.rows.push_back(std::move(row));
        else if (out.rows.empty() && row.size() > out.header.size())
            out.header = std::move(row);
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

bool Reading::was_trimmed(const Cell& cell) const {
    return trimmed_.count({cell.spot.source, cell.spot.line, cell.spot.column}) > 0;
}

void Reading::not_a_place(const Cell& name, const std::string& what_flee_does) {
    notes.warning(name.spot, "",
                  fmt::format("locations.csv has no place {}: {}", in_quotes(name.text), what_flee_does),
                  nearest(name.text));
}

std::optional<std::string> Reading::place(const Cell& name) {
    if (is_place(name.text)) return places_.at(name.text);
    notes.error(name.spot, "", fmt::format("locations.csv has no place {}", in_quotes(name.text)),
                nearest(name.text));
    return {};
}

std::optional<Date> Reading::date(const Cell& cell, const std::string& what) {
    Date out;
    const auto misread = read_date(scalar(padded_date(cell.text), cell.spot), out);
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
    const auto out = number(cell, what);
    if (!out) return {};
    if (*out == std::round(*out) && std::abs(*out) <= 1e9) return int(*out);
    notes.error(cell.spot, "", fmt::format("{} expects a whole number, found {}", what, cell.text));
    return {};
}

}  // namespace nuzuh::scenario::flee
