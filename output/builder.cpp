#include "output/builder.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace nuzuh {

namespace {

hid_t stored_type(Stored stored) {
    switch (stored) {
        case Stored::float32:
            return H5T_IEEE_F32LE;
        case Stored::float64:
            return H5T_IEEE_F64LE;
        case Stored::int32:
            return H5T_STD_I32LE;
        case Stored::int8:
            return H5T_STD_I8LE;
        case Stored::text:
            break;
    }
    throw std::logic_error("text has no fixed type");
}

/// Large data lie in chunks [1, ...] along members, runs, quantiles and the times of origin tables; small grids in
/// one. Series by run are not packed: that would take longer than a short run.
std::vector<hsize_t> chunk_of(const DatasetInfo& info, const std::vector<hsize_t>& shape) {
    if (info.stored != Stored::float32 || shape.size() < 2) return {};
    if (info.dimensions[0] == "run" && shape.size() == 2) return {};
    auto chunk = shape;
    if (shape.size() == 3 || info.dimensions[0] == "member" || info.dimensions[0] == "quantile") chunk[0] = 1;
    return chunk;
}

/// What netCDF-4 calls a dimension that no variable describes.
std::string scale_name_without_variable(std::size_t length) {
    return fmt::format("This is a netCDF dimension but not a netCDF variable.{:>10}", length);
}

std::size_t dimension_number(std::string_view axis) {
    for (std::size_t i = 0; i < dimensions().size(); ++i) {
        if (dimensions()[i].name == axis) return i;
    }
    throw std::logic_error(fmt::format("results layout has no axis {}", axis));
}

bool is_coordinate(const DatasetInfo& info) {
    return info.dimensions.size() == 1 && info.dimensions[0] == info.name;
}

void make_scale(hid_t dataset, const std::string& axis, const std::string& label) {
    h5::checked(H5DSset_scale(dataset, label.c_str()), "axis " + axis);
    h5::set_number(dataset, "_Netcdf4Dimid", std::int32_t(dimension_number(axis)));
}

/// Texts that follow from where the dataset lies: its coordinates and its place on the network. GDAL keeps the order of
/// rows only in arrays that name the grid mapping.
void describe_location(hid_t dataset, const DatasetInfo& info) {
    if (info.stored == Stored::text || info.dimensions.empty()) return;
    const std::string& last = info.dimensions.back();
    const bool coordinate = info.name == "lat" || info.name == "lon";
    const bool located = info.group.empty() && (last == "place" || last == "route") && !coordinate;
    if (located && last == "place") h5::set_text(dataset, "coordinates", "lat lon");
    if (info.dimensions.size() > 1 || (located && last == "place"))
        h5::set_text(dataset, "grid_mapping", "wgs84");
    if (!located) return;
    h5::set_text(dataset, "mesh", "routes");
    h5::set_text(dataset, "location", last == "place" ? "node" : "edge");
}

void describe_numbers(hid_t dataset, const DatasetInfo& info) {
    if (info.name == "routes") h5::set_number(dataset, "topology_dimension", std::int32_t(1));
    if (info.name == "edge_nodes") h5::set_number(dataset, "start_index", std::int32_t(0));
    if (info.name == "wgs84") {
        h5::set_number(dataset, "semi_major_axis", 6378137.0);
        h5::set_number(dataset, "inverse_flattening", 298.257223563);
        h5::set_number(dataset, "longitude_of_prime_meridian", 0.0);
    }
    if (info.stored == Stored::int8) {
        const bool status = info.name == "status";
        const std::array<std::int8_t, 3> values{0, 1, 2};
        h5::set_numbers(dataset, "flag_values", std::span(values).first(status ? 3 : 2));
        h5::set_text(dataset, "flag_meanings", status ? "done refused failed" : "no yes");
    }
}

}  // namespace

