// What results hold, whether they stand in a file or in memory.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nuzuh {

/// Results could not be written or read, or are not of the kind that is asked for.
struct ResultsError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The datasets and attributes of the table in `output/layout.cpp`, by their paths ("/displaced", "/reported/name").
class Results {
public:
    virtual ~Results() = default;

    /// Whether there is a dataset or group of that path.
    virtual bool has(const std::string& path) const = 0;

    /// All values of a numeric dataset, row-major. @throws ResultsError if there is no such dataset
    virtual std::vector<float> floats(const std::string& path) const = 0;
    virtual std::vector<double> doubles(const std::string& path) const = 0;
    /// Values of a numeric dataset at one index of its first axis, row-major.
    virtual std::vector<float> slice(const std::string& path, std::size_t index) const = 0;
    virtual std::vector<std::string> texts(const std::string& path) const = 0;

    /// A text attribute of "/", a group or a dataset; nothing if there is none.
    virtual std::optional<std::string> text_attribute(const std::string& object,
                                                      const std::string& name) const = 0;
    virtual std::optional<double> number_attribute(const std::string& object,
                                                   const std::string& name) const = 0;
};

/// How many places a run had; results tell of fewer where `output.places` of its scenario chooses some.
std::size_t places_simulated(const Results& results);

/// Whether results tell of every place that was simulated.
bool tells_all_places(const Results& results);

/// @param what  that needs every place, as the subject of a sentence
/// @throws      ResultsError that names the setting if results tell of some places only
void require_all_places(const Results& results, std::string_view what);

/// Path of the days that a reported figure counts, "first_day" or "last_day"; up to format 1.1 they are called `from` and
/// `to`.
std::string reported_day(const Results& results, const std::string& name);

}  // namespace nuzuh
