// The HDF5 C library with every return value checked and every handle closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <hdf5.h>

#include "output/results.hpp"

namespace nuzuh::h5 {

/// A results file could not be written or read; the message carries what HDF5 or the system said.
using Error = ResultsError;

/// Message of HDF5's error stack, innermost cause first, and empties the stack.
std::string error_text();

/// Passes a return value on, or throws Error if it is negative, as HDF5 says "failed".
template <class T>
T checked(T value, const std::string& what) {
    if (value < 0) throw Error(what + ": " + error_text());
    return value;
}

/// An open HDF5 object; closes itself.
class Handle {
public:
    using Close = herr_t (*)(hid_t);

    Handle() = default;
    /// @throws  Error naming `what` if `id` says that opening failed
    Handle(hid_t id, Close close, const std::string& what) : id_(checked(id, what)), close_(close) {}
    Handle(Handle&& other) noexcept { swap(other); }
    Handle& operator=(Handle&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }

    operator hid_t() const { return id_; }

    /// Closes now, so that a failure is seen: what is buffered is written at the latest here.
    void close(const std::string& what);

private:
    void swap(Handle& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
    }
    hid_t id_ = -1;
    Close close_ = nullptr;
};

/// Keeps HDF5 from printing to stderr while it lives.
class QuietErrors {
public:
    QuietErrors();
    ~QuietErrors();
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

private:
    H5E_auto2_t print_ = nullptr;
    void* data_ = nullptr;
};

/// Creates a file in memory that netCDF can read and append to: order of creation tracked, no object times,
/// nothing newer than HDF5 1.8.
///
/// HDF5 1.10 does not survive a disk that fills up: objects stay open, and the process crashes when the library
/// closes them at exit. So HDF5 never writes to a disk here; file_bytes() does not fail for want of space.
///
/// @param growth_bytes  by which memory grows, filled with zeroes
Handle create_file(std::size_t growth_bytes = 1 << 20);

/// The bytes of a file made by create_file(), with everything written so far; valid until the next call on it.
std::span<const std::byte> file_bytes(hid_t file);

/// The same on disk, for what is too large for memory. When the disk is full, calls fail and objects stay open: a program
/// that makes such files calls `leave_open_at_exit` before any other function here.
Handle create_file_on_disk(const std::filesystem::path& path);

/// Keeps HDF5 from closing at exit what could not be closed before, which crashes.
void leave_open_at_exit();

/// Opens a file for reading.
Handle open_file(const std::filesystem::path& path);

Handle create_group(hid_t parent, const std::string& name);

/// How a dataset is stored.
struct Storage {
    hid_t type = -1;
    std::vector<hsize_t> shape;   ///< empty: a scalar
    std::vector<hsize_t> chunk;   ///< empty: contiguous; else shuffled and deflated (level 1)
    bool nan_is_missing = false;  ///< fill value NaN, declared as `_FillValue`
};

Handle create_dataset(hid_t parent, const std::string& name, const Storage& storage);

/// A dataset that lies along a scale, and with which of its axes.
struct AxisUse {
    hobj_ref_t dataset;
    std::int32_t axis;
};

/// Attaches scales to the axes of a dataset: its attribute DIMENSION_LIST. With set_uses() this is what H5DSattach_scale
/// does, which writes the list of a scale anew for every dataset.
///
/// @return  the dataset as its scales list it; the axis is for the caller to fill in
AxisUse set_scales(hid_t dataset, const std::vector<hid_t>& scales);

/// Lists the datasets that lie along a scale: its attribute REFERENCE_LIST.
void set_uses(hid_t scale, const std::vector<AxisUse>& uses);

/// Writes a whole dataset from memory of type `type`, row-major.
void write(hid_t dataset, hid_t type, const void* values, const std::string& name);

/// Type of variable-length UTF-8 text.
Handle text_type();

/// Attaches a text: scalar, fixed length of the exact byte count, UTF-8, padded with NUL.
void set_text(hid_t object, const std::string& name, const std::string& value);
void set_number(hid_t object, const std::string& name, std::int32_t value);
void set_number(hid_t object, const std::string& name, double value);
void set_numbers(hid_t object, const std::string& name, std::span<const std::int8_t> values);

}  // namespace nuzuh::h5
