#include "output/reader.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "output/plain_file.hpp"
#include "output/seal.hpp"
#include "output/stored.hpp"
#include "output/stored_layout.hpp"

namespace nuzuh {

namespace {

using h5::checked;
using h5::Handle;

/// Names of a dataset's axes: as the table has them, as the marks of a setting that a study varies say, or unknown. What the
/// file itself says of axes is not asked: it may name any.
std::vector<std::string> axes_of(hid_t dataset, const std::string& path, bool is_study) {
    if (auto axes = axes_in_table(path, is_study)) return *axes;
    if (is_study && h5::text_attribute(dataset, "varied_by")) return {"run"};
    return {};
}

StoredDataset describe(hid_t dataset, const std::string& path, bool is_study) {
    const Handle type{H5Dget_type(dataset), H5Tclose, "dataset " + path};
    return {path,
            axes_of(dataset, path, is_study),
            h5::shape_of(dataset),
            h5::text_attribute(dataset, "units").value_or(""),
            h5::text_attribute(dataset, "long_name").value_or(""),
            H5Tget_class(type) == H5T_STRING};
}

struct Walk {
    std::vector<StoredDataset>* found;
    std::string group;
    bool is_study;
};

herr_t visit(hid_t parent, const char* name, const H5L_info_t*, void* target) {
    auto& walk = *static_cast<Walk*>(target);
    const std::string path = walk.group + name;
    try {
        const Handle object{H5Oopen(parent, name, H5P_DEFAULT), H5Oclose, path};
        if (H5Iget_type(object) == H5I_DATASET) {
            walk.found->push_back(describe(object, path, walk.is_study));
        } else {
            Walk deeper{walk.found, path + "/", walk.is_study};
            return H5Literate(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &deeper);
        }
    } catch (const std::exception&) {  // which must not pass through HDF5
        return -1;
    }
    return 0;
}

/// Formats from 2.2 on end with a seal.
bool has_seal(const std::string& format) {
    int major = 0, minor = 0;
    return std::sscanf(format.c_str(), "%d.%d", &major, &minor) == 2 &&
           (major > 2 || (major == 2 && minor >= 2));
}

/// Opens a file that is as it was written, or from before files told that.
Handle open_sealed(const std::filesystem::path& path) {
    const auto changed = [&] {
        return h5::Error(
            path.string() +
            " was damaged or changed after it was written: its SHA-256 does not hold; take the file as "
            "nuzuh wrote it, or make it again");
    };
    const SealFound seal =
        std::filesystem::is_regular_file(path) ? seal_found(Sealed::results, path) : SealFound::none;
    if (seal == SealFound::does_not_hold) throw changed();
    Handle file = h5::open_file(path);
    h5::require_plain(file, path.string(), std::filesystem::file_size(path));
    const auto format = h5::text_attribute(file, "nuzuh_format");
    if (!format) throw h5::Error(fmt::format("{} is not a results file of nuzuh", path.string()));
    if (seal == SealFound::none && has_seal(*format)) throw changed();
    return file;
}

}  // namespace

bool is_named_as_results(const std::filesystem::path& file) {
    const auto ending = file.extension();
    return ending == ".h5" || ending == ".nc" || ending == ".hdf5";
}

ResultsFile::ResultsFile(const std::filesystem::path& path) : file_(open_sealed(path)) {
    Walk walk{&stored_, "/", is_study()};
    checked(H5Literate(file_, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &walk), "list of datasets");
    require_layout(*this, stored_);
}

std::vector<StoredDataset> ResultsFile::datasets() const {
    std::vector<StoredDataset> found;
    for (const auto& dataset : stored_) {
        if (!dataset.meaning.empty()) found.push_back(dataset);
    }
    return found;
}

bool ResultsFile::has(const std::string& path) const {
    return std::any_of(stored_.begin(), stored_.end(), [&](const StoredDataset& dataset) {
        return dataset.path == path || dataset.path.starts_with(path + "/");
    });
}

std::vector<float> ResultsFile::slice(const std::string& path, std::size_t index) const {
    auto dataset = h5::open_dataset(file_, path);
    const auto shape = h5::shape_of(dataset);
    if (shape.empty() || index >= shape[0]) throw h5::Error(fmt::format("no slice {} of {}", index, path));
    std::vector<hsize_t> start(shape.size(), 0), count(shape.begin(), shape.end());
    start[0] = index;
    count[0] = 1;
    std::vector<float> values(h5::value_count(dataset, sizeof(float)) / shape[0]);
    const hsize_t size = values.size();
    Handle space{H5Dget_space(dataset), H5Sclose, "dataspace"};
    Handle memory{H5Screate_simple(1, &size, nullptr), H5Sclose, "dataspace"};
    checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), path);
    checked(H5Dread(dataset, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, values.data()), "dataset " + path);
    h5::require_possible(std::span<const float>(values), path);
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

}  // namespace nuzuh
