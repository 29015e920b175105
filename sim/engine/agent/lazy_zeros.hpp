// An array that takes memory only where it is written.
#pragma once

#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace nuzuh::agent {

/// So many zeros; pages that nothing has been written to take no memory.
template <class T>
class LazyZeros {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    explicit LazyZeros(std::size_t size)
        : size_(size), values_(static_cast<T*>(std::calloc(size + 1, sizeof(T)))) {
        if (!values_) throw std::bad_alloc();
    }
    std::size_t size() const { return size_; }
    T& operator[](std::size_t at) { return values_.get()[at]; }
    const T& operator[](std::size_t at) const { return values_.get()[at]; }

private:
    struct Free {
        void operator()(T* values) const { std::free(values); }
    };
    std::size_t size_;
    std::unique_ptr<T, Free> values_;
};

}  // namespace nuzuh::agent