ResultsBuilder::ResultsBuilder(const std::vector<DatasetInfo>& table, AxisLengths lengths,
                               std::string time_unit, int threads, Packing packing, h5::Handle file)
    : table_(table),
      lengths_(std::move(lengths)),
      time_unit_(std::move(time_unit)),
      threads_(threads),
      packing_(packing),
      file_(std::move(file)) {
    // Axes with values are made by their own dataset; the others first, so that those datasets find them.
    for (const auto& dimension : dimensions()) {
        const bool has_values = std::any_of(table_.begin(), table_.end(), [&](const DatasetInfo& info) {
            return is_coordinate(info) && info.name == dimension.name;
        });
        if (!has_values && length(dimension.name) > 0) make_scale_without_values(dimension);
    }
}

std::size_t ResultsBuilder::length(std::string_view axis) const {
    const auto found = lengths_.find(axis);
    return found == lengths_.end() ? 0 : found->second;
}

const DatasetInfo& ResultsBuilder::info_of(const std::string& path) const {
    for (const auto& info : table_) {
        if (info.path() == path) return info;
    }
    throw std::logic_error(fmt::format("results layout has no dataset {}", path));
}

void ResultsBuilder::leave_out(const std::string& path) { absent_.insert(path); }

bool ResultsBuilder::left_out(const DatasetInfo& info) const {
    if (absent_.count(info.path())) return true;
    for (const auto& axis : info.dimensions) {
        if (length(axis) == 0) return true;
    }
    return info.name == "routes" && length("route") == 0;
}

hid_t ResultsBuilder::group(const std::string& name) {
    if (name.empty()) return file_;
    auto found = groups_.find(name);
    if (found == groups_.end()) found = groups_.emplace(name, h5::create_group(file_, name)).first;
    return found->second;
}

hid_t ResultsBuilder::scale(const std::string& axis) {
    const auto found = scales_.find(axis);
    if (found == scales_.end()) throw std::logic_error("axis " + axis + " is used before it is made");
    return found->second;
}

hid_t ResultsBuilder::make_scale_without_values(const Dimension& dimension) {
    const std::string name(dimension.name);
    const std::size_t values = length(name);
    h5::Storage storage{H5T_IEEE_F32BE, {values}, {}, false};
    auto dataset = h5::create_dataset(group(std::string(dimension.group)), name, storage);
    make_scale(dataset, name, scale_name_without_variable(values));
    return scales_.emplace(name, std::move(dataset)).first->second;
}

std::vector<hsize_t> ResultsBuilder::shape_of(const DatasetInfo& info) const {
    std::vector<hsize_t> shape;
    for (const auto& axis : info.dimensions) shape.push_back(length(axis));
    return shape;
}

void ResultsBuilder::describe(hid_t dataset, const DatasetInfo& info) const {
    if (!info.unit.empty()) h5::set_text(dataset, "units", info.name == "time" ? time_unit_ : info.unit);
    h5::set_text(dataset, "long_name", info.meaning);
    if (!info.standard_name.empty()) h5::set_text(dataset, "standard_name", info.standard_name);
    if (!info.cell_methods.empty()) h5::set_text(dataset, "cell_methods", info.cell_methods);
    for (const auto& [name, value] : info.attributes) h5::set_text(dataset, name, value);
    describe_numbers(dataset, info);
    describe_location(dataset, info);
}

void ResultsBuilder::attach_axes(hid_t dataset, const DatasetInfo& info) {
    if (info.dimensions.empty()) return;
    std::vector<hid_t> scales;
    for (const auto& axis : info.dimensions) scales.push_back(scale(axis));
    h5::AxisUse use = h5::set_scales(dataset, scales);
    for (const auto& axis : info.dimensions) {
        uses_[axis].push_back(use);
        ++use.axis;
    }
}

