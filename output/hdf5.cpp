#include "output/hdf5.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <limits>

#include "output/stored.hpp"

namespace nuzuh::h5 {

namespace {

herr_t append_message(unsigned, const H5E_error2_t* error, void* target) {
    auto& text = *static_cast<std::string*>(target);
    if (!error->desc || !*error->desc) return 0;
    if (!text.empty()) text += "; ";
    text += error->desc;
    return 0;
}

Handle property_list(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "property list"}; }

Handle fixed_text_type(std::size_t bytes) {
    Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "text type"};
    checked(H5Tset_size(type, std::max<std::size_t>(bytes, 1)), "text type");
    checked(H5Tset_cset(type, H5T_CSET_UTF8), "text type");
    checked(H5Tset_strpad(type, H5T_STR_NULLPAD), "text type");
    return type;
}

void set_attribute(hid_t object, const std::string& name, hid_t file_type, hid_t space, hid_t memory_type,
                   const void* value) {
    const std::string what = "attribute " + name;
    Handle attribute{H5Acreate2(object, name.c_str(), file_type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                     what};
    checked(H5Awrite(attribute, memory_type, value), what);
    attribute.close(what);
}

void set_scalar(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type,
                const void* value) {
    Handle space{H5Screate(H5S_SCALAR), H5Sclose, "attribute " + name};
    set_attribute(object, name, file_type, space, memory_type, value);
}

hobj_ref_t reference_to(hid_t object) {
    hobj_ref_t reference;
    checked(H5Rcreate(&reference, object, ".", H5R_OBJECT, -1), "reference");
    return reference;
}

Handle list_space(std::size_t length) {
    const hsize_t count = length;
    return {H5Screate_simple(1, &count, nullptr), H5Sclose, "list"};
}

/// AxisUse in memory or, packed, in the file.
Handle use_type(hid_t axis, bool in_file) {
    const std::size_t axis_at = in_file ? sizeof(hobj_ref_t) : offsetof(AxisUse, axis);
    const std::size_t size = in_file ? axis_at + sizeof(std::int32_t) : sizeof(AxisUse);
    Handle type{H5Tcreate(H5T_COMPOUND, size), H5Tclose, "list of datasets"};
    checked(H5Tinsert(type, "dataset", offsetof(AxisUse, dataset), H5T_STD_REF_OBJ), "list of datasets");
    checked(H5Tinsert(type, "dimension", axis_at, axis), "list of datasets");
    return type;
}

constexpr unsigned tracked_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

/// Dataset creation properties. Attributes are kept in order of creation, as netCDF needs for appending.
Handle dataset_properties(const Storage& storage) {
    Handle list = property_list(H5P_DATASET_CREATE);
    checked(H5Pset_obj_track_times(list, false), "object times");
    checked(H5Pset_attr_creation_order(list, tracked_order), "attribute order");
    if (!storage.chunk.empty()) {
        checked(H5Pset_chunk(list, int(storage.chunk.size()), storage.chunk.data()), "chunks");
        checked(H5Pset_shuffle(list), "shuffle");
        checked(H5Pset_deflate(list, 1), "deflate");
    }
    if (storage.nan_is_missing) {
        const float missing = std::numeric_limits<float>::quiet_NaN();
        checked(H5Pset_fill_value(list, H5T_NATIVE_FLOAT, &missing), "fill value");
    }
    return list;
}

Handle dataspace(const std::vector<hsize_t>& shape) {
    if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "dataspace"};
    return {H5Screate_simple(int(shape.size()), shape.data(), nullptr), H5Sclose, "dataspace"};
}

Handle file_creation() {
    Handle creation = property_list(H5P_FILE_CREATE);
    checked(H5Pset_link_creation_order(creation, tracked_order), "link order");
    checked(H5Pset_attr_creation_order(creation, tracked_order), "attribute order");
    checked(H5Pset_obj_track_times(creation, false), "object times");
    return creation;
}

/// Without locks, which many file systems of clusters do not have (Lustre without -o flock, NFS without its lock daemon).
/// They would guard nothing: a file of ours is written under a name of its own and is whole when it gets its name.
Handle access_without_locks() {
    Handle access = property_list(H5P_FILE_ACCESS);
#if H5_VERSION_GE(1, 10, 7)
    checked(H5Pset_file_locking(access, false, true), "file locking");
#endif
    return access;
}

/// What to do where HDF5 locks all the same: an older one, or HDF5_USE_FILE_LOCKING=TRUE, which outranks the above.
Error with_cure(const Error& error) {
    const std::string text = error.what();
    if (text.find("lock") == text.npos) return error;
    return Error(text +
                 "; on a file system without locks set HDF5_USE_FILE_LOCKING=FALSE in the environment");
}

/// Files in memory that are open at the same time differ by name.
std::string name_in_memory() {
    static std::atomic<int> made = 0;
    return "results " + std::to_string(++made);
}

Handle file_access() {
    Handle access = access_without_locks();
    checked(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "library bounds");
    checked(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "close degree");
    return access;
}

}  // namespace

std::string error_text() {
    std::string text;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, append_message, &text);
    H5Eclear2(H5E_DEFAULT);
    return text.empty() ? "HDF5 gave no reason" : text;
}

void Handle::close(const std::string& what) {
    const hid_t id = id_;
    id_ = -1;
    if (id >= 0) checked(close_(id), what);
}

