// Values that are made when somebody asks for them.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace nuzuh {

/// So many values, each made when it is first asked for and kept from then on. Copies share them.
///
/// Threads  may ask at the same time; what is made must not depend on who asks.
template <class T>
class MadeWhenAsked {
public:
    using Value = std::shared_ptr<const T>;
    using Make = std::function<Value(std::size_t number)>;

    MadeWhenAsked() : MadeWhenAsked(0, {}) {}
    MadeWhenAsked(std::size_t count, Make make) : held_(std::make_shared<Held>(count, std::move(make))) {}

    std::size_t size() const { return held_->values.size(); }
    /// The value with a number; it stays where it is while any copy is there.
    const T* operator[](std::size_t number) const {
        const T* made = held_->at[number].load(std::memory_order_acquire);
        return made ? made : kept(number).get();
    }
    Value shared(std::size_t number) const {
        (*this)[number];
        return held_->values[number];
    }
    /// The value, if it was asked for before.
    Value if_made(std::size_t number) const {
        return held_->at[number].load(std::memory_order_acquire) ? held_->values[number] : nullptr;
    }

private:
    struct Held {
        Held(std::size_t count, Make how) : at(count), values(count), make(std::move(how)) {}

        std::vector<std::atomic<const T*>> at;  ///< nullptr: not made
        std::vector<Value> values;              ///< written before `at` is
        std::mutex guard;
        Make make;
    };

    /// Makes a value and keeps it, unless another thread was quicker.
    const Value& kept(std::size_t number) const {
        Value made = held_->make(number);
        const std::lock_guard lock(held_->guard);
        Value& value = held_->values[number];
        if (!value) {
            value = std::move(made);
            held_->at[number].store(value.get(), std::memory_order_release);
        }
        return value;
    }

    std::shared_ptr<Held> held_;
};

}  // namespace nuzuh
