#include "output/segment_file.hpp"

#include <mutex>

#include <fmt/format.h>

#include "output/chunks.hpp"
#include "output/files.hpp"
#include "output/pending_file.hpp"
#include "output/plain_file.hpp"
#include "output/stored.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;
using h5::checked;

std::recursive_mutex one_at_a_time;

template <class T>
void write_all(hid_t parent, const std::string& name, hid_t stored, hid_t memory,
               const std::vector<T>& values) {
    auto dataset = h5::create_dataset(parent, name, {stored, {values.size()}, {}, false});
    if (!values.empty()) h5::write(dataset, memory, values.data(), name);
    dataset.close(name);
}

void write_messages(hid_t file, const std::vector<std::string>& messages) {
    std::vector<const char*> pointers;
    for (const auto& message : messages) pointers.push_back(message.c_str());
    const auto type = h5::text_type();
    auto dataset = h5::create_dataset(file, "message", {type, {messages.size()}, {}, false});
    h5::write(dataset, type, pointers.data(), "message");
    dataset.close("message");
}

/// Rows of an output, one behind the other.
struct Packed {
    std::vector<std::uint8_t> bytes;
    std::vector<std::size_t> end;  ///< of each row
};

Packed packed_rows(const std::vector<float>& values, std::size_t rows) {
    Packed packed;
    packed.bytes.reserve(values.size() * sizeof(float));
    const std::size_t length = values.size() / rows;
    for (std::size_t row = 0; row < rows; ++row) {
        append_packed(std::span(values).subspan(row * length, length), packed.bytes);
        packed.end.push_back(packed.bytes.size());
    }
    return packed;
}

void write_runs(hid_t group, const Output& output, const std::vector<float>& values, const Packed& packed,
                std::size_t rows) {
    const hsize_t length = values.size() / rows;
    const bool chunked = is_packed(output);
    h5::Storage storage{H5T_IEEE_F32LE, {rows, length}, {}, false};
    if (chunked) storage.chunk = {1, length};
    auto dataset = h5::create_dataset(group, output.name, storage);
    if (!chunked) h5::write(dataset, H5T_NATIVE_FLOAT, values.data(), output.name);
    for (std::size_t row = 0, first = 0; row < packed.end.size(); first = packed.end[row++]) {
        const auto chunk = std::span(packed.bytes).subspan(first, packed.end[row] - first);
        write_chunk(dataset, 2, row, chunk, output.name);
    }
    dataset.close(output.name);
}

void write_tally(hid_t group, const Output& output, const Tally& tally) {
    auto folder = h5::create_group(group, output.name);
    h5::set_number(folder, "runs", double(tally.runs()));
    write_all(folder, "sum", H5T_STD_I64LE, H5T_NATIVE_INT64, tally.sum());
    write_all(folder, "first", H5T_STD_U32LE, H5T_NATIVE_UINT32, tally.first());
    write_all(folder, "bin", H5T_STD_U16LE, H5T_NATIVE_UINT16, tally.bin());
    write_all(folder, "count", H5T_STD_U32LE, H5T_NATIVE_UINT32, tally.count());
    folder.close(output.name);
}

h5::Handle segment_in_memory(const StudyPlan& plan, const Segment& segment, const std::string& study,
                             const std::vector<Packed>& packed) {
    std::size_t bytes = 1 << 16;
    for (const auto& output : packed) bytes += output.bytes.size();
    auto file = h5::create_file(bytes);
    h5::set_text(file, "nuzuh_segment_of", study);
    h5::set_number(file, "first_run", double(segment.first));
    std::vector<std::int8_t> status;
    for (RunStatus s : segment.status) status.push_back(std::int8_t(s));
    write_all(file, "status", H5T_STD_I8LE, H5T_NATIVE_INT8, status);
    write_messages(file, segment.message);
    auto runs = h5::create_group(file, "runs"), tallies = h5::create_group(file, "tallies");
    std::size_t t = 0;
    for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
        if (plan.outputs[o].keep == Keep::runs)
            write_runs(runs, plan.outputs[o], segment.values[o], packed[o], status.size());
        else
            write_tally(tallies, plan.outputs[o], segment.tallies[t++]);
    }
    runs.close("runs");
    tallies.close("tallies");
    return file;
}

/// The bytes of a segment; HDF5 is asked for them, and no longer needed until they are given back.
class SegmentImage {
public:
    SegmentImage(const StudyPlan& plan, const Segment& segment, const std::string& study,
                 const std::vector<Packed>& packed) {
        const Hdf5Turn turn;
        const h5::QuietErrors quiet;
        file_ = segment_in_memory(plan, segment, study, packed);
        bytes_ = h5::file_bytes(file_);
    }
    ~SegmentImage() {
        const Hdf5Turn turn;
        const h5::Handle closed = std::move(file_);
    }
    SegmentImage(const SegmentImage&) = delete;
    SegmentImage& operator=(const SegmentImage&) = delete;

