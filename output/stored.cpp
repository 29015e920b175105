#include "output/stored.hpp"

#include <fmt/format.h>

#include "output/memory.hpp"

namespace nuzuh::h5 {

Handle open_dataset(hid_t file, const std::string& path) {
    return {H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, "no dataset " + path};
}

std::vector<std::size_t> shape_of(hid_t dataset) {
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    const int axes = checked(H5Sget_simple_extent_ndims(space), "dataspace");
    std::vector<hsize_t> shape(std::size_t(axes), 0);
    if (axes > 0) checked(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "dataspace");
    return {shape.begin(), shape.end()};
}

std::size_t value_count(hid_t dataset, std::size_t value_bytes) {
    double bytes = double(value_bytes);
    std::size_t count = 1;
    for (auto length : shape_of(dataset)) {
        bytes *= double(length);
        count *= length;
    }
    if (bytes > available_bytes())
        throw Error(fmt::format("a dataset of {:.0f} MB, for which there is no memory", bytes / 1e6));
    return count;
}

std::vector<std::string> texts(hid_t file, const std::string& path) {
    const auto dataset = open_dataset(file, path);
    std::vector<char*> pointers(value_count(dataset, sizeof(char*)), nullptr);
    const Handle type = text_type();
    checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "dataset " + path);
    std::vector<std::string> values;
    for (const char* text : pointers) values.emplace_back(text ? text : "");
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return values;
}

namespace {

/// An attribute that holds one value, with its type; nothing if there is none.
struct Attribute {
    Handle attribute, type;
};

std::optional<Attribute> single(hid_t object, const std::string& name) {
    if (checked(H5Aexists(object, name.c_str()), "attribute " + name) == 0) return {};
    Handle attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute " + name};
    const Handle space{H5Aget_space(attribute), H5Sclose, "attribute " + name};
    if (H5Sget_simple_extent_npoints(space) != 1) return {};
    Handle type{H5Aget_type(attribute), H5Tclose, "attribute " + name};
    return Attribute{std::move(attribute), std::move(type)};
}

}  // namespace

std::optional<std::string> text_attribute(hid_t object, const std::string& name) {
    constexpr std::size_t longest = 1 << 28;
    const auto found = single(object, name);
    if (!found || H5Tget_class(found->type) != H5T_STRING) return {};
    const std::size_t length = H5Tget_size(found->type);
    if (H5Tis_variable_str(found->type) > 0) return "";
    if (length > longest) throw Error("attribute " + name + " is too long");
    std::string text(length, '\0');
    checked(H5Aread(found->attribute, found->type, text.data()), "attribute " + name);
    text.resize(text.find_last_not_of('\0') + 1);
    return text;
}

std::optional<double> number_attribute(hid_t object, const std::string& name) {
    const auto found = single(object, name);
    if (!found) return {};
    const auto kind = H5Tget_class(found->type);
    if (kind != H5T_INTEGER && kind != H5T_FLOAT) return {};
    double value = 0;
    checked(H5Aread(found->attribute, H5T_NATIVE_DOUBLE, &value), "attribute " + name);
    constexpr double most = 9e18;  // that a whole number of 64 bits holds
    if (!(std::abs(value) < most)) throw Error("attribute " + name + " is no possible number");
    return value;
}

}  // namespace nuzuh::h5
