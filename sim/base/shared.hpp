// Large values that copies of their holder share.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace nuzuh {

/// A value that copies share for as long as none of them changes it.
template <class T>
class Shared {
public:
    Shared() : value_(std::make_shared<T>()) {}
    Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }
    decltype(auto) operator[](std::size_t index) const { return (*value_)[index]; }
    /// The value to be changed, first copied away from those who share it.
    T& own() {
        if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
        return *value_;
    }
    bool is_shared_with(const Shared& other) const { return value_ == other.value_; }

private:
    std::shared_ptr<T> value_;
};

}  // namespace nuzuh
