// Values as bytes and back, to stop a run and go on later.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace nuzuh {

/// A matrix or array of Eigen, by what it offers: this room stands on nothing.
template <class T>
concept MatrixLike = requires(T matrix) {
    matrix.resize(matrix.rows(), matrix.cols());
    matrix.coeff(0, 0);
};

/// Appends values to a sequence of bytes: numbers as they lie in memory, vectors and matrices after their sizes.
class Saver {
public:
    template <class... T>
    void operator()(const T&... values) {
        (put(values), ...);
    }

    const std::vector<std::byte>& bytes() const { return bytes_; }

private:
    void raw(const void* from, std::size_t size) {
        const auto* first = static_cast<const std::byte*>(from);
        bytes_.insert(bytes_.end(), first, first + size);
    }
    template <class T>
    void put(const T& value) {
        if constexpr (MatrixLike<T>) {
            (*this)(std::int64_t(value.rows()), std::int64_t(value.cols()));
            raw(value.data(), sizeof(*value.data()) * std::size_t(value.size()));
        } else {
            static_assert(std::is_trivially_copyable_v<T>);
            raw(&value, sizeof(T));
        }
    }
    template <class T>
    void put(const std::vector<T>& values) {
        (*this)(std::uint64_t(values.size()));
        if constexpr (std::is_trivially_copyable_v<T>) {
            raw(values.data(), sizeof(T) * values.size());
        } else {
            for (const T& value : values) put(value);
        }
    }

    template <class T, std::size_t size>
    void put(const std::array<T, size>& values) {
        for (const T& value : values) put(value);
    }

    std::vector<std::byte> bytes_;
};

/// Reads values in the order in which a Saver was given them.
class Loader {
public:
    explicit Loader(std::span<const std::byte> bytes) : left_(bytes) {}

    bool at_end() const { return left_.empty(); }

    /// @throws  std::out_of_range if the bytes end before the values do
    template <class... T>
    void operator()(T&... values) {
        (take(values), ...);
    }

private:
    void raw(void* to, std::size_t size) {
        if (size > left_.size()) throw std::out_of_range("saved state ends too early");
        if (size > 0) std::memcpy(to, left_.data(), size);
        left_ = left_.subspan(size);
    }
    template <class T>
    void take(T& value) {
        if constexpr (MatrixLike<T>) {
            std::int64_t rows = 0, columns = 0;
            (*this)(rows, columns);
            value.resize(rows, columns);
            raw(value.data(), sizeof(*value.data()) * std::size_t(value.size()));
        } else {
            static_assert(std::is_trivially_copyable_v<T>);
            raw(&value, sizeof(T));
        }
    }
    template <class T>
    void take(std::vector<T>& values) {
        std::uint64_t size = 0;
        (*this)(size);
        if (size > left_.size()) throw std::out_of_range("saved state ends too early");
        values.resize(size);
        if constexpr (std::is_trivially_copyable_v<T>) {
            raw(values.data(), sizeof(T) * values.size());
        } else {
            for (T& value : values) take(value);
        }
    }

    template <class T, std::size_t size>
    void take(std::array<T, size>& values) {
        for (T& value : values) take(value);
    }

    std::span<const std::byte> left_;
};

}  // namespace nuzuh
