#include "output/chunks.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include <libdeflate.h>
#include <omp.h>

#include "output/hdf5.hpp"

namespace nuzuh {

namespace {

/// Bytes of equal significance side by side, as H5Z_FILTER_SHUFFLE puts them.
std::vector<std::uint8_t> shuffled(std::span<const float> values) {
    constexpr std::size_t width = sizeof(float);
    std::vector<std::uint8_t> bytes(values.size_bytes());
    const auto* from = reinterpret_cast<const std::uint8_t*>(values.data());
    const std::size_t count = values.size();
    for (std::size_t byte = 0; byte < width; ++byte) {
        auto* to = bytes.data() + byte * count;
        for (std::size_t i = 0; i < count; ++i) to[i] = from[i * width + byte];
    }
    return bytes;
}

/// A compressor with its memory kept from chunk to chunk: setting that up takes longer than compressing a small one.
class Deflater {
public:
    Deflater() {
        if (!compressor_) throw std::bad_alloc();
    }

    std::vector<std::uint8_t> deflated(std::span<const std::uint8_t> bytes) {
        std::vector<std::uint8_t> packed(libdeflate_zlib_compress_bound(compressor_.get(), bytes.size()));
        packed.resize(libdeflate_zlib_compress(compressor_.get(), bytes.data(), bytes.size(), packed.data(),
                                               packed.size()));
        return packed;
    }

private:
    static constexpr int level_ = 1;
    std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor_{
        libdeflate_alloc_compressor(level_), libdeflate_free_compressor};
};

bool equal_bytes(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

}  // namespace

void write_chunk(hid_t dataset, std::size_t axes, std::size_t index, std::span<const std::uint8_t> bytes,
                 const std::string& name) {
    std::vector<hsize_t> offset(axes, 0);
    offset[0] = index;
    constexpr std::uint32_t every_filter_applied = 0;
    h5::checked(
        H5Dwrite_chunk(dataset, H5P_DEFAULT, every_filter_applied, offset.data(), bytes.size(), bytes.data()),
        "dataset " + name);
}

std::vector<std::uint8_t> shuffled_and_deflated(std::span<const float> values) {
    thread_local Deflater deflater;
    const auto bytes = shuffled(values);
    return deflater.deflated(bytes);
}

void write_slices(hid_t dataset, const std::vector<hsize_t>& shape,
                  const std::function<std::span<const float>(std::size_t)>& slice, int threads,
                  const std::string& name) {
    const int workers = threads > 0 ? threads : omp_get_max_threads();
    const std::size_t count = shape[0];
    const std::size_t batch = std::size_t(workers) * 8;
    std::vector<std::vector<std::uint8_t>> packed(std::min(batch, count));
    std::vector<char> repeats(packed.size());  // equal to the slice before, whose bytes stand for both
    hsize_t values = 1;
    for (auto length : shape) values *= length;
    const bool worth_threads = values > 100'000;
    for (std::size_t first = 0; first < count; first += batch) {
        const std::size_t here = std::min(batch, count - first);
        bool failed = false;
#pragma omp parallel for schedule(dynamic) num_threads(workers) reduction(|| : failed) if (worth_threads)
        for (std::size_t i = 0; i < here; ++i) {
            try {
                const auto values_here = slice(first + i);
                repeats[i] = i > 0 && equal_bytes(values_here, slice(first + i - 1));
                if (!repeats[i]) packed[i] = shuffled_and_deflated(values_here);
            } catch (...) {
                failed = true;
            }
        }
        if (failed) throw h5::Error("dataset " + name + ": a chunk could not be compressed");
        std::size_t last = 0;
        for (std::size_t i = 0; i < here; ++i) {
            if (!repeats[i]) last = i;
            write_chunk(dataset, shape.size(), first + i, packed[last], name);
        }
    }
}

}  // namespace nuzuh
