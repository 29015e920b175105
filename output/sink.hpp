// Where the datasets of the layout table go: into a file, or into memory.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "output/layout.hpp"

namespace nuzuh {

/// Lengths of the axes by name; an axis of length 0, or not named, is left out with every dataset on it.
using AxisLengths = std::map<std::string, std::size_t, std::less<>>;

/// The values of a dataset, row-major.
using Values = std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>,
                            std::vector<std::int8_t>, std::vector<std::string>>;

/// Values of a dataset by slices along its first axis; may be called from several threads.
using Slices = std::function<std::span<const float>(std::size_t slice)>;

/// Slices as files store them; called from one thread.
using PackedSlices = std::function<std::vector<std::uint8_t>(std::size_t slice)>;

/// How long the values of slices stay where they are.
enum class Stay {
    during_the_call,
    with_the_results,  ///< they lie in the EnsembleResult that is written
};

/// Takes the datasets of a layout table, each once. Of a dataset that has an axis of length 0, or that nobody wants,
/// nothing is taken, and where its values are given as a function, that is not called.
class ResultsSink {
public:
    /// @param table  the datasets that there may be; must outlive the sink
    ResultsSink(const std::vector<DatasetInfo>& table, AxisLengths lengths);
    virtual ~ResultsSink() = default;
    ResultsSink(const ResultsSink&) = delete;
    ResultsSink& operator=(const ResultsSink&) = delete;

    /// Takes values, or what a function gives.
    void put(std::string_view path, Values values) {
        put(path, [&] { return std::move(values); });
    }
    template <std::invocable Make>
    void put(std::string_view path, Make make) {
        if (const DatasetInfo* info = taken(path)) check_and_take(*info, make());
    }

    /// Takes a dataset by its slices along the first axis.
    void slices(std::string_view path, const Slices& slice, Stay stay = Stay::during_the_call);

    /// Takes a dataset by its slices as they are stored already.
    void packed(std::string_view path, const PackedSlices& slice);

    /// Says that a dataset of the table is not there, since nothing of it was kept.
    void leave_out(std::string_view path) { absent_.emplace(path); }

    /// Whether one of these datasets is wanted; if none is, their values need not be worked out.
    bool wants_any(std::initializer_list<std::string_view> paths) const;

    /// Whether a dataset that is there and has this axis is wanted.
    bool wants_along(std::string_view axis) const;

    /// Attribute of the root or of a group.
    virtual void text_attribute(const std::string& group, const std::string& name,
                                const std::string& value) = 0;
    virtual void number_attribute(const std::string& group, const std::string& name, double value) = 0;

    /// Whether the axes of a dataset are not there, or it was left out.
    bool left_out(const DatasetInfo& info) const;

    std::vector<std::size_t> shape_of(const DatasetInfo& info) const;

protected:
    virtual bool wants(std::string_view) const { return true; }
    virtual void take(const DatasetInfo& info, Values values) = 0;
    virtual void take_slices(const DatasetInfo& info, const Slices& slice, Stay stay) = 0;
    virtual void take_packed(const DatasetInfo& info, const PackedSlices& slice) = 0;

    std::size_t length(std::string_view axis) const;
    const std::vector<DatasetInfo>& table() const { return table_; }
    const DatasetInfo& info_of(std::string_view path) const;

private:
    const DatasetInfo* taken(std::string_view path) const;
    void check_and_take(const DatasetInfo& info, Values values);

    const std::vector<DatasetInfo>& table_;
    std::map<std::string, const DatasetInfo*, std::less<>> by_path_;
    AxisLengths lengths_;
    std::set<std::string, std::less<>> absent_;
};

/// The value of an attribute.
using AttributeValue = std::variant<std::string, std::int32_t, double, std::vector<std::int8_t>>;

/// What a file says of a dataset beside its values, in order: units, meaning, and where it lies.
///
/// @param time_unit  unit of the dataset "time"
std::vector<std::pair<std::string, AttributeValue>> attributes_of(const DatasetInfo& info,
                                                                  const std::string& time_unit);

/// Whether a dataset holds the values along the axis of its own name.
bool is_coordinate(const DatasetInfo& info);

}  // namespace nuzuh
