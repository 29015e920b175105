#include "output/stored_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "output/ensemble_summary.hpp"
#include "output/reader.hpp"
#include "output/sink.hpp"
#include "output/study_layout.hpp"
#include "sim/engine/record.hpp"
#include "sim/rules/danger.hpp"

namespace nuzuh {

namespace {

using Lengths = std::map<std::string, std::size_t, std::less<>>;

const std::map<std::string, const DatasetInfo*>& table_by_path() {
    static const auto table = [] {
        std::map<std::string, const DatasetInfo*> all;
        for (const auto* part : {&layout(), &run_table()})
            for (const auto& info : *part) all.emplace(info.path(), &info);
        return all;
    }();
    return table;
}

/// Axes whose length every version of the format has had.
Lengths fixed_lengths() {
    return {{"quantile", quantile_levels.size()},
            {"level", full_levels.size()},
            {"band", std::size_t(danger_band_count)},
            {"two", 2}};
}

[[noreturn]] void refuse(const StoredDataset& dataset, const std::string& why) {
    throw h5::Error(fmt::format("the file is not as nuzuh writes it: {} {}", dataset.path, why));
}

const StoredDataset* find(const std::vector<StoredDataset>& stored, const std::string& path) {
    const auto found = std::find_if(stored.begin(), stored.end(),
                                    [&](const StoredDataset& dataset) { return dataset.path == path; });
    return found == stored.end() ? nullptr : &*found;
}

/// Lengths of the axes that have a dataset of their own.
Lengths lengths_of_axes(const std::vector<StoredDataset>& stored) {
    Lengths lengths = fixed_lengths();
    for (const auto& axis : dimensions()) {
        const std::string path =
            axis.group.empty() ? fmt::format("/{}", axis.name) : fmt::format("/{}/{}", axis.group, axis.name);
        const auto* found = find(stored, path);
        if (!found) continue;
        if (found->shape.size() != 1 || found->shape[0] == 0) refuse(*found, "is no axis");
        const auto [at, is_new] = lengths.emplace(axis.name, found->shape[0]);
        if (!is_new && at->second != found->shape[0])
            refuse(*found, fmt::format("has {} values in place of {}", found->shape[0], at->second));
    }
    return lengths;
}

/// @param lengths  of the axes; one that has no dataset gets the length that its first user has
void require_shape(const StoredDataset& dataset, const std::vector<std::string>& axes, Lengths& lengths) {
    std::vector<std::size_t> expected;
    for (std::size_t a = 0; a < axes.size(); ++a) {
        const std::size_t here = a < dataset.shape.size() ? dataset.shape[a] : 1;
        expected.push_back(lengths.emplace(axes[a], here).first->second);
    }
    if (dataset.shape == expected) return;
    refuse(dataset,
           fmt::format("has the shape {}, and its axes {} are {} long", dataset.shape, axes, expected));
}

/// Before format 2.0 axes of names had no values, and an axis without values is read as numbers.
void require_type(const StoredDataset& dataset, const DatasetInfo& info) {
    const bool text = info.stored == Stored::text;
    if (text && is_coordinate(info) && !dataset.is_text) return;
    if (text != dataset.is_text) refuse(dataset, text ? "holds no texts" : "holds texts, not numbers");
}

constexpr double furthest_day = 1e6;  ///< from the start of a run

void require_rising_days(const Results& file, const StoredDataset& time) {
    const auto days = file.doubles(time.path);
    double before = -1;
    for (double day : days) {
        if (!(day > before && day < furthest_day)) refuse(time, "holds days that do not rise");
        before = day;
    }
}

void require_indices(const Results& file, const StoredDataset& dataset, const char* of, std::size_t count) {
    for (double index : file.doubles(dataset.path)) {
        if (!(index >= 0 && index < double(count)) || index != std::floor(index))
            refuse(dataset, fmt::format("names {} as a {}, and there are {}", index, of, count));
    }
}

/// Days by which quantiles of members come to something.
void require_days(const Results& file, const StoredDataset& dataset) {
    for (float day : file.floats(dataset.path)) {
        if (std::abs(day) > furthest_day) refuse(dataset, fmt::format("holds the day {}", day));
    }
}

/// Coordinates on the Earth, eastward once around at most.
void require_coordinates(const Results& file, const std::vector<StoredDataset>& stored) {
    for (const auto& [path, most] :
         {std::pair{"/lat", 90}, {"/lon", 360}, {"/border/lat", 90}, {"/border/lon", 360}}) {
        const auto* found = find(stored, path);
        if (!found) continue;
        for (double degrees : file.doubles(path)) {
            if (!(std::abs(degrees) <= most)) refuse(*found, fmt::format("holds {} degrees", degrees));
        }
    }
}

void require_values(const Results& file, const std::vector<StoredDataset>& stored, const Lengths& lengths) {
    const auto* time = find(stored, "/time");
    if (!time || !lengths.contains("place") ||
        !lengths.contains(file.text_attribute("/", "design") ? "run" : "member"))
        throw h5::Error("the file is not as nuzuh writes it: it lacks time, places or members");
    require_rising_days(file, *time);
    require_coordinates(file, stored);
    if (const auto* ends = find(stored, "/edge_nodes"))
        require_indices(file, *ends, "place", lengths.at("place"));
    if (const auto* cases = find(stored, "/case_member"); cases && lengths.contains("member"))
        require_indices(file, *cases, "member", lengths.at("member"));
    for (const auto& dataset : stored) {
        const auto known = table_by_path().find(dataset.path);
        if (known != table_by_path().end() && known->second->unit == "day" &&
            dataset.path.ends_with("_quantile"))
            require_days(file, dataset);
    }
}

}  // namespace

std::optional<std::vector<std::string>> axes_in_table(const std::string& path, bool is_study) {
    const auto found = table_by_path().find(path);
    if (found == table_by_path().end()) return {};
    auto axes = found->second->dimensions;
    if (is_study) std::replace(axes.begin(), axes.end(), std::string("member"), std::string("run"));
    return axes;
}

void require_layout(const Results& file, const std::vector<StoredDataset>& stored) {
    Lengths lengths = lengths_of_axes(stored);
    for (const auto& dataset : stored) {
        const auto known = table_by_path().find(dataset.path);
        const bool is_setting = dataset.dimensions == std::vector<std::string>{"run"};
        if (known != table_by_path().end()) require_type(dataset, *known->second);
        if (known != table_by_path().end() || is_setting) require_shape(dataset, dataset.dimensions, lengths);
    }
    require_values(file, stored, lengths);
}

}  // namespace nuzuh
