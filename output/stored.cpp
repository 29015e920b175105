#include "output/stored.hpp"

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

std::size_t value_count(hid_t dataset) {
    std::size_t count = 1;
    for (auto length : shape_of(dataset)) count *= length;
    return count;
}

std::vector<std::string> texts(hid_t file, const std::string& path) {
    const auto dataset = open_dataset(file, path);
    std::vector<char*> pointers(value_count(dataset), nullptr);
    const Handle type = text_type();
    checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "dataset " + path);
    std::vector<std::string> values;
    for (const char* text : pointers) values.emplace_back(text ? text : "");
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return values;
}

std::optional<std::string> text_attribute(hid_t object, const std::string& name) {
    if (H5Aexists(object, name.c_str()) <= 0) return {};
    Handle attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute " + name};
    Handle type{H5Aget_type(attribute), H5Tclose, "attribute"};
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0) return "";
    std::string text(H5Tget_size(type), '\0');
    checked(H5Aread(attribute, type, text.data()), "attribute");
    text.resize(text.find_last_not_of('\0') + 1);
    return text;
}

std::optional<double> number_attribute(hid_t object, const std::string& name) {
    if (H5Aexists(object, name.c_str()) <= 0) return {};
    Handle attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute " + name};
    double value = 0;
    checked(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value), "attribute " + name);
    return value;
}

}  // namespace nuzuh::h5
