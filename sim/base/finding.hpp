// What is wrong with an input, as values: nothing in the library prints or exits.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace nuzuh {

/// Where in a user's file something stands. Line and column count from 1; 0 means "the file as a whole".
struct Location {
    std::string file;
    int line = 0;
    int column = 0;
    int length = 1;  ///< characters to underline
};

/// Errors stop a program from going on with its input, warnings do not.
enum class Severity { warning, error };

/// One thing that is wrong with an input, told so that a person without the source code can mend it.
///
/// `path` is the key of the setting in dotted form (`fronts[2].place`). The model, which knows no
/// files, fills only the path; the scenario reader turns it into a location.
struct Finding {
    Severity severity = Severity::error;
    std::string path;     ///< dotted key, e.g. `behaviour.leave.h_max`
    std::string message;  ///< what was found, and what was expected
    std::string hint;     ///< the nearest right word, unit or way out; may be empty
    Location location;    ///< filled by the scenario reader
    std::string excerpt;  ///< the line of the file, filled by the scenario reader
};

using Findings = std::vector<Finding>;

bool has_errors(const Findings& findings);

/// A single error, without a place in a file.
inline Findings one_error(std::string path, std::string message, std::string hint = "") {
    return {{Severity::error, std::move(path), std::move(message), std::move(hint), {}, {}}};
}

/// A value or the findings that kept it from being made. Warnings travel beside a value, in `notes`.
template <class T>
class Result {
public:
    Result(T value, Findings notes = {}) : content_(std::move(value)), notes_(std::move(notes)) {}
    Result(Findings findings) : content_(Failure{}), notes_(std::move(findings)) {}

    explicit operator bool() const { return std::holds_alternative<T>(content_); }
    T& operator*() { return std::get<T>(content_); }
    const T& operator*() const { return std::get<T>(content_); }
    T* operator->() { return &std::get<T>(content_); }
    const T* operator->() const { return &std::get<T>(content_); }

    /// Errors if there is no value; warnings, if any, when there is one.
    const Findings& findings() const { return notes_; }

private:
    struct Failure {};
    std::variant<T, Failure> content_;
    Findings notes_;
};

}  // namespace nuzuh