h5::Handle ResultsBuilder::make(const DatasetInfo& info) {
    if (!written_.insert(info.path()).second) throw std::logic_error(info.path() + " is written twice");
    h5::Storage storage;
    storage.shape = shape_of(info);
    if (packing_ == Packing::packed) storage.chunk = chunk_of(info, storage.shape);
    storage.nan_is_missing = info.may_be_missing;
    h5::Handle text;
    if (info.stored == Stored::text) text = h5::text_type();
    storage.type = info.stored == Stored::text ? hid_t(text) : stored_type(info.stored);
    auto dataset = h5::create_dataset(group(info.group), info.name, storage);
    if (is_coordinate(info)) {
        make_scale(dataset, info.name, info.name);
    } else {
        attach_axes(dataset, info);
    }
    describe(dataset, info);
    return dataset;
}

void ResultsBuilder::write_whole(const std::string& path, hid_t memory_type, const void* values,
                                 std::size_t count) {
    const auto& info = info_of(path);
    if (left_out(info)) return;
    std::size_t expected = 1;
    for (auto length : shape_of(info)) expected *= length;
    if (count != expected) throw std::logic_error(fmt::format("{}: {} values for {}", path, count, expected));
    auto dataset = make(info);
    h5::write(dataset, memory_type, values, path);
    if (is_coordinate(info)) {
        scales_.emplace(info.name, std::move(dataset));
    } else {
        dataset.close("dataset " + path);
    }
}

void ResultsBuilder::texts(const std::string& path, const std::vector<std::string>& values) {
    std::vector<const char*> pointers;
    for (const auto& value : values) pointers.push_back(value.c_str());
    write_whole(path, h5::text_type(), pointers.data(), pointers.size());
}

void ResultsBuilder::floats(const std::string& path, std::span<const float> values) {
    write_whole(path, H5T_NATIVE_FLOAT, values.data(), values.size());
}

void ResultsBuilder::doubles(const std::string& path, std::span<const double> values) {
    write_whole(path, H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void ResultsBuilder::int32s(const std::string& path, std::span<const std::int32_t> values) {
    write_whole(path, H5T_NATIVE_INT32, values.data(), values.size());
}

void ResultsBuilder::flags(const std::string& path, std::span<const std::int8_t> values) {
    write_whole(path, H5T_NATIVE_INT8, values.data(), values.size());
}

void ResultsBuilder::slices(const std::string& path,
                            const std::function<std::span<const float>(std::size_t)>& slice) {
    const auto& info = info_of(path);
    if (left_out(info)) return;
    if (packing_ == Packing::plain) {
        std::vector<float> all;
        for (std::size_t s = 0; s < shape_of(info).front(); ++s) {
            const auto values = slice(s);
            all.insert(all.end(), values.begin(), values.end());
        }
        return floats(path, all);
    }
    auto dataset = make(info);
    write_slices(dataset, shape_of(info), slice, threads_, path);
    dataset.close("dataset " + path);
}

void ResultsBuilder::text_attribute(const std::string& group_name, const std::string& name,
                                    const std::string& value) {
    h5::set_text(group(group_name), name, value);
}

void ResultsBuilder::number_attribute(const std::string& group_name, const std::string& name, double value) {
    h5::set_number(group(group_name), name, value);
}

h5::Handle ResultsBuilder::open(const std::string& path) { return make(info_of(path)); }

void ResultsBuilder::close_datasets() {
    for (const auto& info : table_) {
        if (!left_out(info) && !written_.count(info.path()))
            throw std::logic_error(info.path() + " has not been written");
    }
    for (const auto& [axis, uses] : uses_) h5::set_uses(scale(axis), uses);
    for (auto& [name, handle] : scales_) handle.close("axis " + name);
    for (auto& [name, handle] : groups_) handle.close("group " + name);
}

std::span<const std::byte> ResultsBuilder::finish() {
    close_datasets();
    return h5::file_bytes(file_);
}

void ResultsBuilder::close() {
    close_datasets();
    h5::checked(H5Fflush(file_, H5F_SCOPE_GLOBAL), "results file");
    file_.close("results file");
}

}  // namespace nuzuh
