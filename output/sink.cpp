#include "output/sink.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace nuzuh {

namespace {

using Attributes = std::vector<std::pair<std::string, AttributeValue>>;

/// What a dataset is stored as, by the position of its type among Values.
constexpr Stored stored_by_type[] = {Stored::float32, Stored::float64, Stored::int32, Stored::int8,
                                     Stored::text};

std::size_t product(const std::vector<std::size_t>& shape) {
    std::size_t count = 1;
    for (const auto length : shape) count *= length;
    return count;
}

/// What follows from where the dataset lies: its coordinates and its place on the network. GDAL keeps the order of rows
/// only in arrays that name the grid mapping.
void add_location(Attributes& to, const DatasetInfo& info) {
    if (info.stored == Stored::text || info.dimensions.empty()) return;
    const std::string& last = info.dimensions.back();
    const bool coordinate = info.name == "lat" || info.name == "lon";
    const bool located = info.group.empty() && (last == "place" || last == "route") && !coordinate;
    if (located && last == "place") to.emplace_back("coordinates", "lat lon");
    if (info.dimensions.size() > 1 || (located && last == "place")) to.emplace_back("grid_mapping", "wgs84");
    if (!located) return;
    to.emplace_back("mesh", "routes");
    to.emplace_back("location", last == "place" ? "node" : "edge");
}

void add_numbers(Attributes& to, const DatasetInfo& info) {
    if (info.name == "routes") to.emplace_back("topology_dimension", std::int32_t(1));
    if (info.name == "edge_nodes") to.emplace_back("start_index", std::int32_t(0));
    if (info.name == "wgs84") {
        to.emplace_back("semi_major_axis", 6378137.0);
        to.emplace_back("inverse_flattening", 298.257223563);
        to.emplace_back("longitude_of_prime_meridian", 0.0);
    }
    if (info.stored == Stored::int8) {
        const bool status = info.name == "status";
        to.emplace_back("flag_values",
                        status ? std::vector<std::int8_t>{0, 1, 2} : std::vector<std::int8_t>{0, 1});
        to.emplace_back("flag_meanings", status ? "done refused failed" : "no yes");
    }
}

}  // namespace

ResultsSink::ResultsSink(const std::vector<DatasetInfo>& table, AxisLengths lengths)
    : table_(table), lengths_(std::move(lengths)) {
    for (const auto& info : table_) by_path_.emplace(info.path(), &info);
}

void ResultsSink::slices(std::string_view path, const Slices& slice, Stay stay) {
    if (const DatasetInfo* info = taken(path)) take_slices(*info, slice, stay);
}

void ResultsSink::packed(std::string_view path, const PackedSlices& slice) {
    if (const DatasetInfo* info = taken(path)) take_packed(*info, slice);
}

bool ResultsSink::wants_any(std::initializer_list<std::string_view> paths) const {
    return std::any_of(paths.begin(), paths.end(), [&](std::string_view path) { return wants(path); });
}

bool ResultsSink::wants_along(std::string_view axis) const {
    return length(axis) > 0 && std::any_of(by_path_.begin(), by_path_.end(), [&](const auto& entry) {
               const auto& axes = entry.second->dimensions;
               return wants(entry.first) && std::find(axes.begin(), axes.end(), axis) != axes.end();
           });
}

bool ResultsSink::left_out(const DatasetInfo& info) const {
    if (absent_.count(info.path())) return true;
    for (const auto& axis : info.dimensions) {
        if (length(axis) == 0) return true;
    }
    return info.name == "routes" && length("route") == 0;
}

std::vector<std::size_t> ResultsSink::shape_of(const DatasetInfo& info) const {
    std::vector<std::size_t> shape;
    for (const auto& axis : info.dimensions) shape.push_back(length(axis));
    return shape;
}

std::size_t ResultsSink::length(std::string_view axis) const {
    const auto found = lengths_.find(axis);
    return found == lengths_.end() ? 0 : found->second;
}

const DatasetInfo& ResultsSink::info_of(std::string_view path) const {
    const auto found = by_path_.find(path);
    if (found == by_path_.end())
        throw std::logic_error(fmt::format("results layout has no dataset {}", path));
    return *found->second;
}

/// The dataset of that path, if it is wanted and there.
const DatasetInfo* ResultsSink::taken(std::string_view path) const {
    if (!wants(path)) return nullptr;
    const DatasetInfo& info = info_of(path);
    return left_out(info) ? nullptr : &info;
}

void ResultsSink::check_and_take(const DatasetInfo& info, Values values) {
    const std::size_t count = std::visit([](const auto& all) { return all.size(); }, values);
    const std::size_t expected = product(shape_of(info));
    if (count != expected)
        throw std::logic_error(fmt::format("{}: {} values for {}", info.path(), count, expected));
    if (stored_by_type[values.index()] != info.stored)
        throw std::logic_error(info.path() + ": values of another type");
    take(info, std::move(values));
}

bool is_coordinate(const DatasetInfo& info) {
    return info.dimensions.size() == 1 && info.dimensions[0] == info.name;
}

Attributes attributes_of(const DatasetInfo& info, const std::string& time_unit) {
    Attributes attributes;
    if (!info.unit.empty()) attributes.emplace_back("units", info.name == "time" ? time_unit : info.unit);
    attributes.emplace_back("long_name", info.meaning);
    if (!info.standard_name.empty()) attributes.emplace_back("standard_name", info.standard_name);
    if (!info.cell_methods.empty()) attributes.emplace_back("cell_methods", info.cell_methods);
    for (const auto& [name, value] : info.attributes) attributes.emplace_back(name, value);
    add_numbers(attributes, info);
    add_location(attributes, info);
    return attributes;
}

}  // namespace nuzuh
