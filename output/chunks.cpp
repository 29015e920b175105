#include "output/chunks.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <libdeflate.h>

#include "output/hdf5.hpp"
#include "sim/base/threads.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh {

namespace {

using Bytes = std::span<const std::uint8_t>;

/// Bytes of equal significance side by side, as H5Z_FILTER_SHUFFLE puts them.
void shuffle(std::span<const float> values, std::vector<std::uint8_t>& bytes) {
    constexpr std::size_t width = sizeof(float);
    bytes.resize(values.size_bytes());
    const auto* from = reinterpret_cast<const std::uint8_t*>(values.data());
    const std::size_t count = values.size();
    for (std::size_t byte = 0; byte < width; ++byte) {
        auto* to = bytes.data() + byte * count;
        for (std::size_t i = 0; i < count; ++i) to[i] = from[i * width + byte];
    }
}

/// The other way round.
void unshuffle(Bytes bytes, std::span<float> values) {
    constexpr std::size_t width = sizeof(float);
    auto* to = reinterpret_cast<std::uint8_t*>(values.data());
    const std::size_t count = values.size();
    for (std::size_t byte = 0; byte < width; ++byte) {
        const auto* from = bytes.data() + byte * count;
        for (std::size_t i = 0; i < count; ++i) to[i * width + byte] = from[i];
    }
}

/// Whether bytes are so evenly spread over their 256 values that deflating them would gain little: two of them are
/// the same in less than one case of twelve, and neighbours in less than one of three. Every seventh is looked at.
bool is_noise(Bytes bytes) {
    constexpr std::size_t stride = 7, case_of = 12, case_of_neighbours = 3;
    std::array<std::size_t, 256> count{};
    std::size_t seen = 0, repeats = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += stride, ++seen) {
        ++count[bytes[i]];
        repeats += bytes[i] == bytes[i + 1];
    }
    std::size_t pairs = 0;
    for (std::size_t n : count) pairs += n * n;
    return pairs * case_of < seen * seen && repeats * case_of_neighbours < seen;
}

/// How many bytes at the beginning lie as they are. The low bytes of a float come first; of means they are noise, which
/// takes most of the time of deflating and shrinks little: the low half by an eighth, the third byte by a third. Of
/// counts of people they are not.
std::size_t plain_bytes(Bytes bytes) {
    const std::size_t plane = bytes.size() / sizeof(float);
    std::size_t plain = 0;
    while (plain < 3 * plane && is_noise(bytes.subspan(plain, plane))) plain += plane;
    return plain;
}

/// Packs chunks with its memory kept from one to the next: setting up a compressor takes longer than compressing a
/// small one.
class Packer {
public:
    Packer() {
        if (!compressor_) throw std::bad_alloc();
    }

    /// Valid until the next call.
    Bytes packed(std::span<const float> values) {
        shuffle(values, bytes_);
        const std::size_t plain = plain_bytes(bytes_);
        const std::size_t size = plain > 0 ? packed_behind(plain) : deflated();
        return Bytes(out_).first(size);
    }

private:
    void make_room(std::size_t size) {
        if (out_.size() < size) out_.resize(size);
    }

    std::size_t deflated() {
        make_room(libdeflate_zlib_compress_bound(compressor_.get(), bytes_.size()));
        return libdeflate_zlib_compress(compressor_.get(), bytes_.data(), bytes_.size(), out_.data(),
                                        out_.size());
    }

