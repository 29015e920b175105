#include "output/plain_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/stored.hpp"

namespace nuzuh::h5 {

namespace {

constexpr int deepest_group = 4;
constexpr int most_objects = 20'000;
constexpr int most_axes = 8;
constexpr std::uintmax_t most_packed =
    1032;  ///< bytes that deflate makes of one, at most (zlib, technical details)
constexpr std::uintmax_t never_doubted = 16
                                         << 20;  ///< bytes: values of axes that were never written, for one

/// Where the search stands.
struct Search {
    std::uintmax_t file_bytes;
    std::string group = "/";
    int depth = 0;
    int* objects;
    std::string* wrong;  ///< the first thing that is
};

/// What keeps a dataset from being read, as the end of a sentence; "" if nothing does.
std::string wrong_storage(hid_t dataset) {
    const Handle list{H5Dget_create_plist(dataset), H5Pclose, "storage"};
    if (H5Pget_layout(list) == H5D_VIRTUAL) return "is a virtual dataset: its values lie in other files";
    if (checked(H5Pget_external_count(list), "storage") > 0) return "has its values in other files";
    const int filters = checked(H5Pget_nfilters(list), "storage");
    for (int f = 0; f < filters; ++f) {
        unsigned flags = 0, config = 0;
        std::size_t parameters = 0;
        const auto filter =
            H5Pget_filter2(list, unsigned(f), &flags, &parameters, nullptr, 0, nullptr, &config);
        if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_FLETCHER32)
            return fmt::format("is packed by filter {}, of which this program has nothing", int(filter));
    }
    return "";
}

std::string wrong_type(hid_t dataset) {
    constexpr std::size_t widest = 8;
    const Handle type{H5Dget_type(dataset), H5Tclose, "type"};
    const auto kind = H5Tget_class(type);
    if (kind == H5T_STRING) return "";
    if (kind != H5T_INTEGER && kind != H5T_FLOAT) return "holds neither numbers nor texts";
    return H5Tget_size(type) > widest ? "holds numbers of more than eight bytes" : "";
}

std::string wrong_size(hid_t dataset, std::uintmax_t file_bytes) {
    const Handle list{H5Dget_create_plist(dataset), H5Pclose, "storage"};
    const Handle type{H5Dget_type(dataset), H5Tclose, "type"};
    const auto shape = shape_of(dataset);
    if (shape.size() > most_axes) return fmt::format("has {} axes", shape.size());
    double bytes = double(H5Tget_size(type)), chunk_bytes = bytes;
    for (auto length : shape) bytes *= double(length);
    const bool chunked = H5Pget_layout(list) == H5D_CHUNKED;
    if (chunked) {
        std::vector<hsize_t> chunk(shape.size());
        checked(H5Pget_chunk(list, int(chunk.size()), chunk.data()), "chunks");
        for (auto length : chunk) chunk_bytes *= double(length);
    }
    const auto stored = std::min<std::uintmax_t>(H5Dget_storage_size(dataset), file_bytes);
    const double most = double(std::max(never_doubted, chunked ? stored * most_packed : stored));
    if (std::max(bytes, chunk_bytes) <= most) return "";
    return fmt::format("claims {:.0f} MB, and the file stores {:.1f} MB of it",
                       std::max(bytes, chunk_bytes) / 1e6, double(stored) / 1e6);
}

std::string wrong_dataset(hid_t dataset, std::uintmax_t file_bytes) {
    auto wrong = wrong_storage(dataset);
    if (wrong.empty()) wrong = wrong_type(dataset);
    return wrong.empty() ? wrong_size(dataset, file_bytes) : wrong;
}

herr_t look_at(hid_t parent, const char* name, const H5L_info_t* link, void* target);

std::string wrong_object(hid_t object, const Search& here) {
    if (H5Iget_type(object) == H5I_DATASET) return wrong_dataset(object, here.file_bytes);
    if (H5Iget_type(object) != H5I_GROUP) return "is neither a dataset nor a group";
    if (here.depth == deepest_group) return fmt::format("is a group inside {} others", deepest_group);
    Search deeper = here;
    deeper.depth += 1;
    checked(H5Literate(object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, look_at, &deeper), here.group);
    return "";
}

/// @return  1 when something wrong was found, which ends the search
herr_t look_at(hid_t parent, const char* name, const H5L_info_t* link, void* target) {
    const auto& search = *static_cast<const Search*>(target);
    const std::string path = search.group + name;
    try {
        std::string wrong;
        if (++*search.objects > most_objects) {
            wrong = fmt::format("is one of more than {} objects", most_objects);
        } else if (link->type != H5L_TYPE_HARD) {
            wrong = link->type == H5L_TYPE_SOFT ? "is a link to another name" : "is a link to another file";
        } else {
            const Handle object{H5Oopen(parent, name, H5P_DEFAULT), H5Oclose, path};
            Search here = search;
            here.group = path + "/";
            wrong = wrong_object(object, here);
        }
        if (search.wrong->empty() && !wrong.empty()) *search.wrong = path + " " + wrong;
    } catch (const std::exception& error) {  // which must not pass through HDF5
        if (search.wrong->empty()) *search.wrong = error.what();
    }
    return search.wrong->empty() ? 0 : 1;
}

}  // namespace

void require_plain(hid_t file, const std::string& name, std::uintmax_t file_bytes) {
    int objects = 0;
    std::string wrong;
    Search search{file_bytes, "/", 0, &objects, &wrong};
    checked(H5Literate(file, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, look_at, &search), "list of datasets");
    if (!wrong.empty()) throw Error(fmt::format("{} is not read: {}", name, wrong));
}

}  // namespace nuzuh::h5