QuietErrors::QuietErrors() {
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

QuietErrors::~QuietErrors() { H5Eset_auto2(H5E_DEFAULT, print_, data_); }

Handle create_file(std::size_t growth_bytes) {
    Handle access = file_access();
    constexpr hbool_t on_disk = false;
    checked(H5Pset_fapl_core(access, growth_bytes, on_disk), "file in memory");
    return {H5Fcreate(name_in_memory().c_str(), H5F_ACC_TRUNC, file_creation(), access), H5Fclose,
            "file in memory"};
}

Handle open_bytes(std::span<const std::byte> bytes, const std::string& what) {
    Handle access = property_list(H5P_FILE_ACCESS);
    constexpr std::size_t growth = 1 << 16;
    constexpr hbool_t on_disk = false;
    checked(H5Pset_fapl_core(access, growth, on_disk), what);
    checked(H5Pset_file_image(access, const_cast<std::byte*>(bytes.data()), bytes.size()), what);
    return {H5Fopen(name_in_memory().c_str(), H5F_ACC_RDONLY, access), H5Fclose, "cannot open " + what};
}

Handle create_file_on_disk(const std::filesystem::path& path) {
    try {
        return {H5Fcreate(path.c_str(), H5F_ACC_EXCL, file_creation(), file_access()), H5Fclose,
                "cannot make " + path.string()};
    } catch (const Error& error) {
        throw with_cure(error);
    }
}

void leave_open_at_exit() {
    [[maybe_unused]] static const herr_t once = H5dont_atexit();  // fails when called again
}

std::span<const std::byte> file_bytes(hid_t file) {
    checked(H5Fflush(file, H5F_SCOPE_GLOBAL), "file in memory");
    const auto size = checked(H5Fget_file_image(file, nullptr, 0), "file in memory");
    void* handle = nullptr;
    checked(H5Fget_vfd_handle(file, H5P_DEFAULT, &handle), "file in memory");
    return {*static_cast<const std::byte* const*>(handle), std::size_t(size)};
}

Handle open_file(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) throw Error("there is no file " + path.string());
    if (H5Fis_hdf5(path.c_str()) <= 0) throw Error(path.string() + " is not an HDF5 file");
    try {
        return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access_without_locks()), H5Fclose,
                "cannot open " + path.string()};
    } catch (const Error& error) {
        throw with_cure(error);
    }
}

Handle create_group(hid_t parent, const std::string& name) {
    Handle list = property_list(H5P_GROUP_CREATE);
    checked(H5Pset_link_creation_order(list, tracked_order), "link order");
    checked(H5Pset_attr_creation_order(list, tracked_order), "attribute order");
    checked(H5Pset_obj_track_times(list, false), "object times");
    return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, list, H5P_DEFAULT), H5Gclose, "group " + name};
}

Handle create_dataset(hid_t parent, const std::string& name, const Storage& storage) {
    Handle space = dataspace(storage.shape);
    Handle list = dataset_properties(storage);
    Handle dataset{H5Dcreate2(parent, name.c_str(), storage.type, space, H5P_DEFAULT, list, H5P_DEFAULT),
                   H5Dclose, "dataset " + name};
    if (storage.nan_is_missing) {
        const float missing = std::numeric_limits<float>::quiet_NaN();
        set_scalar(dataset, "_FillValue", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, &missing);
    }
    return dataset;
}

void write(hid_t dataset, hid_t type, const void* values, const std::string& name) {
    const Handle list = property_list(H5P_DATASET_XFER);
    constexpr std::size_t buffer_bytes = 1
                                         << 15;  // HDF5 clears it for every list of texts; it would take a MB
    checked(H5Pset_buffer(list, buffer_bytes, nullptr, nullptr), "buffer");
    checked(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, list, values), "dataset " + name);
}

AxisUse set_scales(hid_t dataset, const std::vector<hid_t>& scales) {
    std::vector<hobj_ref_t> references;
    for (hid_t scale : scales) references.push_back(reference_to(scale));
    std::vector<hvl_t> lists;
    for (hobj_ref_t& reference : references) lists.push_back({1, &reference});
    const Handle type{H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "axes"};
    set_attribute(dataset, "DIMENSION_LIST", type, list_space(lists.size()), type, lists.data());
    return {reference_to(dataset), 0};
}

void set_uses(hid_t scale, const std::vector<AxisUse>& uses) {
    set_attribute(scale, "REFERENCE_LIST", use_type(H5T_STD_I32LE, true), list_space(uses.size()),
                  use_type(H5T_NATIVE_INT32, false), uses.data());
}

Handle text_type() {
    Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "text type"};
    checked(H5Tset_size(type, H5T_VARIABLE), "text type");
    checked(H5Tset_cset(type, H5T_CSET_UTF8), "text type");
    return type;
}

void set_text(hid_t object, const std::string& name, const std::string& value) {
    Handle type = fixed_text_type(value.size());
    set_scalar(object, name, type, type, value.c_str());
}

void set_number(hid_t object, const std::string& name, std::int32_t value) {
    set_scalar(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, &value);
}

void set_number(hid_t object, const std::string& name, double value) {
    set_scalar(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

void set_numbers(hid_t object, const std::string& name, std::span<const std::int8_t> values) {
    set_attribute(object, name, H5T_STD_I8LE, list_space(values.size()), H5T_NATIVE_INT8, values.data());
}

}  // namespace nuzuh::h5