    /// A zlib stream (RFC 1950, 1951): a head, stored blocks of the first bytes, deflated blocks of the others, and
    /// the check of all.
    std::size_t packed_behind(std::size_t plain) {
        constexpr std::size_t longest_block = 65535, head = 2, block_head = 5, check_bytes = 4;
        const Bytes rest = Bytes(bytes_).subspan(plain);
        const std::size_t bound = libdeflate_deflate_compress_bound(compressor_.get(), rest.size());
        make_room(head + plain + block_head * (plain / longest_block + 1) + bound + check_bytes);
        auto to = out_.begin();
        const auto put = [&](std::uint32_t byte) { *to++ = std::uint8_t(byte); };
        put(0x78);
        put(0x01);
        for (std::size_t first = 0; first < plain; first += longest_block) {
            const auto length = std::uint16_t(std::min(longest_block, plain - first));
            const auto inverse = std::uint16_t(~length);
            for (int byte : {0, length & 255, length >> 8, inverse & 255, inverse >> 8})
                put(std::uint32_t(byte));
            to = std::copy_n(bytes_.begin() + std::ptrdiff_t(first), length, to);
        }
        to += std::ptrdiff_t(
            libdeflate_deflate_compress(compressor_.get(), rest.data(), rest.size(), &*to, bound));
        const std::uint32_t check = libdeflate_adler32(1, bytes_.data(), bytes_.size());
        for (std::size_t byte = check_bytes; byte-- > 0;) put(check >> (8 * byte));
        return std::size_t(to - out_.begin());
    }

    static constexpr int level = 1;
    std::vector<std::uint8_t> bytes_, out_;
    std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor_{
        libdeflate_alloc_compressor(level), libdeflate_free_compressor};
};

/// As Packer, the other way round.
class Unpacker {
public:
    Unpacker() {
        if (!decompressor_) throw std::bad_alloc();
    }

    bool unpack(Bytes packed, std::span<float> values) {
        bytes_.resize(values.size_bytes());
        const auto done = libdeflate_zlib_decompress(decompressor_.get(), packed.data(), packed.size(),
                                                     bytes_.data(), bytes_.size(), nullptr);
        if (done != LIBDEFLATE_SUCCESS) return false;
        unshuffle(bytes_, values);
        return true;
    }

private:
    std::vector<std::uint8_t> bytes_;
    std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor_{
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor};
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

void append_packed(std::span<const float> values, std::vector<std::uint8_t>& to) {
    thread_local Packer packer;
    const Bytes packed = packer.packed(values);
    to.insert(to.end(), packed.begin(), packed.end());
}

std::vector<std::uint8_t> shuffled_and_deflated(std::span<const float> values) {
    std::vector<std::uint8_t> packed;
    append_packed(values, packed);
    return packed;
}

void unpack(std::span<const std::uint8_t> packed, std::span<float> values) {
    thread_local Unpacker unpacker;
    if (!unpacker.unpack(packed, values)) throw h5::Error("numbers that were packed are damaged");
}

void write_packed(hid_t dataset, const std::vector<hsize_t>& shape,
                  const std::function<std::vector<std::uint8_t>(std::size_t)>& packed,
                  const std::string& name) {
    for (std::size_t i = 0; i < shape[0]; ++i) write_chunk(dataset, shape.size(), i, packed(i), name);
}

void write_slices(hid_t dataset, const std::vector<hsize_t>& shape,
                  const std::function<std::span<const float>(std::size_t)>& slice, int threads,
                  const std::string& name) {
    const int workers = thread_count(threads);
    const std::size_t count = shape[0];
    const std::size_t batch = std::size_t(workers) * 8;
    std::vector<std::vector<std::uint8_t>> packed(std::min(batch, count));
    std::vector<char> repeats(packed.size());  // equal to the slice before, whose bytes stand for both
    hsize_t values = 1;
    for (auto length : shape) values *= length;
    const bool worth_threads = values > 100'000;
    for (std::size_t first = 0; first < count; first += batch) {
        const std::size_t here = std::min(batch, count - first);
        CarriedFailure failure;
#pragma omp parallel for schedule(dynamic) num_threads(workers) if (worth_threads)
        for (std::size_t i = 0; i < here; ++i) {
            failure.watch([&] {
                const auto values_here = slice(first + i);
                repeats[i] = i > 0 && equal_bytes(values_here, slice(first + i - 1));
                if (!repeats[i]) packed[i] = shuffled_and_deflated(values_here);
            });
        }
        failure.rethrow();
        std::size_t last = 0;
        for (std::size_t i = 0; i < here; ++i) {
            if (!repeats[i]) last = i;
            write_chunk(dataset, shape.size(), first + i, packed[last], name);
        }
    }
}

}  // namespace nuzuh
