#include "output/reader.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "output/stored.hpp"

namespace nuzuh {

namespace {

using h5::checked;
using h5::Handle;

herr_t append_name(hid_t, unsigned, hid_t scale, void* target) {
    std::string name(256, '\0');
    const auto length = H5Iget_name(scale, name.data(), name.size());
    if (length < 0) return -1;
    name.resize(std::size_t(length));
    static_cast<std::vector<std::string>*>(target)->push_back(name.substr(name.rfind('/') + 1));
    return 1;
}

StoredDataset describe(hid_t dataset, const std::string& path) {
    StoredDataset info{path, {}, h5::shape_of(dataset), "", "", false};
    const Handle type{H5Dget_type(dataset), H5Tclose, "dataset " + path};
    info.is_text = H5Tget_class(type) == H5T_STRING;
    info.unit = h5::text_attribute(dataset, "units").value_or("");
    info.meaning = h5::text_attribute(dataset, "long_name").value_or("");
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
    if (!h5::text_attribute(file_, "nuzuh_format"))
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
    auto dataset = h5::open_dataset(file_, path);
    const auto shape = h5::shape_of(dataset);
    if (shape.empty() || index >= shape[0]) throw h5::Error(fmt::format("no slice {} of {}", index, path));
    std::vector<hsize_t> start(shape.size(), 0), count(shape.begin(), shape.end());
    start[0] = index;
    count[0] = 1;
    std::vector<float> values(h5::value_count(dataset) / shape[0]);
    const hsize_t size = values.size();
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    Handle memory{H5Screate_simple(1, &size, nullptr), H5Sclose, "dataspace"};
    checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), path);
    checked(H5Dread(dataset, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, values.data()), "dataset " + path);
    return values;
}

std::vector<float> ResultsFile::floats(const std::string& path) const {
    return h5::numbers<float>(file_, path, H5T_NATIVE_FLOAT);
}

std::vector<double> ResultsFile::doubles(const std::string& path) const {
    return h5::numbers<double>(file_, path, H5T_NATIVE_DOUBLE);
}

std::vector<std::string> ResultsFile::texts(const std::string& path) const { return h5::texts(file_, path); }

std::optional<std::string> ResultsFile::text_attribute(const std::string& object,
                                                       const std::string& name) const {
    Handle opened{H5Oopen(file_, object.c_str(), H5P_DEFAULT), H5Oclose, "no object " + object};
    return h5::text_attribute(opened, name);
}

std::optional<double> ResultsFile::number_attribute(const std::string& object,
                                                    const std::string& name) const {
    Handle opened{H5Oopen(file_, object.c_str(), H5P_DEFAULT), H5Oclose, "no object " + object};
    return h5::number_attribute(opened, name);
}

std::string reported_day(const ResultsFile& file, const std::string& name) {
    const std::string path = "/reported/" + name;
    return file.has(path) ? path : name == "first_day" ? "/reported/from" : "/reported/to";
}

}  // namespace nuzuh
