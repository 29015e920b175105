#include "output/builder.hpp"

#include <algorithm>
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

void make_scale(hid_t dataset, const std::string& axis, const std::string& label) {
    h5::checked(H5DSset_scale(dataset, label.c_str()), "axis " + axis);
    h5::set_number(dataset, "_Netcdf4Dimid", std::int32_t(dimension_number(axis)));
}

/// How a value of an attribute is attached: one way for each of its types.
struct Attach {
    hid_t object;
    const std::string& name;
    void operator()(const std::string& text) const { h5::set_text(object, name, text); }
    void operator()(std::int32_t number) const { h5::set_number(object, name, number); }
    void operator()(double number) const { h5::set_number(object, name, number); }
    void operator()(const std::vector<std::int8_t>& numbers) const { h5::set_numbers(object, name, numbers); }
};

/// How values are written: one way for each of their types.
struct Write {
    hid_t dataset;
    const std::string& path;
    void operator()(const std::vector<float>& all) const {
        h5::write(dataset, H5T_NATIVE_FLOAT, all.data(), path);
    }
    void operator()(const std::vector<double>& all) const {
        h5::write(dataset, H5T_NATIVE_DOUBLE, all.data(), path);
    }
    void operator()(const std::vector<std::int32_t>& all) const {
        h5::write(dataset, H5T_NATIVE_INT32, all.data(), path);
    }
    void operator()(const std::vector<std::int8_t>& all) const {
        h5::write(dataset, H5T_NATIVE_INT8, all.data(), path);
    }
    void operator()(const std::vector<std::string>& all) const {
        std::vector<const char*> pointers;
        for (const auto& text : all) pointers.push_back(text.c_str());
        h5::write(dataset, h5::text_type(), pointers.data(), path);
    }
};

}  // namespace

ResultsBuilder::ResultsBuilder(const std::vector<DatasetInfo>& table, AxisLengths lengths,
                               std::string time_unit, int threads, h5::Handle file)
    : ResultsSink(table, std::move(lengths)),
      time_unit_(std::move(time_unit)),
      threads_(threads),
      file_(std::move(file)) {
    // Axes with values are made by their own dataset; the others first, so that those datasets find them.
    for (const auto& dimension : dimensions()) {
        const bool has_values = std::any_of(table.begin(), table.end(), [&](const DatasetInfo& info) {
            return is_coordinate(info) && info.name == dimension.name;
        });
        if (!has_values && length(dimension.name) > 0) make_scale_without_values(dimension);
    }
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

std::vector<hsize_t> ResultsBuilder::extent_of(const DatasetInfo& info) const {
    const auto shape = shape_of(info);
    return {shape.begin(), shape.end()};
}

void ResultsBuilder::describe(hid_t dataset, const DatasetInfo& info) const {
    for (const auto& [name, value] : attributes_of(info, time_unit_))
        std::visit(Attach{dataset, name}, value);
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
    storage.shape = extent_of(info);
    storage.chunk = chunk_of(info, storage.shape);
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

void ResultsBuilder::take(const DatasetInfo& info, Values values) {
    const std::string path = info.path();
    auto dataset = make(info);
    std::visit(Write{dataset, path}, values);
    if (is_coordinate(info)) {
        scales_.emplace(info.name, std::move(dataset));
    } else {
        dataset.close("dataset " + path);
    }
}

void ResultsBuilder::take_slices(const DatasetInfo& info, const Slices& slice, Stay) {
    const std::string path = info.path();
    auto dataset = make(info);
    write_slices(dataset, extent_of(info), slice, threads_, path);
    dataset.close("dataset " + path);
}

void ResultsBuilder::take_packed(const DatasetInfo& info, const PackedSlices& slice) {
    const std::string path = info.path();
    auto dataset = make(info);
    write_packed(dataset, extent_of(info), slice, path);
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
    for (const auto& info : table()) {
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