    std::span<const std::byte> bytes() const { return bytes_; }

private:
    h5::Handle file_;
    std::span<const std::byte> bytes_;
};

h5::Handle opened(const fs::path& file, Seal seal) {
    const auto bytes = bytes_of(file);
    const auto content = unsealed(Sealed::segment, bytes, seal);
    if (!content) throw h5::Error(file.string() + " is damaged: its SHA-256 does not hold");
    auto open = h5::open_bytes(*content, file.string());
    h5::require_plain(open, file.string(), content->size());
    return open;
}

}  // namespace

bool is_intact(const fs::path& file) {
    return unsealed(Sealed::segment, bytes_of(file), Seal::is_checked).has_value();
}

Hdf5Turn::Hdf5Turn() { one_at_a_time.lock(); }
Hdf5Turn::~Hdf5Turn() { one_at_a_time.unlock(); }

bool is_packed(const Output& output) { return output.axes.size() > 1; }

void write_segment(const fs::path& file, const StudyPlan& plan, const Segment& segment,
                   const std::string& study) {
    if (fs::exists(file)) return;
    std::vector<Packed> packed(plan.outputs.size());
    for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
        if (is_packed(plan.outputs[o]) && plan.outputs[o].keep == Keep::runs)
            packed[o] = packed_rows(segment.values[o], segment.status.size());
    }
    const SegmentImage image(plan, segment, study, packed);
    write_once(file, image.bytes(), seal_of(Sealed::segment, image.bytes()));
}

SegmentFile::SegmentFile(const fs::path& file, Seal seal) : file_(opened(file, seal)) {
    const auto study = h5::text_attribute(file_, "nuzuh_segment_of");
    const auto first = h5::number_attribute(file_, "first_run");
    if (!study || !first) throw h5::Error(file.string() + " is no part of a study");
    study_ = *study;
    range_.first = std::int64_t(*first);
    range_.end = range_.first + std::int64_t(status().size());
}

std::vector<std::int8_t> SegmentFile::status() const {
    return h5::numbers<std::int8_t>(file_, "/status", H5T_NATIVE_INT8);
}

std::vector<std::string> SegmentFile::message() const { return h5::texts(file_, "/message"); }

std::vector<float> SegmentFile::values(const std::string& output) const {
    return h5::numbers<float>(file_, "/runs/" + output, H5T_NATIVE_FLOAT);
}

std::span<const std::uint8_t> SegmentFile::packed(const std::string& output, std::int64_t run) {
    auto& dataset = packed_[output];
    if (dataset < 0) dataset = h5::open_dataset(file_, "/runs/" + output);
    const hsize_t offset[] = {hsize_t(run - range_.first), 0};
    hsize_t size = 0;
    checked(H5Dget_chunk_storage_size(dataset, offset, &size), output);
    if (chunk_.size() < size) chunk_.resize(size);
    std::uint32_t filters = 0;
    checked(H5Dread_chunk(dataset, H5P_DEFAULT, offset, &filters, chunk_.data()), output);
    return std::span(chunk_).first(size);
}

Tally SegmentFile::tally(const std::string& output) const {
    const std::string at = "/tallies/" + output;
    const h5::Handle group{H5Gopen2(file_, at.c_str(), H5P_DEFAULT), H5Gclose, at};
    return {std::int64_t(h5::number_attribute(group, "runs").value_or(0)),
            h5::numbers<std::int64_t>(file_, at + "/sum", H5T_NATIVE_INT64),
            h5::numbers<std::uint32_t>(file_, at + "/first", H5T_NATIVE_UINT32),
            h5::numbers<std::uint16_t>(file_, at + "/bin", H5T_NATIVE_UINT16),
            h5::numbers<std::uint32_t>(file_, at + "/count", H5T_NATIVE_UINT32)};
}

Segment SegmentFile::segment(const StudyPlan& plan) const {
    Segment out;
    out.first = range_.first;
    for (std::int8_t s : status()) out.status.push_back(RunStatus(s));
    out.message = message();
    out.values.resize(plan.outputs.size());
    for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
        if (plan.outputs[o].keep == Keep::runs)
            out.values[o] = values(plan.outputs[o].name);
        else
            out.tallies.push_back(tally(plan.outputs[o].name));
    }
    return out;
}

}  // namespace nuzuh
