#include "output/study_layout.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

namespace nuzuh {

namespace {

/// Whether a dataset tells of the world alone: of places and routes, not of runs.
bool is_of_the_world(const DatasetInfo& info) {
    constexpr std::string_view axes[] = {"place", "route", "two", "border_point"};
    const auto fits = [&](const std::string& axis) {
        return std::find(std::begin(axes), std::end(axes), axis) != std::end(axes);
    };
    return std::all_of(info.dimensions.begin(), info.dimensions.end(), fits);
}

DatasetInfo of_axis(const Axis& axis, const AxisText& text, const std::string& name) {
    DatasetInfo info{.name = name,
                     .dimensions = {"run"},
                     .stored = Stored::float64,
                     .unit = text.unit,
                     .meaning = "setting: " + text.meaning};
    if (!is_numeric(axis)) info.stored = Stored::text, info.unit = "";
    info.attributes.emplace_back("varied_by", "the study");
    info.attributes.emplace_back("setting", axis.key);
    return info;
}

void add_output(std::vector<DatasetInfo>& table, const Output& output) {
    DatasetInfo info = dataset_info("/" + output.name);
    info.dimensions = output.axes;
    if (output.keep == Keep::runs) {
        info.dimensions.insert(info.dimensions.begin(), "run");
        table.push_back(info);
        return;
    }
    DatasetInfo mean = info, quantile = info;
    mean.name += "_mean";
    mean.meaning += ", mean over runs";
    mean.cell_methods += mean.cell_methods.empty() ? "run: mean" : " run: mean";
    quantile.name += "_quantile";
    quantile.meaning += ", quantiles over runs (from counts in bins of 1.6 %)";
    quantile.dimensions.insert(quantile.dimensions.begin(), "quantile");
    table.push_back(mean);
    table.push_back(quantile);
}

}  // namespace

const std::vector<DatasetInfo>& run_table() {
    static const std::vector<DatasetInfo> table = {
        {.name = "run",
         .dimensions = {"run"},
         .stored = Stored::int32,
         .unit = "1",
         .meaning = "run of the study, counted from 0"},
        {.name = "set",
         .dimensions = {"run"},
         .stored = Stored::int32,
         .unit = "1",
         .meaning = "set of the design that the run belongs to, counted from 0"},
        {.name = "replicate",
         .dimensions = {"run"},
         .stored = Stored::int32,
         .unit = "1",
         .meaning = "replicate of the set: the run number with which its random numbers are drawn"},
        {.name = "status",
         .dimensions = {"run"},
         .stored = Stored::int8,
         .unit = "1",
         .meaning = "whether the run was done, its settings were refused, or it failed"},
        {.name = "message",
         .dimensions = {"run"},
         .stored = Stored::text,
         .meaning = "why a run was refused or failed"}};
    return table;
}

std::vector<std::string> axis_names(const Design& design) {
    std::vector<std::string> names;
    for (const auto& axis : design.axes) {
        std::string name = axis.key;
        for (char& c : name) {
            if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
        }
        while (std::find(names.begin(), names.end(), name) != names.end()) name += '_';
        names.push_back(std::move(name));
    }
    return names;
}

bool is_numeric(const Axis& axis) {
    for (std::size_t i = 0; i < axis.values.size(); ++i) {
        if (std::isnan(number_at(axis, double(i)))) return false;
    }
    return true;
}

bool keeps_quantiles(const StudyPlan& plan) {
    return std::any_of(plan.outputs.begin(), plan.outputs.end(),
                       [](const Output& output) { return output.keep == Keep::quantiles; });
}

bool has_axis(const StudyPlan& plan, std::string_view axis) {
    return std::any_of(plan.outputs.begin(), plan.outputs.end(), [&](const Output& output) {
        return std::find(output.axes.begin(), output.axes.end(), axis) != output.axes.end();
    });
}

bool draws_unknowns(const StudyPlan& plan) { return plan.unknowns && plan.unknowns->any(); }

std::vector<DatasetInfo> study_layout(const StudyPlan& plan) {
    std::vector<DatasetInfo> table{dataset_info("/time")};
    if (keeps_quantiles(plan)) {
        table.push_back(dataset_info("/quantile"));
        table.back().meaning = "share of runs at or below the value";
    }
    if (has_axis(plan, "level")) table.push_back(dataset_info("/level"));
    if (has_axis(plan, "band")) table.push_back(dataset_info("/band_name"));
    for (const auto& info : layout()) {
        if (has_axis(plan, "origin") && is_of_homes(info)) table.push_back(info);
    }
    for (const auto& info : layout()) {
        if (is_of_the_world(info)) table.push_back(info);
    }
    table.insert(table.end(), run_table().begin(), run_table().end());
    const auto names = axis_names(plan.design);
    for (std::size_t k = 0; k < plan.design.axes.size(); ++k)
        table.push_back(of_axis(plan.design.axes[k], plan.axis_texts[k], names[k]));
    if (draws_unknowns(plan)) {
        table.push_back(dataset_info("/unknown_name"));
        table.push_back(dataset_info("/unknown_value"));
        table.back().dimensions.front() = "run";
        table.back().meaning += "; where nothing is varied";
    }
    for (const auto& output : plan.outputs) add_output(table, output);
    return table;
}

}  // namespace nuzuh
