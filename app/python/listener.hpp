// Work that tells Python how far it is, and ends when Ctrl-C is pressed.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

#include <pybind11/pybind11.h>

namespace nuzuh::python {

/// Ends work in hand; what Python raised is with the listener.
struct BrokenOff {};

/// A function of Python that hears of progress, and whether Ctrl-C was pressed meanwhile.
class Listener {
public:
    explicit Listener(pybind11::object heard) : heard_(std::move(heard)) {}
    ~Listener() {
        const pybind11::gil_scoped_acquire gil;
        heard_ = pybind11::none();
        error_.reset();
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    void operator()(std::int64_t done, std::int64_t all) {
        call([&] {
            if (!heard_.is_none()) heard_(done, all);
        });
    }
    /// The same for work that ends by what its callbacks throw: `without_gil` catches it.
    void tell(std::int64_t done, std::int64_t all) {
        (*this)(done, all);
        if (stop) throw BrokenOff{};
    }
    /// Calls the function with a number alone.
    void tell(double share) {
        call([&] {
            if (!heard_.is_none()) heard_(share);
        });
        if (stop) throw BrokenOff{};
    }
    /// Calls what Python is to be told by.
    template <class Call>
    void tell_by(Call told) {
        call(told);
        if (stop) throw BrokenOff{};
    }
    /// Looks for Ctrl-C alone.
    void watch() {
        call([] {});
        if (stop) throw BrokenOff{};
    }
    /// Raises what was raised meanwhile.
    void raise() {
        if (!error_) return;
        pybind11::error_already_set error = std::move(*error_);
        error_.reset();
        throw error;
    }

    std::atomic<bool> stop = false;

private:
    template <class Call>
    void call(Call heard) {
        const pybind11::gil_scoped_acquire gil;
        if (error_) return;
        try {
            if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
            heard();
        } catch (pybind11::error_already_set& error) {
            error_.emplace(std::move(error));
            stop = true;
        }
    }

    pybind11::object heard_;
    std::optional<pybind11::error_already_set> error_;
};

/// Does work while other threads of Python go on.
///
/// @throws  what the listener heard meanwhile
template <class Work>
auto without_gil(Listener& listener, Work work) {
    try {
        const pybind11::gil_scoped_release released;
        return work();
    } catch (const BrokenOff&) {
        listener.raise();
        throw std::logic_error("work was broken off by nobody");
    }
}

}  // namespace nuzuh::python
