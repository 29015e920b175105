#include "output/reader.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace nuzuh {

namespace {

using h5::checked;
using h5::Handle;

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

template <class T>
std::vector<T> numbers(hid_t file, const std::string& path, hid_t type) {
    auto dataset = open_dataset(file, path);
    std::vector<T> values(value_count(dataset));
    checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "dataset " + path);
    return values;
}

std::string text_of(hid_t attribute) {
    Handle type{H5Aget_type(attribute), H5Tclose, "attribute"};
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0) return "";
    std::string text(H5Tget_size(type), '\0');
    checked(H5Aread(attribute, type, text.data()), "attribute");
    text.resize(text.find_last_not_of('\0') + 1);
    return text;
}

std::optional<std::string> text_attribute_of(hid_t object, const std::string& name) {
    if (H5Aexists(object, name.c_str()) <= 0) return {};
    Handle attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute " + name};
    return text_of(attribute);
}

herr_t append_name(hid_t, unsigned, hid_t scale, void* target) {
    std::string name(256, '\0');
    const auto length = H5Iget_name(scale, name.data(), name.size());
    if (length < 0) return -1;
    name.resize(std::size_t(length));
    static_cast<std::vector<std::string>*>(target)->push_back(name.substr(name.rfind('/') + 1));
    return 1;
}

StoredDataset describe(hid_t dataset, const std::string& path) {
    StoredDataset info{path, {}, shape_of(dataset), "", ""};
    info.unit = text_attribute_of(dataset, "units").value_or("");
    info.meaning = text_attribute_of(dataset, "long_name").value_or("");
    if (H5DSis_scale(dataset) > 0) {
        info.dimensions.push_back(path.substr(path.rfind('/') + 1));
        return info;
    }
    for (unsigned axis = 0; axis < info.shape.size(); ++axis)
        H5DSiterate_scales(dataset, axis, nullptr, append_name, &info.dimensions);
    return info;
}

struct Walk {
    std::vector<StoredDataset>* found;
    std::string group;
};

herr_t visit(hid_t parent, const char* name, const H5L_info_t*, void* target) {
    auto& walk = *static_cast<Walk*>(target);
    const std::string path = walk.group + name;
    hid_t id = H5Oopen(parent, name, H5P_DEFAULT);
    if (id < 0) return -1;
    Handle object{id, H5Oclose, path};
    if (H5Iget_type(object) == H5I_DATASET) {
        auto info = describe(object, path);
        if (!info.meaning.empty()) walk.found->push_back(std::move(info));
    } else if (H5Iget_type(object) == H5I_GROUP) {
        Walk deeper{walk.found, path + "/"};
        return H5Literate(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &deeper);
    }
    return 0;
}

}  // namespace

ResultsFile::ResultsFile(const std::filesystem::path& path) : file_(h5::open_file(path)) {
    if (!text_attribute_of(file_, "nuzuh_format"))
        throw h5::Error(fmt::format("{} is not a results file of nuzuh", path.string()));
}

std::vector<StoredDataset> ResultsFile::datasets() const {
    std::vector<StoredDataset> found;
    Walk walk{&found, "/"};
    checked(H5Literate(file_, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &walk), "list of datasets");
    return found;
}

bool ResultsFile::has(const std::string& path) const {
    const auto parent = path.rfind('/');
    if (parent > 0 && !has(path.substr(0, parent))) return false;
    return H5Lexists(file_, path.c_str(), H5P_DEFAULT) > 0;
}

std::vector<float> ResultsFile::slice(const std::string& path, std::size_t index) const {
    auto dataset = open_dataset(file_, path);
    const auto shape = shape_of(dataset);
    if (shape.empty() || index >= shape[0]) throw h5::Error(fmt::format("no slice {} of {}", index, path));
    std::vector<hsize_t> start(shape.size(), 0), count(shape.begin(), shape.end());
    start[0] = index;
    count[0] = 1;
    std::vector<float> values(value_count(dataset) / shape[0]);
    const hsize_t size = values.size();
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    Handle memory{H5Screate_simple(1, &size, nullptr), H5Sclose, "dataspace"};
    checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), path);
    checked(H5Dread(dataset, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, values.data()), "dataset " + path);
    return values;
}

std::vector<float> ResultsFile::floats(const std::string& path) const {
    return numbers<float>(file_, path, H5T_NATIVE_FLOAT);
}

std::vector<double> ResultsFile::doubles(const std::string& path) const {
    return numbers<double>(file_, path, H5T_NATIVE_DOUBLE);
}

std::vector<std::string> ResultsFile::texts(const std::string& path) const {
    auto dataset = open_dataset(file_, path);
    std::vector<char*> pointers(value_count(dataset), nullptr);
    const Handle type = h5::text_type();
    checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "dataset " + path);
    std::vector<std::string> values;
    for (const char* text : pointers) values.emplace_back(text ? text : "");
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return values;
}

std::optional<std::string> ResultsFile::text_attribute(const std::string& object,
                                                       const std::string& name) const {
    Handle opened{H5Oopen(file_, object.c_str(), H5P_DEFAULT), H5Oclose, "no object " + object};
    return text_attribute_of(opened, name);
}

std::optional<double> ResultsFile::number_attribute(const std::string& object,
                                                    const std::string& name) const {
    Handle opened{H5Oopen(file_, object.c_str(), H5P_DEFAULT), H5Oclose, "no object " + object};
    if (H5Aexists(opened, name.c_str()) <= 0) return {};
    Handle attribute{H5Aopen(opened, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute " + name};
    double value = 0;
    checked(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value), "attribute " + name);
    return value;
}

}  // namespace nuzuh
