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

/// That a saved value is one that could have been saved.
///
/// @throws  std::out_of_range if it is not
inline void require_saved(bool holds) {
    if (!holds) throw std::out_of_range("what was saved is not the state of such a run");
}

/// Reads values in the order in which a Saver was given them. Sizes are checked against the bytes that are left before memory is
/// taken.
class Loader {
public:
    explicit Loader(std::span<const std::byte> bytes) : left_(bytes) {}

    bool at_end() const { return left_.empty(); }
    std::size_t left() const { return left_.size(); }

    /// @throws  std::out_of_range if the bytes end before the values do
    template <class... T>
    void operator()(T&... values) {
        (take(values), ...);
    }

    /// The same for values whose sizes are known: those that they have.
    ///
    /// @throws  std::out_of_range if others were saved
    template <class... T>
    void fixed(T&... values) {
        const auto take_one = [this](auto& value) {
            const auto before = size_of(value);
            take(value);
            require_saved(size_of(value) == before);
        };
        (take_one(values), ...);
    }

private:
    template <class T>
    static std::array<std::int64_t, 2> size_of(const T& value) {
        if constexpr (MatrixLike<T>)
            return {std::int64_t(value.rows()), std::int64_t(value.cols())};
        else
            return {std::int64_t(value.size()), 0};
    }
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
            const auto most = std::int64_t(left_.size() / sizeof(*value.data()));
            require_saved(rows >= 0 && columns >= 0 && (columns == 0 || rows <= most / columns) &&
                          rows <= most + 1 && columns <= most + 1);
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
        constexpr std::size_t least = std::is_trivially_copyable_v<T> ? sizeof(T) : 1;  // bytes of each
        if (size > left_.size() / least) throw std::out_of_range("saved state ends too early");
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
