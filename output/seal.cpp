#include "output/seal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "output/hdf5.hpp"
#include "sim/base/sha256.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t digest_length = 64;

std::string_view mark_of(Sealed kind) {
    return kind == Sealed::segment ? "\nnuzuh segment, SHA-256 " : "\nnuzuh results, SHA-256 ";
}

std::size_t length_of_seal(Sealed kind) { return mark_of(kind).size() + digest_length + 1; }

std::string seal_with(Sealed kind, const std::string& digest) {
    return fmt::format("{}{}\n", mark_of(kind), digest);
}

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The SHA-256 of a file's first bytes, and what stands behind them.
struct Reading {
    std::string digest, rest;
};

Reading read_until(const fs::path& file, std::uintmax_t end) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw h5::Error(fmt::format("cannot open {}: {}", file.string(), std::strerror(errno)));
    Sha256 digest;
    std::vector<char> piece(1 << 20);
    for (std::uintmax_t left = end; left > 0;) {
        const auto length = std::streamsize(std::min<std::uintmax_t>(left, piece.size()));
        if (!in.read(piece.data(), length)) throw h5::Error("cannot read " + file.string());
        digest.add({piece.data(), std::size_t(length)});
        left -= std::uintmax_t(length);
    }
    std::string rest(std::istreambuf_iterator<char>(in), {});
    if (in.bad()) throw h5::Error("cannot read " + file.string());
    return {digest.hex(), std::move(rest)};
}

std::uintmax_t size_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) throw h5::Error(fmt::format("cannot read {}: {}", file.string(), error.message()));
    return size;
}

}  // namespace

std::string seal_of(Sealed kind, std::span<const std::byte> content) {
    return seal_with(kind, sha256(as_text(content)));
}

std::optional<std::span<const std::byte>> unsealed(Sealed kind, std::span<const std::byte> file, Seal seal) {
    const std::size_t length = length_of_seal(kind);
    if (file.size() < length) return {};
    const auto content = file.first(file.size() - length);
    if (seal == Seal::is_checked && as_text(file.last(length)) != seal_of(kind, content)) return {};
    return content;
}

std::string seal_of(Sealed kind, const fs::path& file) {
    return seal_with(kind, read_until(file, size_of(file)).digest);
}

SealFound seal_found(Sealed kind, const fs::path& file) {
    const std::size_t length = length_of_seal(kind);
    const auto size = size_of(file);
    if (size < length) return SealFound::none;
    const Reading read = read_until(file, size - length);
    if (read.rest == seal_with(kind, read.digest)) return SealFound::holds;
    return read.rest.starts_with(mark_of(kind)) ? SealFound::does_not_hold : SealFound::none;
}

}  // namespace nuzuh
